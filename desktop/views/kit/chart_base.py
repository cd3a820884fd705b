"""What every chart shares: painting on screen and on paper, the menu, reading values by mouse and keyboard.

Curves and bars over an axis are pyqtgraph's (see plot.py); lists and triangles paint themselves. This module
knows neither, so that what only lists needs not load numpy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from desktop.core.translation import tr
from desktop.exchange.writers.chart_data import ChartData
from desktop.views.kit import theme
from desktop.views.kit.chart_texts import DataTable, summary, table, told
from desktop.views.kit.theme import Tokens

Format = Callable[[float], str]

SMALL = 12


def known(value: float | None) -> bool:
    """Whether there is a value: neither None nor NaN."""
    return value is not None and not math.isnan(value)


class ChartWidget(QWidget):
    """Base of the charts: a chart paints itself in `draw` and says its figures in `chart_data`."""

    def __init__(self, name: str, *, empty_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._empty_text = empty_text or tr("Nothing to show yet")
        self.pointed: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 110)
        self.setAccessibleName(name)

    # -- what a chart says

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        """Paint the chart into the area."""
        raise NotImplementedError

    def chart_data(self) -> ChartData:
        """The figures shown: what is read out, shown as a table and taken away is made from them."""
        raise NotImplementedError

    def data_table(self) -> DataTable:
        """The figures shown, as texts."""
        return table(self.chart_data())

    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.point_count()

    def point_count(self) -> int:
        """How many things can be pointed at."""
        return 0

    def index_at(self, at: QPointF) -> int | None:
        """The thing below the mouse."""
        return None

    def told(self, index: int) -> Sequence[str]:
        """What is to be known about one thing, line by line; its name first."""
        return told(self.chart_data(), index)

    # -- painting

    def sizeHint(self) -> QSize:
        return QSize(420, 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_here(painter)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.current().accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def paint_here(self, painter: QPainter) -> None:
        """Paint what this widget shows on the screen by itself."""
        self.paint_on(painter, QRectF(self.rect()), theme.current())

    def paint_on(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        """Paint the chart, or the words that stand for one, on the screen or anything else."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(SMALL))
        if self.is_empty():
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(QColor(tokens.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, int(flags), self._empty_text)
        else:
            self.draw(painter, area, tokens)

    # -- the menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.is_empty():
            return
        menu = self.chart_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def chart_menu(self) -> QMenu:
        """Everything that can be taken away from a chart; also for a button of one's own."""
        from desktop.views.kit.chart_menu import fill_menu

        menu = QMenu(self)
        fill_menu(menu, self)
        return menu

    # -- pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.index_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right read the values one by one."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self.point_count():
            super().keyPressEvent(event)
            return
        at = self.pointed if self.pointed is not None else (-1 if step > 0 else self.point_count())
        self._point(min(max(at + step, 0), self.point_count() - 1))

    def _point(self, index: int | None) -> None:
        if index != self.pointed:
            self.pointed = index
            self.describe()
            self.update()

    def describe(self) -> None:
        """Let who listens instead of looking hear the same: of what is pointed at, or of all."""
        if self.pointed is not None:
            said = "; ".join(self.told(self.pointed))
        else:
            said = self._empty_text if self.is_empty() else summary(self.chart_data())
        self.setAccessibleDescription(said)

    def draw_note(
        self, painter: QPainter, area: QRectF, near: QPointF, lines: Sequence[str], tokens: Tokens
    ) -> None:
        """A small box beside a point with what is to be known about it; the first line stands out."""
        strong, soft = theme.font(SMALL, bold=True), theme.font(SMALL)
        painter.setFont(strong)
        metrics = painter.fontMetrics()
        width = max(metrics.horizontalAdvance(line) for line in lines) + 20
        height = len(lines) * (metrics.height() + 1) + 12
        left = near.x() + 12 if near.x() + 12 + width < area.right() else near.x() - 12 - width
        top = min(max(near.y() - height / 2, area.top()), max(area.top(), area.bottom() - height))
        box = QRectF(max(area.left(), left), top, width, height)
        painter.setPen(QPen(QColor(tokens.outline), 1))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(box, 6, 6)
        y = box.top() + 6
        for number, line in enumerate(lines):
            painter.setFont(soft if number else strong)
            painter.setPen(QColor(tokens.muted if number else tokens.text))
            row = QRectF(box.left() + 10, y, box.width() - 14, metrics.height() + 1)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, line)
            y += metrics.height() + 1


def snap(value: float) -> float:
    """A coordinate on which a hairline is sharp."""
    return math.floor(value) + 0.5
