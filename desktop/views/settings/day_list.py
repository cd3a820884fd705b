"""A list of days: what it is, a quiet note to the right; keys to change and to take out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget

from desktop.views.kit.noted_row import NotedRowDelegate, noted_item

ROW = 34
_MOST_ROWS = 8


class DayList(QListWidget):
    """As tall as its rows, up to eight; several can be chosen. Delete takes out, Enter and F2 open."""

    opened = Signal(int)
    removed = Signal(list)
    """The places of those to take out."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(NotedRowDelegate(self, ROW))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(self.row(item)))

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show (words, note) of each row; the place of the keyboard stays."""
        place = self.currentRow()
        self.clear()
        for words, note in rows:
            self.addItem(noted_item(words, note))
        self.setFixedHeight(ROW * min(len(rows), _MOST_ROWS) + 2 * self.frameWidth() + 2)
        self.setCurrentRow(min(max(place, 0), len(rows) - 1))
        self.setVisible(bool(rows))

    def chosen(self) -> list[int]:
        """The places of what is chosen."""
        return sorted(index.row() for index in self.selectedIndexes())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 open a row, Delete takes the chosen ones out."""
        at, key = self.currentRow(), event.key()
        if at >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit(at)
        elif self.chosen() and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.chosen())
        else:
            super().keyPressEvent(event)
