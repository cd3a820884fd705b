"""A member's card as a picture: the name, the bars that any scanner reads, and the digits below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.core.member_codes import bars
from desktop.views.kit import theme

QUIET = 11
"""Modules of white that a scanner needs before the bars (and 7 after them)."""
_AFTER = 7
_GUARDS = frozenset({*range(3), *range(45, 50), *range(92, 95)})
"""Modules whose bars reach down between the digits."""


def paint_bars(painter: QPainter, box: QRectF, code: str) -> None:
    """An EAN-13 in its box, quiet zones included: black on white, whatever the look, in whole pixels."""
    module = max(1, int(box.width() // (QUIET + 95 + _AFTER)))
    digits = max(10, round(module * 9))
    left = box.left() + (box.width() - module * (QUIET + 95 + _AFTER)) // 2 + module * QUIET
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(box, QColor("white"))
    tall, short = box.height() - digits * 0.45, box.height() - digits * 1.15
    for at, bit in enumerate(bars(code)):
        if bit == "1":
            height = tall if at in _GUARDS else short
            painter.fillRect(QRectF(left + at * module, box.top(), module, height), QColor("black"))
    painter.setPen(QColor("black"))
    painter.setFont(theme.font(digits))
    top, centre = box.top() + short, Qt.AlignmentFlag.AlignCenter
    line = digits * 1.15
    painter.drawText(QRectF(left - module * QUIET, top, module * (QUIET - 1), line), centre, code[0])
    painter.drawText(QRectF(left + module * 3, top, module * 42, line), centre, code[1:7])
    painter.drawText(QRectF(left + module * 50, top, module * 42, line), centre, code[7:])
    painter.restore()


def card_picture(shop: str, name: str, code: str, *, scale: int = 12) -> QImage:
    """A card of 85.6 × 54 mm, `scale` pixels to the millimetre (12: 300 dpi)."""
    width, height = round(85.6 * scale), 54 * scale
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor("white"))
    made.setDotsPerMeterX(scale * 1000)
    made.setDotsPerMeterY(scale * 1000)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor("black"))
    edge = 5 * scale
    for text, top, size, bold in ((shop, 4, 4, False), (name, 10, 6, True)):
        painter.setFont(theme.font(size * scale, bold=bold))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width - 2 * edge)
        painter.drawText(QRectF(edge, top * scale, width - 2 * edge, size * scale * 1.4), shown)
    paint_bars(painter, QRectF(edge, 22 * scale, width - 2 * edge, 27 * scale), code)
    painter.end()
    return made
