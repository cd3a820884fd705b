"""The timeline as a widget, for a customer's profile and for the shop: a note line, filters, the list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.progress import Progress
from desktop.core.translation import tr
from desktop.operations import ratings, service, service_cases
from desktop.queries import timeline
from desktop.queries.timeline import Page
from desktop.queries.timeline_entries import Cursor, TimelineEntry
from desktop.views.cases.case_dialog import CaseDialog
from desktop.views.cases.case_form import CaseForm
from desktop.views.kit import icons
from desktop.views.kit.cards import EmptyState
from desktop.views.kit.context import Context
from desktop.views.timeline import words
from desktop.views.timeline.filters import Filters
from desktop.views.timeline.keys import ScreenKey
from desktop.views.timeline.list import TimelineList
from desktop.views.timeline.model import TimelineModel
from desktop.views.timeline.note_dialog import NoteDialog
from desktop.views.timeline.note_line import NoteLine
from desktop.views.timeline.rating_form import RatingForm

_TABLES = (
    "interaction", "orders", "order_line", "service_case", "case_step", "complaint", "complaint_step",
    "rating", "import_run", "customer",
)  # fmt: skip
FOLD_BELOW = 420
"""Pixels of height below which the chips are folded away."""
MOST_RELOADED = 600
"""Entries that are fetched anew after a change; further ones come again as they are scrolled to."""


class TimelineStream(QWidget):
    """Everything that happened with a customer, or with None in the whole shop.

    With `filters` given it has no row of them: the shop's screen has them in its head.
    """

    chosen = Signal(object)
    """The entry that has the keyboard, or None."""

    def __init__(
        self, ctx: Context, customer_id: int | None = None, *, filters: Filters | None = None
    ) -> None:
        super().__init__()
        self._ctx, self._customer = ctx, customer_id
        currency = str(ctx.book.setting("shop.currency"))
        self._currency = currency
        self.note = NoteLine(ctx, customer_id)
        self.filters = filters or Filters(ctx.book, inline=True)
        self.filters.changed.connect(self._start)
        self.model = TimelineModel(lambda: currency, self)
        # Not at once: a view asks for more while it is still being told of what came before.
        self.model.more_wanted.connect(self._fetch_more, Qt.ConnectionType.QueuedConnection)
        self.list = TimelineList(self.model, currency, named=customer_id is None)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.open_entry)
        self.list.removed.connect(self.delete_entry)
        self.list.menu_wanted.connect(self._menu)
        self._nothing = EmptyState("list-tree", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8 if filters is None else 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.note)
        if filters is None:
            layout.addWidget(self.filters)
            self.note.add_at_end(self.filters.drawer_button)
        self._own_filters = filters is None
        layout.addWidget(self._stack, 1)
        ScreenKey(self, QKeySequence.StandardKey.New, self.note.line.setFocus)
        ctx.changes.listen(self, self.reload, *_TABLES)
        self._start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the entries need the room more than the chips."""
        super().resizeEvent(event)
        if self._own_filters:
            self.filters.fold(event.size().height() < FOLD_BELOW)

    def reload(self) -> None:
        """Fetch again what is shown; selection and place stay."""
        self._count()
        self._load(max(timeline.PAGE, min(self.model.loaded() + 1, MOST_RELOADED)))

    def export(self, title: str) -> None:
        """Take what the filters leave away as a file."""
        from desktop.views.exchange.export import take_out
        from desktop.views.timeline.listing import stream_listing

        listing = stream_listing(self._ctx, title, self.filters.filter(), self._customer)
        take_out(self._ctx, self.window(), listing)

    def open_entry(self, entry: TimelineEntry) -> None:
        """Go to what the entry tells of: a note's or rating's form, the case, complaint, order, customer."""
        if entry.kind == "interaction":
            NoteDialog(self._ctx, entry=entry, parent=self.window()).open()
        elif entry.kind == "case":
            CaseDialog(self._ctx, entry.id, self.window()).open()
        elif entry.kind == "rating":
            RatingForm(self._ctx, entry=entry, parent=self.window()).open()
        elif entry.complaint_id is not None and entry.kind in ("complaint", "step"):
            self._ctx.navigate("complaints", complaint=entry.complaint_id)
        elif entry.kind == "order" and entry.customer_id is not None:
            self._open_order(entry)
        elif entry.customer_id is not None and entry.customer_id != self._customer:
            self._ctx.navigate("profile", customer=entry.customer_id)

    def _open_order(self, entry: TimelineEntry) -> None:
        self._ctx.navigate("profile", customer=entry.customer_id, tab="orders", order=entry.order_id)

    def _about_order(self, kind: type[CaseForm] | type[RatingForm], entry: TimelineEntry) -> None:
        kind(self._ctx, customer_id=entry.customer_id, order_id=entry.order_id, parent=self.window()).open()

    def delete_entry(self, entry: TimelineEntry) -> None:
        """Remove a note, a case or a rating; other entries are removed where they belong."""
        book = self._ctx.book
        if entry.kind == "interaction":
            self._ctx.do(lambda: service.delete_interactions(book, interaction_ids=[entry.id]))
        elif entry.kind == "case":
            self._ctx.do(lambda: service_cases.delete_cases(book, case_ids=[entry.id]))
        elif entry.kind == "rating":
            self._ctx.do(lambda: ratings.delete_ratings(book, rating_ids=[entry.id]))

    def pin_entry(self, entry: TimelineEntry) -> None:
        """Keep a note at the top, or no longer."""
        pinned = not entry.pinned
        self._ctx.do(
            lambda: service.pin_interaction(self._ctx.book, interaction_id=entry.id, pinned=pinned),
            quiet=True,
        )

    def actions_for(self, entry: TimelineEntry, menu: QMenu, *, customer: bool = True) -> list[QAction]:
        """What can be done with an entry, as actions of a menu; `customer`: going there is one of them."""
        found: list[QAction] = []

        def add(icon: str, text: str, run: object) -> None:
            action = QAction(icons.icon(icon), text, menu)
            action.triggered.connect(run)
            found.append(action)

        if entry.kind == "interaction":
            add("pencil", tr("Correct…"), partial(self.open_entry, entry))
            add(
                "pin-off" if entry.pinned else "pin",
                tr("Unpin") if entry.pinned else tr("Pin to the top"),
                partial(self.pin_entry, entry),
            )
        if entry.kind == "case":
            add("wrench", tr("Open the service case"), partial(self.open_entry, entry))
        if entry.kind == "rating":
            add("pencil", tr("Correct…"), partial(self.open_entry, entry))
        if entry.complaint_id is not None:
            add(
                "message-square-warning",
                tr("Open the complaint"),
                lambda: self._ctx.navigate("complaints", complaint=entry.complaint_id),
            )
        if customer and entry.customer_id is not None and entry.customer_id != self._customer:
            add(
                "user",
                tr("Open the customer"),
                lambda: self._ctx.navigate("profile", customer=entry.customer_id),
            )
        if entry.order_id is not None and entry.customer_id is not None:
            add("receipt-text", tr("Open the order"), partial(self._open_order, entry))
        if entry.kind == "order":
            add("wrench", tr("New service case…"), partial(self._about_order, CaseForm, entry))
            add("star", tr("Add a rating…"), partial(self._about_order, RatingForm, entry))
        add(
            "copy",
            tr("Copy"),
            lambda: QGuiApplication.clipboard().setText(words.spoken(entry, self._currency)),
        )
        if entry.kind in ("interaction", "case", "rating"):
            add("trash-2", tr("Delete"), partial(self.delete_entry, entry))
        return found

    def _menu(self, entry: TimelineEntry, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions_for(entry, menu))
        menu.popup(at)

    def _start(self) -> None:
        self._count()
        self._load(timeline.PAGE)

    def _slow(self) -> bool:
        """Whether a page may take more than a frame: words, channel and clerk have no index of their own."""
        where = self.filters.filter()
        return self._customer is None and bool(where.text.strip() or where.channel or where.staff_id)

    def _load(self, limit: int) -> None:
        where, customer, book = self.filters.filter(), self._customer, self._ctx.book

        def work(_: Progress) -> tuple[Page, list[TimelineEntry]]:
            page = timeline.timeline_page(book, customer_id=customer, where=where, limit=limit)
            pinned = (
                timeline.pinned_entries(book, customer_id=customer, where=where)
                if customer is not None
                else []
            )
            return page, pinned

        if self._slow():
            self._ctx.tasks.read(work, self._show, owner=self, key="page")
        else:
            self._show(work(Progress()))

    def _show(self, found: tuple[Page, list[TimelineEntry]]) -> None:
        self.model.show(*found)
        self._show_empty()
        if self._customer is None:
            self.list.choose_first()
        if self.list.current_entry() is not None:
            self.chosen.emit(self.list.current_entry())
        else:
            self.chosen.emit(None)

    def _fetch_more(self, cursor: Cursor) -> None:
        where, customer, book = self.filters.filter(), self._customer, self._ctx.book

        def work(_: Progress) -> Page:
            return timeline.timeline_page(book, customer_id=customer, where=where, before=cursor)

        def show(page: Page) -> None:
            if where == self.filters.filter():
                self.model.append(cursor, page)

        if self._slow():
            self._ctx.tasks.read(work, show, owner=self, key="more")
        else:
            show(work(Progress()))

    def _count(self) -> None:
        customer, book = self._customer, self._ctx.book
        if customer is not None:
            self.filters.set_counts(timeline.timeline_counts(book, customer_id=customer))
        else:
            self._ctx.tasks.read(
                lambda _: timeline.timeline_counts(book), self.filters.set_counts, owner=self, key="counts"
            )

    def _show_empty(self) -> None:
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.list)
            return
        if self.filters.any_set():
            state = EmptyState(
                "search",
                tr("Nothing fits these filters"),
                tr("Leave some of them out to see more."),
                tr("Show everything"),
                self.filters.clear,
            )
        else:
            state = EmptyState(
                "list-tree",
                tr("Nothing has happened yet"),
                tr("Write the first note above; orders, complaints and ratings come here by themselves."),
                tr("Write a note"),
                self.note.line.setFocus,
                action_icon="pencil",
            )
        self._stack.removeWidget(self._nothing)
        self._nothing.deleteLater()
        self._nothing = state
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)
