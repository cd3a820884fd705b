"""The item model of a list over a large table: it keeps ids and fetches blocks of rows as they are seen."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.core.money import DEFAULT_CURRENCY
from desktop.views.kit.columns import Column

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[int]], Mapping[int, Any]]
"""Takes some ids, gives their rows by id; an id that is gone is left out."""

ID_ROLE = Qt.ItemDataRole.UserRole
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_NO_PARENT = QModelIndex()


class IdListModel(QAbstractTableModel):
    """Ordered ids, a cache of row blocks, and the columns that say how a row is shown."""

    BLOCK = 64
    KEPT_BLOCKS = 64
    wraps_titles = False
    """Whether a title may take two lines."""

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Fetch,
        *,
        currency: str = DEFAULT_CURRENCY,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.currency = currency
        self._fetch = fetch
        self.editable = False
        """Whether cells of columns that say so may be changed."""
        self._ids: Sequence[int] = array("q")
        self._blocks: OrderedDict[int, Mapping[int, Any]] = OrderedDict()
        self._sort: tuple[str, bool] = ("", False)

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these ids, in this order. Views that keep the selection by id are `TableView`s."""
        self.beginResetModel()
        self._ids = ids
        self._blocks.clear()
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def ids(self) -> Sequence[int]:
        """Every id, in order."""
        return self._ids

    def id_at(self, row: int) -> int | None:
        """The id on a line, None beyond the last."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def line_of(self, row_id: int) -> int | None:
        """The line an id stands on."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return None

    def refresh_rows(self, ids: Iterable[int] | None = None) -> None:
        """Fetch the rows of these ids (all: None) anew when next seen; ids and their order stay."""
        if ids is None:
            self._blocks.clear()
            lines = [0, len(self._ids) - 1]
        else:
            lines = [line for row_id in ids if (line := self.line_of(row_id)) is not None]
            for line in lines:
                self._blocks.pop(line // self.BLOCK, None)
        if lines and lines[-1] >= 0:
            last = len(self.columns) - 1
            self.dataChanged.emit(self.index(min(lines), 0), self.index(max(lines), last))

    def set_sort(self, key: str, descending: bool) -> None:
        """Say what the ids are sorted by, for the arrow in the title."""
        self._sort = (key, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def sort_state(self) -> tuple[str, bool]:
        """The column key the ids are sorted by, and whether from high to low."""
        return self._sort

    def row_at(self, line: int) -> Any | None:
        """The row on a line, fetched with its block if need be; None when it is gone."""
        row_id = self.id_at(line)
        if row_id is None:
            return None
        number = line // self.BLOCK
        block = self._blocks.get(number)
        if block is None:
            block = self._fetch(self._ids[number * self.BLOCK : (number + 1) * self.BLOCK])
            self._blocks[number] = block
            if len(self._blocks) > self.KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(number)
        return block.get(row_id)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A cell can be chosen, and changed where its column says so."""
        found = super().flags(index)
        if index.isValid() and self.editable and self.columns[index.column()].editable:
            found |= Qt.ItemFlag.ItemIsEditable
        return found | Qt.ItemFlag.ItemNeverHasChildren if index.isValid() else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self.id_at(index.row())
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW_ROLE):
            return None
        row = self.row_at(index.row())
        if role == ROW_ROLE:
            return row
        return "" if row is None else column.text_of(row, self.currency)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            title = column.name
            arrow = "↓" if self._sort[1] else "↑"
            return f"{title} {arrow}" if column.key == self._sort[0] else title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            wrap = Qt.TextFlag.TextWordWrap.value
            return column.alignment.value | wrap if self.wraps_titles else column.alignment
        return None
