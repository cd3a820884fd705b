"""The stroke of a curve: as wide on a sharp screen and on paper as it is on any other screen."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

DENSE = 400
"""From so many steps on a line is a hairline: Qt draws wide ones fifty times slower, and nobody sees them."""


class Stroke(QGraphicsItem):
    """Draws the path of one of the library's curves, which itself is to have no pen.

    The library's own pen counts the device's pixels: half as wide at 200 %, and a matter of luck in an SVG.
    This one counts those of the plot, as everything else on the sheet does.
    """

    def __init__(self, curve: pg.PlotCurveItem, pen: QPen) -> None:
        super().__init__()
        self._curve, self._pen = curve, pen

    def boundingRect(self) -> QRectF:
        return QRectF(self._curve.boundingRect())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        pen = QPen(self._pen)
        # Only the hairline of one device pixel is drawn fast, which matters where something moves.
        pen.setCosmetic(widget is not None and pen.widthF() <= 1)
        to_pixels = self.sceneTransform()
        painter.save()
        painter.setTransform(to_pixels.inverted()[0] * painter.transform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(QTransform(to_pixels).map(self._curve.getPath()), pen)
        painter.restore()
