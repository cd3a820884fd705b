"""Which product a complaint is about: one of the order's first, else any of the shop's."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.queries.orders import order_lines, products
from desktop.views.kit.fields import Field

_ID_ROLE = Qt.ItemDataRole.UserRole
_MOST = 12


class ProductField(Field):
    """The value is a product's id or None; with an order known, its products are offered at once."""

    def __init__(self, book: Book, product_id: int | None, name: str) -> None:
        self.line = QLineEdit(name)
        self.line.setPlaceholderText(tr("Product"))
        self.line.setClearButtonEnabled(True)
        super().__init__(tr("Product"), self.line)
        self._book, self._id, self._order = book, product_id, None
        self._model = QStandardItemModel(self)
        self._found = QCompleter(self._model, self)
        self._found.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._found.activated.connect(self._choose)
        self.line.setCompleter(self._found)
        self.line.textEdited.connect(self._search)

    def value(self) -> int | None:
        return self._id

    def set_value(self, value: Any) -> None:
        name = (
            self._book.value("SELECT name FROM product WHERE id = ?", (value,)) if value is not None else None
        )
        self._id = value if name is not None else None
        self.line.setText(name or "")
        self.changed.emit()

    def problem(self) -> str:
        if self._id is None and self.line.text().strip():
            return tr("Choose a product from the list, or leave this empty.")
        return super().problem()

    def of_order(self, order_id: int | None) -> None:
        """An order with a single product names it."""
        of_order = (
            [line for line in order_lines(self._book, order_id=order_id) if line.product_id]
            if order_id
            else []
        )
        if (
            self._id is None
            and not self.line.text().strip()
            and len({line.product_id for line in of_order}) == 1
        ):
            self.set_value(of_order[0].product_id)

    def _search(self, text: str) -> None:
        self._id = None
        self._model.clear()
        for product in products(self._book, text.strip(), _MOST) if text.strip() else ():
            item = QStandardItem(product.name)
            item.setData(product.id, _ID_ROLE)
            self._model.appendRow(item)
        self.changed.emit()

    def _choose(self, _: object) -> None:
        popup = self._found.popup()
        self.set_value(popup.currentIndex().data(_ID_ROLE) if popup else None)
