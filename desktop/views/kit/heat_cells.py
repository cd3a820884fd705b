"""Figures in cells, the darker the more: the triangle of cohorts, the square of recency and frequency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.exchange.writers.chart_data import ChartData, Figures
from desktop.views.kit import theme
from desktop.views.kit.chart_base import SMALL, ChartWidget, snap
from desktop.views.kit.heat_colours import heat, readable_on
from desktop.views.kit.theme import Tokens

_GAP = 2.0
_NARROWEST, _WIDEST = 36.0, 96.0
_FOOT = 8.0
_KEYS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class HeatCell(NamedTuple):
    """A cell: what is written in it (a second line is smaller), how dark (0 to 1), what a note says of it.

    `growing` cells have a dashed edge: they are not over yet. Only those `with_rows` can be chosen.
    """

    text: str
    strength: float
    told: Sequence[str] = ()
    growing: bool = False
    with_rows: bool = True


class HeatCells(ChartWidget):
    """Rows of cells; arrows go from cell to cell, a click or Enter chooses one."""

    chosen = Signal(int, int)
    """Row and column."""

    def __init__(
        self, name: str, *, empty_text: str = "", high: float = 25.0, widest: float = _WIDEST,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name, empty_text=empty_text, parent=parent)
        self._high, self._widest = high, widest
        self._rows: Sequence[str] = ()
        self._columns: Sequence[str] = ()
        self._cells: Sequence[Sequence[HeatCell | None]] = ()
        self._beside: Sequence[str] = ()
        self._head = ""
        self._foot = False
        self._data = ChartData(name, "heat", Figures("", "text", ()), ())
        self._corner, self._wide, self._seen = QPointF(), 1.0, 0
        self._narrowest = _NARROWEST
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_cells(
        self,
        rows: Sequence[str],
        columns: Sequence[str],
        cells: Sequence[Sequence[HeatCell | None]],
        data: ChartData,
        *,
        beside: Sequence[str] = (),
        head: str = "",
        foot: bool = False,
    ) -> None:
        """Show cells[row][column], None where there is nothing.

        `data` is what is taken away, and may hold more than is drawn. `beside` are words behind the names of
        the rows, under the title `head`; with `foot` the last row stands apart, as a sum does. Columns for
        which there is no room are not drawn.
        """
        self._rows, self._columns, self._cells, self._data = rows, columns, cells, data
        self._beside, self._head, self._foot = beside, head, foot
        metrics = QFontMetricsF(theme.font(SMALL))
        texts = {line for cells_ in cells for cell in cells_ if cell for line in cell.text.split("\n")}
        self._narrowest = max([_NARROWEST, *(metrics.horizontalAdvance(text) + 9 for text in texts)])
        self.pointed = None
        self.describe()
        self.setMinimumHeight(self._height())
        self.updateGeometry()
        self.update()

    def _top(self) -> float:
        return QFontMetricsF(theme.font(SMALL)).height() + 6

    def _height(self) -> int:
        return max(110, int(self._top() + self._high * len(self._rows) + (_FOOT if self._foot else 0)) + 2)

    def sizeHint(self) -> QSize:
        return QSize(460, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self._height())

    def is_empty(self) -> bool:
        return not any(cell is not None for line in self._cells for cell in line)

    def point_count(self) -> int:
        return len(self._rows) * len(self._columns)

    def chart_data(self) -> ChartData:
        return self._data

    def place_of(self, index: int) -> tuple[int, int]:
        """The row and the column of a cell."""
        return divmod(index, len(self._columns))

    def cell(self, row: int, column: int) -> HeatCell | None:
        """A cell, None where there is nothing."""
        line = self._cells[row] if 0 <= row < len(self._cells) else ()
        return line[column] if 0 <= column < len(line) else None

    def told(self, index: int) -> Sequence[str]:
        cell = self.cell(*self.place_of(index))
        return cell.told if cell else ()

    # -- reading by mouse and key

    def index_at(self, at: QPointF) -> int | None:
        if self.is_empty():
            return None
        column = int((at.x() - self._corner.x()) // self._wide)
        boxes = (self._box(row, 0) for row in range(len(self._rows)))
        row = next((row for row, box in enumerate(boxes) if box.top() <= at.y() < box.bottom()), -1)
        if row < 0 or not 0 <= column < self._seen or self.cell(row, column) is None:
            return None
        return row * len(self._columns) + column

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        cell = self.cell(*self.place_of(self.pointed)) if self.pointed is not None else None
        hand = cell is not None and cell.with_rows
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.index_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell, Enter chooses one."""
        step = _KEYS.get(Qt.Key(event.key()))
        if step is not None and not self.is_empty():
            self._go(*step)
        elif event.key() in _ENTER and self.pointed is not None:
            self._choose(self.pointed)
        else:
            super().keyPressEvent(event)

    def _go(self, down: int, right: int) -> None:
        """To the next cell in a direction, over those that are not there; without one, stay."""
        if self.pointed is None:
            first = next(
                (row, column)
                for row in range(len(self._rows))
                for column in range(len(self._columns))
                if self.cell(row, column) is not None
            )
            self._point(first[0] * len(self._columns) + first[1])
            return
        row, column = self.place_of(self.pointed)
        most = self._seen or len(self._columns)
        while 0 <= row + down < len(self._rows) and 0 <= column + right < most:
            row, column = row + down, column + right
            if self.cell(row, column) is not None:
                self._point(row * len(self._columns) + column)
                return

    def _choose(self, index: int | None) -> None:
        place = self.place_of(index) if index is not None else (-1, -1)
        cell = self.cell(*place)
        if cell is not None and cell.with_rows:
            self.chosen.emit(*place)

    # -- drawing

    def _box(self, row: int, column: int) -> QRectF:
        down = _FOOT if self._foot and row == len(self._rows) - 1 else 0
        x, y = self._corner.x() + column * self._wide, self._corner.y() + row * self._high + down
        return QRectF(x, y, self._wide - _GAP, self._high - _GAP)

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        metrics = QFontMetricsF(theme.font(SMALL))
        names = max(metrics.horizontalAdvance(words) for words in self._rows) + 14
        names = min(names, area.width() * 0.3)
        numbers = max((metrics.horizontalAdvance(one) for one in (*self._beside, self._head)), default=0.0)
        left = names + (numbers + 14 if self._beside else 0)
        room = max(1.0, area.width() - left)
        self._seen = min(len(self._columns), max(1, int(room // self._narrowest)))
        self._wide = min(self._widest, room / self._seen)
        self._corner = QPointF(area.left() + left, area.top() + self._top())
        self._draw_heads(painter, area, left, tokens)
        for row, words in enumerate(self._rows):
            last = self._foot and row == len(self._rows) - 1
            box = self._box(row, 0)
            if last:
                painter.setPen(QPen(QColor(tokens.line), 1))
                y = snap(box.top() - _FOOT / 2 - _GAP / 2)
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setFont(theme.font(SMALL, bold=last))
            painter.setPen(QColor(tokens.text))
            name = QRectF(area.left() + 2, box.top(), names - 8, box.height())
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(name.width()))
            painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, shown)
            if row < len(self._beside):
                painter.setFont(theme.font(SMALL))
                painter.setPen(QColor(tokens.muted))
                beside = QRectF(area.left() + names, box.top(), numbers, box.height())
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(beside, int(right), self._beside[row])
            for column in range(self._seen):
                cell = self.cell(row, column)
                if cell is not None:
                    _draw_cell(painter, self._box(row, column), cell, tokens)
        self._draw_pointed(painter, area, tokens)

    def _draw_heads(self, painter: QPainter, area: QRectF, left: float, tokens: Tokens) -> None:
        painter.setFont(theme.font(SMALL))
        painter.setPen(QColor(tokens.muted))
        metrics = painter.fontMetrics()
        high = self._top() - 4
        widest = max(metrics.horizontalAdvance(words) for words in self._columns)
        every = 1 + int(widest // max(1.0, self._wide))
        for column in range(0, self._seen, every):
            box = QRectF(
                self._corner.x() + column * self._wide - 20, area.top(), self._wide - _GAP + 40, high
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._columns[column])
        if self._beside and self._head:
            box = QRectF(area.left(), area.top(), left - 14, high)
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._head
            )

    def _draw_pointed(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        if self.pointed is None or self.pointed >= self.point_count():
            return
        box = self._box(*self.place_of(self.pointed))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.text), 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
        if lines := self.told(self.pointed):
            self.draw_note(painter, area, QPointF(box.right() - 8, box.center().y()), lines, tokens)


def _draw_cell(painter: QPainter, box: QRectF, cell: HeatCell, tokens: Tokens) -> None:
    ground = heat(cell.strength, tokens)
    ink = readable_on(ground, tokens)
    painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine) if cell.growing else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(ground)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if cell.growing else box, 3, 3)
    painter.setPen(ink)
    first, *rest = cell.text.split("\n")
    painter.setFont(theme.font(theme.SMALL if rest else SMALL, bold=bool(rest)))
    if not rest:
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, first)
        return
    half = QRectF(box.left(), box.top() + 4, box.width(), box.height() / 2 - 4)
    painter.drawText(half, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), first)
    painter.setFont(theme.font(SMALL))
    below = QRectF(box.left(), box.center().y(), box.width(), box.height() / 2 - 3)
    painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), rest[0])
