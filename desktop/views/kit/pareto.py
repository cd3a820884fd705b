"""What weighs most: bars from the commonest on, and the share of all that they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.figures import fine_percent, percent, short_money
from desktop.core.money import DEFAULT_CURRENCY
from desktop.core.translation import tr
from desktop.exchange.writers.chart_data import ChartData, Figures, Series
from desktop.views.kit import theme
from desktop.views.kit.chart_base import SMALL, ChartWidget, snap
from desktop.views.kit.heat_colours import blend
from desktop.views.kit.theme import Tokens

_ROW, _HEAD = 30.0, 24.0
_BAR, _MARK = 13.0, 6.0
_VITAL = 0.8
"""The few that make up so much of all stand out."""


@dataclass(frozen=True)
class ParetoBar:
    """One group: its key ("" cannot be chosen), name, count, and the interval of its share."""

    key: str
    name: str
    count: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class ParetoTitles:
    """What the groups, their counts, their shares and the shares added up are called."""

    group: str
    count: str
    share: str
    running: str


class ParetoChart(ChartWidget):
    """Bars across, the commonest on top, and a line of what they add up to; a click or Enter tells a key."""

    chosen = Signal(str)

    def __init__(self, name: str, *, empty_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, empty_text=empty_text, parent=parent)
        self._bars: Sequence[ParetoBar] = ()
        self._running: Sequence[float] = ()
        self._total = 0
        self._money = ""
        self._titles = ParetoTitles(tr("Group"), tr("Number"), tr("Share"), tr("Added up"))
        self._data = ChartData(name, "pareto", Figures("", "text", ()), ())
        self._plot = QRectF()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bars(
        self,
        bars: Sequence[ParetoBar],
        titles: ParetoTitles | None = None,
        *,
        money: str = "",
    ) -> None:
        """Show these groups, which together are all and come with the commonest first.

        With a currency the counts are amounts in its minor units.
        """
        self._money = money
        self._bars = bars
        self._titles = titles = titles or self._titles
        self._total = total = sum(bar.count for bar in bars)
        self._running = [so_far / total if total else 0.0 for so_far in accumulate(b.count for b in bars)]
        shares = [bar.count / total if total else None for bar in bars]
        more = [Figures(titles.share, "percent", shares)]
        if any(bar.low is not None for bar in bars):
            more.append(Figures(tr("{name}: from", name=titles.share), "percent", [bar.low for bar in bars]))
            more.append(Figures(tr("{name}: to", name=titles.share), "percent", [bar.high for bar in bars]))
        self._data = ChartData(
            self.name, "pareto", Figures(titles.group, "text", [bar.name for bar in bars]),
            (Series(titles.count, [bar.count for bar in bars]),), "money" if money else "number",
            running=Figures(titles.running, "percent", self._running), more=more,
            currency=money or DEFAULT_CURRENCY,
        )  # fmt: skip
        self.pointed = None
        self.describe()
        self.setMinimumHeight(self._height())
        self.updateGeometry()
        self.update()

    def bars(self) -> Sequence[ParetoBar]:
        """The groups shown."""
        return self._bars

    def _height(self) -> int:
        return max(110, int(_HEAD + _ROW * len(self._bars)) + 4)

    def sizeHint(self) -> QSize:
        return QSize(420, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self._height())

    def is_empty(self) -> bool:
        return not self._total

    def point_count(self) -> int:
        return len(self._bars)

    def chart_data(self) -> ChartData:
        return self._data

    def told(self, index: int) -> Sequence[str]:
        bar, titles = self._bars[index], self._titles
        share = fine_percent(bar.count / self._total) if self._total else ""
        if bar.low is not None and bar.high is not None:
            share += f"  ({fine_percent(bar.low)}–{fine_percent(bar.high)})"
        return (
            bar.name,
            f"{titles.count}  {self._said(bar.count)}",
            f"{titles.share}  {share}" + ("" if self._money else "  " + tr("n = {n}", n=f"{self._total:,}")),
            f"{titles.running}  {fine_percent(self._running[index])}",
        )

    # -- reading by mouse and key

    def index_at(self, at: QPointF) -> int | None:
        row = int((at.y() - _HEAD) // _ROW)
        return row if 0 <= row < len(self._bars) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hand = self.pointed is not None and bool(self._bars[self.pointed].key)
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.index_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the groups, Enter chooses one."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.pointed is not None:
            self._choose(self.pointed)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._bars:
            step = 1 if key == Qt.Key.Key_Down else -1
            at = self.pointed if self.pointed is not None else (-1 if step > 0 else len(self._bars))
            self._point(min(max(at + step, 0), len(self._bars) - 1))
        else:
            super().keyPressEvent(event)

    def _said(self, count: int) -> str:
        return short_money(count, self._money) if self._money else f"{count:,}"

    def _choose(self, row: int | None) -> None:
        if row is not None and self._bars[row].key:
            self.chosen.emit(self._bars[row].key)

    # -- drawing

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        metrics = QFontMetricsF(theme.font(theme.SMALL))
        names = min(max(metrics.horizontalAdvance(bar.name) for bar in self._bars) + 12, area.width() * 0.36)
        counts = max(metrics.horizontalAdvance(self._said(bar.count)) for bar in self._bars) + 16
        left = area.left() + names + counts
        # The last mark's words stand beside it.
        right = area.right() - QFontMetricsF(theme.font(SMALL)).horizontalAdvance(percent(1.0)) - 12
        self._plot = QRectF(left, area.top() + _HEAD, max(40.0, right - left), _ROW * len(self._bars))
        self._draw_scale(painter, area, tokens)
        for row in range(len(self._bars)):
            self._draw_row(painter, area, row, names, counts, tokens)
        self._draw_line(painter, tokens)
        if self.pointed is not None and self.pointed < len(self._bars):
            at = QPointF(self._plot.left() + self._plot.width() * 0.3, self._middle(self.pointed))
            self.draw_note(painter, area, at, self.told(self.pointed), tokens)

    def _middle(self, row: int) -> float:
        return self._plot.top() + (row + 0.5) * _ROW

    def _draw_scale(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        plot = self._plot
        painter.setFont(theme.font(SMALL))
        for share in (0.0, 0.5, _VITAL, 1.0):
            x = snap(plot.left() + share * plot.width())
            pen = QPen(QColor(tokens.outline if share == _VITAL else tokens.line), 1)
            if share == _VITAL:
                pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, plot.top() - 3), QPointF(x, plot.bottom()))
            painter.setPen(QColor(tokens.muted))
            box = QRectF(x - 30, area.top(), 60, _HEAD - 5)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, percent(share))

    def _draw_row(
        self, painter: QPainter, area: QRectF, row: int, names: float, counts: float, tokens: Tokens
    ) -> None:
        bar, plot = self._bars[row], self._plot
        top, middle = plot.top() + row * _ROW, self._middle(row)
        if row == self.pointed:
            painter.fillRect(QRectF(area.left(), top, area.width(), _ROW), QColor(tokens.hover))
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QColor(tokens.text if bar.key else tokens.muted))
        words = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideRight, int(names) - 8)
        painter.drawText(QRectF(area.left() + 4, top, names, _ROW), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(QColor(tokens.muted))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(area.left() + names, top, counts - 10, _ROW), right, self._said(bar.count))
        vital = (self._running[row - 1] if row else 0.0) < _VITAL
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent) if vital else blend(tokens.surface, tokens.accent, 0.45))
        length = max(2.0, plot.width() * bar.count / self._total) if bar.count else 0.0
        painter.drawRoundedRect(QRectF(plot.left(), middle - _BAR / 2, length, _BAR), 3, 3)

    def _draw_line(self, painter: QPainter, tokens: Tokens) -> None:
        plot = self._plot
        points = [
            QPointF(plot.left() + share * plot.width(), self._middle(row))
            for row, share in enumerate(self._running)
        ]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.blue), 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setFont(theme.font(SMALL))
        for point, share in zip(points, self._running, strict=True):
            painter.setPen(QPen(QColor(tokens.surface), 1))
            painter.setBrush(QColor(tokens.blue))
            painter.drawRect(QRectF(point.x() - _MARK / 2, point.y() - _MARK / 2, _MARK, _MARK))
            painter.setPen(QColor(tokens.blue_text))
            # Above the line, which goes on down to the right.
            box = QRectF(point.x() + 6, point.y() - 17, 60, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, percent(share))
