"""The list: a table over an `IdListModel` with selection by id, sorting by request and column layout."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

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
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.core.translation import ntr, tr
from desktop.views.kit import theme
from desktop.views.kit.cards import Card
from desktop.views.kit.columns import Column
from desktop.views.kit.highlight import Highlighter
from desktop.views.kit.id_list import Fetch, IdListModel
from desktop.views.kit.labels import label
from desktop.views.kit.row_delegate import ROW_HEIGHT, RowDelegate

__all__ = ["Column", "Fetch", "IdListModel", "TablePane", "TableView"]

MOST_COPIED = 20_000
"""Rows on the clipboard; a workbook is the place for more."""
_SELECT_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class TableView(QTableView):
    """Shows an `IdListModel`; `opened`: Enter or double click, `chosen`: another row has the keyboard."""

    opened = Signal(object)
    """The id of the row; an object, since Qt's int is too short for a number made of two ids."""
    chosen = Signal(object)
    """The id of the current row, or None."""
    selection_changed = Signal()
    sort_requested = Signal(str, bool)
    """A column key, and whether from high to low; the screen asks for ids in that order."""
    layout_changed = Signal(object)
    """The state to keep and give to `restore_layout`: a dict of plain values."""

    def __init__(self, model: IdListModel, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self._restoring = False
        self._told: int | None = None
        self.setModel(model)
        self._delegate = RowDelegate(self)
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
        self._layout_timer = QTimer(self)
        self._layout_timer.setSingleShot(True)
        self._layout_timer.setInterval(400)
        self._layout_timer.timeout.connect(lambda: self.layout_changed.emit(self.layout_state()))
        self._set_header()
        self.doubleClicked.connect(lambda index: self._open(index))
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())

    # -- ids and selection

    def mark(self, typed: str) -> None:
        """Mark in names and phones what the rows were searched for; "" for nothing."""
        self._delegate.highlighter = Highlighter(typed) if typed.strip() else None
        self.viewport().update()

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these ids, keeping the current row, the selection (up to 1,000 rows) and the scroll by id."""
        current = self.current_id()
        top = self.rows.id_at(self.rowAt(0))
        kept = list(itertools.islice(self._walk_selection(), 1001))
        offset = self.verticalScrollBar().value() % ROW_HEIGHT
        selection = self.selectionModel()
        blocked = selection.blockSignals(True)
        self.rows.set_ids(ids)
        line = self.rows.line_of(current) if current is not None else None
        if line is not None:
            selection.setCurrentIndex(self.rows.index(line, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        self._select_lines([] if len(kept) > 1000 else kept)
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
        return array("q", self._walk_selection())

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

    def _walk_selection(self) -> Iterator[int]:
        ids = self.rows.ids()
        for lines in self._selected_lines():
            yield from ids[lines.start : lines.stop]

    def _select_lines(self, ids: list[int]) -> None:
        chosen = QItemSelection()
        last = self.rows.columnCount() - 1
        for row_id in ids:
            line = self.rows.line_of(row_id)
            if line is not None:
                chosen.select(self.rows.index(line, 0), self.rows.index(line, last))
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
        """Enter opens, the copy key copies the selected rows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        else:
            super().keyPressEvent(event)

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard, titles first, cells parted by tabs."""
        lines = list(itertools.chain.from_iterable(self._selected_lines()))
        if len(lines) > MOST_COPIED:
            QToolTip.showText(
                self.mapToGlobal(QPoint(40, 60)),
                ntr(
                    "{n} row is too much to copy: export it instead.",
                    "{n} rows are too many to copy: export them instead.",
                    len(lines),
                ),
                self,
            )
            return
        shown = self._shown_columns()
        table = [[tr(self.rows.columns[c].title) for c in shown]]
        for line in lines:
            row = self.rows.row_at(line)
            if row is not None:
                table.append([self.rows.columns[c].text_of(row, self.rows.currency) for c in shown])
        text = "\n".join("\t".join(" ".join(cell.split()) for cell in cells) for cells in table)
        QGuiApplication.clipboard().setText(text)

    def _selected_lines(self) -> Iterator[range]:
        """The selected lines as ranges, in order, none twice."""
        parts = cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())
        last = -1
        for top, bottom in sorted({(part.top(), part.bottom()) for part in parts}):
            yield range(max(top, last + 1), bottom + 1)
            last = max(last, bottom)

    # -- columns

    def _set_header(self) -> None:
        header = self.horizontalHeader()
        # A header asks its selection about every row of every column; one that is always empty answers at
        # once, where "all of a million" would take seconds.
        header.setSelectionModel(QItemSelectionModel(self.rows, header))
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(48)
        header.setFixedHeight(41)
        header.setFont(theme.font(theme.SMALL))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._column_menu)
        header.sectionClicked.connect(self._sort_by)
        for number, column in enumerate(self.rows.columns):
            self.setColumnWidth(number, column.width)
            self.setColumnHidden(number, column.hidden)
        header.sectionResized.connect(self._layout_touched)
        header.sectionMoved.connect(self._layout_touched)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns marked `stretch` share the room that is left."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        shown = self._shown_columns()
        wide = [c for c in shown if self.rows.columns[c].stretch]
        if not wide:
            return
        taken = sum(self.columnWidth(c) for c in shown if c not in wide)
        room = self.viewport().width() - taken
        least = sum(self.rows.columns[c].width for c in wide)
        was, self._restoring = self._restoring, True
        for c in wide:
            width = self.rows.columns[c].width
            self.setColumnWidth(c, max(width, room * width // least))
        self._restoring = was

    def _shown_columns(self) -> list[int]:
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [c for c in order if not self.isColumnHidden(c)]

    def _sort_by(self, section: int) -> None:
        column = self.rows.columns[section]
        if not column.sortable:
            return
        key, descending = self.rows.sort_state()
        turned = not descending if key == column.key else column.high_first
        self.rows.set_sort(column.key, turned)
        self.sort_requested.emit(column.key, turned)

    def _column_menu(self, at: QPoint) -> None:
        menu = self.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def column_menu(self) -> QMenu:
        """The menu that chooses the columns, also for a button of one's own."""
        menu = QMenu(self)
        for number, column in enumerate(self.rows.columns):
            action = QAction(tr(column.title), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.setEnabled(number > 0)
            action.toggled.connect(lambda on, c=number: self._show_column(c, on))
            menu.addAction(action)
        return menu

    def _show_column(self, number: int, on: bool) -> None:
        self.setColumnHidden(number, not on)
        self._fill()
        self._layout_touched()

    def _layout_touched(self, *_: object) -> None:
        if not self._restoring:
            self._layout_timer.start()

    def layout_state(self) -> dict[str, Any]:
        """Order, widths and visible columns by key."""
        header = self.horizontalHeader()
        keys = [column.key for column in self.rows.columns]
        return {
            "order": [keys[header.logicalIndex(place)] for place in range(header.count())],
            "widths": {key: self.columnWidth(c) for c, key in enumerate(keys) if not self.isColumnHidden(c)},
            "hidden": [key for c, key in enumerate(keys) if self.isColumnHidden(c)],
        }

    def shown_keys(self) -> list[str]:
        """The keys of the columns that the owner wants to see, in their order."""
        state = self.layout_state()
        return [key for key in state["order"] if key not in state["hidden"]]

    def restore_layout(self, state: dict[str, Any] | None) -> None:
        """Take up a kept state; unknown keys are ignored, new columns keep their own place."""
        if not state:
            return
        self._restoring = True
        header = self.horizontalHeader()
        numbers = {column.key: c for c, column in enumerate(self.rows.columns)}
        order = [key for key in state.get("order", ()) if key in numbers]
        for place, key in enumerate(order):
            header.moveSection(header.visualIndex(numbers[key]), place)
        for key, width in state.get("widths", {}).items():
            if key in numbers:
                self.setColumnWidth(numbers[key], int(width))
        for key, number in numbers.items():
            self.setColumnHidden(number, key in state.get("hidden", ()) if key in order else False)
        self._fill()
        self._restoring = False


class TablePane(Card):
    """A sheet with a table, the count below it, and in its place, when there is nothing, what to do."""

    def __init__(self, table: TableView, *, empty: QWidget | None = None) -> None:
        super().__init__(margin=0)
        self.table = table
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        self._empty = empty
        if empty:
            self._stack.addWidget(empty)
        self.foot = label(size=theme.SMALL, role="muted")
        self.foot.setContentsMargins(14, 4, 14, 8)
        self.foot.hide()
        self.body.setContentsMargins(1, 2, 1, 2)
        self.body.setSpacing(0)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.foot)

    def set_ids(self, ids: Sequence[int], foot: str = "") -> None:
        """Show these ids (what stood there stands until now, so that nothing flickers) and the count."""
        self.table.set_ids(ids)
        self.foot.setText(foot)
        self.foot.setVisible(bool(foot))
        if self._empty:
            self._stack.setCurrentWidget(self._empty if not len(ids) else self.table)
