"""The tab of a customer's orders: the table, below it the chosen one, and above it a sale in the making."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.operations import orders as operations
from desktop.queries.orders import OrderRow, customer_order_ids, order_rows
from desktop.queries.profile import Profile
from desktop.views.cases.checklist import SaleLine
from desktop.views.customers.words import display_name
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.neighbours import neighbour
from desktop.views.kit.offers import offer
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import EmptyState, Separator
from desktop.views.profile.order_acts import OrderActs
from desktop.views.profile.order_columns import COLUMNS, export_columns
from desktop.views.profile.order_detail import OrderDetail
from desktop.views.profile.order_form import OrderForm

LEAST_DETAIL, SHARE_OF_DETAIL = 178, 0.5
"""Pixels of the chosen order at least, and its share of the tab where there is more."""
_TABLES = (
    "checklist", "checklist_step", "process_step", "shipment", "product", "service_case", "case_item",
    "case_step", "rating",
)  # fmt: skip


class OrdersTab(QWidget):
    """The orders, newest first; Enter edits, Delete deletes."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._customer, self._name, self._channel = 0, "", "shop"
        currency = str(ctx.book.setting("shop.currency"))
        self.model = IdListModel(
            COLUMNS, lambda ids: order_rows(ctx.book, ids), currency=currency, parent=self
        )
        self.table = TableView(self.model, name=tr("Orders"))
        self._pane = TablePane(
            self.table,
            empty=EmptyState(
                "receipt-text", tr("No order yet"), "", tr("New order"), self.new_order, action_icon="plus"
            ),
        )
        self._pane.setProperty("role", "bare")
        self.acts = OrderActs(ctx, self, self._current)
        self.sale = SaleLine(ctx)
        self.detail = OrderDetail(ctx, self.acts, self.edit)
        self._line = Separator()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.sale)
        layout.addWidget(self._pane, 1)
        layout.addWidget(self._line)
        layout.addWidget(self.detail)
        self.table.chosen.connect(lambda _: self._show_detail())
        self.table.opened.connect(lambda _: self.edit())
        for key, do in ((Qt.Key.Key_F2, self.edit), (Qt.Key.Key_Delete, self.delete)):
            shortcut = QShortcut(QKeySequence(key), self.table, do)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        offer(self, tr("Sale in the making…"), self.sale.open_all)
        ctx.changes.listen(self, self._refresh, *_TABLES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The chosen order gets its share of the room."""
        super().resizeEvent(event)
        self.detail.setFixedHeight(max(LEAST_DETAIL, int(event.size().height() * SHARE_OF_DETAIL)))

    def show_customer(self, found: Profile) -> None:
        """Show a customer's orders; a new one most likely comes from where most of them did."""
        self._customer, self._name = found.id, display_name(found.name)
        self._channel = found.channels[0] if found.channels else "shop"
        ids = customer_order_ids(self._ctx.book, customer_id=found.id)
        self.model.refresh_rows()
        self._pane.set_ids(ids)
        if self.table.current_id() is None and len(ids):
            self.table.select_id(ids[0])
        self._refresh()

    def new_order(self) -> FormDialog:
        """Open the form for a new order."""
        form = OrderForm(
            self._ctx, customer_id=self._customer, name=self._name, channel=self._channel, parent=self
        )
        form.open()
        return form

    def edit(self) -> FormDialog | None:
        """Open the form of the current order."""
        row = self._current()
        if row is None:
            return None
        form = OrderForm(self._ctx, customer_id=self._customer, name=self._name, known=row, parent=self)
        form.open()
        return form

    def refund(self) -> FormDialog | None:
        """Ask what was given back of the current order."""
        return self.acts.refund()

    def new_case(self, kind: str = "return") -> FormDialog | None:
        """Open the form for a return, an exchange … of the current order."""
        return self.acts.new_case(kind)

    def rate(self) -> FormDialog | None:
        """Open the form for a rating of the current order."""
        return self.acts.rate()

    def delete(self) -> None:
        """Delete the selected orders; the notice offers to undo it."""
        ids = self.table.selected_ids()
        if not len(ids):
            return
        heir = neighbour(self.model.ids(), ids)
        done = self._ctx.do(lambda: operations.delete_orders(self._ctx.book, order_ids=ids))
        if done is not None and heir is not None:
            self.table.select_id(heir)

    def export(self) -> None:
        """Take the orders, or those selected, away as a file."""
        from desktop.views.exchange.export import take_out
        from desktop.views.exchange.lists import book_list

        ids, chosen, book = self.model.ids(), self.table.selected_ids(), self._ctx.book
        listing = book_list(
            self._ctx,
            "orders",
            tr("Orders of {name}", name=self._name) if self._name else tr("Orders"),
            export_columns(),
            lambda part: order_rows(book, part),
            ids=lambda: ids,
            shown=self.table.shown_keys(),
            count=len(ids),
            selected=chosen if len(chosen) > 1 else (),
        )
        take_out(self._ctx, self, listing)

    def _current(self) -> OrderRow | None:
        current = self.table.current_id()
        return None if current is None else order_rows(self._ctx.book, [current]).get(current)

    def _refresh(self) -> None:
        if self._customer:
            self.sale.show_customer(self._customer, always=not len(self.model.ids()))
            self._show_detail()

    def _show_detail(self) -> None:
        row = self._current()
        self._line.setVisible(row is not None)
        self.detail.show_order(row)

    def _menu(self, at: QPoint) -> None:
        row = self._current()
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Edit…"), self.edit)
        menu.addSeparator()
        self.acts.fill_menu(menu, row)
        menu.addSeparator()
        menu.addAction(tr("Sale in the making…"), self.sale.open_all)
        menu.addAction(tr("Export…"), self.export)
        menu.addAction(tr("Delete"), self.delete)
        menu.popup(self.table.viewport().mapToGlobal(at))
