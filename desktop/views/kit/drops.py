"""What somebody drops."""

from pathlib import Path

from PySide6.QtGui import QDropEvent


def files_of(event: QDropEvent) -> list[str]:
    """The paths of the files of a drop; folders and what is no file of this computer are left out."""
    paths = (url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
    return [path for path in paths if Path(path).is_file()]
