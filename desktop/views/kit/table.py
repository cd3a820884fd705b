"""The list: a table over an `IdListModel` with selection by id, sorting by request and column layout."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from desktop.views.kit.cell_editing import CellDelegate, Cells
from desktop.views.kit.column_layout import ColumnedTable
from desktop.views.kit.columns import Column
from desktop.views.kit.highlight import Highlighter
from desktop.views.kit.id_list import Fetch, IdListModel
from desktop.views.kit.row_copying import copy_rows
from desktop.views.kit.row_delegate import ROW_HEIGHT, copy_rect

__all__ = ["Column", "Fetch", "IdListModel", "TableView"]

_FEW = 1000
_MOST_RANGES = 5000
"""Runs of selected rows; Qt walks all of them for each row that it paints."""
_SELECT_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class TableView(ColumnedTable):
    """Shows an `IdListModel`; `opened`: Enter or double click, `chosen`: another row has the keyboard."""

    opened = Signal(object)
    """The id of the row; an object, since Qt's int is too short for a number made of two ids."""
    chosen = Signal(object)
    """The id of the current row, or None."""
    selection_changed = Signal()
    typed = Signal(str)
    """What was typed with the list in hand, for a search; a list that nobody searches ignores it."""
    asked = Signal()
    """Space: who is this? Beside a preview it may take the keyboard."""
    refused = Signal(str)
    """Why what was written into a cell that was left could not be kept."""
    copy_asked = Signal(object, str)
    """The id of a row and the key of a column whose sign for copying was clicked."""

    def __init__(self, model: IdListModel, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._told: int | None = None
        self._waiting: Sequence[int] | None = None
        self.cells: Cells | None = None
        """What changes cells where they stand; None where nothing can be."""
        self._delegate = CellDelegate(self)
        self._delegate.next_asked.connect(self._edit_next)
        self._delegate.closeEditor.connect(lambda *_: QTimer.singleShot(0, self, self._take_waiting))
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda index: self._open(index))
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())

    # -- ids and selection

    def mark(self, typed: str) -> None:
        """Mark in names and phones what the rows were searched for; "" for nothing."""
        self._delegate.highlighter = Highlighter(typed) if typed.strip() else None
        self.viewport().update()

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these ids, keeping the current row, the selection and the scroll by id.

        While a cell is being edited they wait, so that no editor is taken from under the hands.
        """
        if self.state() == QAbstractItemView.State.EditingState:
            self._waiting = ids
            return
        self._waiting = None
        current = self.current_id()
        top = self.rows.id_at(self.rowAt(0))
        kept = self.selected_ids()
        column = max(self.currentIndex().column(), 0)
        offset = self.verticalScrollBar().value() % ROW_HEIGHT
        selection = self.selectionModel()
        blocked = selection.blockSignals(True)
        self.rows.set_ids(ids)
        line = self.rows.line_of(current) if current is not None else None
        if line is not None:
            no_change = QItemSelectionModel.SelectionFlag.NoUpdate
            selection.setCurrentIndex(self.rows.index(line, column), no_change)
        self._select_ids(kept)
        selection.blockSignals(blocked)
        if top is not None and top != current and (at := self.rows.line_of(top)) is not None:
            self.verticalScrollBar().setValue(at * ROW_HEIGHT + offset)
        elif line is not None:
            self.scrollTo(self.rows.index(line, 0))
        self.viewport().update()
        self._tell_current()
        self.selection_changed.emit()

    def current_id(self) -> int | None:
        """The id of the row that has the keyboard."""
        return self.rows.id_at(self.currentIndex().row())

    def selected_ids(self) -> array[int]:
        """The ids of the selected rows in the list's order; cheap even for a million."""
        ids, found = self.rows.ids(), array("q")
        for lines in self._selected_lines():
            found.extend(ids[lines.start : lines.stop])
        return found

    def select_id(self, row_id: int, *, scroll: bool = True) -> bool:
        """Make a row the current and only selected one; False when it is not in the list."""
        line = self.rows.line_of(row_id)
        if line is None:
            return False
        # Not selectRow: with Ctrl still down from an Undo, that would toggle the row instead.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.rows.index(line, 0), only)
        if scroll:
            self.scrollTo(self.rows.index(line, 0))
        return True

    def _select_ids(self, wanted: array[int]) -> None:
        """Select the rows of these ids; of more than can be told apart quickly, none."""
        if not len(wanted):
            return
        if len(wanted) <= _FEW:
            lines = (self.rows.line_of(one) for one in wanted)
            ranges = [(line, line) for line in lines if line is not None]
        else:
            ranges = _ranges(self.rows.ids(), set(wanted))
        chosen = QItemSelection()
        last = self.rows.columnCount() - 1
        for first, until in ranges[:_MOST_RANGES] if len(ranges) <= _MOST_RANGES else ():
            chosen.select(self.rows.index(first, 0), self.rows.index(until, last))
        self.selectionModel().select(chosen, _SELECT_ROWS)

    def _tell_current(self, *_: object) -> None:
        current = self.current_id()
        if current != self._told:
            self._told = current
            self.chosen.emit(current)

    def _open(self, index: QModelIndex) -> None:
        row_id = self.rows.id_at(index.row())
        if row_id is not None:
            self.opened.emit(row_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space asks, the copy key copies the selected rows."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and plain:
            self.asked.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain and self.rows.rowCount():
            self._go_to(0 if event.key() == Qt.Key.Key_Home else self.rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """What is typed looks for customers in the book, not among the rows fetched."""
        if search.strip():
            self.typed.emit(search)

    def _go_to(self, line: int) -> None:
        """The first and the last row, where Qt's table goes to the first and last column."""
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        index = self.rows.index(line, max(self.currentIndex().column(), 0))
        self.selectionModel().setCurrentIndex(index, only)
        self.scrollTo(index)

    # -- cells

    def edit_current(self) -> bool:
        """Change the current cell where it stands; False when that can't be."""
        index = self.currentIndex()
        return bool(index.flags() & Qt.ItemFlag.ItemIsEditable) and self.edit_cell(index)

    def edit_cell(self, index: QModelIndex) -> bool:
        """Open the editor of a cell."""
        if self.cells is None:
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)
        return self.state() == QAbstractItemView.State.EditingState

    def _edit_next(self, step: int) -> None:
        """Go on to the next cell that can be changed, in the next row when this one has no more."""
        at = self.currentIndex()
        cells = [c for c in self.shown_columns() if self.rows.columns[c].editable]
        line = at.row()
        place = cells.index(at.column()) + step if at.column() in cells else 0
        if not 0 <= place < len(cells):
            line, place = line + step, 0 if step > 0 else len(cells) - 1
        if cells and 0 <= line < self.rows.rowCount():
            index = self.rows.index(line, cells[place])
            only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, only)
            QTimer.singleShot(0, self, lambda: self.edit_cell(self.currentIndex()))

    def _take_waiting(self) -> None:
        if self._waiting is not None and self.state() != QAbstractItemView.State.EditingState:
            self.set_ids(self._waiting)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Over the sign for copying, the pointer says that it can be pressed."""
        hand = self._copy_cell(event.position().toPoint()) is not None
        if hand:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The sign for copying copies, and leaves the selection alone."""
        cell = self._copy_cell(event.position().toPoint())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.copy_asked.emit(self.rows.id_at(cell.row()), self.rows.columns[cell.column()].key)
            event.accept()
            return
        super().mousePressEvent(event)

    def _copy_cell(self, at: QPoint) -> QModelIndex | None:
        """The cell whose sign for copying is at a place."""
        index = self.indexAt(at)
        if not index.isValid() or not self._delegate.copies(index):
            return None
        return index if copy_rect(self.visualRect(index)).contains(at) else None

    # -- copying

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard, titles first, cells parted by tabs."""
        copy_rows(self, list(itertools.chain.from_iterable(self._selected_lines())))

    def _selected_lines(self) -> Iterator[range]:
        """The selected lines as ranges, in order, none twice."""
        parts = cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())
        last = -1
        for top, bottom in sorted({(part.top(), part.bottom()) for part in parts}):
            yield range(max(top, last + 1), bottom + 1)
            last = max(last, bottom)


def _ranges(ids: Sequence[int], wanted: set[int]) -> list[tuple[int, int]]:
    """The runs of lines on which wanted ids stand."""
    runs: list[tuple[int, int]] = []
    start = None
    for line, one in enumerate(ids):
        if one in wanted:
            start = line if start is None else start
        elif start is not None:
            runs.append((start, line - 1))
            start = None
    if start is not None:
        runs.append((start, len(ids) - 1))
    return runs
