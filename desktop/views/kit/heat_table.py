"""How often two things meet: a table of counts, the darker a cell the more, each line with its sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.figures import percent
from desktop.core.translation import ntr, tr
from desktop.exchange.writers.chart_data import ChartData, Figures, Series
from desktop.views.kit import theme
from desktop.views.kit.chart_base import SMALL, ChartWidget
from desktop.views.kit.heat_colours import blend, readable_on
from desktop.views.kit.theme import Tokens

_ROW, _GAP = 28.0, 2.0
_WIDEST = 132.0
_WRAP = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
_KEYS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class HeatTable(ChartWidget):
    """Counts in cells; arrows go from cell to cell, a click or Enter tells row and column.

    The column behind the last is the sum of the row.
    """

    chosen = Signal(int, int)

    def __init__(self, name: str, *, empty_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, empty_text=empty_text, parent=parent)
        self._rows: Sequence[str] = ()
        self._columns: Sequence[str] = ()
        self._values: Sequence[Sequence[int]] = ()
        self._totals: Sequence[int] = ()
        self._marked: Mapping[tuple[int, int], str] = {}
        self._data = ChartData(name, "heat", Figures("", "text", ()), ())
        self._corner, self._wide = QPointF(), 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_data(
        self,
        group: str,
        rows: Sequence[str],
        columns: Sequence[str],
        values: Sequence[Sequence[int]],
        *,
        marked: Mapping[tuple[int, int], str] | None = None,
    ) -> None:
        """Show `values[row][column]`; `group` is what the rows are.

        `marked` are cells that stand out, each with what is to be said about it.
        """
        self._marked = marked or {}
        self._rows, self._columns, self._values = rows, columns, values
        self._totals = [sum(line) for line in values]
        lines = [Series(title, [line[at] for line in values]) for at, title in enumerate(columns)]
        self._data = ChartData(
            self.name, "heat", Figures(group, "text", rows), lines, "number",
            more=(Figures(tr("All"), "number", self._totals),),
        )  # fmt: skip
        self.pointed = None
        self.describe()
        self.setMinimumHeight(self._height())
        self.updateGeometry()
        self.update()

    def _head(self) -> float:
        return 2 * QFontMetricsF(theme.font(SMALL)).height() + 6

    def _height(self) -> int:
        return max(110, int(self._head() + _ROW * len(self._rows)) + 4)

    def sizeHint(self) -> QSize:
        return QSize(520, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self._height())

    def is_empty(self) -> bool:
        return not any(self._totals)

    def point_count(self) -> int:
        return len(self._rows) * (len(self._columns) + 1)

    def chart_data(self) -> ChartData:
        return self._data

    def place_of(self, index: int) -> tuple[int, int]:
        """The row and the column of a cell."""
        return divmod(index, len(self._columns) + 1)

    def told(self, index: int) -> Sequence[str]:
        row, column = self.place_of(index)
        total = self._totals[row]
        if column == len(self._columns):
            return self._rows[row], ntr("{n} in all", "{n} in all", total)
        count = self._values[row][column]
        share = percent(count / total if total else None)
        said = ntr(
            "{count} of {n}: {share}", "{count} of {n}: {share}", total, count=f"{count:,}", share=share
        )
        more = self._marked.get((row, column))
        return (f"{self._rows[row]} · {self._columns[column]}", said, *([more] if more else []))

    # -- reading by mouse and key

    def index_at(self, at: QPointF) -> int | None:
        place = at - self._corner
        row, column = int(place.y() // _ROW), int(place.x() // self._wide)
        inside = 0 <= row < len(self._rows) and 0 <= column <= len(self._columns)
        return row * (len(self._columns) + 1) + column if inside and not self.is_empty() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hand = self.pointed is not None and self._count(self.pointed) > 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.index_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell, Enter chooses one."""
        step = _KEYS.get(Qt.Key(event.key()))
        if step is not None and not self.is_empty():
            row, column = self.place_of(self.pointed) if self.pointed is not None else (0, 0)
            if self.pointed is not None:
                row = min(max(row + step[0], 0), len(self._rows) - 1)
                column = min(max(column + step[1], 0), len(self._columns))
            self._point(row * (len(self._columns) + 1) + column)
        elif event.key() in _ENTER and self.pointed is not None:
            self._choose(self.pointed)
        else:
            super().keyPressEvent(event)

    def _count(self, index: int) -> int:
        row, column = self.place_of(index)
        return self._totals[row] if column == len(self._columns) else self._values[row][column]

    def _choose(self, index: int | None) -> None:
        if index is not None and self._count(index):
            self.chosen.emit(*self.place_of(index))

    # -- drawing

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        metrics = QFontMetricsF(theme.font(theme.SMALL))
        left = min(max(metrics.horizontalAdvance(words) for words in self._rows) + 14, area.width() * 0.3)
        self._wide = min(_WIDEST, (area.width() - left) / (len(self._columns) + 1))
        self._corner = QPointF(area.left() + left, area.top() + self._head())
        self._draw_heads(painter, area, tokens)
        most = max(max(line) for line in self._values) or 1
        for row, words in enumerate(self._rows):
            box = QRectF(area.left() + 2, self._corner.y() + row * _ROW, left - 12, _ROW - _GAP)
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(QColor(tokens.text))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
            for column, count in enumerate(self._values[row]):
                box = self._cell(row, column)
                ground = self._draw_cell(painter, box, count, count / most, tokens)
                if (row, column) in self._marked:
                    self._draw_mark(painter, box, readable_on(ground, tokens))
            painter.setFont(theme.font(SMALL, bold=True))
            painter.setPen(QColor(tokens.text))
            total = self._cell(row, len(self._columns))
            painter.drawText(total, Qt.AlignmentFlag.AlignCenter, f"{self._totals[row]:,}")
        self._draw_pointed(painter, area, tokens)

    def _cell(self, row: int, column: int) -> QRectF:
        x, y = self._corner.x() + column * self._wide, self._corner.y() + row * _ROW
        return QRectF(x, y, self._wide - _GAP, _ROW - _GAP)

    def _draw_heads(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        painter.setFont(theme.font(SMALL))
        painter.setPen(QColor(tokens.muted))
        for column, words in enumerate((*self._columns, tr("All"))):
            x = self._corner.x() + column * self._wide
            box = QRectF(x + 1, area.top(), self._wide - 4, self._head() - 5)
            painter.drawText(box, int(_WRAP), words)

    @staticmethod
    def _draw_cell(painter: QPainter, box: QRectF, count: int, share: float, tokens: Tokens) -> QColor:
        # Small counts are where the eye must tell differences, so the scale is steeper there.
        ground = (
            QColor(tokens.grey_soft)
            if not count
            else blend(tokens.surface, tokens.accent, 0.12 + 0.88 * share**0.8)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 3, 3)
        if count:
            painter.setFont(theme.font(SMALL))
            painter.setPen(readable_on(ground, tokens))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{count:,}")
        return ground

    @staticmethod
    def _draw_mark(painter: QPainter, box: QRectF, ink: QColor) -> None:
        """A corner of the cell, as of one that has a note."""
        corner = box.topRight()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(
            QPolygonF([corner + QPointF(-9, 2), corner + QPointF(-2, 2), corner + QPointF(-2, 9)])
        )

    def _draw_pointed(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        if self.pointed is None or self.pointed >= self.point_count():
            return
        box = self._cell(*self.place_of(self.pointed))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.text), 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
        self.draw_note(
            painter, area, QPointF(box.right() - 8, box.center().y()), self.told(self.pointed), tokens
        )
