"""A line in which a complaint is looked for by number, title or customer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.queries.complaint_choices import ComplaintChoice, complaint_choice, find_complaints
from desktop.views.kit.fields import Field
from desktop.views.timeline.words import cut

_ID_ROLE = Qt.ItemDataRole.UserRole


class ComplaintField(Field):
    """The value is a complaint's id or None; `but` is never offered."""

    def __init__(self, title: str, book: Book, *, but: int, hint: str = "") -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Number, title or customer…"))
        super().__init__(title, self.line, hint=hint, required=True)
        self._book, self._but = book, but
        self._id: int | None = None
        self._model = QStandardItemModel(self)
        self._found = QCompleter(self._model, self)
        self._found.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._found.activated.connect(self._choose)
        self.line.setCompleter(self._found)
        self.line.textEdited.connect(self._search)
        self.line.editingFinished.connect(self._settle)

    def value(self) -> int | None:
        return self._id

    def set_value(self, value: Any) -> None:
        found = complaint_choice(self._book, value) if value is not None else None
        self._id = found.id if found else None
        self.line.setText(choice_text(found) if found else "")
        self.changed.emit()

    def problem(self) -> str:
        if self._id is None and self.line.text().strip():
            return tr("Choose a complaint from the list.")
        return super().problem()

    def _search(self, text: str) -> None:
        self._id = None
        self._model.clear()
        for choice in find_complaints(self._book, text, but=self._but):
            item = QStandardItem(choice_text(choice))
            item.setData(choice.id, _ID_ROLE)
            self._model.appendRow(item)
        self.changed.emit()

    def _choose(self, _: object) -> None:
        popup = self._found.popup()
        self.set_value(popup.currentIndex().data(_ID_ROLE) if popup else None)

    def _settle(self) -> None:
        """Who leaves the line with one complaint found has chosen that one."""
        if self._id is None and self._model.rowCount() == 1 and self.line.text().strip():
            self.set_value(self._model.item(0).data(_ID_ROLE))


def choice_text(choice: ComplaintChoice) -> str:
    """A complaint as a picker says it."""
    return " · ".join(
        part for part in (choice.number, cut(choice.customer_name, 20), cut(choice.title)) if part
    )
