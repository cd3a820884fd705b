"""Choosing the customer with whom another one is compared and perhaps merged."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.views.customers.words import display_name
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.timeline.fields import CustomerField


class MergeWith(FormDialog):
    """Asks for the other customer; both are then shown side by side, where nothing is done yet."""

    def __init__(self, ctx: Context, customer: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Merge {name} with…", name=display_name(name)),
            tr("Compare"),
            self._compare,
            text=tr("Both are shown side by side first; nothing is merged yet."),
            width=460,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._customer = ctx, customer
        self.add_row(other=CustomerField(tr("The other customer"), ctx.book, required=True))

    def _compare(self, values: dict[str, Any]) -> None:
        other = values["other"]
        if other == self._customer:
            raise UserError(tr("This is the same customer."), tr("Choose another one."))
        self._ctx.navigate("duplicates", customers=(self._customer, other))
