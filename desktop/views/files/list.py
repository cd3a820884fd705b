"""The tiles of a record's files as a list: chosen, held by the keyboard, dragged out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop.core.translation import tr
from desktop.queries.attachments import AttachmentRow
from desktop.views.files.thumbnails import Thumbnails
from desktop.views.files.tiles import TILE, FilesModel, TileDelegate


class Tiles(QListView):
    """Shows a `FilesModel`; what is chosen is told by the rows."""

    def __init__(self, model: FilesModel, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.files = model
        self.setModel(model)
        self.setItemDelegate(TileDelegate(thumbnails, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(TILE)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName(tr("Files"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        thumbnails.ready.connect(self.viewport().update)

    def chosen(self) -> list[AttachmentRow]:
        """The chosen files, in their order."""
        lines = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.files.rows()[line] for line in lines]

    def choose(self, ids: Sequence[int]) -> None:
        """Make these files the chosen ones, the first of them the current; none of those that are gone."""
        lines = [line for one in ids if (line := self.files.line_of(one)) is not None]
        selection = self.selectionModel()
        selection.clearSelection()
        for line in lines:
            selection.select(self.files.index(line, 0), selection.SelectionFlag.Select)
        if lines:
            first = self.files.index(lines[0], 0)
            selection.setCurrentIndex(first, selection.SelectionFlag.NoUpdate)
            self.scrollTo(first)

    def current(self) -> AttachmentRow | None:
        """The file that has the keyboard, else the first chosen one."""
        index, rows = self.currentIndex(), self.files.rows()
        if index.isValid() and index.row() < len(rows):
            return rows[index.row()]
        return next(iter(self.chosen()), None)
