"""Bars: upright ones for a distribution, and a list of lying ones for the parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.chart_base import ChartWidget, DataTable, Format, nice_ticks, plain, snap
from desktop.views.kit.theme import Tokens

_ROW = 37


class BarChart(ChartWidget):
    """Upright bars over named steps; `marked` is the one to look at."""

    def __init__(self, name: str, *, empty_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, empty_text=empty_text, parent=parent)
        self._labels: Sequence[str] = ()
        self._long_labels: Sequence[str] = ()
        self._values: Sequence[float] = ()
        self._format: Format = plain
        self._marked: int | None = None
        self._with_scale = True
        self._plot = QRectF()

    def set_data(
        self,
        labels: Sequence[str],
        values: Sequence[float],
        *,
        form: Format = plain,
        long_labels: Sequence[str] = (),
        marked: int | None = None,
        scale: bool = True,
    ) -> None:
        """Show one bar a label; without `scale` there are only the bars and their ground line."""
        self._labels, self._values, self._format = labels, values, form
        self._long_labels = long_labels or labels
        self._marked, self._with_scale = marked, scale
        self.pointed = None
        self.update()

    def is_empty(self) -> bool:
        return not any(self._values)

    def point_count(self) -> int:
        return len(self._labels)

    def data_table(self) -> DataTable:
        rows = zip(self._long_labels, self._values, strict=False)
        return (tr("Group"), tr("Number")), [[words, self._format(value)] for words, value in rows]

    def index_at(self, at: QPointF) -> int | None:
        if not self._values or not self._plot.contains(at):
            return None
        step = int((at.x() - self._plot.left()) / self._plot.width() * len(self._values))
        return min(max(step, 0), len(self._values) - 1)

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        metrics = painter.fontMetrics()
        ticks = nice_ticks(0, max(self._values), 3)
        left = max(metrics.horizontalAdvance(self._format(t)) for t in ticks) + 10 if self._with_scale else 0
        foot = metrics.height() + 8 if any(self._labels) else 2
        self._plot = plot = area.adjusted(left, 8, -1, -foot)
        for tick in ticks if self._with_scale else ticks[:1]:
            y = snap(plot.bottom() - plot.height() * tick / ticks[-1])
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            if self._with_scale:
                painter.setPen(QColor(tokens.muted))
                box = QRectF(area.left(), y - 10, left - 8, 20)
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(box, int(side), self._format(tick))
        room = plot.width() / len(self._values)
        width = min(room * 0.72, 44.0)
        for step, value in enumerate(self._values):
            height = plot.height() * value / ticks[-1]
            bar = QRectF(plot.left() + room * (step + 0.5) - width / 2, plot.bottom() - height, width, height)
            colour = QColor(tokens.accent)
            colour.setAlphaF(1.0 if self._marked in (None, step) or step == self.pointed else 0.55)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            if height > 0:
                painter.drawRoundedRect(bar.adjusted(0, min(0.0, height - 2), 0, 0), 2.5, 2.5)
        self._draw_labels(painter, plot, room, tokens)
        if self.pointed is not None and self.pointed < len(self._values):
            at = QPointF(plot.left() + room * (self.pointed + 0.5), plot.center().y())
            lines = [self._long_labels[self.pointed], self._format(self._values[self.pointed])]
            self.draw_note(painter, area, at, lines, tokens)

    def _draw_labels(self, painter: QPainter, plot: QRectF, room: float, tokens: Tokens) -> None:
        metrics = painter.fontMetrics()
        widest = max(metrics.horizontalAdvance(words) for words in self._labels) + 8
        every = max(1, -(-widest // max(1, int(room))))
        painter.setPen(QColor(tokens.muted))
        for step in range(0, len(self._labels), every):
            middle = plot.left() + room * (step + 0.5)
            box = QRectF(middle - widest / 2, plot.bottom() + 4, widest, metrics.height() + 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._labels[step])


@dataclass(frozen=True)
class Part:
    """One part of a whole: its name, how many, and its share (0–1) as the bar's length."""

    key: str
    name: str
    number: str
    share: float
    share_text: str


class HBarList(ChartWidget):
    """Parts of a whole, one a line, with their bar; a click or Enter on one tells its key."""

    chosen = Signal(str)

    def __init__(
        self, name: str, *, clickable: bool = False, empty_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, empty_text=empty_text, parent=parent)
        self._parts: Sequence[Part] = ()
        self._titles = (tr("Group"), tr("Number"), tr("Share"))
        self._clickable = clickable
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: Sequence[Part], titles: tuple[str, str, str] | None = None) -> None:
        """Show these parts; `titles` name the columns when the data is shown."""
        self._parts = parts
        self._titles = titles or self._titles
        self.pointed = None
        self.setMinimumHeight(max(110, _ROW * len(parts)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, max(110, _ROW * len(self._parts)))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, max(110, _ROW * len(self._parts)))

    def point_count(self) -> int:
        return len(self._parts)

    def data_table(self) -> DataTable:
        return self._titles, [[part.name, part.number, part.share_text] for part in self._parts]

    def index_at(self, at: QPointF) -> int | None:
        row = int(at.y() // _ROW)
        return row if 0 <= row < len(self._parts) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hand = self._clickable and self.pointed is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row = self.index_at(event.position())
        if self._clickable and row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._parts[row].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the parts, Enter chooses one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pointed is not None:
            if self._clickable:
                self.chosen.emit(self._parts[self.pointed].key)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._parts:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            at = -1 if self.pointed is None else self.pointed
            self._point(min(max(at + step, 0), len(self._parts) - 1))
        else:
            super().keyPressEvent(event)

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        name_width = area.width() * 0.27
        number_width = area.width() * 0.13
        share_width = area.width() * 0.13
        bar_left = area.left() + name_width + number_width + 22
        bar_width = max(20.0, area.right() - share_width - bar_left)
        longest = max((part.share for part in self._parts), default=0) or 1
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font())
        for number, part in enumerate(self._parts):
            top = area.top() + number * _ROW
            if self._clickable and number == self.pointed:
                painter.fillRect(QRectF(area.left(), top, area.width(), _ROW - 1), QColor(tokens.hover))
            painter.setPen(QColor(tokens.text))
            name = painter.fontMetrics().elidedText(
                part.name, Qt.TextElideMode.ElideRight, int(name_width) - 6
            )
            painter.drawText(
                QRectF(area.left() + 4, top, name_width, _ROW), Qt.AlignmentFlag.AlignVCenter, name
            )
            painter.drawText(
                QRectF(area.right() - share_width, top, share_width - 4, _ROW), right, part.share_text
            )
            painter.setPen(QColor(tokens.muted))
            painter.drawText(QRectF(area.left() + name_width, top, number_width, _ROW), right, part.number)
            painter.setPen(Qt.PenStyle.NoPen)
            track = QRectF(bar_left, top + _ROW / 2 - 5, bar_width, 9)
            painter.setBrush(QColor(tokens.grey_soft))
            painter.drawRoundedRect(track, 4.5, 4.5)
            length = max(9.0, bar_width * 0.94 * part.share / longest) if part.share > 0 else 0
            painter.setBrush(QColor(tokens.accent))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), length, track.height()), 4.5, 4.5)
            painter.setPen(QPen(QColor(tokens.line), 1))
            y = snap(top + _ROW - 1)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
