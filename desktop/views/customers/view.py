"""The customer list: search and chips above, the list with its preview below, and all done from it."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.core.translation import ntr, tr
from desktop.operations.segments import replace_segment
from desktop.queries import customers
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customers import CustomerCounts
from desktop.queries.pairs import pair_count
from desktop.views.customers.editor import open_editor
from desktop.views.customers.filter_chips import FilterChips
from desktop.views.customers.filter_head import FilterHead
from desktop.views.customers.finder import Finder
from desktop.views.customers.nobody import Nobody
from desktop.views.customers.preview import NARROW, WIDTH, Preview
from desktop.views.customers.selection import COPY_PHONES, SelectionActions
from desktop.views.customers.table import CustomerTable
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.offers import offer
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import (
    IconButton,
    Page,
    PrimaryButton,
    SearchField,
    SecondaryButton,
    columns,
)

if TYPE_CHECKING:
    from desktop.views.customers.filter_builder import FilterBuilder

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
        self._make_head(text)
        self._make_actions()
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
        ctx.changes.listen(self, self._count_duplicates, "customer", "likeness", "doubt", "not_same")
        self._count_duplicates()
        if new:
            QTimer.singleShot(0, self, self.new_customer)

    # -- building

    def _make_list(self) -> None:
        self.table = CustomerTable(self.ctx)
        self.model = self.table.rows
        self._nobody = Nobody(
            import_list=lambda: self.ctx.navigate("exchange", mode="import"),
            show_everybody=self.show_everybody,
        )
        self.pane = TablePane(self.table, empty=self._nobody)
        self.actions_ = SelectionActions(self.ctx, self.table, self, self._choose_soon, self.finder)
        self.preview = Preview(self.ctx, self.actions_)
        self.table.opened.connect(self.open_profile)
        self.table.selection_changed.connect(self._selection_changed)
        self.table.chosen.connect(lambda _: self._selection_changed())
        self.table.sort_requested.connect(self._sort)
        self.table.layout_changed.connect(self._keep_layout)
        self.table.typed.connect(self._type_ahead)
        self.table.asked.connect(self.preview.take_keyboard)
        self.table.copy_asked.connect(self._copy_cell)
        self.table.refused.connect(lambda problem: self.ctx.notify(problem, tone="error"))
        self.preview.left.connect(self.table.setFocus)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._context_menu)

    def _make_head(self, text: str) -> None:
        keys = QKeySequence("Ctrl+F")
        self.search = SearchField(tr("Name, pinyin, last 4 of phone…"), hint=keys)
        self.search.set_text(text)
        self.search.searched.connect(self._search)
        self.search.left.connect(self._go_to_list)
        self.page.set_search(self.search)
        self.filter_button = SecondaryButton(tr("Filter"), "sliders-horizontal", self.open_filter)
        self.columns_button = IconButton("columns-3", tr("Columns"), self._choose_columns, framed=True)
        self.duplicates_button = SecondaryButton(
            "", "merge", lambda: self.ctx.navigate("duplicates"), tip=tr("Customers who may be one")
        )
        self.excel_button = SecondaryButton(tr("Export"), "download", self.actions_.export)
        self.new_button = PrimaryButton(tr("New customer"), "plus", self.new_customer)
        for button in (
            self.filter_button,
            self.columns_button,
            self.duplicates_button,
            self.excel_button,
            self.new_button,
        ):
            self.page.add_action(button)
        self.chips = FilterChips(self.ctx, self.finder, self)
        self.chips.changed.connect(self._filter_changed)
        self.page.set_chips(self.chips)
        self.filter_head = FilterHead(
            self.finder, self.open_filter, self.chips.save_filter, self.show_everybody
        )

    def _make_actions(self) -> None:
        for text, keys, do in (
            (tr("Open the customer"), "", self._open_current),
            (tr("Edit the customer"), "F2", self.edit_here),
            (tr("Copy the phone numbers"), COPY_PHONES, self.actions_.copy_phones),
            (tr("Delete the selected customers"), "Delete", self.actions_.delete),
            (tr("Export this list…"), "", self.actions_.export),
            (tr("Segments…"), "", self.chips.manage),
        ):
            # The keys belong to the list: Delete in the search field is the field's own.
            action = offer(self.table, text, do, keys)
            if not keys:
                self.addAction(action)
        offer(self, tr("Filter customers…"), self.open_filter, "Ctrl+Shift+F")

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
        self.search.setFocus()
        self.search.line.selectAll()

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
            self._open_current()

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

    def _count_duplicates(self) -> None:
        book = self.ctx.book
        self.ctx.tasks.read(lambda _: pair_count(book), self._show_duplicates, owner=self, key="duplicates")

    def _show_duplicates(self, count: int) -> None:
        self.duplicates_button.setText(f"{count:,}" if count else "")
        said = ntr("{n} pair may be one customer", "{n} pairs may be one customer", count)
        self.duplicates_button.setAccessibleName(said if count else tr("Customers who may be one"))
        self.duplicates_button.setToolTip(self.duplicates_button.accessibleName())

    def _segments_changed(self) -> None:
        self.finder.count(self._show_counts)
        self._show_chips()
        if self.finder.view() != self._found:
            self._filter_changed()

    # -- chips and filter

    def _show_chips(self) -> None:
        self.chips.show_chips()
        self.filter_head.show_filter()
        set_conditions = self.finder.conditions()
        words_on_it = tr("Filter ({n})", n=set_conditions) if set_conditions else tr("Filter")
        self.filter_button.setText(words_on_it)
        self.filter_button.setAccessibleName(words_on_it)

    def show_everybody(self) -> None:
        """Leave out every chip, condition and word."""
        self.finder.chip, self.finder.text, self.finder.extra = "all", "", CustomerFilter()
        self._filter_changed()
        self.table.setFocus()

    def _filter_changed(self) -> None:
        self.search.set_text(self.finder.text)
        self.table.scrollToTop()
        self._show_chips()
        self._find()

    def _show_counts(self, counts: CustomerCounts) -> None:
        self._show_chips()
        if self._complete:
            self.pane.foot.setText(self._foot(len(self.model.ids())))

    def open_filter(self) -> FilterBuilder:
        """Open the filter builder on the conditions of now."""
        # What only a filter that is being written needs does not load with the list.
        from desktop.views.customers.filter_builder import FilterBuilder

        segment = self.finder.segment()
        builder = FilterBuilder(
            self.ctx,
            self.finder.view(),
            self._use_filter,
            self.chips.save_filter,
            name=segment.name if segment else "",
            on_replace=self._replace_segment if segment else None,
            parent=self,
        )
        builder.open()
        return builder

    def _replace_segment(self, view: CustomerFilter) -> None:
        segment = self.finder.segment()
        if segment is not None:
            book = self.ctx.book
            self.ctx.do(lambda: replace_segment(book, segment_id=segment.id, view=view))
            self.finder.segments = customers.segments(book)
            self._filter_changed()

    def _use_filter(self, view: CustomerFilter) -> None:
        self.finder.chip = "all"
        # What is typed stays in the search field.
        self.finder.extra = replace(view, text="") if view.text == self.finder.text else view
        self._filter_changed()

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
        # The palette and the menu lead to the duplicates as well.
        self.duplicates_button.setVisible(self.width() > 900)
        QTimer.singleShot(0, self.table, self.table.fit_columns)

    def _choose_columns(self) -> None:
        self.table.choose_columns(self.columns_button)

    # -- doing

    def _selection_changed(self) -> None:
        chosen = self.table.selected_ids()
        if len(chosen) > 1:
            self.preview.show_selection(chosen)
        else:
            self.preview.show_customer(chosen[0] if len(chosen) else None)

    def _context_menu(self, at: QPoint) -> None:
        chosen = len(self.table.selected_ids())
        if not chosen:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if chosen == 1:
            menu.addAction(tr("Open"), self._open_current)
            menu.addAction(tr("Edit…"), self.edit)
            menu.addSeparator()
        self.actions_.fill_menu(menu)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def open_profile(self, customer_id: int) -> None:
        """Go to a customer's profile."""
        self.ctx.navigate("profile", customer=customer_id)

    def _open_current(self) -> None:
        if (current := self.table.current_id()) is not None:
            self.open_profile(current)

    def new_customer(self) -> FormDialog:
        """Open the form for a new customer; they are chosen in the list once saved."""
        return open_editor(self.ctx, self, on_saved=self._choose_soon)

    def edit_here(self) -> None:
        """Edit the cell that has the keyboard where it stands; in the name's, the form with everything."""
        if not self.table.edit_current():
            self.edit()

    def _type_ahead(self, text: str) -> None:
        self.search.setFocus()
        self.search.line.setText(text)

    def _copy_cell(self, customer_id: int, key: str) -> None:
        from desktop.views.customers.copying import copy_reach

        copy_reach(self.ctx, self.model.row_at(self.model.line_of(customer_id) or 0), key)

    def edit(self) -> FormDialog | None:
        """Open the form for the current customer."""
        current = self.table.current_id()
        return open_editor(self.ctx, self, customer_id=current) if current is not None else None

    def _choose_soon(self, customer_id: int) -> None:
        self._wanted = customer_id
        self._find()
