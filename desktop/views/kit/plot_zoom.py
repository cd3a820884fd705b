"""A closer look at a stretch of a plot: drag over it, move along it, double-click to see the whole again."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.translation import tr
from desktop.views.kit.icons import icon
from desktop.views.kit.plot import PlotChart

ZOOM_FROM = 9
"""Fewer steps than these are all seen at once, and a click on them belongs to the card around them."""

_LEAST = 2.0
"""Steps from edge to edge of the closest look."""

_FAR = 6.0
"""Pixels from which on a press with a move is a drag."""


class ZoomChart(PlotChart):
    """A chart whose steps can be looked at closely; the wheel stays with the page."""

    def __init__(
        self, name: str, *, empty_text: str = "", from_last: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, empty_text=empty_text, from_last=from_last, parent=parent)
        self._seen: tuple[float, float] | None = None
        self._pressed: QPointF | None = None
        self._pressed_seen = (0.0, 0.0)
        self._region: pg.LinearRegionItem | None = None

    @property
    def zoomed(self) -> bool:
        """Whether only a stretch is seen."""
        return self._seen is not None

    def whole(self) -> tuple[float, float]:
        """The edges of the plot when all of it is seen, in steps."""
        last = self.point_count() - 1
        return (0.0, float(last)) if last > 0 else (-0.5, 0.5)

    def seen(self) -> tuple[float, float]:
        """The edges of the plot as it is seen."""
        return self._seen or self.whole()

    def look_at(self, low: float, high: float) -> None:
        """See the steps from `low` to `high`, moved or widened where they do not fit."""
        first, last = self.whole()
        width = min(max(high - low, _LEAST), last - first)
        low = min(max(low, first), last - width)
        self._seen = None if width >= last - first else (low, low + width)
        self._show_seen()

    def look_at_all(self) -> None:
        """See the whole again."""
        self._seen = None
        self._show_seen()

    def _show_seen(self) -> None:
        self.clip(self.zoomed)
        self.setCursor(Qt.CursorShape.OpenHandCursor if self.zoomed else Qt.CursorShape.ArrowCursor)
        self._arrange()
        self._show_pointed()

    def data_changed(self) -> None:
        self._seen = None
        self._stop_drag()
        self.clip(False)
        self.unsetCursor()
        super().data_changed()

    # -- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        inside = self.plot_rect().contains(event.position())
        if event.button() != Qt.MouseButton.LeftButton or self.point_count() < ZOOM_FROM or not inside:
            super().mousePressEvent(event)
            return
        self._pressed, self._pressed_seen = event.position(), self.seen()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        moved = event.position().x() - self._pressed.x()
        low, high = self._pressed_seen
        if self.zoomed:
            steps = moved / max(1.0, self.plot_rect().width()) * (high - low)
            self._point(None)
            self.look_at(low - steps, high - steps)
        elif self._region is not None or abs(moved) > _FAR:
            self._point(None)
            self._show_region(self.x_at(self._pressed), self.x_at(event.position()))

    def _show_region(self, one: float, other: float) -> None:
        if self._region is None:
            colour = QColor(self.tokens.accent)
            edge = QPen(colour, 1)
            edge.setCosmetic(True)
            colour.setAlphaF(0.12)
            self._region = pg.LinearRegionItem(movable=False, brush=QBrush(colour), pen=edge)
            self.box.addItem(self._region)
        first, last = self.whole()
        self._region.setRegion([max(first, min(one, other)), min(last, max(one, other))])

    def _stop_drag(self) -> tuple[float, float] | None:
        """Let go; returns the stretch that was dragged over, if one was."""
        self._pressed = None
        if self._region is None:
            return None
        low, high = self._region.getRegion()
        self.box.removeItem(self._region)
        self._region = None
        return low, high

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseReleaseEvent(event)
            return
        if stretch := self._stop_drag():
            self.look_at(round(stretch[0]), round(stretch[1]))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.zoomed:
            self._stop_drag()
            self.look_at_all()
        else:
            super().mouseDoubleClickEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self._pressed is None:
            super().leaveEvent(event)

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus look closer and from further away, Esc at the whole; arrows take the view along."""
        low, high = self.seen()
        middle = float(self.pointed) if self.pointed is not None else (low + high) / 2
        if event.key() == Qt.Key.Key_Plus and self.point_count() >= ZOOM_FROM:
            self.look_at(middle - (high - low) / 4, middle + (high - low) / 4)
        elif event.key() == Qt.Key.Key_Minus and self.zoomed:
            self.look_at(middle - (high - low), middle + (high - low))
        elif event.key() == Qt.Key.Key_Escape and self.zoomed:
            self.look_at_all()
        else:
            super().keyPressEvent(event)
            self._follow()

    def _follow(self) -> None:
        low, high = self.seen()
        if self.pointed is None or low <= self.pointed <= high:
            return
        start = self.pointed if self.pointed < low else self.pointed - (high - low)
        self.look_at(start, start + (high - low))

    def chart_menu(self) -> QMenu:
        """As every chart's, with the way back to the whole."""
        menu = super().chart_menu()
        if self.zoomed:
            menu.addSeparator()
            menu.addAction(icon("undo-2"), tr("Show the whole period"), self.look_at_all)
        return menu
