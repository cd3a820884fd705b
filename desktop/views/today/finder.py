"""Customers offered below a line while one types a name, pinyin or the end of a phone number."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop.core.translation import tr
from desktop.views.kit.context import Context

MOST = 8
_ID = Qt.ItemDataRole.UserRole + 1


class CustomerFinder(QObject):
    """Offers below a line; `chosen` tells the id of the customer picked with the mouse or Enter."""

    chosen = Signal(int)

    def __init__(self, ctx: Context, line: QLineEdit) -> None:
        super().__init__(line)
        self._ctx = ctx
        self._line = line
        self.model = QStandardItemModel(self)
        # Not the line's own completer: that would write the offer's words into the line.
        self.completer = QCompleter(self.model, self)
        self.completer.setWidget(line)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(MOST)
        # Qt's stubs know no overloads; this is the one that carries the index.
        activated: Any = self.completer.activated
        activated[QModelIndex].connect(lambda index: self.chosen.emit(index.data(_ID)))

    def offer(self, typed: str) -> None:
        """Show who fits what was typed."""
        # Reading pinyin and phones is not needed to show the day, so it loads with the first letter.
        from desktop.core.text import format_phone
        from desktop.queries.pickers import customer_choices

        self.model.clear()
        for choice in customer_choices(self._ctx.book, typed):
            name = choice.name or tr("Without a name")
            item = QStandardItem(
                " · ".join(part for part in (name, format_phone(choice.phone or "")) if part)
            )
            item.setData(choice.id, _ID)
            item.setEditable(False)
            self.model.appendRow(item)
        popup = self.completer.popup()
        if popup is None:
            return
        if not self.model.rowCount():
            popup.hide()
            return
        popup.setAccessibleName(tr("Customers"))
        self.completer.complete()
        popup.setCurrentIndex(self.model.index(0, 0))
