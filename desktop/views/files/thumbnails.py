"""Small pictures of files: read one after another in the background, kept by content."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop.queries.attachments import AttachmentRow, attachment_data
from desktop.views.files.pictures import read_picture, shows_as_picture
from desktop.views.kit.context import Context

ROOM = QSize(288, 200)
"""Pixels; twice the tile's picture, for fine screens."""
_KEPT = 400


class Thumbnails(QObject):
    """Gives a file's small picture when it has it, else reads it and says when it is `ready`."""

    ready = Signal()

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._known: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._wanted: OrderedDict[str, AttachmentRow] = OrderedDict()
        self._reading = False

    def of(self, row: AttachmentRow) -> QPixmap | None:
        """The small picture; None while it is not there, and for what is no picture or a broken one."""
        if not shows_as_picture(row.media_type):
            return None
        if row.sha256 in self._known:
            self._known.move_to_end(row.sha256)
            return self._known[row.sha256]
        # What was asked for last is what is looked at.
        self._wanted[row.sha256] = row
        self._wanted.move_to_end(row.sha256)
        self._read_next()
        return None

    def failed(self, row: AttachmentRow) -> bool:
        """Whether a picture could not be read."""
        return row.sha256 in self._known and self._known[row.sha256] is None

    def forget_wishes(self) -> None:
        """Other files are shown now."""
        self._wanted.clear()

    def _read_next(self) -> None:
        # One at a time, so that whatever else wants the worker comes in between.
        if self._reading or not self._wanted:
            return
        _, row = self._wanted.popitem()
        self._reading = True
        book = self._ctx.book

        def read(_: object) -> QImage | None:
            data = attachment_data(book, row.id)
            return None if data is None else read_picture(data, row.media_type, ROOM)

        def keep(image: QImage | None) -> None:
            self._reading = False
            self._known[row.sha256] = None if image is None else QPixmap.fromImage(image)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
            self.ready.emit()
            self._read_next()

        self._ctx.tasks.read(read, keep, owner=self, on_error=lambda _: keep(None))
