"""The table of customers: its rows from the book, and columns that make way where there is little room."""

from __future__ import annotations

from datetime import date

from desktop.core.translation import tr
from desktop.queries.customers import customer_rows
from desktop.views.customers.columns import columns
from desktop.views.kit.context import Context
from desktop.views.kit.table import IdListModel, TableView

_MAKE_WAY = ("rhythm", "orders")
"""The columns that go first, in this order."""


class CustomerTable(TableView):
    """Customers by their ids."""

    def __init__(self, ctx: Context) -> None:
        currency = str(ctx.book.setting("shop.currency"))
        model = IdListModel(
            columns(currency), lambda ids: customer_rows(ctx.book, ids, date.today()), currency=currency
        )
        super().__init__(model, name=tr("Customers"))
        model.setParent(self)

    def fit_columns(self) -> None:
        """Hide columns as long as the others have no room."""
        shown = self.rows.columns
        keys = [column.key for column in shown]
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        taken = sum(column.width for column in shown if not column.hidden)
        for key in _MAKE_WAY:
            hide = taken > room
            taken -= shown[keys.index(key)].width if hide else 0
            self.setColumnHidden(keys.index(key), hide)
