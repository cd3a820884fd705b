"""A list of days: what it is, a quiet note to the right; keys to change and to take out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.views.kit import theme

ROW = 34
_MOST_ROWS = 8
_NOTE_ROLE = Qt.ItemDataRole.UserRole


class DayList(QListWidget):
    """As tall as its rows, up to eight; several can be chosen. Delete takes out, Enter and F2 open."""

    opened = Signal(int)
    removed = Signal(list)
    """The places of those to take out."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self))
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
            item = QListWidgetItem(words)
            item.setData(_NOTE_ROLE, note)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (words, note) if part)
            )
            self.addItem(item)
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


class _Delegate(QStyledItemDelegate):
    """Paints a row over its whole width."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens, box = theme.current(), QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.accent_soft))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        words = box.adjusted(10, 0, -10, 0)
        note = str(index.data(_NOTE_ROLE) or "")
        painter.setFont(theme.font(theme.SMALL))
        taken = painter.fontMetrics().horizontalAdvance(note) + (16 if note else 0)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)
        painter.setFont(theme.font())
        painter.setPen(QColor(tokens.text))
        shown = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, words.width() - taken
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
