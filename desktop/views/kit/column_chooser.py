"""The sheet in which a table's many columns are found by name, shown, hidden and put in order."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.folding import fold
from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.column_layout import ColumnedTable
from desktop.views.kit.columns import Column
from desktop.views.kit.labels import label

_WIDTH, _HEIGHT = 320, 460
_KEY = Qt.ItemDataRole.UserRole


class _List(QListWidget):
    """The columns: Space shows or hides one, Alt with an arrow moves it."""

    def __init__(self, chooser: ColumnChooser) -> None:
        super().__init__()
        self._chooser = chooser
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._chooser.move_current(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class ColumnChooser(QFrame):
    """Columns that are shown stand first, in their order; below them the others by subject."""

    def __init__(self, table: ColumnedTable, anchor: QWidget) -> None:
        super().__init__(anchor, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "notice")
        self.setAccessibleName(tr("Columns"))
        self._table = table
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find a column"))
        self.search.setAccessibleName(tr("Find a column"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._fill())
        self.list = _List(self)
        self.list.setAccessibleName(tr("Columns"))
        self.list.itemChanged.connect(self._toggled)
        self.list.model().rowsMoved.connect(lambda *_: self._moved())
        self.reset_button = LinkButton(tr("As at the beginning"), "rotate-ccw", self._reset)
        head = label(tr("Columns"), size=theme.SECTION, bold=True)
        hint = label(
            tr("Drag to put in order, or Alt with an arrow."), size=theme.SMALL, role="muted", wrap=True
        )
        foot = QHBoxLayout()
        foot.addWidget(self.reset_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 10)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(hint)
        column.addLayout(foot)
        self._filling = False
        self._fill()
        self.setFixedSize(_WIDTH, min(_HEIGHT, anchor.screen().availableGeometry().height() - 40))
        self._stand_below(anchor)
        self.search.setFocus()

    def keys(self) -> list[str]:
        """The keys of the columns listed, from the top."""
        listed = (self.list.item(row) for row in range(self.list.count()))
        return [str(item.data(_KEY)) for item in listed if item.data(_KEY)]

    def item(self, key: str) -> QListWidgetItem:
        """The line of a column. Raises KeyError."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_KEY) == key:
                return self.list.item(row)
        raise KeyError(key)

    def _fill(self) -> None:
        self._filling = True
        columns = {column.key: column for column in self._table.rows.columns}
        shown = [self._table.rows.columns[number].key for number in self._table.shown_columns()]
        sought = fold(self.search.text())
        at = self.list.currentItem().data(_KEY) if self.list.currentItem() else None
        scrolled = self.list.verticalScrollBar().value()
        self.list.clear()
        for key in shown:
            self._add(columns[key], on=True, sought=sought)
        group = ""
        for column in sorted(
            (one for key, one in columns.items() if key not in shown), key=lambda one: self._place(one)
        ):
            if not self._fits(column, sought):
                continue
            if column.group != group:
                group = column.group
                self._add_heading(tr(group))
            self._add(column, on=False, sought=sought)
        for row in range(self.list.count()):
            if at is not None and self.list.item(row).data(_KEY) == at:
                self.list.setCurrentRow(row)
        self.list.verticalScrollBar().setValue(scrolled)
        self._filling = False

    def _place(self, column: Column) -> int:
        groups = list(self._table.groups)
        return groups.index(column.group) if column.group in groups else -1

    @staticmethod
    def _fits(column: Column, sought: str) -> bool:
        return not sought or sought in fold(column.name)

    def _add(self, column: Column, *, on: bool, sought: str) -> None:
        if not self._fits(column, sought):
            return
        item = QListWidgetItem(column.name)
        item.setData(_KEY, column.key)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if column is not self._table.rows.columns[0]:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if on and not sought:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        item.setFlags(flags)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.font(theme.SMALL, bold=True))
        self.list.addItem(item)

    def _toggled(self, item: QListWidgetItem) -> None:
        if not self._filling:
            self._table.show_column(str(item.data(_KEY)), item.checkState() == Qt.CheckState.Checked)
            self._fill_soon()

    def _moved(self) -> None:
        if not self._filling:
            self._table.order_columns([key for key in self.keys() if self._is_on(key)])
            self._fill_soon()

    def _fill_soon(self) -> None:
        """Not while the list is still telling what happened to its items."""
        QTimer.singleShot(0, self, self._fill)

    def _is_on(self, key: str) -> bool:
        return self.item(key).checkState() == Qt.CheckState.Checked

    def move_current(self, step: int) -> None:
        """Move the current column up (-1) or down (1) among those shown."""
        current = self.list.currentItem()
        if current is None or self.search.text():
            return
        shown = [key for key in self.keys() if self._is_on(key)]
        key = str(current.data(_KEY))
        if key in shown and 0 <= shown.index(key) + step < len(shown):
            at = shown.index(key)
            shown[at], shown[at + step] = shown[at + step], shown[at]
            self._table.order_columns(shown)
            self._fill()

    def _reset(self) -> None:
        self._table.reset_layout()
        self._fill()

    def _stand_below(self, anchor: QWidget) -> None:
        corner = anchor.mapToGlobal(QPoint(anchor.width() - _WIDTH, anchor.height() + 6))
        room = anchor.screen().availableGeometry()
        x = min(max(corner.x(), room.left() + 8), room.right() - _WIDTH - 8)
        y = min(corner.y(), room.bottom() - self.height() - 8)
        self.move(x, max(room.top() + 8, y))
