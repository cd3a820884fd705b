"""Upright bars over named steps, for a distribution."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from desktop.analytics.ticks import nice_ticks
from desktop.core.translation import tr
from desktop.exchange.writers.chart_data import ChartData, Figures, Series
from desktop.exchange.writers.columns import Kind
from desktop.views.kit import theme
from desktop.views.kit.chart_base import SMALL, Format
from desktop.views.kit.chart_texts import plain, shown
from desktop.views.kit.plot import PlotChart
from desktop.views.kit.theme import Tokens

_WIDEST = 44.0
_LOWEST = 2.0
"""Pixels of a bar that is hardly anything, but not nothing."""


class _Bars(pg.BarGraphItem):
    """The library's bars with corners rounded like everything else on the sheet."""

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        across, up = (2.5 * pixel for pixel in self.pixelSize())
        width = self.opts["width"]
        for x, height, brush in zip(self.opts["x"], self.opts["height"], self.opts["brushes"], strict=True):
            if height > 0:
                painter.setBrush(brush)
                painter.drawRoundedRect(QRectF(x - width / 2, 0.0, width, height), across, up)


class BarChart(PlotChart):
    """Upright bars over named steps; `marked` is the one to look at."""

    def __init__(self, name: str, *, empty_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, empty_text=empty_text, parent=parent)
        self._labels: Sequence[str] = ()
        self._values: Sequence[float] = ()
        self._data = ChartData(name, "bars", Figures("", "text", ()), ())
        self._format: Format = plain
        self._marked: int | None = None
        self._with_scale = True
        self._bars: _Bars | None = None

    def set_data(
        self,
        labels: Sequence[str],
        values: Sequence[float],
        *,
        kind: Kind = "number",
        long_labels: Sequence[str] = (),
        marked: int | None = None,
        scale: bool = True,
        titles: tuple[str, str] | None = None,
        more: Sequence[Figures] = (),
    ) -> None:
        """Show one bar a label; without `scale` there are only the bars and their ground line.

        `kind` says what the values are; `long_labels` name the bars in notes and tables, `titles` the groups
        and their values; `more` stands in the table only.
        """
        self._labels, self._values = labels, values
        groups, number = titles or (tr("Group"), tr("Number"))
        self._data = ChartData(
            self.name, "bars", Figures(groups, "text", long_labels or labels), (Series(number, values),),
            kind, more=more, marked=marked,
        )  # fmt: skip
        self._format = partial(shown, kind)
        self._marked, self._with_scale = marked, scale
        self.step_axis.show_words(labels, 8)
        self.data_changed()

    def is_empty(self) -> bool:
        return not any(self._values)

    def point_count(self) -> int:
        return len(self._labels)

    def chart_data(self) -> ChartData:
        return self._data

    def index_at(self, at: QPointF) -> int | None:
        if self.is_empty() or not self.plot_rect().contains(at):
            return None
        return min(max(round(self.x_at(at)), 0), len(self._values) - 1)

    def note_place(self, index: int) -> QPointF:
        return QPointF(self.pixel_of(index, 0.0).x(), self.plot_rect().center().y())

    # -- drawing

    def fill(self, tokens: Tokens) -> None:
        count = len(self._values)
        self._bars = _Bars(x=range(count), height=[0.0] * count, width=0.5, brushes=self._brushes(tokens))
        self.add(self._bars)

    def forget(self) -> None:
        self._bars = None

    def _brushes(self, tokens: Tokens) -> list[QBrush]:
        strong, soft = QColor(tokens.accent), QColor(tokens.accent)
        soft.setAlphaF(0.55)
        looked_at = (
            {self._marked, self.pointed} if self._marked is not None else set(range(len(self._values)))
        )
        return [QBrush(strong if step in looked_at else soft) for step in range(len(self._values))]

    def show_pointed(self) -> None:
        if self._bars is not None:
            self._bars.setOpts(brushes=self._brushes(self.tokens))

    def arrange(self, area: QRectF) -> None:
        metrics = QFontMetricsF(theme.font(SMALL))
        ticks = nice_ticks(0, max(self._values), 3)
        left = (
            max(metrics.horizontalAdvance(self._format(t)) for t in ticks) + 10 if self._with_scale else 0.0
        )
        foot = metrics.height() + 8 if any(self._labels) else 2.0
        plot = area.adjusted(left, 8, -1, -foot)
        shown = ticks if self._with_scale else [ticks[0], ticks[0]]
        self.place(area, plot, ticks, self._format if self._with_scale else None)
        if not self._with_scale:
            self.value_axis.show_ticks(shown[:1], None)
        self.box.setXRange(-0.5, len(self._values) - 0.5, padding=0)
        if self._bars is not None:
            room = plot.width() / len(self._values)
            lowest = _LOWEST * ticks[-1] / max(1.0, plot.height())
            heights = [max(float(value), lowest) if value > 0 else 0.0 for value in self._values]
            self._bars.setOpts(height=heights, width=min(0.72, _WIDEST / max(room, 1e-6)))
