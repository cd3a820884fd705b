"""Naming a customer within a note: after "@" the customers who fit are offered below the line."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop.models.book import Book
from desktop.queries.pickers import customer_choices
from desktop.views.timeline.fields import choice_text

_NAMED = re.compile(r"[@＠]([^@＠\s]{1,40})$")
_ID_ROLE = Qt.ItemDataRole.UserRole


class Mention(QObject):
    """Watches a line; `picked` carries the customer's id and name, and what was typed for it goes."""

    picked = Signal(int, str)

    def __init__(self, book: Book, line: QLineEdit) -> None:
        super().__init__(line)
        self._book, self._line = book, line
        self._model = QStandardItemModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setWidget(line)
        self.completer.activated.connect(self._take)
        line.textEdited.connect(self._look)

    def _look(self, _: str) -> None:
        found = _NAMED.search(self._line.text()[: self._line.cursorPosition()])
        popup = self.completer.popup()
        self._model.clear()
        if found is not None:
            for choice in customer_choices(self._book, found[1], 8):
                item = QStandardItem(choice_text(choice))
                item.setData((choice.id, choice.name), _ID_ROLE)
                self._model.appendRow(item)
        if not self._model.rowCount():
            if popup is not None:
                popup.hide()
            return
        self.completer.complete()
        if popup is not None:
            popup.setCurrentIndex(popup.model().index(0, 0))

    def _take(self, _: object) -> None:
        popup = self.completer.popup()
        # The completer's own current index is that of typing; the popup has the one that was chosen.
        chosen = popup.currentIndex().data(_ID_ROLE) if popup else None
        cursor = self._line.cursorPosition()
        before, after = self._line.text()[:cursor], self._line.text()[cursor:]
        if chosen is not None:
            kept = _NAMED.sub("", before).rstrip()
            self._line.setText(f"{kept} {after.lstrip()}".strip() if after.strip() else f"{kept} ".lstrip())
            self.picked.emit(*chosen)
