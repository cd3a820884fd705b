"""Figures side by side with how sure each is: one a line, a dot with its interval on a common scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.translation import tr
from desktop.exchange.writers.chart_data import ChartData, Figures, Series
from desktop.exchange.writers.columns import Kind
from desktop.views.kit import theme
from desktop.views.kit.chart_base import SMALL, ChartWidget, snap
from desktop.views.kit.theme import Tokens

_ROW, _FOOT = 32.0, 20.0
_NAMES, _LEAST_NAMES = 0.3, 90.0
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)


@dataclass(frozen=True)
class IntervalRow:
    """One figure: its key, name, value (None: nothing known), interval and n; `note` says how it moved.

    `good` colours the note: True for clearly better, False for clearly worse.
    """

    key: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    note: str = ""
    good: bool | None = None


class IntervalList(ChartWidget):
    """Dots with whiskers, one a line; a dashed line is the whole's. A click or Enter on one tells its key."""

    chosen = Signal(str)

    def __init__(self, name: str, *, empty_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, empty_text=empty_text, parent=parent)
        self._rows: Sequence[IntervalRow] = ()
        self._format: Callable[[float], str] = str
        self._whole: float | None = None
        self._span, self._step = (0.0, 1.0), 0.5
        self._data = ChartData(name, "parts", Figures("", "text", ()), ())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(
        self,
        rows: Sequence[IntervalRow],
        write: Callable[[float], str],
        *,
        titles: tuple[str, str],
        kind: Kind = "number",
        whole: float | None = None,
        bounds: tuple[float, float] | None = None,
        more: Sequence[Figures] = (),
    ) -> None:
        """Show these; `titles` name the groups and the figure, `whole` is that of all together.

        `bounds` are the least and the most there can be; `more` stands in the table only.
        """
        self._rows, self._format, self._whole = rows, write, whole
        group, figure = titles
        line = Series(
            figure, [row.value for row in rows], [row.low for row in rows], [row.high for row in rows],
            [row.n for row in rows],
        )  # fmt: skip
        self._data = ChartData(
            self.name, "parts", Figures(group, "text", [row.name for row in rows]), (line,), kind, more=more
        )
        self._scale(bounds)
        self.pointed = None
        self.describe()
        self.setMinimumHeight(self._height())
        self.updateGeometry()
        self.update()

    def _scale(self, bounds: tuple[float, float] | None) -> None:
        ends = [end for row in self._rows for end in (row.value, row.low, row.high) if end is not None]
        ends += [] if self._whole is None else [self._whole]
        low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
        if bounds is not None:
            low, high = max(low, bounds[0]), min(high, bounds[1])
        room = max(high - low, 1e-6)
        self._step = next((step for step in _STEPS if room / step <= 4), 10 ** math.ceil(math.log10(room)))
        self._span = (
            math.floor(low / self._step + 1e-9) * self._step,
            math.ceil(high / self._step - 1e-9) * self._step,
        )
        if self._span[1] <= self._span[0]:
            self._span = (self._span[0] - self._step, self._span[1] + self._step)

    def rows(self) -> Sequence[IntervalRow]:
        """The figures shown."""
        return self._rows

    def _height(self) -> int:
        return max(110, int(_ROW * len(self._rows) + _FOOT) + 4)

    def sizeHint(self) -> QSize:
        return QSize(420, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self._height())

    def point_count(self) -> int:
        return len(self._rows)

    def chart_data(self) -> ChartData:
        return self._data

    def told(self, index: int) -> Sequence[str]:
        row = self._rows[index]
        if row.value is None:
            return row.name, tr("Nothing to count here.")
        said = self._format(row.value)
        if row.low is not None and row.high is not None:
            said += f"  ({self._format(row.low)}–{self._format(row.high)})"
        return row.name, said, tr("n = {n}", n=f"{row.n:,}"), *([row.note] if row.note else [])

    # -- reading by mouse and key

    def index_at(self, at: QPointF) -> int | None:
        row = int(at.y() // _ROW)
        return row if 0 <= row < len(self._rows) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hand = self.pointed is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row = self.index_at(event.position())
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._rows[row].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the figures, Enter chooses one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pointed is not None:
            self.chosen.emit(self._rows[self.pointed].key)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._rows:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            at = -1 if self.pointed is None else self.pointed
            self._point(min(max(at + step, 0), len(self._rows) - 1))
        else:
            super().keyPressEvent(event)

    # -- painting

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        metrics = QFontMetricsF(theme.font(SMALL))

        def widest(texts: Sequence[str]) -> float:
            return max((metrics.horizontalAdvance(text) for text in texts), default=0.0)

        counts = widest([f"{row.n:,}" for row in self._rows])
        notes = widest([row.note for row in self._rows])
        values = metrics.horizontalAdvance(self._format(self._span[0])) + 8
        names = max(_LEAST_NAMES, area.width() * _NAMES)
        left = area.left() + names + counts + 20
        plot = QRectF(
            left, area.top(), max(40.0, area.right() - values - notes - 22 - left), _ROW * len(self._rows)
        )
        self._draw_scale(painter, plot, tokens)
        for number, row in enumerate(self._rows):
            line = QRectF(area.left(), area.top() + number * _ROW, area.width(), _ROW)
            if number == self.pointed:
                painter.fillRect(line.adjusted(0, 1, 0, -1), QColor(tokens.hover))
            self._draw_words(painter, line, row, (names, counts, notes), tokens)
            self._draw_dot(painter, plot, line.center().y(), row, tokens)
        if self.pointed is not None:
            row = self._rows[self.pointed]
            near = QPointF(self._x(plot, row.value), area.top() + (self.pointed + 0.5) * _ROW)
            self.draw_note(painter, area, near, self.told(self.pointed), tokens)

    def _x(self, plot: QRectF, value: float | None) -> float:
        low, high = self._span
        share = 0.5 if value is None else (min(max(value, low), high) - low) / (high - low)
        return plot.left() + share * plot.width()

    def _draw_scale(self, painter: QPainter, plot: QRectF, tokens: Tokens) -> None:
        painter.setFont(theme.font(SMALL))
        low, high = self._span
        for number in range(round((high - low) / self._step) + 1):
            value = low + number * self._step
            x = snap(self._x(plot, value))
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            painter.setPen(QColor(tokens.muted))
            box = QRectF(x - 40, plot.bottom() + 2, 80, _FOOT - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._format(value))
        if self._whole is not None:
            painter.setPen(QPen(QColor(tokens.blue), 1.4, Qt.PenStyle.DashLine))
            x = self._x(plot, self._whole)
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _draw_words(
        self,
        painter: QPainter,
        line: QRectF,
        row: IntervalRow,
        widths: tuple[float, float, float],
        tokens: Tokens,
    ) -> None:
        names, counts, notes = widths
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        painter.setFont(theme.font())
        painter.setPen(QColor(tokens.text))
        shown = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(names - 10))
        painter.drawText(QRectF(line.left() + 4, line.top(), names - 6, _ROW), middle, shown)
        painter.setFont(theme.font(SMALL))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(
            QRectF(line.left() + names, line.top(), counts + 4, _ROW), middle | right, f"{row.n:,}"
        )
        colour = {True: tokens.accent, False: tokens.red_text, None: tokens.muted}[row.good]
        painter.setPen(QColor(colour))
        painter.drawText(
            QRectF(line.right() - notes - 4, line.top(), notes + 2, _ROW), middle | right, row.note
        )
        painter.setPen(QColor(tokens.text))
        value = "" if row.value is None else self._format(row.value)
        painter.drawText(
            QRectF(line.left(), line.top(), line.width() - notes - 12, _ROW), middle | right, value
        )

    def _draw_dot(self, painter: QPainter, plot: QRectF, y: float, row: IntervalRow, tokens: Tokens) -> None:
        if row.value is None:
            return
        # A figure of few is told in grey: it may be anything.
        few = row.low is None or row.n < 30
        colour = QColor(tokens.muted if few else tokens.accent)
        if row.low is not None and row.high is not None:
            painter.setPen(QPen(colour, 2))
            painter.drawLine(QPointF(self._x(plot, row.low), y), QPointF(self._x(plot, row.high), y))
        painter.setPen(QPen(QColor(tokens.surface), 1))
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(self._x(plot, row.value), y), 4.5, 4.5)
