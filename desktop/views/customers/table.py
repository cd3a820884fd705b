"""The table of customers: its rows from the book, and columns that make way where there is little room."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.core.translation import tr
from desktop.queries.customer_rows import customer_rows
from desktop.queries.customers import custom_fields
from desktop.views.customers.columns import GROUPS, columns
from desktop.views.kit.cell_editing import Cells
from desktop.views.kit.context import Context
from desktop.views.kit.table import IdListModel, TableView

_MAKE_WAY = ("rhythm", "orders")
"""The columns that go first, in this order."""
_SQUEEZE = 120
"""Pixels that columns may be short of before it is plain that the owner chose more than has room."""


class CustomerTable(TableView):
    """Customers by their ids."""

    def __init__(self, ctx: Context) -> None:
        self._book = ctx.book
        currency = str(ctx.book.setting("shop.currency"))
        model = IdListModel(
            columns(currency, custom_fields(ctx.book)),
            lambda ids: customer_rows(ctx.book, ids, date.today()),
            currency=currency,
        )
        model.editable = True
        self._made_way: set[str] = set()
        self._insisted: set[str] = set()
        """What the owner wants to see however little room there is."""
        super().__init__(model, name=tr("Customers"))
        model.setParent(self)
        self.groups = GROUPS
        self.cells = LateCells(ctx)
        self.setEditTriggers(QAbstractItemView.EditTrigger.SelectedClicked)

    def renew_columns(self) -> None:
        """Have the columns of the shop's own fields as they are now."""
        self.set_columns(columns(self.rows.currency, custom_fields(self._book)))

    def fit_columns(self) -> None:
        """Hide columns as long as the others have no room; of so many that it would not help, none."""
        widths = {column.key: column.width for column in self.rows.columns}
        wanted = self.shown_keys()
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        taken = sum(widths[key] for key in wanted)
        may_go = [key for key in _MAKE_WAY if key in wanted and key not in self._insisted]
        helps = taken - sum(widths[key] for key in may_go) <= room + _SQUEEZE
        for key in may_go:
            hide = helps and taken > room
            taken -= widths[key] if hide else 0
            self.setColumnHidden(list(widths).index(key), hide)
            (self._made_way.add if hide else self._made_way.discard)(key)

    def layout_state(self) -> dict[str, Any]:
        """As any table's; a column that only made way is not one that the owner hid."""
        state = super().layout_state()
        hidden = [key for key in state["hidden"] if key not in self._made_way]
        return {**state, "hidden": hidden, "insisted": sorted(self._insisted)}

    def restore_layout(self, state: dict[str, Any] | None) -> None:
        """Take up a kept state."""
        super().restore_layout(state)
        self._made_way.clear()
        self._insisted = set((state or {}).get("insisted", ()))
        if self.isVisible():
            self.fit_columns()

    def show_column(self, key: str, on: bool) -> None:
        """As any table's; who asks for a column wants to see it however little room there is."""
        self._made_way.discard(key)
        (self._insisted.add if on else self._insisted.discard)(key)
        super().show_column(key, on)

    def reset_layout(self) -> None:
        """Have the columns as at the beginning."""
        self._made_way.clear()
        self._insisted.clear()
        super().reset_layout()


class LateCells:
    """The cells' editors, which load when the first one opens."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._known: Cells | None = None

    def _cells(self) -> Cells:
        if self._known is None:
            from desktop.views.customers.cells import CustomerCells

            self._known = CustomerCells(self._ctx)
        return self._known

    def editor(self, parent: QWidget, key: str, row: Any) -> QWidget | None:
        """As `CustomerCells`."""
        return self._cells().editor(parent, key, row)

    def store(self, key: str, row: Any, editor: QWidget) -> str:
        """As `CustomerCells`."""
        return self._cells().store(key, row, editor)
