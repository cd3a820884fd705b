"""Changing a cell where it stands: the editor over it, what is wrong said below it, and the way on."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QLineEdit,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.views.kit import theme
from desktop.views.kit.id_list import ROW_ROLE, Index
from desktop.views.kit.labels import label
from desktop.views.kit.row_delegate import RowDelegate, column_of, rect_of

_WIDEST_PROBLEM = 320


class Cells(Protocol):
    """What a table's cells are changed by."""

    def editor(self, parent: QWidget, key: str, row: Any) -> QWidget | None:
        """An input that holds the row's value of a column; None where it can't be changed here."""

    def store(self, key: str, row: Any, editor: QWidget) -> str:
        """Keep what the input holds. What is wrong with it in the user's language, "" when it was kept."""


class CellDelegate(RowDelegate):
    """Paints rows, and lets a cell be changed by the table's `cells`.

    Enter and Tab keep what was written, Tab goes on to the next cell, Escape leaves it as it was. What can't
    be kept stays open and says why; left with the mouse, it is dropped with a word.
    """

    next_asked = Signal(int)
    """One cell on (1) or back (-1)."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._row: Any = None
        self._key = ""
        self._stored = False
        self._problem: Problem | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget | None:  # type: ignore[override]  # Qt takes None for "not here"
        """The input that the table's cells give."""
        cells: Cells | None = getattr(self._view, "cells", None)
        row = index.data(ROW_ROLE)
        if cells is None or row is None:
            return None
        key = column_of(index).key
        made = cells.editor(parent, key, row)
        if made is None:
            return None
        self._row, self._key, self._stored = row, key, False
        made.setAutoFillBackground(True)
        if isinstance(made, QLineEdit):
            made.selectAll()
            made.textEdited.connect(lambda _: self._say(made, ""))
        elif isinstance(made, QComboBox):
            made.activated.connect(lambda _: self._keep(made, 0))
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The input came filled."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the whole cell, and never too narrow to write in."""
        cell = rect_of(option)
        room = self._view.viewport().width()
        width = min(max(cell.width(), 140), room)
        left = max(0, min(cell.left(), room - width))
        editor.setGeometry(left, cell.top() + 4, width, cell.height() - 9)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Called as the keyboard goes elsewhere: keep what can be kept."""
        if not self._stored:
            self._stored = True
            problem = self._store(editor)
            if problem:
                self._drop(problem)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter, Tab and Escape mean what they mean in a list."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(editor, QWidget)
        ):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._keep(editor, 0)
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._keep(editor, 1 if key == Qt.Key.Key_Tab else -1)
                return True
            if key == Qt.Key.Key_Escape:
                self._stored = True
                self._close(editor)
                return True
        return super().eventFilter(editor, event)

    def _keep(self, editor: QWidget, step: int) -> None:
        problem = self._store(editor)
        if problem:
            self._say(editor, problem)
            editor.setFocus()
            return
        self._stored = True
        self._close(editor)
        if step:
            self.next_asked.emit(step)

    def _store(self, editor: QWidget) -> str:
        cells: Cells = getattr(self._view, "cells")  # noqa: B009 - the view's class comes after this one
        return cells.store(self._key, self._row, editor)

    def _close(self, editor: QWidget) -> None:
        self._say(editor, "")
        self.closeEditor.emit(editor, RowDelegate.EndEditHint.NoHint)
        self._view.setFocus()

    def _drop(self, problem: str) -> None:
        refused = getattr(self._view, "refused", None)
        if refused is not None:
            refused.emit(problem)

    def _say(self, editor: QWidget, text: str) -> None:
        """What is wrong, below the input; "" for nothing."""
        if self._problem is not None:
            self._problem.hide()
            self._problem.deleteLater()
            self._problem = None
        editor.setProperty("wrong", bool(text))
        editor.setAccessibleDescription(text)
        editor.style().unpolish(editor)
        editor.style().polish(editor)
        if text:
            self._problem = Problem(text, editor)
            editor.destroyed.connect(self._problem.deleteLater)


class Problem(QFrame):
    """A sentence below an input that lies over a cell, or above it where there is no room."""

    def __init__(self, text: str, editor: QWidget) -> None:
        holder = editor.parentWidget() or editor
        super().__init__(holder)
        self.setProperty("role", "notice")
        said = label(text, size=theme.SMALL, role="red", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.addWidget(said)
        wanted = said.fontMetrics().horizontalAdvance(text) + 26
        width = min(wanted, _WIDEST_PROBLEM, holder.width() - 8)
        self.setFixedWidth(width)
        height = column.totalHeightForWidth(width)
        place = editor.geometry()
        below = place.bottom() + 4
        top = below if below + height < holder.height() else place.top() - height - 4
        self.setGeometry(max(4, min(place.left(), holder.width() - width - 4)), top, width, height)
        self.show()
        self.raise_()
