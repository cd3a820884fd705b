"""A `QListView` that measures no line by itself: what it would lay out whole is left to who inherits it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex


class Unmeasured(QListView):
    """A list for screen readers, which know `QListView`, with nothing of its layout.

    Who inherits it lays out in `updateGeometries` and is told by `removed` which lines are gone.
    """

    def removed(self, start: int, end: int) -> None:
        """Lines have gone."""
        raise NotImplementedError

    def setModel(self, model: QAbstractItemModel | None) -> None:
        QAbstractItemView.setModel(self, model)
        if model is not None:
            model.rowsRemoved.connect(lambda _, start, end: self.removed(start, end))

    def doItemsLayout(self) -> None:
        self.updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()

    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:
        QAbstractItemView.initViewItemOption(self, option)

    def reset(self) -> None:
        QAbstractItemView.reset(self)
        self.updateGeometries()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        QAbstractItemView.rowsInserted(self, parent, start, end)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        QAbstractItemView.rowsAboutToBeRemoved(self, parent, start, end)

    def dataChanged(self, first: Index, last: Index, roles: list[int] | None = None) -> None:  # type: ignore[override]
        QAbstractItemView.dataChanged(self, first, last, roles or [])
        self.updateGeometries()

    def currentChanged(self, current: Index, previous: Index) -> None:
        QAbstractItemView.currentChanged(self, current, previous)
        self.viewport().update()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return 0

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def visualRegionForSelection(self, selection: object) -> QRegion:
        return QRegion(self.viewport().rect())

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the screen; looking through a million lines for one would stop everything."""
