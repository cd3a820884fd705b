"""Pictures from bytes, whoever made those: scaled while they are read, and never more than fits in memory."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from desktop.core.media_types import kind_of

MOST_MEGABYTES = 192
"""What one picture may take in memory; Qt refuses what would need more."""
MOST_PIXELS = 300_000_000
"""Beyond this even scaling while reading takes too long: somebody made it to be a burden."""


def shows_as_picture(media: str) -> bool:
    """Whether the program shows files of a media type itself."""
    return bool(kind_of(media).picture)


def read_picture(data: bytes, media: str, room: QSize) -> QImage | None:
    """The picture, no larger than `room`, turned as the camera was; None when it can't be shown.

    Takes as long as the picture is large: meant for the background.
    """
    name = kind_of(media).picture
    if not name:
        return None
    QImageReader.setAllocationLimit(MOST_MEGABYTES)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    # The bytes have told what they are: no other format's reader is let near them.
    reader.setAutoDetectImageFormat(False)
    reader.setFormat(QByteArray(name.encode()))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > MOST_PIXELS:
            return None
        turned = size.transposed() if _lies_on_its_side(reader) else size
        if turned.width() > room.width() or turned.height() > room.height():
            fitting = turned.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
            reader.setScaledSize(fitting.transposed() if _lies_on_its_side(reader) else fitting)
    image = reader.read()
    if image.isNull():
        return None
    if image.width() > room.width() or image.height() > room.height():
        image = image.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return image


def _lies_on_its_side(reader: QImageReader) -> bool:
    return bool(reader.transformation().value & 4)
