"""Lines over time: several series, soft bands for their intervals, names at the lines' ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPen
from PySide6.QtWidgets import QWidget

from desktop.analytics.ticks import nice_ticks
from desktop.core.days import as_date
from desktop.core.figures import short_money
from desktop.core.money import DEFAULT_CURRENCY
from desktop.core.translation import tr
from desktop.exchange.writers.chart_data import ChartData, Figures, Series
from desktop.exchange.writers.columns import Kind
from desktop.views.kit import theme
from desktop.views.kit.chart_base import SMALL, Format, known, snap
from desktop.views.kit.chart_texts import plain, shown
from desktop.views.kit.plot_stroke import DENSE, Stroke
from desktop.views.kit.plot_zoom import ZoomChart
from desktop.views.kit.series import Arrays
from desktop.views.kit.theme import Tokens

MOST_MARKERS = 40
"""Closer together, marks are no longer told apart."""

_MARKS = (("o", 6.4), ("s", 5.8), ("t1", 7.6), ("d", 8.0))
"""The mark of each series and its size: its shape tells it apart without its colour."""

_BAND, _LINE, _MARK, _POINTER, _DOT = 1, 2, 3, 4, 5
"""What lies over what."""


def _short(currency: str, value: float) -> str:
    return short_money(round(value), currency)


def _pixels(colour: str, width: float) -> QPen:
    """A pen as wide on the screen as it says, whatever a step of the chart is there."""
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    return pen


class LineChart(ZoomChart):
    """Lines over steps that have words, such as months."""

    def __init__(self, name: str, *, empty_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, empty_text=empty_text, from_last=True, parent=parent)
        self._labels: Sequence[str] = ()
        self._series: Sequence[Series] = ()
        self._data = ChartData(name, "line", Figures("", "text", ()), ())
        self._format: Format = plain
        self._span = (0.0, 1.0)
        self._whole = False
        self._arrays: list[Arrays] = []
        self._curves: list[pg.PlotDataItem] = []
        self._end_items: list[pg.TextItem] = []
        self._pointer: pg.InfiniteLine | None = None
        self._dots: pg.ScatterPlotItem | None = None

    def set_data(
        self,
        labels: Sequence[str],
        series: Sequence[Series],
        *,
        kind: Kind = "number",
        days: Sequence[int] = (),
        least: float | None = None,
        most: float | None = None,
        whole: bool = False,
        more: Sequence[Figures] = (),
        currency: str = DEFAULT_CURRENCY,
    ) -> None:
        """Show these series over the steps named by `labels`.

        `kind` says what the values are; `days` are the steps as ordinal days, which notes and tables say in
        full; `least` and `most` are values the scale must reach, as 0 or 1; `whole`: it has whole
        figures only; `more` stands in the table only.
        """
        self._labels, self._series = labels, series
        monthly = all(as_date(day).day == 1 for day in days)
        title = tr("Month") if monthly else tr("Day")
        steps = Figures(title, "date", days) if len(days) else Figures(tr("Period"), "text", labels)
        words = () if len(days) else labels
        self._data = ChartData(
            self.name, "line", steps, series, kind, words=words, more=more, currency=currency
        )
        # Amounts are short on the axis, and in full where one points at them.
        money = kind == "money"
        self._format = partial(_short, currency) if money else partial(shown, kind)
        self._whole = whole
        self._arrays = [Arrays.of(one, len(labels)) for one in series]
        if not self.is_empty():
            every = np.concatenate([part for one in self._arrays for part in (one.values, one.low, one.high)])
            low, high = float(np.nanmin(every)), float(np.nanmax(every))
            self._span = (
                low if least is None else min(least, low),
                high if most is None else max(most, high),
            )
            self.step_axis.show_words(labels, 12)
        self.data_changed()

    def is_empty(self) -> bool:
        return not any(known(value) for one in self._series for value in one.values)

    def point_count(self) -> int:
        return len(self._labels)

    def chart_data(self) -> ChartData:
        return self._data

    def index_at(self, at: QPointF) -> int | None:
        count = len(self._labels)
        if not count or self.is_empty() or not self.plot_rect().adjusted(-12, -8, 12, 24).contains(at):
            return None
        low, high = self.seen()
        step = round(min(max(self.x_at(at), low), high))
        return min(max(step, 0), count - 1)

    # -- drawing

    def fill(self, tokens: Tokens) -> None:
        for number, (one, arrays) in enumerate(zip(self._series, self._arrays, strict=True)):
            colour = self._colour(number, tokens)
            if one.low and one.high:
                self._add_band(arrays, colour)
            self._add_line(arrays.values, colour, one.dashed)
            if not one.dashed and np.isfinite(arrays.values).sum() <= MOST_MARKERS:
                self._add_marks(arrays.values, colour, number)
        self._add_ends(tokens)
        self._pointer = pg.InfiniteLine(angle=90, movable=False, pen=_pixels(tokens.outline, 1))
        self._pointer.setZValue(_POINTER)
        self.add(self._pointer)
        self._dots = pg.ScatterPlotItem(useCache=False)
        self._dots.setZValue(_DOT)
        self.add(self._dots)

    def forget(self) -> None:
        self._curves.clear()
        self._end_items.clear()
        self._pointer = self._dots = None

    def _curve(self, values: NDArray[np.float64], method: str) -> pg.PlotDataItem:
        """A curve of no more points than the pixels can show, however many values there are; not drawn."""
        # Edges of a band are drawn softer than a line: one point for four pixels.
        factor = 1.0 if method == "peak" else 0.25
        curve = pg.PlotDataItem(pen=QPen(Qt.PenStyle.NoPen), connect="finite", autoDownsampleFactor=factor)
        # In the plot before it has values: it is the plot's width that says how many to draw.
        self.add(curve)
        curve.setDownsampling(auto=True, method=method)
        curve.setClipToView(True)
        curve.setData(np.arange(len(values), dtype=np.float64), values)
        self._curves.append(curve)
        return curve

    def _add_band(self, arrays: Arrays, colour: QColor) -> None:
        method = "mean" if len(self._labels) >= DENSE else "peak"
        low, high = self._curve(arrays.low, method), self._curve(arrays.high, method)
        soft = QColor(colour)
        soft.setAlphaF(0.14)
        band = pg.FillBetweenItem(low.curve, high.curve, brush=QBrush(soft))
        band.setZValue(_BAND)
        self.add(band)

    def _add_line(self, values: NDArray[np.float64], colour: QColor, dashed: bool) -> None:
        pen = QPen(colour, 2 if len(values) < DENSE else 1)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dashed:
            pen.setDashPattern([2.5, 2])
        line = Stroke(self._curve(values, "peak").curve, pen)
        line.setZValue(_LINE)
        self.add(line)

    def _add_marks(self, values: NDArray[np.float64], colour: QColor, number: int) -> None:
        symbol, size = _MARKS[number % len(_MARKS)]
        steps = np.flatnonzero(np.isfinite(values))
        # Drawn as shapes each time, not as small pictures: they stay sharp on paper.
        marks = pg.ScatterPlotItem(
            steps, values[steps], symbol=symbol, size=size, pen=None, brush=colour, useCache=False
        )
        marks.setZValue(_MARK)
        self.add(marks)

    def _add_ends(self, tokens: Tokens) -> None:
        for number in range(len(self._series)):
            item = pg.TextItem(anchor=(0, 0.5), color=self._colour(number, tokens))
            item.setFont(theme.font(SMALL, bold=len(self._series) == 1))
            self.add(item, in_plot=False)
            self._end_items.append(item)

    def _colour(self, number: int, tokens: Tokens) -> QColor:
        chosen, colours = self._series[number].colour, tokens.series()
        return QColor(colours[(number if chosen is None else chosen) % len(colours)])

    def _end_words(self, number: int, value: float) -> str:
        return self._series[number].name if len(self._series) > 1 else self._format(value)

    # -- placing

    def arrange(self, area: QRectF) -> None:
        metrics = QFontMetricsF(theme.font(SMALL))
        bold = QFontMetricsF(theme.font(SMALL, bold=len(self._series) == 1))
        ticks = nice_ticks(*self._span, 4 if area.height() > 150 else 2, whole=self._whole)
        left = max(metrics.horizontalAdvance(self._format(tick)) for tick in ticks) + 10
        ends = self._ends()
        words_width = max((bold.horizontalAdvance(words) for _, _, _, words in ends), default=0.0) + 14
        right = max(min(words_width, area.width() * 0.3), metrics.horizontalAdvance(self._labels[-1]) / 2 + 2)
        plot = area.adjusted(left, metrics.height() / 2 + 2, -right, -metrics.height() - 10)
        self.place(area, plot, ticks, self._format)
        self.box.setXRange(*self.seen(), padding=0)
        for curve in self._curves:
            if len(self._labels) > plot.width():
                # The library thins out anew when the range changes, but not when the plot grows.
                curve.viewRangeChanged()
        self._place_ends(area, plot, bold, ends)

    def _ends(self) -> list[tuple[int, int, float, str]]:
        """Of each series that is seen its number, its last step seen, the value there, and what to write."""
        found = ((number, arrays.last(*self.seen())) for number, arrays in enumerate(self._arrays))
        return [(number, *last, self._end_words(number, last[1])) for number, last in found if last]

    def _place_ends(
        self, area: QRectF, plot: QRectF, metrics: QFontMetricsF, ends: list[tuple[int, int, float, str]]
    ) -> None:
        """Names beside the last points, pushed apart where lines end together."""
        height, room = metrics.height(), area.right() - plot.right() - 9
        for item in self._end_items:
            item.setVisible(False)
        places = sorted(
            (self.pixel_of(step, value).y(), number, words) for number, step, value, words in ends
        )
        heights = [y for y, _, _ in places]
        for after in range(1, len(heights)):
            heights[after] = max(heights[after], heights[after - 1] + height)
        # Below the plot the steps are named.
        lowest = plot.bottom()
        for place in range(len(heights) - 1, -1, -1):
            heights[place] = min(heights[place], lowest)
            lowest = heights[place] - height
        for y, (_, number, words) in zip(heights, places, strict=True):
            if number < len(self._end_items):
                item = self._end_items[number]
                item.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room + 1))
                # The library's text has a margin of four pixels.
                item.setPos(plot.right() + 5, y)
                item.setVisible(True)

    # -- pointing

    def note_place(self, index: int) -> QPointF:
        return QPointF(self.pixel_of(index, 0.0).x(), self.plot_rect().center().y())

    def show_pointed(self) -> None:
        if self._pointer is None or self._dots is None:
            return
        step = self.pointed
        self._pointer.setVisible(step is not None)
        if step is None:
            self._dots.clear()
            return
        # On the middle of a pixel a hairline is sharp.
        self._pointer.setValue(self.x_at(QPointF(snap(self.pixel_of(step, 0.0).x()), 0.0)))
        spots = [
            {"pos": (step, value), "brush": self._colour(number, self.tokens)}
            for number, one in enumerate(self._series)
            if (value := one.at(step)) is not None
        ]
        self._dots.setData(spots=spots, size=10, pen=_pixels(self.tokens.surface, 1.5))
