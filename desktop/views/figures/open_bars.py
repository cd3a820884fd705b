"""Upright bars that open: the rows behind a bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from desktop.views.kit.charts import BarChart


class OpenBars(BarChart):
    """Bars; a click or Enter on one tells its place to `opened`."""

    opened: Callable[[int], object] | None = None
    _pressed_at = QPointF()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed_at = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        bar = self.index_at(event.position())
        still = (event.position() - self._pressed_at).manhattanLength() < 4
        if event.button() == Qt.MouseButton.LeftButton and still and bar is not None:
            self._open(bar)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hand = self.opened is not None and self.pointed is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pointed is not None:
            self._open(self.pointed)
        else:
            super().keyPressEvent(event)

    def _open(self, bar: int) -> None:
        if self.opened is not None:
            self.opened(bar)
