"""The customer list: search and chips above, the list with its preview below, and all done from it."""

from __future__ import annotations

from array import array
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.translation import ntr, tr
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customers import CustomerCounts
from desktop.views.customers.doing import Doing
from desktop.views.customers.filter_chips import FilterChips
from desktop.views.customers.filter_head import FilterHead
from desktop.views.customers.filtering import Filtering
from desktop.views.customers.finder import Finder
from desktop.views.customers.head import Head
from desktop.views.customers.nobody import Nobody
from desktop.views.customers.preview import NARROW, WIDTH, Preview
from desktop.views.customers.selection import SelectionActions
from desktop.views.customers.table import CustomerTable
from desktop.views.kit.context import Context
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import Page, columns

_LAYOUT = "ui.columns.customers"
_TABLES = (
    "customer", "contact_point", "customer_tag", "tag", "orders", "rating", "complaint", "setting",
    "interaction", "service_case", "points_entry", "promise", "task",
)  # fmt: skip


class CustomersView(QWidget):
    """The screen. `chip` and `text` narrow it from the start, `customer` is chosen, `new` opens the form."""

    def __init__(
        self,
        ctx: Context,
        *,
        chip: str = "all",
        text: str = "",
        customer: int | None = None,
        new: bool = False,
        condition: str = "",
    ) -> None:
        super().__init__()
        self.ctx = ctx
        self._wanted = customer
        self.finder = Finder(ctx, self._show_ids, self)
        self.finder.chip, self.finder.text = chip, text
        if condition:
            self.finder.extra = CustomerFilter.from_json(condition)
        self._make_list()
        self.page = Page(tr("Customers"))
        self._make_head()
        self.doing.offer()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.page.body.addWidget(self.filter_head)
        self.page.body.addLayout(columns((self.pane, 1), (self.preview, 0)))
        self.setFocusProxy(self.table)
        self._show_chips()
        self._restore()
        self._find()
        self.finder.count(self._show_counts)
        ctx.changes.listen(self, self._changed, *_TABLES)
        ctx.changes.listen(self, self._segments_changed, "segment")
        ctx.changes.listen(self, self.table.renew_columns, "custom_field")
        # The customers themselves come first.
        self.head.duplicates_button.keep_counting()
        if new:
            QTimer.singleShot(0, self, self.doing.new_customer)

    # -- building

    def _make_list(self) -> None:
        self.table = CustomerTable(self.ctx)
        self.model = self.table.rows
        self._nobody = Nobody(
            import_list=lambda: self.ctx.navigate("exchange", mode="import"),
            show_everybody=self.show_everybody,
        )
        self.pane = TablePane(self.table, empty=self._nobody)
        self.actions_ = SelectionActions(self.ctx, self.table, self, self.choose_soon, self.finder)
        self.doing = Doing(self)
        self.preview = Preview(self.ctx, self.actions_)
        self.table.opened.connect(self.doing.open_profile)
        self.table.selection_changed.connect(self._selection_changed)
        self.table.chosen.connect(lambda _: self._selection_changed())
        self.table.sort_requested.connect(self._sort)
        self.table.layout_changed.connect(self._keep_layout)
        self.table.typed.connect(self._type_ahead)
        self.table.asked.connect(self.preview.take_keyboard)
        self.table.copy_asked.connect(self.doing.copy_cell)
        self.table.refused.connect(lambda problem: self.ctx.notify(problem, tone="error"))
        self.preview.left.connect(self.table.setFocus)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self.doing.show_menu)

    def _make_head(self) -> None:
        self.chips = FilterChips(self.ctx, self.finder, self)
        self.chips.changed.connect(self._filter_changed)
        self.filtering = Filtering(self.ctx, self.finder, self.chips, self)
        self.head = Head(self)
        self.head.search.searched.connect(self._search)
        self.head.search.left.connect(self._go_to_list)
        self.page.set_chips(self.chips)
        self.filter_head = FilterHead(
            self.finder, self.filtering.open, self.chips.save_filter, self.show_everybody
        )

    # -- what the window asks

    def route_params(self) -> dict[str, object]:
        """What to build this screen with again."""
        params: dict[str, object] = {"chip": self.finder.chip, "text": self.finder.text}
        if self.finder.extra.narrows:
            params["condition"] = self.finder.extra.to_json()
        if (current := self.table.current_id()) is not None:
            params["customer"] = current
        return params

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.head.search.setFocus()
        self.head.search.line.selectAll()

    # -- finding

    def _find(self, *, at_once: bool = True) -> None:
        key, descending = self.finder.sort()
        self._found = self.finder.view()
        self.model.set_sort(key, descending)
        self.finder.find(at_once=at_once)

    def _show_ids(self, ids: array[int], complete: bool) -> None:
        self._complete = complete
        self.table.mark(self.finder.text)
        if complete and len(ids) and self._wanted is None and ids == self.model.ids():
            # Nobody came, went or moved: the selection stays, be it a million.
            self.pane.foot.setText(self._foot(len(ids)))
            return
        self._nobody.show_for(narrowed=self.finder.view().narrows)
        self.pane.set_ids(ids, self._foot(len(ids)) if complete else self.pane.foot.text())
        if self._wanted is not None:
            if self.table.select_id(self._wanted) or complete:
                self._wanted = None
        elif self.table.current_id() is None and len(ids):
            self.table.select_id(ids[0])

    def _foot(self, shown: int) -> str:
        counts = self.finder.counts
        if counts is None or counts.everybody == shown:
            return ntr("{n} customer", "{n} customers", shown)
        return ntr(
            "{n} of {total} customers", "{n} of {total} customers", shown, total=f"{counts.everybody:,}"
        )

    def _search(self, text: str) -> None:
        self.finder.text = text.strip()
        self.finder.sorted_by_hand = False
        self._find()
        if len(self.model.ids()):
            self.table.select_id(self.model.ids()[0])

    def _go_to_list(self) -> None:
        self.table.setFocus()
        if self.table.current_id() is not None and len(self.model.ids()) == 1:
            self.doing.open_current()

    def _sort(self, key: str, descending: bool) -> None:
        self.finder.order, self.finder.descending = key, descending
        self.finder.sorted_by_hand = True
        self.table.scrollToTop()
        self._find()
        self._keep_layout(self.table.layout_state())

    def _changed(self) -> None:
        self.model.refresh_rows()
        self._find(at_once=False)
        self.finder.count(self._show_counts)
        if len(self.table.selected_ids()) < 2:
            self.preview.refresh()

    def _segments_changed(self) -> None:
        self.finder.count(self._show_counts)
        self._show_chips()
        if self.finder.view() != self._found:
            self._filter_changed()

    # -- chips and filter

    def _show_chips(self) -> None:
        self.chips.show_chips()
        self.filter_head.show_filter()
        self.head.show_conditions(self.finder.conditions())

    def show_everybody(self) -> None:
        """Leave out every chip, condition and word."""
        self.finder.chip, self.finder.text, self.finder.extra = "all", "", CustomerFilter()
        self._filter_changed()
        self.table.setFocus()

    def _filter_changed(self) -> None:
        self.head.search.set_text(self.finder.text)
        self.table.scrollToTop()
        self._show_chips()
        self._find()

    def _show_counts(self, counts: CustomerCounts) -> None:
        self._show_chips()
        if self._complete:
            self.pane.foot.setText(self._foot(len(self.model.ids())))

    # -- columns

    def _restore(self) -> None:
        state = self.ctx.settings.get(_LAYOUT)
        if not state:
            return
        self.table.restore_layout(state)
        order, descending = state.get("sort") or ("last", True)
        if order in {column.key for column in self.model.columns}:
            self.finder.order, self.finder.descending = order, bool(descending)

    def _keep_layout(self, state: dict[str, Any]) -> None:
        kept = {**state, "sort": [self.finder.order, self.finder.descending]}
        self.ctx.settings.set(_LAYOUT, kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns that don't fit make way, but for those that the owner asked for."""
        super().resizeEvent(event)
        self.preview.setFixedWidth(WIDTH if self.width() > 1150 else NARROW)
        self.head.fit(self.width())
        QTimer.singleShot(0, self.table, self.table.fit_columns)

    # -- choosing

    def _selection_changed(self) -> None:
        chosen = self.table.selected_ids()
        if len(chosen) > 1:
            self.preview.show_selection(chosen)
        else:
            self.preview.show_customer(chosen[0] if len(chosen) else None)

    def _type_ahead(self, text: str) -> None:
        self.head.search.setFocus()
        self.head.search.line.setText(text)

    def choose_soon(self, customer_id: int) -> None:
        """Choose a customer as soon as the list has them."""
        self._wanted = customer_id
        self._find()
