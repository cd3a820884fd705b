"""The screen of service cases: how fast the shop is, the cases that press, and the chosen one beside them."""

from __future__ import annotations

from array import array
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.translation import mark, tr
from desktop.operations.service_cases import delete_cases
from desktop.queries import service_cases as queries
from desktop.queries.service_cases import SCOPES, Scope
from desktop.views.cases.case_dialog import TABLES
from desktop.views.cases.case_form import CaseForm
from desktop.views.cases.case_pane import CasePane
from desktop.views.cases.kind_button import KindButton
from desktop.views.cases.period_button import PeriodButton
from desktop.views.cases.speed_strip import SpeedStrip
from desktop.views.cases.table import CaseTable, take_out_cases
from desktop.views.kit.buttons import IconButton, PrimaryButton
from desktop.views.kit.cards import Card, EmptyState
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.neighbours import neighbour
from desktop.views.kit.offers import offer
from desktop.views.kit.page import Page, columns
from desktop.views.kit.search import SearchField
from desktop.views.timeline.keys import ScreenKey

PANE_WIDTH, NARROW_PANE_WIDTH = 372, 340
WIDE_FROM = 1120
TICK_MS = 60_000
MONTHS = 12
_CHIPS: dict[Scope, str] = {
    "open": mark("Going on"), "overdue": mark("Overdue"), "waiting": mark("Waiting"),
    "done": mark("Ended in 30 d"), "all": mark("All"),
}  # fmt: skip


