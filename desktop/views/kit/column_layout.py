"""A table's columns: which are shown, in which order, how wide, sorted by which; kept and put back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.columns import Column
from desktop.views.kit.id_list import IdListModel

if TYPE_CHECKING:
    from desktop.views.kit.column_chooser import ColumnChooser

_MENU_MOST = 14
"""So many columns stand in a menu; more have a chooser of their own."""


class ColumnedTable(QTableView):
    """A table whose owner chooses, orders and sizes its columns."""

    sort_requested = Signal(str, bool)
    """A column key, and whether from high to low; the screen asks for ids in that order."""
    layout_changed = Signal(object)
    """The state to keep and give to `restore_layout`: a dict of plain values."""

    def __init__(self, model: IdListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.groups: Sequence[str] = ()
        """The subjects of columns in the order of a chooser; marked."""
        self._restoring = False
        self._layout_timer = QTimer(self)
        self._layout_timer.setSingleShot(True)
        self._layout_timer.setInterval(400)
        self._layout_timer.timeout.connect(lambda: self.layout_changed.emit(self.layout_state()))
        self.setModel(model)
        self._set_header()

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
        header.customContextMenuRequested.connect(self._header_menu)
        header.sectionClicked.connect(self._sort_by)
        self._size_columns()
        header.sectionResized.connect(self._layout_touched)
        header.sectionMoved.connect(self._layout_touched)

    def _size_columns(self) -> None:
        for number, column in enumerate(self.rows.columns):
            self.setColumnWidth(number, column.width)
            self.setColumnHidden(number, column.hidden)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Have other columns; those that stay keep their place, width and sight."""
        if [column.key for column in columns] == [column.key for column in self.rows.columns]:
            return
        state, current = self.layout_state(), self.currentIndex().row()
        self._restoring = True
        self.rows.set_columns(columns)
        self._size_columns()
        self.restore_layout(state)
        if current >= 0:
            self.setCurrentIndex(self.rows.index(current, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns marked `stretch` share the room that is left."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        shown = self.shown_columns()
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

    def shown_columns(self) -> list[int]:
        """The numbers of the columns to be seen, from left to right."""
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

    # -- choosing

    def _header_menu(self, at: QPoint) -> None:
        header = self.horizontalHeader()
        number = header.logicalIndexAt(at)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if number >= 0 and self.rows.columns[number].sortable:
            menu.addAction(tr("Sort by {column}", column=self.rows.columns[number].name)).triggered.connect(
                lambda: self._sort_by(number)
            )
            menu.addSeparator()
        if number > 0:
            menu.addAction(tr("Hide {column}", column=self.rows.columns[number].name)).triggered.connect(
                lambda: self.show_column(self.rows.columns[number].key, False)
            )
        if len(self.rows.columns) > _MENU_MOST:
            menu.addAction(tr("Choose columns…")).triggered.connect(lambda: self.choose_columns())
        else:
            menu.addMenu(self._submenu(menu))
        menu.addAction(tr("Columns as at the beginning")).triggered.connect(lambda: self.reset_layout())
        menu.popup(header.mapToGlobal(at))

    def _submenu(self, parent: QMenu) -> QMenu:
        made = self.column_menu()
        made.setTitle(tr("Columns"))
        made.setParent(parent, made.windowFlags())
        return made

    def column_menu(self) -> QMenu:
        """The menu that chooses the columns, also for a button of one's own."""
        menu = QMenu(self)
        for number, column in enumerate(self.rows.columns):
            action = QAction(column.name, menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.setEnabled(number > 0)
            action.toggled.connect(lambda on, key=column.key: self.show_column(key, on))
            menu.addAction(action)
        return menu

    def choose_columns(self, anchor: QWidget | None = None) -> ColumnChooser:
        """Open the sheet in which columns are found, shown, hidden and put in order."""
        from desktop.views.kit.column_chooser import ColumnChooser

        made = ColumnChooser(self, anchor or self.horizontalHeader())
        made.show()
        return made

    def show_column(self, key: str, on: bool) -> None:
        """Show a column or hide it; one that comes anew stands last."""
        numbers = {column.key: c for c, column in enumerate(self.rows.columns)}
        number = numbers[key]
        if on and self.isColumnHidden(number) and len(numbers) > _MENU_MOST:
            header = self.horizontalHeader()
            last = max((header.visualIndex(c) for c in self.shown_columns()), default=0)
            place = header.visualIndex(number)
            header.moveSection(place, last if place < last else last + 1)
        self.setColumnHidden(number, not on)
        self._fill()
        self._layout_touched()

    def order_columns(self, keys: Sequence[str]) -> None:
        """Put columns in this order, before all others."""
        header = self.horizontalHeader()
        numbers = {column.key: c for c, column in enumerate(self.rows.columns)}
        for place, key in enumerate(key for key in keys if key in numbers):
            header.moveSection(header.visualIndex(numbers[key]), place)

    # -- keeping

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
        """Take up a kept state; unknown keys are ignored, new columns are as they are at first."""
        if not state:
            return
        self._restoring = True
        numbers = {column.key: c for c, column in enumerate(self.rows.columns)}
        order = [key for key in state.get("order", ()) if key in numbers]
        self.order_columns(order)
        for key, width in state.get("widths", {}).items():
            if key in numbers:
                self.setColumnWidth(numbers[key], int(width))
        for key, number in numbers.items():
            known = key in order
            hidden = key in state.get("hidden", ()) if known else self.rows.columns[number].hidden
            self.setColumnHidden(number, hidden)
        self._fill()
        self._restoring = False

    def reset_layout(self) -> None:
        """Have the columns as at the beginning."""
        columns = self.rows.columns
        self.restore_layout(
            {
                "order": [column.key for column in columns],
                "widths": {column.key: column.width for column in columns},
                "hidden": [column.key for column in columns if column.hidden],
            }
        )
        self._layout_touched()
