"""What a case is about: the lines of its order with what of each, or one thing without an order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QDoubleSpinBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.operations.case_limits import GIVEN_BACK
from desktop.operations.service_cases import Item
from desktop.queries.orders import products
from desktop.queries.returns import Returnable, ReturnLine, returnable, warranty_of
from desktop.views.cases import words
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.fields import DateField, Field
from desktop.views.kit.labels import ElidedLabel, label
from desktop.views.kit.layouts import clear

_WIDTH = 96
UNDER_WARRANTY = ("warranty", "repair")
"""Kinds of cases in which it matters when a thing was bought."""

WarrantyAsked = Callable[[ReturnLine], object]


class ItemsField(Field):
    """The value is a list of `Item`; `show_order` says of which order, and for which kind of case."""

    resized = Signal()
    """There are other lines now: the form fits itself to them."""

    def __init__(self, title: str, book: Book, on_warranty: WarrantyAsked) -> None:
        self._holder = QWidget()
        self._rows = QVBoxLayout(self._holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        super().__init__(title, self._holder)
        self._book, self._on_warranty = book, on_warranty
        self._kind = ""
        self.found: Returnable | None = None
        self.boxes: dict[int, QDoubleSpinBox] = {}
        self._held: dict[int, float] = {}
        self._loose: QLineEdit | None = None
        self._loose_box: QDoubleSpinBox | None = None
        self._bought: DateField | None = None
        self._kept: list[Item] = []

    def show_order(
        self, order_id: int | None, kind: str, *, but_case: int | None = None, held: list[Item] | None = None
    ) -> None:
        """Offer an order's lines; `held` is what the case has already, and `but_case` the case itself."""
        written = {line: box.value() for line, box in self.boxes.items()}
        same = self.found is not None and self.found.order_id == order_id
        self.found = None if order_id is None else returnable(self._book, order_id, but_case=but_case)
        self._kind = kind
        if held is not None:
            self._kept = held
            self._held = {item.order_line_id: item.quantity for item in held if item.order_line_id}
            written, same = dict(self._held), True
        clear(self._rows)
        self.boxes, self._loose, self._loose_box, self._bought = {}, None, None, None
        if self.found is None or not self.found.lines:
            self._offer_loose()
        else:
            lines = self.found.lines
            for line in lines:
                most = self._most(line)
                only = most if len(lines) == 1 and not same else 0.0
                self._rows.addWidget(self._line(line, most, min(written.get(line.id, only), most)))
            if len(lines) > 1 and any(self._most(line) > 0 for line in lines):
                every = LinkButton(tr("All of it"), on_click=self.take_all)
                self._rows.addWidget(every, 0, Qt.AlignmentFlag.AlignRight)
            if why := _nothing_left(self.found, kind, self._held):
                self._rows.addWidget(label(why, size=theme.SMALL, role="amber", wrap=True))
        self.resized.emit()

    def value(self) -> list[Item]:
        if self._loose is not None and self._loose_box is not None:
            return self._loose_items(self._loose.text().strip(), self._loose_box.value())
        if self.found is None:
            return []
        return [
            Item(line.title, quantity, line.id, line.product_id, line.worth(quantity))
            for line in self.found.lines
            if (quantity := self.boxes[line.id].value()) > 0
        ]

    def set_value(self, value: Any) -> None:
        """Write quantities by line id, for tests and for what comes with a line."""
        for line, quantity in dict(value).items():
            self.boxes[line].setValue(quantity)

    def take_all(self) -> None:
        """Choose as much of every line as there is."""
        for box in self.boxes.values():
            box.setValue(box.maximum())

    def _most(self, line: ReturnLine) -> float:
        most = line.left if self._kind in GIVEN_BACK else line.bought
        return max(most, self._held.get(line.id, 0.0))

    def _line(self, line: ReturnLine, most: float, quantity: float) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(ElidedLabel(line.title or tr("Something without a name")))
        notes = QHBoxLayout()
        notes.setSpacing(8)
        text, role = self._note(line)
        notes.addWidget(label(text, size=theme.SMALL, role=role))
        if line.product_id is not None and self._kind not in GIVEN_BACK:
            link = LinkButton(tr("Warranty…"), on_click=lambda: self._on_warranty(line))
            link.setFont(theme.font(theme.SMALL))
            link.setStyleSheet("min-height: 0")
            notes.addWidget(link)
        notes.addStretch(1)
        said.addLayout(notes)
        row.addLayout(said, 1)
        box = QuantityBox(most, quantity)
        box.setAccessibleName(line.title)
        box.setAccessibleDescription(text)
        box.setEnabled(most > 0)
        box.valueChanged.connect(lambda _: self.changed.emit())
        self.boxes[line.id] = box
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _note(self, line: ReturnLine) -> tuple[str, str]:
        """What matters of a line here: what is left of it, or its warranty."""
        if self._kind in GIVEN_BACK:
            return left_words(line), "muted" if line.left > 0 else "amber"
        if line.warranty is not None:
            text, tone = words.warranty_words(line.warranty, date.today())
            return text, "accent" if tone == "accent" else "amber"
        return tr("{n} bought", n=f"{line.bought:g}"), "muted"

    def _offer_loose(self) -> None:
        """Without an order: one thing, by its name."""
        kept = next((item for item in self._kept if item.order_line_id is None), None)
        self._loose = QLineEdit(kept.title if kept else "")
        self._loose.setPlaceholderText(tr("A product, or what it is"))
        self._loose.setAccessibleName(self.title)
        offered = QCompleter([row.name for row in products(self._book)], self._loose)
        offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        offered.setFilterMode(Qt.MatchFlag.MatchContains)
        self._loose.setCompleter(offered)
        self._loose.textChanged.connect(lambda _: self.changed.emit())
        self._loose_box = QuantityBox(1_000_000, kept.quantity if kept else 1)
        self._loose_box.setAccessibleName(tr("Quantity"))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._loose, 1)
        row.addWidget(self._loose_box)
        self._rows.addLayout(row)
        self._holder.setFocusProxy(self._loose)
        if self._kind in UNDER_WARRANTY and not self._kept:
            self._bought = DateField(tr("Bought on"), None)
            self._rows.addWidget(self._bought)
            self._bought.changed.connect(self._tell_warranty)
            self._loose.textChanged.connect(lambda _: self._tell_warranty())

    def bought_on(self) -> date | None:
        """When a thing without an order was bought, as far as the customer can tell."""
        return None if self._bought is None else self._bought.value()

    def _tell_warranty(self) -> None:
        """Below the day of purchase: whether the product is under warranty still."""
        if self._bought is None:
            return
        day, items = self._bought.value(), self.value()
        until = None
        if day is not None and items and items[0].product_id is not None:
            until = warranty_of(self._book, items[0].product_id, day)
        self._bought.set_hint(words.warranty_words(until, date.today())[0] if until else "")

    def _loose_items(self, title: str, quantity: float) -> list[Item]:
        if not title:
            return []
        kept = next((item for item in self._kept if item.order_line_id is None and item.title == title), None)
        if kept is not None:
            return [kept._replace(quantity=quantity)]
        known = next((row for row in products(self._book, title) if row.name == title), None)
        return [Item(title, quantity, product_id=known.id if known else None)]


