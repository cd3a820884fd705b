"""Lines over time: several series, soft bands for their intervals, names at the lines' ends."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.core.translation import ntr, tr
from desktop.views.kit import theme
from desktop.views.kit.chart_base import (
    SMALL,
    ChartWidget,
    DataTable,
    Format,
    known,
    nice_ticks,
    plain,
    snap,
)
from desktop.views.kit.theme import Tokens

MOST_MARKERS = 40
_MARKER = 3.2


@dataclass(frozen=True)
class Series:
    """One line: its values by step (None or NaN: not known), its interval and how many each rests on."""

    name: str
    values: Sequence[float | None]
    low: Sequence[float | None] = field(default=())
    high: Sequence[float | None] = field(default=())
    counts: Sequence[int] = field(default=())
    dashed: bool = False
    colour: int | None = None
    """Which of the look's series colours; its own place among the lines if not said."""

    def at(self, step: int) -> float | None:
        """The value at a step, None when it is not known."""
        value = self.values[step] if step < len(self.values) else None
        return value if known(value) else None

    def interval(self, step: int) -> tuple[float, float] | None:
        """The interval at a step, None when it is not known."""
        if step >= min(len(self.low), len(self.high)):
            return None
        low, high = self.low[step], self.high[step]
        if low is None or high is None or not known(low) or not known(high):
            return None
        return low, high


