"""Draws laid-out pages on anything that can be painted on, with the lines that run above and below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop.core.progress import SILENT, Progress
from desktop.views.kit import theme
from desktop.views.kit.paper import DPI, FOOT, LEFT, MARGIN, POINT, QUIET, RIGHT, Align, Page, font

_HAIRLINE = 0.6 * POINT
_ELIDE = Qt.TextElideMode.ElideRight


class Running(NamedTuple):
    """The lines above and below the text of each page; `number` makes the words of page n of m."""

    head: tuple[str, str]
    foot: str
    number: Callable[[int, int], str]


def draw_page(
    painter: QPainter, page: Page, size: QSizeF, running: Running | None, number: int, count: int
) -> None:
    """Draw a page (the first is 0) in its units: the painter is scaled to them."""
    left, right = MARGIN, size.width() - MARGIN
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    styles = {line.style for placed in page.placed for line in placed.row.lines}
    faces = {style: font(style) for style in styles}
    for placed in page.placed:
        if placed.row.drawing is not None:
            top = placed.y - placed.start + placed.row.before
            placed.row.drawing(painter, QRectF(left, top, right - left, placed.row.picture_height))
        for line in placed.row.lines:
            if placed.start <= line.top and line.bottom <= placed.end + 0.5:
                painter.setFont(faces[line.style])
                painter.setPen(QColor(line.style.colour))
                painter.drawText(QPointF(left + line.x, placed.y - placed.start + line.base), line.text)
        if placed.row.rule and placed.end >= placed.row.height:
            y = placed.y + placed.end - placed.start
            _rule(painter, left, right, y)
    if running is not None:
        _draw_running(painter, size, running, number, count)


def _draw_running(painter: QPainter, size: QSizeF, running: Running, number: int, count: int) -> None:
    painter.setFont(font(QUIET))
    painter.setPen(QColor(QUIET.colour))
    width = size.width() - 2 * MARGIN
    centre = Align.AlignVCenter
    foot = QRectF(MARGIN, size.height() - MARGIN - FOOT + 9 * POINT, width, FOOT)
    painter.drawText(foot, LEFT | centre, running.foot)
    painter.drawText(foot, RIGHT | centre, running.number(number + 1, count))
    if number:
        head = QRectF(MARGIN, MARGIN - 8 * POINT, width, 16 * POINT)
        metrics = QFontMetricsF(painter.font())
        for text, side in zip(running.head, (LEFT, RIGHT), strict=True):
            painter.drawText(head, side | centre, metrics.elidedText(text, _ELIDE, width * 0.48))
        _rule(painter, MARGIN, MARGIN + width, head.bottom())


def _rule(painter: QPainter, left: float, right: float, y: float) -> None:
    """A hairline; a line and no narrow area, which a screen may pass over."""
    painter.setPen(QPen(QColor(theme.LIGHT.line), _HAIRLINE))
    painter.drawLine(QPointF(left, y), QPointF(right, y))


def draw_pages(
    painter: QPainter,
    pages: Sequence[Page],
    size: QSizeF,
    running: Running | None,
    new_page: Callable[[], object],
    *,
    dpi: float,
    chosen: Iterable[int] | None = None,
    progress: Progress = SILENT,
) -> None:
    """Draw pages (all, or the `chosen`) on a device of so many dots an inch. Raises Cancelled."""
    painter.scale(dpi / DPI, dpi / DPI)
    wanted = list(range(len(pages)) if chosen is None else chosen)
    for place, number in enumerate(wanted):
        progress.report(place, len(wanted))
        if place:
            new_page()
        draw_page(painter, pages[number], size, running, number, len(pages))
