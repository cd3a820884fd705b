"""The two axes of a plot: values with their hairlines, and steps that have words, such as months."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from desktop.views.kit import theme
from desktop.views.kit.chart_base import SMALL, Format
from desktop.views.kit.theme import Tokens


class _Axis(pg.AxisItem):
    """An axis without a line of its own, whose words may stand over its ends."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.setStyle(
            tickFont=theme.font(SMALL),
            tickLength=0,
            tickAlpha=255,
            tickTextOffset=8,
            autoExpandTextSpace=False,
            autoReduceTextSpace=False,
        )
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def dress(self, tokens: Tokens) -> None:
        """Take on the colours of a look."""
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self.setTickPen(QPen(QColor(tokens.line), 1))
        self.setTextPen(QPen(QColor(tokens.muted)))

    def boundingRect(self) -> QRectF:
        return super().boundingRect().adjusted(-40, -20, 40, 20)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        # Without the recording that the library keeps: it does not survive the way to paper unharmed.
        specs = self.generateDrawSpecs(painter)
        if specs:
            line, ticks, words = specs
            self.drawPicture(painter, line, ticks if self.grid else [], words)


class ValueAxis(_Axis):
    """The scale at the left, and its hairlines across the plot."""

    def __init__(self) -> None:
        super().__init__("left")
        self.setGrid(255)

    def show_ticks(self, ticks: Sequence[float], form: Format | None) -> None:
        """Draw a hairline at each tick, with its value beside it if there is a form for it."""
        self.setTicks([[(tick, form(tick) if form else "") for tick in ticks]])


class StepAxis(_Axis):
    """The words of the steps: as many as have room, counted from the last or from the first."""

    def __init__(self, *, from_last: bool) -> None:
        super().__init__("bottom")
        self.setStyle(tickTextOffset=6)
        self.setTickPen(QPen(Qt.PenStyle.NoPen))
        self._from_last = from_last
        self._words: Sequence[str] = ()
        self._room = 1.0

    def dress(self, tokens: Tokens) -> None:
        super().dress(tokens)
        self.setTickPen(QPen(Qt.PenStyle.NoPen))

    def show_words(self, words: Sequence[str], gap: float) -> None:
        """Show these words, step by step, at least `gap` pixels apart."""
        metrics = QFontMetricsF(theme.font(SMALL))
        # Of a hundred thousand words only the longest need measuring.
        longest = sorted(set(words), key=len)[-12:]
        self._words = words
        self._room = max((metrics.horizontalAdvance(one) for one in longest), default=0.0) + gap
        self.setTicks(None)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, Sequence[float]]]:
        """The steps in view that have room for their words."""
        last = len(self._words) - 1
        width = size / max(maxVal - minVal, 1e-9)
        every = max(1, math.ceil(self._room / width - 1e-6))
        low, high = max(0, math.ceil(minVal - 1e-6)), min(last, math.floor(maxVal + 1e-6))
        start = low + (last - low) % every if self._from_last else low + -low % every
        return [(float(every), [float(step) for step in range(start, high + 1, every)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """The words of these steps."""
        return [self._words[round(value)] for value in values]
