"""The triangle of cohorts: each line a month's new customers, each cell the share that came again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from desktop.core.translation import ntr, tr
from desktop.exchange.writers.chart_data import ChartData, Figures, Series
from desktop.views.kit import theme
from desktop.views.kit.chart_base import SMALL, ChartWidget, known
from desktop.views.kit.theme import Tokens

_CELL = 25.0
_GAP = 2.0
MOST_ROWS, MOST_COLUMNS = 24, 13
"""Cells that can still be read; the newest rows are drawn, all are in the data."""


class HeatTriangle(ChartWidget):
    """Shares from 0 to 1 in cells; the darker, the more. Cells not known are left out."""

    def __init__(self, name: str, *, empty_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, empty_text=empty_text, parent=parent)
        self._rows: Sequence[str] = ()
        self._columns: Sequence[str] = ()
        self._values: Sequence[Sequence[float | None]] = ()
        self._sizes: Sequence[int] = ()
        self._data = ChartData(name, "heat", Figures("", "text", ()), ())
        self._corner = QPointF()
        self._step = QPointF(1, 1)

    def set_data(
        self,
        rows: Sequence[str],
        columns: Sequence[str],
        values: Sequence[Sequence[float | None]],
        sizes: Sequence[int] = (),
        *,
        days: Sequence[int] = (),
    ) -> None:
        """Show `values[row][column]`; `sizes` says how many customers each row began with.

        `days` are the rows as ordinal days. Only the last rows and the first columns are drawn.
        """
        first = tr("First bought")
        steps = Figures(first, "date", days) if len(days) else Figures(first, "text", rows)
        cells = [Series(title, [_cell(line, at) for line in values]) for at, title in enumerate(columns)]
        beside = (Figures(tr("Customers"), "number", sizes),) if len(sizes) else ()
        self._data = ChartData(self.name, "heat", steps, cells, "percent", words=rows, before=beside)
        self._rows, self._columns = rows[-MOST_ROWS:], columns[:MOST_COLUMNS]
        self._values, self._sizes = values[-MOST_ROWS:], sizes[-MOST_ROWS:]
        self.pointed = None
        self.describe()
        self.setMinimumHeight(int(len(self._rows) * 20 + 26))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(460, int(len(self._rows) * _CELL + 24))

    def is_empty(self) -> bool:
        return not self._rows or not self._columns

    def point_count(self) -> int:
        return len(self._rows) * len(self._columns)

    def chart_data(self) -> ChartData:
        return self._data

    def _value(self, row: int, column: int) -> float | None:
        value = _cell(self._values[row], column)
        return value if known(value) else None

    def index_at(self, at: QPointF) -> int | None:
        place = at - self._corner
        row, column = int(place.y() // self._step.y()), int(place.x() // self._step.x())
        inside = 0 <= row < len(self._rows) and 0 <= column < len(self._columns)
        return row * len(self._columns) + column if inside else None

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        metrics = painter.fontMetrics()
        head = metrics.height() + 4
        left = max(metrics.horizontalAdvance(words) for words in self._rows) + 12
        wide = min(44.0, (area.width() - left) / len(self._columns))
        high = min(_CELL, (area.height() - head) / len(self._rows))
        self._corner, self._step = QPointF(area.left() + left, area.top() + head), QPointF(wide, high)
        painter.setPen(QColor(tokens.muted))
        every = 1 + int(max(metrics.horizontalAdvance(words) for words in self._columns) // max(1.0, wide))
        for column in range(0, len(self._columns), every):
            box = QRectF(self._corner.x() + column * wide - 20, area.top(), wide + 40, head - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._columns[column])
        for row, words in enumerate(self._rows):
            top = self._corner.y() + row * high
            painter.setPen(QColor(tokens.muted))
            painter.drawText(
                QRectF(area.left(), top, left, high - _GAP), Qt.AlignmentFlag.AlignVCenter, words
            )
            for column in range(len(self._columns)):
                value = self._value(row, column)
                if value is not None:
                    box = QRectF(self._corner.x() + column * wide, top, wide - _GAP, high - _GAP)
                    self._draw_cell(painter, box, value, tokens)
        self._draw_pointed(painter, area, tokens)

    @staticmethod
    def _draw_cell(painter: QPainter, box: QRectF, value: float, tokens: Tokens) -> None:
        # Small shares are where the eye must tell differences, so the scale is steeper there.
        strength = 0.08 + 0.92 * min(1.0, max(0.0, value)) ** 0.8
        colour = blend(tokens.surface, tokens.accent, strength)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, 3, 3)
        if box.width() >= 22 and box.height() >= 14:
            painter.setFont(theme.font(SMALL))
            painter.setPen(readable_on(colour, tokens))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{100 * value:.0f}")

    def told(self, index: int) -> Sequence[str]:
        row, column = divmod(index, len(self._columns))
        value = self._value(row, column)
        if value is None:
            return ()
        lines = [f"{self._rows[row]} · {self._columns[column]}", f"{100 * value:.1f} %"]
        if row < len(self._sizes):
            lines.append(ntr("of {n} customer", "of {n} customers", self._sizes[row]))
        return lines

    def _draw_pointed(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        if self.pointed is None or self.pointed >= self.point_count():
            return
        row, column = divmod(self.pointed, len(self._columns))
        if lines := self.told(self.pointed):
            x = self._corner.x() + (column + 0.5) * self._step.x()
            y = self._corner.y() + (row + 0.5) * self._step.y()
            self.draw_note(painter, area, QPointF(x, y), lines, tokens)


def _cell(line: Sequence[float | None], column: int) -> float | None:
    return line[column] if column < len(line) else None


def blend(ground: str, ink: str, strength: float) -> QColor:
    """A colour between two, 0 the ground and 1 the ink."""
    a, b = QColor(ground), QColor(ink)
    mixed = (
        x + (y - x) * strength
        for x, y in ((a.redF(), b.redF()), (a.greenF(), b.greenF()), (a.blueF(), b.blueF()))
    )
    return QColor.fromRgbF(*mixed)


def readable_on(ground: QColor, tokens: Tokens) -> QColor:
    """Of the two text colours the one that reads better on a ground."""
    candidates = (QColor(tokens.text), QColor(tokens.on_accent))
    return max(candidates, key=lambda ink: contrast(ink, ground))


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as accessibility counts it, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
