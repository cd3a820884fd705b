"""The lines of an order as one types them: product, quantity, price, and the sum of each."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.money import (
    CURRENCIES,
    DEFAULT_CURRENCY,
    PRICE_DECIMALS,
    AmountError,
    format_money,
    format_price,
    parse_price,
)
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.operations.orders import Line
from desktop.queries.orders import OrderLineRow, products
from desktop.views.kit import theme
from desktop.views.kit.widgets import IconButton, LinkButton, label


def amount_of(quantity: float, unit_price: int, currency: str) -> int:
    """What so many at that price come to, in minor units, rounded half up."""
    decimals = (CURRENCIES.get(currency) or CURRENCIES[DEFAULT_CURRENCY]).decimals
    exact = Decimal(str(quantity)) * unit_price / Decimal(10) ** (PRICE_DECIMALS - decimals)
    return int(exact.to_integral_value(ROUND_HALF_UP))


class LineRow:
    """One line's fields."""

    def __init__(self, owner: LinesEditor) -> None:
        self.product = QLineEdit()
        self.product.setPlaceholderText(tr("Product"))
        self.product.setAccessibleName(tr("Product"))
        self.quantity = QLineEdit("1")
        self.quantity.setAccessibleName(tr("Quantity"))
        self.price = QLineEdit()
        self.price.setAccessibleName(tr("Unit price"))
        for field in (self.quantity, self.price):
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.amount = label(role="muted")
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.remove = IconButton("x", tr("Remove the line"), lambda: owner.remove_row(self), role="muted")
        completer = QCompleter(owner.names, self.product)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.product.setCompleter(completer)
        completer.activated.connect(lambda name: owner.take_price(self, name))
        self.product.editingFinished.connect(lambda: owner.take_price(self, self.product.text()))
        for field in (self.product, self.quantity, self.price):
            field.textChanged.connect(lambda _: owner.recount())

    def widgets(self) -> tuple[QWidget, ...]:
        """The fields from left to right."""
        return self.product, self.quantity, self.price, self.amount, self.remove


class LinesEditor(QWidget):
    """Any number of lines; `changed` when the sum may be another one."""

    changed = Signal()

    def __init__(self, book: Book, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._products = {product.name: product for product in products(book)}
        self.names = QStringListModel(list(self._products), self)
        self.rows: list[LineRow] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        for column, width in ((1, 64), (2, 104), (3, 92), (4, 30)):
            self._grid.setColumnMinimumWidth(column, width)
        for column, text in enumerate((tr("Product"), tr("Quantity"), tr("Unit price"), tr("Amount"))):
            title = label(text, size=theme.SMALL, role="muted")
            if column:
                title.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(title, 0, column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)
        self.add_button = LinkButton(tr("Add a line"), "plus", self._add_and_focus)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def add_row(self, line: OrderLineRow | None = None) -> LineRow:
        """Add an empty line, or one that shows what was bought."""
        row = LineRow(self)
        self.rows.append(row)
        place = self._grid.rowCount()
        for column, widget in enumerate(row.widgets()):
            self._grid.addWidget(widget, place, column)
        row.quantity.setFixedWidth(64)
        row.price.setFixedWidth(104)
        if line:
            row.product.setText(line.title)
            row.quantity.setText(f"{line.quantity:g}")
            row.price.setText(format_price(line.unit_price, self._currency))
        self.recount()
        return row

    def remove_row(self, row: LineRow) -> None:
        """Take a line away; one always stays."""
        if len(self.rows) == 1:
            row.product.clear()
            row.price.clear()
            row.quantity.setText("1")
            return
        self.rows.remove(row)
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.recount()

    def take_price(self, row: LineRow, name: str) -> None:
        """Write a known product's price where none was written."""
        product = self._products.get(name.strip())
        if product and product.price is not None and not row.price.text().strip():
            row.price.setText(format_price(product.price, self._currency))

    def recount(self) -> None:
        """Show what each line comes to."""
        for row in self.rows:
            try:
                amount = self._read(row).amount
                row.amount.setText(format_money(amount, self._currency) if amount else "")
            except UserError:
                row.amount.setText("—")
        self.changed.emit()

    def total(self) -> int:
        """What the lines that can be read come to."""
        total = 0
        for row in self.rows:
            try:
                total += self._read(row).amount
            except UserError:
                continue
        return total

    def lines(self) -> list[Line]:
        """The lines that say something. Raises UserError for one that can't be read."""
        return [
            self._read(row) for row in self.rows if row.product.text().strip() or row.price.text().strip()
        ]

    def _read(self, row: LineRow) -> Line:
        try:
            price = parse_price(row.price.text()) or 0
        except AmountError as fault:
            raise UserError(
                tr("“{text}” is no price: {reason}.", text=row.price.text(), reason=fault.reason)
            ) from None
        text = row.quantity.text().replace(",", ".").strip()
        try:
            quantity = float(text or "1")
        except ValueError:
            raise UserError(
                tr("“{text}” is no quantity.", text=text), tr("Write a number, such as 2 or 0.5.")
            ) from None
        name = row.product.text().strip()
        known = self._products.get(name)
        amount = amount_of(quantity, price, self._currency)
        return Line(name, quantity, price, amount, known.id if known else None)

    def _add_and_focus(self) -> None:
        self.add_row().product.setFocus()
