"""The screen of complaints: filters with counts, a board or a list, and the chosen complaint beside it."""

from __future__ import annotations

from array import array
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.complaint_process import MOVES
from desktop.core.translation import tr
from desktop.operations.complaints import delete_complaints
from desktop.queries import complaints as queries
from desktop.queries.complaint_filter import ComplaintFilter, Scope
from desktop.views.complaints.board import Board
from desktop.views.complaints.detail import ComplaintPane
from desktop.views.complaints.editor import ComplaintEditor
from desktop.views.complaints.empty import nothing_here
from desktop.views.complaints.table import LAYOUT_KEY, ComplaintTable, export_columns
from desktop.views.kit.buttons import IconButton, PrimaryButton, SecondaryButton
from desktop.views.kit.cards import EmptyState
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.icons import icon
from desktop.views.kit.neighbours import neighbour
from desktop.views.kit.offers import offer
from desktop.views.kit.page import Page, columns
from desktop.views.kit.search import SearchField
from desktop.views.timeline.keys import ScreenKey

PANE_WIDTH, NARROW_PANE_WIDTH = 352, 324
WIDE_FROM = 1120
TICK_MS = 60_000
MOST_ON_BOARD = 400
_TABLES = ("complaint", "complaint_step", "promise", "remedy", "rating", "customer")
_MODE_KEY = f"{LAYOUT_KEY}.mode"