class LineChart(ChartWidget):
    """Lines over steps that have words, such as months."""

    def __init__(self, name: str, *, empty_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, empty_text=empty_text, parent=parent)
        self._labels: Sequence[str] = ()
        self._long_labels: Sequence[str] = ()
        self._series: Sequence[Series] = ()
        self._format: Format = plain
        self._bounds: tuple[float | None, float | None] = (None, None)
        self._plot = QRectF()

    def set_data(
        self,
        labels: Sequence[str],
        series: Sequence[Series],
        *,
        form: Format = plain,
        long_labels: Sequence[str] = (),
        least: float | None = None,
        most: float | None = None,
    ) -> None:
        """Show these series over the steps named by `labels` (`long_labels` in notes and tables).

        `form` writes a value; `least` and `most` are values the scale must reach, as 0 or 1.
        """
        self._labels, self._series, self._format = labels, series, form
        self._long_labels = long_labels or labels
        self._bounds = (least, most)
        self.pointed = None
        self.update()

    def is_empty(self) -> bool:
        return not any(known(value) for one in self._series for value in one.values)

    def point_count(self) -> int:
        return len(self._labels)

    def data_table(self) -> DataTable:
        titles = [tr("Period")]
        for one in self._series:
            titles.append(one.name)
            if one.low:
                titles += [tr("{name}: from", name=one.name), tr("{name}: to", name=one.name)]
            if one.counts:
                titles.append(tr("{name}: number", name=one.name))
        rows = []
        for step, words in enumerate(self._long_labels):
            row = [words]
            for one in self._series:
                value, interval = one.at(step), one.interval(step)
                row.append("" if value is None else self._format(value))
                if one.low:
                    row += [self._format(edge) for edge in interval] if interval else ["", ""]
                if one.counts:
                    row.append(f"{one.counts[step]:,}")
            rows.append(row)
        return titles, rows

    def index_at(self, at: QPointF) -> int | None:
        count = len(self._labels)
        if not count or not self._plot.adjusted(-12, -8, 12, 24).contains(at):
            return None
        if count == 1:
            return 0
        step = round((at.x() - self._plot.left()) / self._plot.width() * (count - 1))
        return min(max(step, 0), count - 1)

    # -- painting

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        ticks = self._ticks(4 if area.height() > 150 else 2)
        metrics = painter.fontMetrics()
        left = max(metrics.horizontalAdvance(self._format(tick)) for tick in ticks) + 10
        ends = [self._end_words(one) for one in self._series]
        words_width = max((metrics.horizontalAdvance(words) for words in ends), default=0) + 14
        right = max(min(words_width, area.width() * 0.3), metrics.horizontalAdvance(self._labels[-1]) / 2 + 2)
        self._plot = plot = area.adjusted(left, metrics.height() / 2 + 2, -right, -metrics.height() - 10)
        self._draw_grid(painter, area, plot, ticks, tokens)
        for number, one in enumerate(self._series):
            self._draw_band(painter, plot, ticks, one, self._colour(number, tokens))
        for number, one in enumerate(self._series):
            self._draw_line(painter, plot, ticks, one, number, tokens)
        self._draw_ends(painter, area, plot, ticks, ends, tokens)
        if self.pointed is not None and self.pointed < len(self._labels):
            self._draw_pointed(painter, area, plot, ticks, self.pointed, tokens)

    def _ticks(self, wanted: int) -> list[float]:
        values = [v for one in self._series for v in one.values if v is not None and known(v)]
        for one in self._series:
            for step in range(len(self._labels)):
                values += one.interval(step) or ()
        least, most = self._bounds
        low = min(values) if least is None else min(least, *values)
        high = max(values) if most is None else max(most, *values)
        return nice_ticks(low, high, wanted)

    def _x(self, plot: QRectF, step: int) -> float:
        count = len(self._labels)
        return plot.center().x() if count < 2 else plot.left() + plot.width() * step / (count - 1)

    @staticmethod
    def _y(plot: QRectF, ticks: list[float], value: float) -> float:
        return plot.bottom() - plot.height() * (value - ticks[0]) / (ticks[-1] - ticks[0])

    def _draw_grid(
        self, painter: QPainter, area: QRectF, plot: QRectF, ticks: list[float], tokens: Tokens
    ) -> None:
        metrics = painter.fontMetrics()
        for tick in ticks:
            y = snap(self._y(plot, ticks, tick))
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(tokens.muted))
            words = QRectF(area.left(), y - 10, plot.left() - area.left() - 8, 20)
            painter.drawText(
                words, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._format(tick)
            )
        widest = max(metrics.horizontalAdvance(words) for words in self._labels) + 12
        room = plot.width() / max(1, len(self._labels) - 1)
        every = max(1, -(-int(widest) // max(1, int(room))))
        last = len(self._labels) - 1
        for step in range(last, -1, -every):
            box = QRectF(self._x(plot, step) - widest / 2, plot.bottom() + 6, widest, metrics.height() + 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._labels[step])

    def _draw_band(
        self, painter: QPainter, plot: QRectF, ticks: list[float], one: Series, colour: QColor
    ) -> None:
        colour.setAlphaF(0.14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        upper: list[QPointF] = []
        lower: list[QPointF] = []
        for step in range(len(self._labels) + 1):
            interval = one.interval(step) if step < len(self._labels) else None
            if interval:
                x = self._x(plot, step)
                lower.append(QPointF(x, self._y(plot, ticks, interval[0])))
                upper.append(QPointF(x, self._y(plot, ticks, interval[1])))
            elif upper:
                painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
                upper, lower = [], []

    def _draw_line(
        self, painter: QPainter, plot: QRectF, ticks: list[float], one: Series, number: int, tokens: Tokens
    ) -> None:
        colour = self._colour(number, tokens)
        pen = QPen(colour, 2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if one.dashed:
            pen.setDashPattern([2.5, 2])
        path = QPainterPath()
        points: list[QPointF] = []
        joined = False
        for step in range(len(self._labels)):
            value = one.at(step)
            if value is None:
                joined = False
                continue
            point = QPointF(self._x(plot, step), self._y(plot, ticks, value))
            if joined:
                path.lineTo(point)
            else:
                path.moveTo(point)
            joined = True
            points.append(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(path)
        if not one.dashed and len(points) <= MOST_MARKERS:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            for point in points:
                draw_marker(painter, point, number)

    def _colour(self, number: int, tokens: Tokens) -> QColor:
        chosen, colours = self._series[number].colour, tokens.series()
        return QColor(colours[(number if chosen is None else chosen) % len(colours)])

    def _end_words(self, one: Series) -> str:
        values = [value for step in range(len(self._labels)) if (value := one.at(step)) is not None]
        if not values:
            return ""
        return self._format(values[-1]) if len(self._series) == 1 else one.name

    def _draw_ends(
        self,
        painter: QPainter,
        area: QRectF,
        plot: QRectF,
        ticks: list[float],
        ends: Sequence[str],
        tokens: Tokens,
    ) -> None:
        """Names beside the last points, pushed apart where lines end together."""
        painter.setFont(theme.font(SMALL, bold=len(ends) == 1))
        height = painter.fontMetrics().height()
        places: list[list[float]] = []
        for number, (one, words) in enumerate(zip(self._series, ends, strict=True)):
            steps = [step for step in range(len(self._labels)) if one.at(step) is not None]
            value = one.at(steps[-1]) if steps else None
            if words and value is not None:
                places.append([self._y(plot, ticks, value), number])
        places.sort()
        for before, after in itertools.pairwise(places):
            after[0] = max(after[0], before[0] + height)
        over = max(0.0, places[-1][0] + height / 2 - area.bottom()) if places else 0.0
        left, room = plot.right() + 9, area.right() - plot.right() - 9
        for height_at, series in places:
            painter.setPen(self._colour(int(series), tokens))
            box = QRectF(left, height_at - height / 2 - over, room, height)
            words = painter.fontMetrics().elidedText(
                ends[int(series)], Qt.TextElideMode.ElideRight, int(box.width()) + 1
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_pointed(
        self, painter: QPainter, area: QRectF, plot: QRectF, ticks: list[float], step: int, tokens: Tokens
    ) -> None:
        x = snap(self._x(plot, step))
        painter.setPen(QPen(QColor(tokens.outline), 1))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        lines = [self._long_labels[step]]
        for number, one in enumerate(self._series):
            value, interval = one.at(step), one.interval(step)
            if value is None:
                continue
            painter.setPen(QPen(QColor(tokens.surface), 1.5))
            painter.setBrush(self._colour(number, tokens))
            painter.drawEllipse(QPointF(self._x(plot, step), self._y(plot, ticks, value)), 5, 5)
            words = f"{one.name}  {self._format(value)}" if one.name else self._format(value)
            if interval:
                words += f"  ({self._format(interval[0])}–{self._format(interval[1])})"
            if step < len(one.counts):
                words += "  " + ntr("n = {n}", "n = {n}", one.counts[step])
            lines.append(words)
        self.draw_note(painter, area, QPointF(x, plot.center().y()), lines, tokens)


def draw_marker(painter: QPainter, at: QPointF, number: int) -> None:
    """The mark of a series: its shape tells it apart without its colour."""
    r = _MARKER
    if number % 4 == 0:
        painter.drawEllipse(at, r, r)
    elif number % 4 == 1:
        painter.drawRect(QRectF(at.x() - r + 0.3, at.y() - r + 0.3, 2 * r - 0.6, 2 * r - 0.6))
    elif number % 4 == 2:
        top, side = QPointF(at.x(), at.y() - r - 0.8), r + 0.6
        painter.drawPolygon(
            QPolygonF([top, QPointF(at.x() + side, at.y() + r), QPointF(at.x() - side, at.y() + r)])
        )
    else:
        r += 0.8
        corners = ((0, -r), (r, 0), (0, r), (-r, 0))
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))