def left_words(line: ReturnLine) -> str:
    """What of a line can still come back, and why not all of it."""
    if line.left == line.bought:
        return tr("{n} bought", n=f"{line.bought:g}")
    parts = [tr("{left} of {bought} left", left=f"{line.left:g}", bought=f"{line.bought:g}")]
    if line.returned:
        parts.append(tr("{n} returned", n=f"{line.returned:g}"))
    if line.exchanging:
        parts.append(tr("{n} being exchanged", n=f"{line.exchanging:g}"))
    return " · ".join(parts)


def _nothing_left(found: Returnable, kind: str, held: dict[int, float]) -> str:
    """Why nothing of an order can be given back, or ""."""
    if kind not in GIVEN_BACK or found.any_left or held:
        return ""
    return {
        "cancelled": tr("The order was cancelled: there is nothing to give back."),
        "refunded": tr("The money of this order was given back already."),
        "returned": tr("The order came back whole."),
        "": tr("All of it is in other returns or exchanges."),
    }[found.over]


class QuantityBox(QDoubleSpinBox):
    """A quantity up to `most`: what is sold by the piece shows no decimals, what is weighed has three."""

    def __init__(self, most: float, value: float) -> None:
        super().__init__()
        self.setDecimals(3)
        self.setRange(0, most)
        self.setValue(value)
        self.setFixedWidth(_WIDTH)
        self.lineEdit().setTextMargins(9, 0, 0, 0)

    def textFromValue(self, value: float) -> str:
        """As short as the quantity is: 2, 0.25."""
        return f"{value:.3f}".rstrip("0").rstrip(".")
