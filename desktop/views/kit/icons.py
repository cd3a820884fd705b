"""Icons: one outlined set, drawn in a colour of the current look and kept by name and colour."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.core.paths import resource
from desktop.views.kit import theme

SIZE = 18
"""Logical pixels of an icon in a button or a menu."""


def icon(name: str, role: str = "text", *, gap: int = 0) -> QIcon:
    """An icon by its file name below `resources/icons`, in the colour of a token or role.

    `gap` keeps that many pixels free to the right: the room before a button's words, which no style lets
    one set.
    """
    return _icon(name, theme.current().role(role), gap / SIZE, _ratios())


def pixmap(name: str, role: str = "text", size: int = 18, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels for a screen of that pixel ratio."""
    return _pixmap(name, theme.current().role(role), round(size * ratio), ratio)


def _ratios() -> frozenset[float]:
    """The pixel ratios of the screens there are: an icon is drawn for these and no others, to start fast."""
    return frozenset(screen.devicePixelRatio() for screen in QGuiApplication.screens())


@cache
def _icon(name: str, colour: str, gap: float, ratios: frozenset[float]) -> QIcon:
    made = QIcon()
    for ratio in sorted(ratios):
        made.addPixmap(_pixmap(name, colour, round(SIZE * ratio), ratio, gap))
    return made


@cache
def _folder() -> str:
    return str(resource("icons"))


@cache
def _source(name: str) -> str:
    with open(f"{_folder()}/{name}.svg", encoding="utf-8") as file:
        svg = file.read()
    return svg.replace('stroke-width="2"', 'stroke-width="1.75"')


@cache
def _pixmap(name: str, colour: str, pixels: int, ratio: float, gap: float = 0.0) -> QPixmap:
    made = QPixmap(QSize(pixels + round(gap * pixels), pixels))
    made.fill(Qt.GlobalColor.transparent)
    svg = _source(name).replace("currentColor", colour)
    renderer = QSvgRenderer(svg.encode())
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
