"""The tab of a customer's orders: the table, and below it the chosen one with its lines."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_day
from desktop.core.money import format_money, format_price
from desktop.core.translation import mark, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.operations import orders as operations
from desktop.queries.orders import OrderRow, customer_order_ids, order_lines, order_rows
from desktop.queries.profile import Profile
from desktop.views.cases.case_form import CaseForm
from desktop.views.customers.words import display_name
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog, MoneyField
from desktop.views.kit.neighbours import neighbour
from desktop.views.kit.table import Column, IdListModel, TablePane, TableView
from desktop.views.kit.theme import Tone
from desktop.views.kit.widgets import (
    EmptyState,
    KeyValueList,
    ScrollColumn,
    SecondaryButton,
    Separator,
    clear,
    label,
)
from desktop.views.profile.order_form import OrderForm
from desktop.views.timeline.rating_form import RatingForm

_TONES: dict[str, Tone] = {
    "unpaid": "amber",
    "paid": "blue",
    "shipped": "blue",
    "completed": "accent",
    "cancelled": "grey",
    "returned": "red",
}
_NEXT = {"unpaid": "paid", "paid": "shipped", "shipped": "completed"}
_LINES_HEIGHT = 178

COLUMNS = (
    Column("number", mark("Order"), 128, "strong", sortable=False),
    Column("placed_at", mark("Day"), 108, "muted", sortable=False, text=format_day),
    Column("items", mark("What was bought"), 120, sortable=False, stretch=True),
    Column(
        "channel",
        mark("Channel"),
        86,
        "muted",
        sortable=False,
        text=lambda code: words.name(words.CHANNELS, code) or "—",
    ),
    Column(
        "status",
        mark("Status"),
        100,
        "tag",
        sortable=False,
        text=lambda code: words.name(words.ORDER_STATUSES, code),
        tone=lambda code: _TONES[code],
    ),
    Column("net", mark("Amount"), 104, "money", sortable=False),
)


def export_columns() -> tuple[ExportColumn, ...]:
    """The columns of the table as a file has them, by its keys."""
    return (
        ExportColumn("number", tr("Order no."), "id"),
        ExportColumn("placed_at", tr("Placed at"), "when"),
        ExportColumn("items", tr("What was bought")),
        ExportColumn("channel", tr("Channel"), value=lambda row: words.name(words.CHANNELS, row.channel)),
        ExportColumn("status", tr("Status"), value=lambda row: words.name(words.ORDER_STATUSES, row.status)),
        ExportColumn("net", tr("Net amount"), "money"),
    )


class OrdersTab(QWidget):
    """The orders, newest first; Enter edits, Delete deletes."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._currency = str(ctx.book.setting("shop.currency"))
        self._customer, self._name, self._channel = 0, "", "shop"
        self.model = IdListModel(
            COLUMNS, lambda ids: order_rows(ctx.book, ids), currency=self._currency, parent=self
        )
        self.table = TableView(self.model, name=tr("Orders"))
        self._pane = TablePane(
            self.table,
            empty=EmptyState(
                "receipt-text", tr("No order yet"), "", tr("New order"), self.new_order, action_icon="plus"
            ),
        )
        self._pane.setProperty("role", "bare")
        self._lines = ScrollColumn(gap=6)
        self._lines.setFixedHeight(_LINES_HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._pane, 1)
        layout.addWidget(Separator())
        layout.addWidget(self._lines)
        self.table.chosen.connect(self._show_lines)
        self.table.opened.connect(lambda _: self.edit())
        for key, do in ((Qt.Key.Key_F2, self.edit), (Qt.Key.Key_Delete, self.delete)):
            shortcut = QShortcut(QKeySequence(key), self.table, do)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)

    def show_customer(self, found: Profile) -> None:
        """Show a customer's orders; a new one most likely comes from where most of them did."""
        self._customer, self._name = found.id, display_name(found.name)
        self._channel = found.channels[0] if found.channels else "shop"
        ids = customer_order_ids(self._ctx.book, customer_id=found.id)
        self.model.refresh_rows()
        self._pane.set_ids(ids)
        if self.table.current_id() is None and len(ids):
            self.table.select_id(ids[0])
        self._show_lines(self.table.current_id())
        self._lines.setVisible(bool(len(ids)))

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
        """Ask what was given back."""
        row = self._current()
        if row is None:
            return None

        def store(values: dict[str, int]) -> None:
            self._ctx.changed(
                operations.refund_order(self._ctx.book, order_id=row.id, amount=values["amount"])
            )

        paid = format_money(row.paid, self._currency)
        form = FormDialog(
            tr("Refund the order {number}", number=row.number),
            tr("Refund"),
            store,
            text=tr("Paid: {amount}", amount=paid),
            width=420,
            parent=self,
        )
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.add_row(
            amount=MoneyField(tr("Given back in all"), row.paid, currency=self._currency, required=True)
        )
        form.open()
        return form

    def new_case(self) -> FormDialog | None:
        """Open the form for a service case about the current order."""
        return self._about(CaseForm)

    def rate(self) -> FormDialog | None:
        """Open the form for a rating of the current order."""
        return self._about(RatingForm)

    def _about(self, kind: type[CaseForm] | type[RatingForm]) -> FormDialog | None:
        row = self._current()
        if row is None:
            return None
        form = kind(self._ctx, customer_id=self._customer, order_id=row.id, parent=self)
        form.open()
        return form

    def move_on(self, status: str) -> None:
        """Set the current order's status."""
        row = self._current()
        if row is not None:
            self._ctx.do(
                lambda: operations.set_order_status(
                    self._ctx.book, order_id=row.id, status=status, at=datetime.now()
                )
            )

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

    def _menu(self, at: QPoint) -> None:
        row = self._current()
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Edit…"), self.edit)
        menu.addAction(tr("Refund…"), self.refund)
        menu.addAction(tr("New service case…"), self.new_case)
        menu.addAction(tr("Add a rating…"), self.rate)
        states = menu.addMenu(tr("Set to"))
        for code in words.ORDER_STATUSES:
            if code != row.status:
                action = states.addAction(words.name(words.ORDER_STATUSES, code))
                action.triggered.connect(lambda _=False, code=code: self.move_on(code))
        menu.addSeparator()
        menu.addAction(tr("Export…"), self.export)
        menu.addAction(tr("Delete"), self.delete)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _show_lines(self, order_id: object) -> None:
        clear(self._lines.column)
        row = self._current()
        if row is None:
            return
        self._lines.column.addLayout(self._head(row))
        pairs = []
        for line in order_lines(self._ctx.book, order_id=row.id):
            amount = format_money(line.amount, self._currency)
            if line.quantity == 1:
                pairs.append((line.title, amount))
            else:
                price = format_price(line.unit_price, self._currency)
                words_on_it = tr(
                    "{quantity} × {price} = {amount}",
                    quantity=f"{line.quantity:g}",
                    price=price,
                    amount=amount,
                )
                pairs.append((line.title, words_on_it))
        if row.refunded:
            pairs.append((tr("Refunded"), format_money(-row.refunded, self._currency)))
        if row.note:
            pairs.append((tr("Note"), row.note))
        if not pairs:
            self._lines.column.addWidget(
                label(tr("What was bought was not noted."), size=theme.SMALL, role="muted")
            )
        self._lines.column.addWidget(KeyValueList(pairs, name_width=220))
        self._lines.column.addStretch()

    def _head(self, row: OrderRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(tr("Order {number}", number=row.number or "—"), bold=True))
        line.addStretch()
        if following := _NEXT.get(row.status):
            line.addWidget(
                SecondaryButton(
                    tr("Set to: {status}", status=words.name(words.ORDER_STATUSES, following)),
                    "check",
                    lambda: self.move_on(following),
                    small=True,
                )
            )
        if row.paid > row.refunded:
            line.addWidget(SecondaryButton(tr("Refund…"), "undo-2", self.refund, small=True))
        line.addWidget(SecondaryButton(tr("Edit…"), "pencil", self.edit, small=True))
        return line