class CasesView(QWidget):
    """The screen "Service cases".

    `case`: the one to show; `scope` and `kind`: the filter; `new`: open the form at once, for `customer`.
    """

    def __init__(
        self,
        ctx: Context,
        *,
        case: int | None = None,
        scope: str = "open",
        kind: str = "",
        months: int | None = MONTHS,
        new: bool = False,
        customer: int | None = None,
        **_: object,
    ) -> None:
        super().__init__()
        self._ctx = ctx
        self._current: int | None = case
        self._sort: tuple[str, bool] = ("due", False)
        self._months = months
        self._behind: tuple[str, array[int]] | None = None
        page = Page(tr("Service cases"))
        self._make_head(page, scope, kind)
        self.strip = SpeedStrip(ctx)
        self.strip.wanted.connect(self.show_behind)
        self.strip.parted.connect(self._part)
        page.body.addWidget(self.strip)
        self._make_list()
        self.pane = CasePane(ctx)
        self._sheet = Card()
        self._sheet.body.addWidget(self.pane)
        self._sheet.setFixedWidth(NARROW_PANE_WIDTH)
        page.body.addLayout(columns((self._stack, 1), (self._sheet, 0)), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        self._keys()
        ctx.changes.listen(self, self.refresh, *TABLES)
        # The time that is left goes on by itself.
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        if case is not None and case not in self._ids(datetime.now()):
            self.chips.choose("all")
            self.kinds.show_kind("")
        self.refresh()
        if new:
            QTimer.singleShot(0, self, lambda: self.new_case(customer))

    # -- for the window

    def route_params(self) -> dict[str, object]:
        """What this screen is built with again."""
        return {"case": self._current, "scope": self.scope(), "kind": self.kind(), "months": self._months}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the list needs it more than the pane."""
        super().resizeEvent(event)
        self._sheet.setFixedWidth(PANE_WIDTH if event.size().width() >= WIDE_FROM else NARROW_PANE_WIDTH)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the list."""
        super().focusInEvent(event)
        self.table.setFocus()

    def focus_search(self) -> None:
        """Put the cursor into the search of cases."""
        self.search.setFocus()

    def scope(self) -> Scope:
        """The filter chosen."""
        return next((scope for scope in SCOPES if scope == self.chips.chosen_key()), "open")

    def kind(self) -> str:
        """The kind of cases chosen, "" for all."""
        return self.kinds.kind

    # -- showing

    def refresh(self) -> None:
        """Ask again and show; what is chosen stays chosen, also where the filter no longer holds it."""
        self._show()
        self.strip.show_months(self._months, self.kind())

    def _tick(self) -> None:
        # An open menu hangs on a button that would be made anew.
        if QApplication.activePopupWidget() is None:
            self._show()

    def _show(self) -> None:
        now = datetime.now()
        counts = queries.counts(self._ctx.book, now=now, kind=self.kind())
        self.chips.set_counts({scope: int(getattr(counts, scope)) for scope in SCOPES})
        ids = self._ids(now)
        self.list.show_ids(ids)
        nothing = not counts.all and not self.kind()
        self._stack.setCurrentWidget(self._empty if nothing else self.list)
        self.strip.setVisible(not nothing)
        if self._current is None or (self._current not in ids and not self._exists(self._current)):
            self._current = ids[0] if ids else None
        if self._current is not None and self.table.current_id() != self._current:
            self.table.select_id(self._current)
        self.pane.show_case(self._current, now)

    def _ids(self, now: datetime) -> array[int]:
        if self._behind is not None:
            known = queries.case_rows(self._ctx.book, self._behind[1])
            return array("q", [row for row in self._behind[1] if row in known])
        sort, descending = self._sort
        return queries.case_ids(
            self._ctx.book, now=now, scope=self.scope(), kind=self.kind(), text=self.search.text(),
            sort=sort, descending=descending,
        )  # fmt: skip

    def _filter(self) -> None:
        """Another filter chooses its first case, unless it holds the one chosen."""
        self._forget_behind()
        if self._current is not None and self._current not in self._ids(datetime.now()):
            self._current = None
        self._show()

    def show_behind(self, title: str, ids: array[int]) -> None:
        """List the cases that a figure was counted from, in its order."""
        self._behind = (title, ids)
        self.list.show_name(title)
        self._current = None
        self._show()
        self.table.setFocus()

    def _forget_behind(self) -> None:
        self._behind = None
        self.list.show_name("")

    def _part(self, found: object) -> None:
        from desktop.queries.service_speed import Cohort
        from desktop.views.cases.speed_dialog import SpeedDialog

        if isinstance(found, Cohort):
            dialog = SpeedDialog(self._ctx, found, self.window())
            dialog.wanted.connect(self.show_behind)
            dialog.open()

    def _exists(self, case_id: int) -> bool:
        return bool(queries.case_rows(self._ctx.book, [case_id]))

    # -- doing

    def new_case(self, customer: int | None = None) -> CaseForm:
        """Open the form of a new case; what is opened is shown."""
        form = CaseForm(
            self._ctx, customer_id=customer, kind=self.kind() or "return",
            on_saved=self._choose, parent=self.window(),
        )  # fmt: skip
        form.open()
        return form

    def _choose(self, case_id: int | None) -> None:
        self._current = case_id
        self._show()

    def _chosen_in_list(self, case_id: int | None) -> None:
        if case_id is not None and case_id != self._current:
            self._current = case_id
            self.pane.show_case(case_id, datetime.now())

    def _opened(self, _: object) -> None:
        """Enter goes into the case: to the first step that is to be done."""
        case = self.pane.case
        if case is not None:
            box = self.pane.boxes[case.todo[0].id] if case.todo else self.pane.note
            box.setFocus()

    def _delete(self) -> None:
        ids = list(self.table.selected_ids())
        if not ids:
            return
        heir = neighbour(self.table.rows.ids(), ids)
        kept, self._current = self._current, heir
        if self._ctx.do(lambda: delete_cases(self._ctx.book, case_ids=ids)) is None:
            self._current = kept

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self._forget_behind()
        self._show()

    def _choose_months(self, months: int | None) -> None:
        self._months = months
        self.period.show_period(months)
        self.strip.show_months(months, self.kind())

    def export(self) -> None:
        """Take the cases that the filter leaves, or those selected, away as a file."""
        chosen = self.table.selected_ids()
        take_out_cases(self._ctx, self, self._ids(datetime.now()), chosen, self.table.shown_keys())

    # -- building

    def _make_head(self, page: Page, scope: str, kind: str) -> None:
        self.search = SearchField(tr("Number, title, customer or order…"), width=280)
        self.search.searched.connect(lambda _: self._filter())
        self.search.left.connect(lambda: self.table.setFocus())
        page.set_search(self.search)
        self.kinds = KindButton(kind if kind in words.CASE_KINDS else "")
        self.kinds.chosen.connect(self._choose_kind)
        self.kinds.asked.connect(self._count_kinds)
        page.add_action(self.kinds)
        self.period = PeriodButton(self._months)
        self.period.chosen.connect(self._choose_months)
        page.add_action(self.period)
        self.export_button = IconButton("download", tr("Export this list…"), self.export, framed=True)
        page.add_action(self.export_button)
        page.add_action(PrimaryButton(tr("New service case"), "plus", self.new_case))
        self.chips = ChipRow(ChipItem(key, tr(text), 0) for key, text in _CHIPS.items())
        self.chips.choose(scope if scope in SCOPES else "open")
        self.chips.chosen.connect(lambda _: self._filter())
        page.set_chips(self.chips)

    def _count_kinds(self) -> None:
        found = queries.kind_counts(self._ctx.book, now=datetime.now(), scope=self.scope())
        self.kinds.show_counts(found)

    def _choose_kind(self, kind: str) -> None:
        self.kinds.show_kind(kind)
        self._filter()
        self.strip.show_months(self._months, self.kind())

    def _make_list(self) -> None:
        self.list = CaseTable(self._ctx)
        self.table = self.list.table
        self.table.sort_requested.connect(self._sort_by)
        self.table.chosen.connect(self._chosen_in_list)
        self.table.opened.connect(self._opened)
        self.list.left_behind.connect(self._filter)
        self._empty = EmptyState(
            "wrench",
            tr("No service case yet"),
            tr("A return, an exchange, a repair: open a case and its steps and deadlines stand here."),
            tr("New service case"),
            self.new_case,
            action_icon="plus",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)

    def _keys(self) -> None:
        ScreenKey(self, QKeySequence.StandardKey.New, self.new_case)
        edit = QShortcut(QKeySequence(Qt.Key.Key_F2), self._stack, self.pane.edit)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self._stack, self._delete)
        for key in (edit, delete):
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        offer(self, tr("New service case"), self.new_case)
        offer(self, tr("Export this list…"), self.export)
