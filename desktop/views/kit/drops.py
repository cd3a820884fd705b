"""What somebody drops."""

from pathlib import Path

from PySide6.QtGui import QDropEvent


def files_of(event: QDropEvent) -> list[str]:
    """The paths of the files of a drop; folders and what is no file of this computer are left out."""
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    # Qt writes Windows' paths with slashes.
    return [str(path) for path in paths if path.is_file()]
