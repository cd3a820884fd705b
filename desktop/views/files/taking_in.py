"""What is dropped, pasted or chosen, as files to keep."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.translation import tr
from desktop.operations.attachments import NewFile
from desktop.views.kit.context import Context

_FOLDER = "ui.folder.import"


def can_take(mime: QMimeData) -> bool:
    """Whether there is a file or a picture in it."""
    return bool(_paths(mime)) or mime.hasImage()


def files_in(mime: QMimeData) -> list[NewFile]:
    """The files of a drop or of the clipboard; a picture without a file becomes a PNG named by the minute.

    Folders and what is no file of this computer are left out.
    """
    paths = _paths(mime)
    if paths:
        return [NewFile(path.name, path) for path in paths]
    if not mime.hasImage():
        return []
    image = mime.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return []
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt takes words
    name = tr("Picture {when}", when=datetime.now().strftime("%Y-%m-%d %H.%M.%S"))
    return [NewFile(f"{name}.png", data=bytes(buffer.data().data()))]


def ask_for_files(ctx: Context, parent: QWidget) -> list[NewFile]:
    """Asks for files, beginning where the last ones came from."""
    start = str(ctx.settings.get(_FOLDER))
    chosen, _ = QFileDialog.getOpenFileNames(parent, tr("Add files"), start)
    if chosen:
        ctx.settings.set(_FOLDER, str(Path(chosen[0]).parent))
    return [NewFile(Path(path).name, Path(path)) for path in chosen]


def _paths(mime: QMimeData) -> list[Path]:
    paths = (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    return [path for path in paths if path.is_file()]
