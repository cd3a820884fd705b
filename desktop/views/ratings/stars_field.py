"""Stars to give, by the mouse, the arrow keys or the figures 1 to 5; none until one is chosen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.fields import Field
from desktop.views.ratings.words import STARS, meaning, stars_words

_SIZE, _GAP = 26, 8
_POINTS = ((0.5, 0.02), (0.62, 0.36), (0.98, 0.36), (0.69, 0.58), (0.8, 0.94), (0.5, 0.72), (0.2, 0.94),
           (0.31, 0.58), (0.02, 0.36), (0.38, 0.36))  # fmt: skip
"""The corners of a star in a square of side 1."""


def corners(box: QRectF) -> list[QPointF]:
    """The corners of a star that fills a square."""
    return [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in _POINTS]


_NOTHING = "\u00a0"
"""Holds the place of what the stars say, so that the form does not grow with the first click."""


class Stars(QWidget):
    """`chosen` carries 1 to 5, or None once the stars were taken back."""

    chosen = Signal(object)

    def __init__(self, stars: int | None = None) -> None:
        super().__init__()
        self._stars, self._near = stars, 0
        self.setFixedHeight(_SIZE + 8)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def stars(self) -> int | None:
        """How many there are, None while nobody chose."""
        return self._stars

    def choose(self, stars: int | None) -> None:
        """Give so many."""
        self._stars = stars if stars is None else min(max(stars, 1), STARS)
        self.setAccessibleDescription(stars_words(self._stars) if self._stars else tr("Not asked"))
        self.update()
        self.chosen.emit(self._stars)

    def sizeHint(self) -> QSize:
        return QSize(STARS * (_SIZE + _GAP), _SIZE + 8)

    def star_box(self, star: int) -> QRectF:
        """Where a star stands."""
        return QRectF(4 + (star - 1) * (_SIZE + _GAP), 4, _SIZE, _SIZE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._near = self._at(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The star that is chosen already takes the stars back."""
        star = self._at(event)
        if star:
            self.choose(None if star == self._stars else star)

    def leaveEvent(self, event: Any) -> None:
        self._near = 0
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Figures say how many; the arrows give or take one, Backspace takes all back."""
        typed = event.text()
        if typed.isdigit() and 1 <= int(typed) <= STARS:
            self.choose(int(typed))
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self.choose((self._stars or 0) + 1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            self.choose((self._stars or STARS + 1) - 1)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        full = self._near or self._stars or 0
        for star in range(1, STARS + 1):
            box = self.star_box(star)
            shape = QPolygonF(corners(box))
            painter.setPen(QPen(QColor(tokens.amber if star <= full else tokens.outline), 1.4))
            painter.setBrush(QColor(tokens.amber) if star <= full else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(shape)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            around = QRectF(1, 1, STARS * (_SIZE + _GAP), self.height() - 2)
            painter.drawRoundedRect(around, 8, 8)

    def _at(self, event: QMouseEvent) -> int:
        place = int((event.position().x() - 4) // (_SIZE + _GAP)) + 1
        return place if 1 <= place <= STARS else 0


class StarsField(Field):
    """The value is 1 to 5, or None."""

    def __init__(self, title: str, value: int | None = None) -> None:
        self.stars = Stars(value)
        super().__init__(title, self.stars, hint=meaning(value) if value else _NOTHING)
        self.stars.chosen.connect(lambda _: self.changed.emit())
        self.stars.chosen.connect(self._say)

    def value(self) -> int | None:
        return self.stars.stars()

    def set_value(self, value: Any) -> None:
        self.stars.choose(value)

    def _say(self, stars: object) -> None:
        self.set_hint(meaning(stars) if isinstance(stars, int) else _NOTHING)
