"""The cards of one column as a model: its rows at a moment, of which only what says something else is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.queries.complaints import ComplaintRow
from desktop.views.complaints.card import spoken, tags_of

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class CardModel(QAbstractListModel):
    """The rows of a column at a moment; what stays the same when others are shown is not painted anew."""

    def __init__(self, currency: str, parent: QObject) -> None:
        super().__init__(parent)
        self.currency = currency
        self.now = datetime.now()
        self.rows: list[ComplaintRow] = []

    def show(self, rows: Sequence[ComplaintRow], now: datetime) -> bool:
        """Show these rows; True when others stand there now, or in another order."""
        before, self.now = self.now, now
        if [row.id for row in rows] != self.ids():
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return True
        old, self.rows = self.rows, list(rows)
        for line, (was, row) in enumerate(zip(old, self.rows, strict=True)):
            if was != row or self._tags(was, before) != self._tags(row, now):
                index = self.index(line, 0)
                self.dataChanged.emit(index, index)
        return False

    def _tags(self, row: ComplaintRow, now: datetime) -> object:
        return tags_of(row, now, self.currency)

    def ids(self) -> list[int]:
        """The complaints from above."""
        return [row.id for row in self.rows]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return spoken(row, self.now, self.currency)
        return None
