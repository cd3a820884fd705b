"""What is done with chosen files: opened, saved elsewhere, copied, renamed, deleted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations import attachments as operations
from desktop.views.files import taking_out
from desktop.views.files.list import Tiles
from desktop.views.files.pictures import shows_as_picture
from desktop.views.files.preview_dialog import PictureDialog
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog, TextField
from desktop.views.kit.neighbours import neighbour

_AT_ONCE = 2 * operations.MEGABYTE
"""Files smaller than this in all are deleted within a frame."""


class FileActs:
    """Acts on the files chosen in a list; `refused` is told what went wrong."""

    def __init__(
        self, ctx: Context, owner: QWidget, tiles: Tiles, refused: Callable[[BaseException], object]
    ) -> None:
        self._ctx, self._owner, self._tiles, self._refused = ctx, owner, tiles, refused

    def open(self) -> PictureDialog | None:
        """Show the current picture, or let the system's program show a copy of the file."""
        row = self._tiles.current()
        if row is None:
            return None
        if shows_as_picture(row.media_type):
            pictures = [one for one in self._tiles.files.rows() if shows_as_picture(one.media_type)]
            dialog = PictureDialog(self._ctx, pictures, row.id, self._owner.window())
            dialog.shown.connect(lambda one: self._tiles.choose([one]))
            dialog.open()
            return dialog
        taking_out.open_copy(self._ctx, self._owner, row)
        return None

    def open_elsewhere(self) -> None:
        """Let the system's program show a copy of the current file."""
        row = self._tiles.current()
        if row is not None:
            taking_out.open_copy(self._ctx, self._owner, row)

    def save_as(self) -> None:
        """Save the chosen files somewhere on this computer."""
        taking_out.save_elsewhere(self._ctx, self._owner, self._tiles.chosen())

    def copy(self) -> None:
        """Put the chosen files on the clipboard; a single picture as a picture, too."""
        rows = self._tiles.chosen()
        if rows:
            QGuiApplication.clipboard().setMimeData(taking_out.carried(self._ctx, rows, picture=True))

    def rename(self) -> FormDialog | None:
        """Ask what the current file shall be called."""
        row = self._tiles.current()
        if row is None:
            return None

        def store(values: dict[str, str]) -> None:
            book = self._ctx.book
            self._ctx.changed(operations.rename_attachment(book, attachment_id=row.id, name=values["name"]))

        form = FormDialog(tr("Rename the file"), tr("Rename"), store, width=440, parent=self._owner)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.add_row(name=TextField(tr("Name"), row.name, required=True))
        form.open()
        return form

    def delete(self) -> None:
        """Delete the chosen files; the notice offers to undo it."""
        rows, book = self._tiles.chosen(), self._ctx.book
        ids = [row.id for row in rows]
        if not ids:
            return
        heir = neighbour([row.id for row in self._tiles.files.rows()], ids)

        def done(changes: Changes) -> None:
            self._ctx.changed(changes)
            if heir is not None:
                self._tiles.choose([heir])

        def work(_: Progress) -> Changes:
            return operations.delete_attachments(book, attachment_ids=ids)

        if sum(row.size for row in rows) < _AT_ONCE:
            try:
                done(work(SILENT))
            except UserError as error:
                self._refused(error)
            return
        # The history keeps what goes: a film's worth of that is for the background.
        title = tr("Deleting the files")
        self._ctx.tasks.write(title, work, done, owner=self._owner, on_error=self._refused, cancellable=False)
