"""Rows of plain lists as they are painted: the words, a quiet note to the right, a grip where they move."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.views.kit import icons, theme

_NOTE_ROLE = Qt.ItemDataRole.UserRole
_MARGIN, _GRIP = 10, 30


def noted_item(words: str, note: str, spoken: str = "") -> QListWidgetItem:
    """A row; `spoken` is what a screen reader says before the note (the words, if it is none)."""
    item = QListWidgetItem(words)
    item.setData(_NOTE_ROLE, note)
    item.setData(
        Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (spoken or words, note) if part)
    )
    return item


class NotedRowDelegate(QStyledItemDelegate):
    """Paints a row of a `height` over its whole width; `grip`: it can be dragged."""

    def __init__(self, parent: QWidget, height: int, *, grip: bool = False) -> None:
        super().__init__(parent)
        self._height, self._grip = height, grip

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, self._height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens, box = theme.current(), QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.accent_soft))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if self._grip:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(box.left() + 8, box.center().y() - 7, icons.pixmap("list", "muted", 15, ratio))
        words = box.adjusted(_GRIP if self._grip else _MARGIN, 0, -_MARGIN, 0)
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