class ComplaintsView(QWidget):
    """The screen "Complaints".

    `complaint`: the one to show; `scope`: the filter; `new`: open the form at once, for `customer`;
    `as_list`: a list in place of the board.
    """

    def __init__(
        self,
        ctx: Context,
        *,
        complaint: int | None = None,
        scope: str = "board",
        new: bool = False,
        customer: int | None = None,
        as_list: bool | None = None,
    ) -> None:
        super().__init__()
        self._ctx = ctx
        self._currency = str(ctx.book.setting("shop.currency"))
        self._current: int | None = complaint
        self._sort: tuple[str, bool] = ("due", False)
        kept = ctx.settings.get(_MODE_KEY)
        self._as_list = (
            bool(kept.get("list")) if as_list is None and isinstance(kept, dict) else bool(as_list)
        )
        page = Page(tr("Complaints"))
        self.search = SearchField(tr("Number, title or customer…"), width=280)
        self.search.searched.connect(lambda _: self._filter())
        self.search.left.connect(self._focus_list)
        page.set_search(self.search)
        self._switch = SecondaryButton("", "list", self._toggle)
        page.add_action(self._switch)
        self.export_button = IconButton("download", tr("Export this list…"), self.export, framed=True)
        page.add_action(self.export_button)
        page.add_action(PrimaryButton(tr("New complaint"), "plus", self.new_complaint))
        self.chips = ChipRow(self._chip_items())
        self.chips.choose(scope)
        self.chips.chosen.connect(lambda _: self._filter())
        page.set_chips(self.chips)
        self.board = Board(self._currency)
        self.board.chosen.connect(self._choose)
        self.board.opened.connect(lambda row: self._choose(row))
        self.board.moved.connect(self._moved)
        self.pane = ComplaintPane(ctx)
        self.pane.setFixedWidth(NARROW_PANE_WIDTH)
        self._build_list()
        self._empty = EmptyState("circle-check", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.board)
        self._stack.addWidget(self._list_pane)
        self._stack.addWidget(self._empty)
        page.body.addLayout(columns((self._stack, 1), (self.pane, 0)), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        self._keys()
        ctx.changes.listen(self, self.refresh, *_TABLES)
        # The time that is left goes on by itself.
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        if complaint is not None and not self._holds(complaint):
            self.chips.choose("all")
        self.refresh()
        if new:
            QTimer.singleShot(0, self, lambda: self.new_complaint(customer))

    # -- for the window

    def route_params(self) -> dict[str, object]:
        """What this screen is built with again."""
        return {"scope": self.scope(), "complaint": self._current, "as_list": self._as_list}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the board needs it more than the pane."""
        super().resizeEvent(event)
        self.pane.setFixedWidth(PANE_WIDTH if event.size().width() >= WIDE_FROM else NARROW_PANE_WIDTH)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the cards or the list."""
        super().focusInEvent(event)
        self._focus_list()

    def focus_search(self) -> None:
        """Put the cursor into the search of complaints."""
        self.search.setFocus()

    def scope(self) -> Scope:
        """The filter chosen."""
        key = self.chips.chosen_key()
        known: dict[str, Scope] = {
            "board": "board", "today": "today", "overdue": "overdue", "settled": "settled", "all": "all",
        }  # fmt: skip
        return known.get(key, "board")

    # -- showing

    def refresh(self) -> None:
        """Ask again and show; what is chosen stays chosen, also where the filter no longer holds it."""
        now = datetime.now()
        counts = queries.counts(self._ctx.book, now=now)
        self._count(counts)
        ids = self._ids(now)
        self._show_mode(len(ids), counts.all)
        if self._as_list:
            self._list_pane.show_ids(ids)
        else:
            self.board.show_rows(queries.complaint_rows(self._ctx.book, ids[:MOST_ON_BOARD]), now)
        if self._current is None or (self._current not in ids and not self._exists(self._current)):
            self._current = (ids[0] if ids else None) if self._as_list else self.board.first()
        if not self._as_list:
            self.board.choose(self._current)
        elif self._current is not None:
            self.table.select_id(self._current)
        self.pane.show_complaint(self._current, now)

    def _filter(self) -> None:
        """Another filter chooses its first complaint, unless it holds the one chosen."""
        if self._current is not None and self._current not in self._ids(datetime.now()):
            self._current = None
            self.board.choose(None)
        self.refresh()

    def _ids(self, now: datetime) -> array[int]:
        sort, descending = self._sort if self._as_list else ("due", False)
        return queries.complaint_ids(
            self._ctx.book,
            now=now,
            view=ComplaintFilter(self.scope(), self.search.text()),
            sort=sort,
            descending=descending,
        )

    def _count(self, counts: queries.Counts) -> None:
        self.chips.set_counts(
            {
                "board": counts.open,
                "today": counts.today,
                "overdue": counts.overdue,
                "settled": counts.settled,
                "all": counts.all,
            }
        )

    def new_complaint(self, customer: int | None = None) -> None:
        """Open the form of a new complaint."""
        ComplaintEditor(self._ctx, customer_id=customer, on_saved=self._choose, parent=self.window()).open()

    def _choose(self, complaint_id: int | None) -> None:
        self._current = complaint_id
        if not self._as_list:
            self.board.choose(complaint_id)
        elif complaint_id is not None and self.table.current_id() != complaint_id:
            self.table.select_id(complaint_id)
        self.pane.show_complaint(complaint_id, datetime.now())

    def _moved(self, complaint_id: int, status: str) -> None:
        """A card was dropped on a column: its next status, if the process has that move."""
        row = next(iter(queries.complaint_rows(self._ctx.book, [complaint_id])), None)
        if row is None or row.status == status:
            return
        self._choose(complaint_id)
        if row.status in ("settled", "closed", "rejected") and status != "settled":
            self._ctx.notify(tr("A complaint that has ended is reopened from its pane."), tone="info")
        elif status in MOVES[row.status]:
            self.pane.advance(status)
        elif row.open:
            self._ctx.notify(
                tr(
                    "A complaint that is “{now}” cannot become “{then}”.",
                    now=words.name(words.COMPLAINT_STATUSES, row.status),
                    then=words.name(words.COMPLAINT_STATUSES, status),
                ),
                tone="info",
            )

    def _toggle(self) -> None:
        self._as_list = not self._as_list
        self._ctx.settings.set(_MODE_KEY, {"list": self._as_list})
        self.refresh()

    def _show_mode(self, shown: int, every: int) -> None:
        self._switch.setText(tr("Board") if self._as_list else tr("List"))
        self._switch.setIcon(icon("layout-grid" if self._as_list else "list", gap=5))
        if shown or (self._as_list and every):
            self._stack.setCurrentWidget(self._list_pane if self._as_list else self.board)
            return
        state = nothing_here(every, self.new_complaint)
        self._stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = state
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)

    # -- building

    def _chip_items(self) -> list[ChipItem]:
        return [
            ChipItem("board", tr("Still open"), 0),
            ChipItem("today", tr("Due today"), 0),
            ChipItem("overdue", tr("Overdue"), 0),
            ChipItem("settled", tr("Settled 30 d"), 0),
            ChipItem("all", tr("All"), 0),
        ]

    def _build_list(self) -> None:
        self._list_pane = ComplaintTable(self._ctx)
        self.table = self._list_pane.table
        self.table.sort_requested.connect(self._sort_by)
        self.table.chosen.connect(self._chosen_in_list)
        self.table.opened.connect(lambda row: self._choose(row))

    def _keys(self) -> None:
        ScreenKey(self, QKeySequence.StandardKey.New, self.new_complaint)
        edit = QShortcut(QKeySequence(Qt.Key.Key_F2), self, self.pane.edit)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self._stack, self._delete)
        offer(self, tr("Export this list…"), self.export)
        for key in (edit, delete):
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _delete(self) -> None:
        """Remove what is chosen: every selected line of the list, or the card."""
        chosen = [self._current] if self._current is not None else []
        ids = list(self.table.selected_ids()) if self._as_list else chosen
        if not ids:
            return
        around = self.table.rows.ids() if self._as_list else self.board.column_ids(ids[0])
        heir = neighbour(around, ids)
        kept, self._current = self._current, heir
        if self._ctx.do(lambda: delete_complaints(self._ctx.book, complaint_ids=ids)) is None:
            self._current = kept

    def export(self) -> None:
        """Take the complaints that the filter leaves, or those selected, away as a file."""
        from desktop.views.exchange.export import take_out
        from desktop.views.exchange.lists import book_list

        book, ids, chosen = self._ctx.book, self._ids(datetime.now()), self.table.selected_ids()
        listing = book_list(
            self._ctx,
            "complaints",
            tr("Complaints"),
            export_columns(),
            lambda part: {row.id: row for row in queries.complaint_rows(book, part)},
            ids=lambda: ids,
            shown=self.table.shown_keys(),
            count=len(ids),
            selected=chosen if self._as_list and len(chosen) > 1 else (),
        )
        take_out(self._ctx, self, listing)

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self.refresh()

    def _chosen_in_list(self, complaint_id: int | None) -> None:
        if self._as_list and complaint_id is not None and complaint_id != self._current:
            self._choose(complaint_id)

    def _focus_list(self) -> None:
        if self._as_list:
            self.table.setFocus()
        else:
            self.board.focus()

    def _holds(self, complaint_id: int) -> bool:
        ids = queries.complaint_ids(self._ctx.book, now=datetime.now(), view=ComplaintFilter(self.scope()))
        return complaint_id in ids

    def _exists(self, complaint_id: int) -> bool:
        return bool(queries.complaint_rows(self._ctx.book, [complaint_id]))
