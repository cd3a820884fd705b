"""The parts of a whole: a list, one a line, each with its bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.figures import percent
from desktop.core.money import DEFAULT_CURRENCY
from desktop.core.translation import tr
from desktop.exchange.writers.chart_data import ChartData, Figures, Series
from desktop.views.kit import theme
from desktop.views.kit.chart_base import SMALL, ChartWidget, snap
from desktop.views.kit.theme import Tokens

_ROW = 37
_NAMES = 0.27
"""What of the width the names have."""
_MOST_NAMES = 0.36
"""What of it they have at most when they are long."""


@dataclass(frozen=True)
class Part:
    """One part of a whole: its name, how many, and its share (0–1, None: not known) as the bar's length.

    With the interval of its share (`low`, `high`, of `n`) pointing at it says how sure that is.
    """

    key: str
    name: str
    number: int
    share: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0


class HBarList(ChartWidget):
    """Parts of a whole, one a line, with their bar; a click or Enter on one tells its key."""

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        *,
        clickable: bool = False,
        names: float = _NAMES,
        empty_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`names` is what of the width the names have; where that is most of it, they may take two lines."""
        super().__init__(name, empty_text=empty_text, parent=parent)
        self._names = names
        self._parts: Sequence[Part] = ()
        self._data = ChartData(name, "parts", Figures("", "text", ()), ())
        self._clickable = clickable
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(
        self,
        parts: Sequence[Part],
        titles: tuple[str, str, str] | None = None,
        *,
        more: Sequence[Figures] = (),
        currency: str = DEFAULT_CURRENCY,
    ) -> None:
        """Show these parts; `titles` name the columns of the table, in which alone `more` stands."""
        self._parts = parts
        group, number, share = titles or (tr("Group"), tr("Number"), tr("Share"))
        self._data = ChartData(
            self.name, "parts", Figures(group, "text", [part.name for part in parts]),
            (_shares(share, parts),), "percent",
            before=(Figures(number, "number", [part.number for part in parts]),), more=more,
            currency=currency,
        )  # fmt: skip
        self.pointed = None
        self.describe()
        self.setMinimumHeight(max(110, _ROW * len(parts)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, max(110, _ROW * len(self._parts)))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, max(110, _ROW * len(self._parts)))

    def point_count(self) -> int:
        return len(self._parts)

    def chart_data(self) -> ChartData:
        return self._data

    def told(self, index: int) -> Sequence[str]:
        part = self._parts[index]
        if part.low is None or part.high is None:
            return part.name, f"{part.number:,}", percent(part.share)
        sure = f"{percent(part.share)}  ({100 * part.low:.0f}–{100 * part.high:.0f}\N{NO-BREAK SPACE}%)"
        return part.name, f"{part.number:,}", sure, tr("n = {n}", n=f"{part.n:,}")

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

    def name_width(self, width: float) -> float:
        """How much of a width the names take: as much as usual, and what long ones need within reason."""
        metrics = QFontMetricsF(theme.font())
        longest = max((metrics.horizontalAdvance(part.name) for part in self._parts), default=0.0) + 10
        return max(width * self._names, min(longest, width * _MOST_NAMES))

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        metrics = QFontMetricsF(theme.font())
        name_width = self.name_width(area.width())
        widest = max(metrics.horizontalAdvance(f"{part.number:,}") for part in self._parts)
        number_width = max(area.width() * min(0.13, (1 - self._names) / 4), widest + 4)
        share_width = area.width() * 0.13
        bar_left = area.left() + name_width + number_width + 22
        bar_width = max(20.0, area.right() - share_width - bar_left)
        longest = max((part.share or 0 for part in self._parts), default=0) or 1
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font())
        for number, part in enumerate(self._parts):
            top = area.top() + number * _ROW
            if self._clickable and number == self.pointed:
                painter.fillRect(QRectF(area.left(), top, area.width(), _ROW - 1), QColor(tokens.hover))
            painter.setPen(QColor(tokens.text))
            self._draw_name(painter, QRectF(area.left() + 4, top, name_width - 6, _ROW), part.name)
            painter.drawText(
                QRectF(area.right() - share_width, top, share_width - 4, _ROW), right, percent(part.share)
            )
            painter.setPen(QColor(tokens.muted))
            painter.drawText(
                QRectF(area.left() + name_width, top, number_width, _ROW), right, f"{part.number:,}"
            )
            painter.setPen(Qt.PenStyle.NoPen)
            track = QRectF(bar_left, top + _ROW / 2 - 5, bar_width, 9)
            painter.setBrush(QColor(tokens.grey_soft))
            painter.drawRoundedRect(track, 4.5, 4.5)
            length = max(9.0, bar_width * 0.94 * part.share / longest) if part.share and part.share > 0 else 0
            painter.setBrush(QColor(tokens.accent))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), length, track.height()), 4.5, 4.5)
            painter.setPen(QPen(QColor(tokens.line), 1))
            y = snap(top + _ROW - 1)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        if self.pointed is not None and self._parts[self.pointed].low is not None:
            near = QPointF(bar_left + bar_width / 2, area.top() + (self.pointed + 0.5) * _ROW)
            self.draw_note(painter, area, near, self.told(self.pointed), tokens)

    def _draw_name(self, painter: QPainter, box: QRectF, name: str) -> None:
        """A name on its line; a long one on two, where names have most of the room."""
        metrics = painter.fontMetrics()
        width = int(box.width())
        if self._names <= 0.4 or metrics.horizontalAdvance(name) <= width:
            painter.drawText(
                box,
                Qt.AlignmentFlag.AlignVCenter,
                metrics.elidedText(name, Qt.TextElideMode.ElideRight, width),
            )
            return
        painter.setFont(theme.font(SMALL))
        shorter = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(width * 1.8))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), shorter)
        painter.setFont(theme.font())


def _shares(title: str, parts: Sequence[Part]) -> Series:
    """The shares, with their intervals where any is known."""
    shares = [part.share for part in parts]
    if all(part.low is None for part in parts):
        return Series(title, shares)
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    return Series(title, shares, lows, highs, [part.n for part in parts])
