"""The steps of a process as a list that is put in order by dragging or by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.core.translation import tr
from desktop.views.kit import icons, theme

ROW = 38
_NOTE_ROLE = Qt.ItemDataRole.UserRole
_GRIP = 30


class StepsList(QListWidget):
    """Number, words and a quiet note of each step; Alt with the arrows or a drag moves one."""

    moved = Signal(int, int)
    """From one place to another."""
    opened = Signal(int)
    removed = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_StepDelegate(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(self.row(item)))

    def show_steps(self, steps: Sequence[tuple[str, str]], *, numbered: int | None = None) -> None:
        """Show (words, note) of each step, the first `numbered` with a number (None: all of them).

        The place of the keyboard stays.
        """
        place = self.currentRow()
        self.clear()
        for number, (title, note) in enumerate(steps, start=1):
            counted = numbered is None or number <= numbered
            item = QListWidgetItem(tr("{n}. {title}", n=number, title=title) if counted else title)
            item.setData(_NOTE_ROLE, note)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (title, note) if part)
            )
            self.addItem(item)
        self.setFixedHeight(ROW * len(steps) + 2 * self.frameWidth() + 2)
        self.setCurrentRow(min(max(place, 0), len(steps) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 open a step, Delete takes it out, Alt with an arrow moves it."""
        at, key = self.currentRow(), event.key()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_current(-1 if key == Qt.Key.Key_Up else 1)
        elif at >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit(at)
        elif at >= 0 and key == Qt.Key.Key_Delete:
            self.removed.emit(at)
        else:
            super().keyPressEvent(event)

    def move_current(self, by: int) -> None:
        """Move the current step up (-1) or down (1); the keyboard goes with it."""
        at = self.currentRow()
        to = at + by
        if at >= 0 and 0 <= to < self.count():
            self.setCurrentRow(to)
            self.moved.emit(at, to)

    def dropEvent(self, event: QDropEvent) -> None:
        """The list itself changes nothing: the book does, and the list is shown anew."""
        at = self.currentRow()
        to = self._place_of(event)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if at >= 0 and to != at:
            self.setCurrentRow(to)
            self.moved.emit(at, to)

    def _place_of(self, event: QDropEvent) -> int:
        """The place that a drop means: before or behind what lies under it, counted without the one moved."""
        at, point = self.currentRow(), event.position().toPoint()
        index = self.indexAt(point)
        if not index.isValid():
            return self.count() - 1
        gap = index.row() + (point.y() > self.visualRect(index).center().y())
        return gap - 1 if gap > at else gap


class _StepDelegate(QStyledItemDelegate):
    """Paints a step: a grip, the words, and to the right the note."""

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
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(box.left() + 8, box.center().y() - 7, icons.pixmap("list", "muted", 15, ratio))
        words = box.adjusted(_GRIP, 0, -10, 0)
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
