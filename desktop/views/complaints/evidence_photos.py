"""Photos on the pages of an evidence pack: scaled to what a printer shows, two beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.queries.attachments import AttachmentRow
from desktop.views.files.pictures import read_picture, shows_as_picture
from desktop.views.kit.paper import QUIET, STRONG, Cell, Paper, Words

_ROOM = QSize(1100, 1100)
"""Pixels of a photo; at the width of half a page that is some 300 to the inch."""
_QUALITY = 88
_COLUMNS = 2
_HIGHEST = 250.0
"""Points that a photo may be high: two rows of them fit on a page."""
_GAP = 9.0
_WHITE = 0xFFFFFFFF


class Photo(NamedTuple):
    """A photo as pages hold it: encoded, for a hundred of them decoded would fill the memory."""

    row: AttachmentRow
    data: bytes
    width: int
    height: int


Photos = dict[int, Photo | None]
"""By attachment; None for one that cannot be shown."""


def read_photos(
    rows: Sequence[AttachmentRow],
    read: Callable[[int], bytes | None],
    known: Photos,
    progress: Progress = SILENT,
) -> None:
    """Fills `known` with the photos among some files; `read` gives a file's content. Raises Cancelled."""
    for place, row in enumerate(rows):
        progress.report(place, len(rows), tr("Reading “{file}”…", file=row.name))
        if row.id in known or not shows_as_picture(row.media_type):
            continue
        data = read(row.id)
        image = read_picture(data, row.media_type, _ROOM) if data else None
        known[row.id] = _photo(row, image) if image is not None else None


def _photo(row: AttachmentRow, image: QImage) -> Photo:
    if image.hasAlphaChannel():
        # JPEG has no glass: what shines through would become black.
        ground = QImage(image.size(), QImage.Format.Format_RGB32)
        ground.fill(_WHITE)
        painter = QPainter(ground)
        painter.drawImage(0, 0, image)
        painter.end()
        image = ground
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(_QUALITY)
    writer.write(image)
    return Photo(row, bytes(buffer.data().data()), image.width(), image.height())


def write_photos(paper: Paper, photos: Sequence[tuple[Photo, Sequence[Words]]]) -> None:
    """Adds photos, each below its caption."""
    points = paper.width / 10.0
    wide = (points + _GAP) / _COLUMNS - _GAP
    for first in range(0, len(photos), _COLUMNS):
        some = photos[first : first + _COLUMNS]
        blank = [Cell((), 1.0)] * (_COLUMNS - len(some))
        paper.row(*(Cell(tuple(caption)) for _, caption in some), *blank, keep=True, before=8, after=3)
        # None is drawn larger than half its pixels are points: a thumbnail stays one.
        scales = [min(wide / one.width, _HIGHEST / one.height, 0.75) for one, _ in some]
        tall = max(one.height * scale for (one, _), scale in zip(some, scales, strict=True))
        paper.picture(_drawing([one for one, _ in some], scales, wide), tall, after=4)


def _drawing(
    photos: Sequence[Photo], scales: Sequence[float], wide: float
) -> Callable[[QPainter, QRectF], object]:
    """What draws a row of photos."""

    def draw(painter: QPainter, room: QRectF) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place, (one, scale) in enumerate(zip(photos, scales, strict=True)):
            x = room.left() + place * (wide + _GAP) * 10.0
            where = QRectF(x, room.top(), one.width * scale * 10.0, one.height * scale * 10.0)
            painter.drawImage(where, QImage.fromData(one.data))
        painter.restore()

    return draw


def caption(number: int, row: AttachmentRow, when: str) -> tuple[Words, ...]:
    """The words above a photo: its number and name, when it was kept and with what."""
    name = Words(tr("{number}. {name}", number=number, name=row.name), STRONG)
    return name, Words(" · ".join(part for part in (when, row.about) if part), QUIET)
