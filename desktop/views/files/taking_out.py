"""Files on their way out of the book: saved, opened as read-only copies, copied, dragged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.media_types import kind_of
from desktop.core.progress import Cancelled, Progress
from desktop.core.translation import ntr, tr
from desktop.queries.attachments import AttachmentRow, attachment_data
from desktop.views.files.copies import copy_of, plain_name
from desktop.views.files.pictures import read_picture, shows_as_picture
from desktop.views.kit.context import Context
from desktop.views.kit.file_asking import export_folder, free_stem, keep_folder, show_file
from desktop.views.kit.notices import report_error

_COPIED_PICTURE = QSize(4000, 4000)


def carried(ctx: Context, rows: Sequence[AttachmentRow], *, picture: bool = False) -> QMimeData:
    """What a drag or the clipboard takes along: read-only copies, and with `picture` a single one as such."""
    mime = QMimeData()
    urls = []
    for row in rows:
        data = attachment_data(ctx.book, row.id)
        if data is None:
            continue
        urls.append(QUrl.fromLocalFile(str(copy_of(row.id, row.name, row.media_type, data))))
        if picture and len(rows) == 1 and shows_as_picture(row.media_type):
            image = read_picture(data, row.media_type, _COPIED_PICTURE)
            if image is not None:
                mime.setImageData(image)
    mime.setUrls(urls)
    return mime


def open_copy(ctx: Context, parent: QWidget, row: AttachmentRow) -> None:
    """Let the system's program show a copy; what could run, and what nobody knows, is only saved."""
    if not kind_of(row.media_type).opened:
        ctx.notify(
            tr(
                "“{file}” could run something on this computer, so it is not opened from here.", file=row.name
            ),
            tr("Save as…"),
            lambda: save_elsewhere(ctx, parent, [row]),
            "info",
        )
        return

    def made(path: Path | None) -> None:
        if path is None:
            ctx.notify(tr("This file is no longer in the book."), tone="error")
        elif QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            ctx.notify(
                tr("A read-only copy of “{file}” is open: what you change there is not kept.", file=row.name),
                tone="info",
            )
        else:
            ctx.notify(tr("No program of this computer opens “{file}”.", file=row.name), tone="info")

    def make(_: Progress) -> Path | None:
        data = attachment_data(ctx.book, row.id)
        return None if data is None else copy_of(row.id, row.name, row.media_type, data)

    ctx.tasks.read(make, made, owner=parent)


def save_elsewhere(ctx: Context, parent: QWidget, rows: Sequence[AttachmentRow]) -> None:
    """Ask where to, and write the files there; of several only the folder is asked."""
    targets = _ask(ctx, parent, rows)
    if not targets:
        return
    keep_folder(ctx.settings, targets[0][1].parent)

    def write(progress: Progress) -> int:
        written = 0
        for number, (row, path) in enumerate(targets):
            progress.report(number, len(targets), tr("Saving “{file}”…", file=row.name))
            data = attachment_data(ctx.book, row.id)
            if data is not None:
                path.write_bytes(data)
                written += 1
        return written

    def done(written: int) -> None:
        folder = targets[0][1].parent
        ctx.notify(
            ntr(
                "{n} file saved in “{folder}”.", "{n} files saved in “{folder}”.", written, folder=folder.name
            ),
            tr("Show the folder"),
            lambda: show_file(folder),
        )

    def failed(error: BaseException) -> None:
        if isinstance(error, OSError):
            ctx.notify(
                tr("The files can't be written there. Choose a folder you may write to."), tone="error"
            )
        elif not isinstance(error, Cancelled):
            report_error(error, parent.window())

    ctx.tasks.write(tr("Saving the files"), write, done, owner=parent, on_error=failed)


def _ask(ctx: Context, parent: QWidget, rows: Sequence[AttachmentRow]) -> list[tuple[AttachmentRow, Path]]:
    """Which file goes where; nothing when the owner thought better of it."""
    folder = export_folder(ctx.settings)
    if len(rows) == 1:
        # The system asks by itself before it replaces a file.
        chosen, _ = QFileDialog.getSaveFileName(parent, tr("Save as"), str(folder / plain_name(rows[0].name)))
        return [(rows[0], Path(chosen))] if chosen else []
    into = QFileDialog.getExistingDirectory(parent, tr("Save the files in"), str(folder)) if rows else ""
    targets: list[tuple[AttachmentRow, Path]] = []
    for row in rows if into else ():
        taken = {path for _, path in targets}
        targets.append((row, _free(Path(into) / plain_name(row.name), taken)))
    return targets


def _free(path: Path, taken: set[Path]) -> Path:
    found = path.with_name(f"{free_stem(path.parent, path.stem, path.suffix)}{path.suffix}")
    number = 1
    while found in taken:
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found
