"""Fields of a case's form: a place out of those used before, and the warranty of a product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.core.translation import ntr, tr
from desktop.operations.products import LONGEST_WARRANTY, set_warranty
from desktop.views.kit.context import Context
from desktop.views.kit.fields import Field, NumberField
from desktop.views.kit.forms import FormDialog


class PlaceField(Field):
    """A place, written or chosen from those used before."""

    def __init__(self, title: str, value: str, known: Sequence[str], *, placeholder: str = "") -> None:
        self.box = QComboBox()
        self.box.setLineEdit(line := QLineEdit())
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.addItems(list(known))
        self.box.setMaxVisibleItems(12)
        line.setPlaceholderText(placeholder)
        line.setProperty("kind", "bare")
        super().__init__(title, self.box)
        self.set_value(value)
        line.textChanged.connect(lambda _: self.changed.emit())

    def value(self) -> str:
        return self.box.currentText().strip()

    def set_value(self, value: Any) -> None:
        self.box.setEditText(value or "")


def ask_warranty(ctx: Context, product_id: int, name: str, months: int | None, parent: QWidget) -> FormDialog:
    """Ask for how long a product is under warranty."""

    def store(values: dict[str, int]) -> None:
        ctx.changed(set_warranty(ctx.book, product_id=product_id, months=values["months"]))

    form = FormDialog(
        tr("Warranty of {product}", product=name),
        tr("Save"),
        store,
        text=tr("It counts from the day of purchase, for every order of this product."),
        width=420,
        parent=parent,
    )
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    field = NumberField(
        tr("Months under warranty"),
        months or 0,
        most=LONGEST_WARRANTY,
        hint=tr("0: none, or it is not known."),
    )
    form.add_row(months=field)
    form.open()
    return form


def months_words(months: int) -> str:
    """The length of a warranty: 24 months."""
    return ntr("{n} month", "{n} months", months)
