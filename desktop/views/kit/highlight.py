"""The matched part of what is shown, calmly marked: accent ink on a soft ground."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout

from desktop.views.kit import theme

if TYPE_CHECKING:
    from desktop.queries.search_spans import Marks

Spans = Sequence[tuple[int, int]]
"""Where each marked part begins, and its length, in characters."""


class Highlighter:
    """What is typed into a search, to be marked in every text that is shown for it."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self._marks: Marks | None = None

    @property
    def marks(self) -> Marks:
        """The marks by kind of text; the table of pinyin is only read when something is to be marked."""
        if self._marks is None:
            from desktop.queries.search_spans import Marks

            self._marks = Marks(self.typed)
        return self._marks

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The parts that matched: characters, the characters of pinyin and initials, digits of a phone."""
        return self.marks.any(text) if text and self.typed.strip() else []


def paint_marked(
    painter: QPainter,
    area: QRectF,
    alignment: Qt.AlignmentFlag,
    text: str,
    spans: Spans,
    *,
    chosen: bool = False,
) -> None:
    """Draws one line with the painter's font and pen, its parts marked; what is too long ends in "…".

    `chosen`: it stands on the soft ground itself, as a chosen row does.
    """
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
    if not spans:
        painter.drawText(area, alignment, shown)
        return
    layout = QTextLayout(shown, painter.font(), painter.device())
    layout.setFormats([*_formats(shown, len(shown) - (shown != text), spans, chosen)])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(area.width() + 1)
    layout.endLayout()
    left = area.left()
    if alignment & Qt.AlignmentFlag.AlignRight:
        left = area.right() - line.naturalTextWidth()
    elif alignment & Qt.AlignmentFlag.AlignHCenter:
        left = area.center().x() - line.naturalTextWidth() / 2
    layout.draw(painter, QPointF(left, area.center().y() - line.height() / 2))


def _formats(shown: str, whole: int, spans: Spans, chosen: bool) -> list[QTextLayout.FormatRange]:
    tokens = theme.current()
    marked = QTextCharFormat()
    marked.setForeground(QColor(tokens.accent))
    marked.setBackground(QColor(tokens.surface if chosen else tokens.accent_soft))
    formats = []
    for start, length in spans:
        if start >= whole:
            continue
        one = QTextLayout.FormatRange()
        # Qt counts in units of UTF-16, where an emoji has two.
        one.start = _units(shown[:start])
        one.length = _units(shown[start : min(start + length, whole)])
        one.format = marked
        formats.append(one)
    return formats


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
