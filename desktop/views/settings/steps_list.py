"""The steps of a process as a list that is put in order by dragging or by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget

from desktop.core.translation import tr
from desktop.views.kit.noted_row import NotedRowDelegate, noted_item

ROW = 38


class StepsList(QListWidget):
    """Number, words and a quiet note of each step; Alt with the arrows or a drag moves one."""

    moved = Signal(int, int)
    """From one place to another."""
    opened = Signal(int)
    removed = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(NotedRowDelegate(self, ROW, grip=True))
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
            words = tr("{n}. {title}", n=number, title=title) if counted else title
            self.addItem(noted_item(words, note, title))
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
