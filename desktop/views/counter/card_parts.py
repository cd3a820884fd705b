"""What stands on the counter's card: the face, bands in a tone, and the last purchases."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.counter.words import Said
from desktop.views.kit import theme
from desktop.views.kit.cards import IconTile
from desktop.views.kit.labels import IconLabel, label, paint_avatar
from desktop.views.kit.theme import Tone

FACE = 76
BIG, MIDDLE, NOTE = 19, 17, 14
"""Sizes of type in pixels in a small window: what must not be overlooked, the rest, and what is less."""

_ZOOM_FROM = (1100, 660)
"""The window from which on the type grows with it."""
_ZOOMS = (1.6, 1.4, 1.2)


def fitting_zoom(size: QSize) -> float:
    """How much larger the type is in a window of that size."""
    room = min(size.width() / _ZOOM_FROM[0], size.height() / _ZOOM_FROM[1])
    return next((zoom for zoom in _ZOOMS if room >= zoom), 1.0)


class Face(QWidget):
    """The customer's picture where there is one, else the circle of the name."""

    def __init__(self, name: str, zoom: float = 1.0) -> None:
        super().__init__()
        self._name = name
        self._picture: QImage | None = None
        side = round(FACE * zoom)
        self.setFixedSize(side, side)

    def show_picture(self, picture: QImage) -> None:
        """Show a picture instead of the initial."""
        if not picture.isNull():
            self._picture = picture
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self._picture is None:
            paint_avatar(painter, box, self._name, theme.current())
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        round_ = QPainterPath()
        round_.addEllipse(box)
        painter.setClipPath(round_)
        painter.drawImage(box, self._picture)


def read_face(data: bytes) -> QImage:
    """A picture cut to a square of twice the face's size, sharp on any screen; null if it is none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    side = 2 * FACE
    if size.isValid() and min(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    picture = reader.read()
    if picture.isNull():
        return picture
    edge = min(picture.width(), picture.height())
    return picture.copy((picture.width() - edge) // 2, (picture.height() - edge) // 2, edge, edge)


class Band(QFrame):
    """A sentence on a soft ground in its tone, as wide as the card: it cannot be overlooked."""

    def __init__(self, icon: str, text: str, tone: Tone, *, size: float = BIG) -> None:
        super().__init__()
        self.setProperty("tone", tone)
        role = {"grey": "muted"}.get(tone, tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(IconLabel(icon, role, 24), 0, Qt.AlignmentFlag.AlignTop)
        self.words = label(text, size=round(size), bold=True, role=role, wrap=True)
        row.addWidget(self.words, 1)
        self.setAccessibleName(text)


class SaidRow(QWidget):
    """One thing said: its icon, the sentence in large type, and the rest below it."""

    def __init__(self, said: Said, *, bold: bool = False, zoom: float = 1.0) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(IconTile(said.icon, said.tone, 34), 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        marked = said.tone in ("amber", "red")
        role = said.tone if marked else "text"
        lines.addWidget(
            label(said.title, size=round(MIDDLE * zoom), bold=bold or marked, role=role, wrap=True)
        )
        if said.note:
            lines.addWidget(
                label(
                    said.note,
                    size=round(NOTE * zoom),
                    role=role if said.tone == "red" else "muted",
                    wrap=True,
                )
            )
        row.addLayout(lines, 1)
        self.setAccessibleName(" · ".join(part for part in (said.title, said.note) if part))
