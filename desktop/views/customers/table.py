"""The table of customers: its rows from the book, and columns that make way where there is little room."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.core.translation import tr
from desktop.queries.customer_rows import customer_rows
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
        self._made_way: set[str] = set()
        self._insisted: set[str] = set()
        """What the owner wants to see however little room there is."""
        super().__init__(model, name=tr("Customers"))
        model.setParent(self)

    def fit_columns(self) -> None:
        """Hide columns as long as the others have no room."""
        shown = self.rows.columns
        keys = [column.key for column in shown]
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        taken = sum(column.width for column in shown if not column.hidden)
        for key in _MAKE_WAY:
            number = keys.index(key)
            hidden_by_owner = self.isColumnHidden(number) and key not in self._made_way
            if hidden_by_owner or key in self._insisted:
                continue
            hide = taken > room
            taken -= shown[number].width if hide else 0
            self.setColumnHidden(number, hide)
            (self._made_way.add if hide else self._made_way.discard)(key)

    def layout_state(self) -> dict[str, Any]:
        """As any table's; a column that only made way is not one that the owner hid."""
        state = super().layout_state()
        hidden = [key for key in state["hidden"] if key not in self._made_way]
        return {**state, "hidden": hidden, "insisted": sorted(self._insisted)}

    def restore_layout(self, state: dict[str, Any] | None) -> None:
        """Take up a kept state."""
        super().restore_layout(state)
        self._insisted = set((state or {}).get("insisted", ()))

    def _show_column(self, number: int, on: bool) -> None:
        key = self.rows.columns[number].key
        self._made_way.discard(key)
        (self._insisted.add if on else self._insisted.discard)(key)
        super()._show_column(number, on)
