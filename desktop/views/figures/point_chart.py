"""Lines over months whose points open: the rows behind a month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from desktop.core.dates import short_month_name
from desktop.core.days import as_date
from desktop.views.kit.charts import LineChart

OpenPoint = Callable[[int], object]
"""Shows what stands behind a point, by its place on the axis."""

_ONE_YEAR = 13


class PointChart(LineChart):
    """Lines; a click or Enter on a point tells its place to `opened`."""

    opened: OpenPoint | None = None
    _pressed_at = QPointF()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed_at = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        moved = (event.position() - self._pressed_at).manhattanLength()
        point = self.index_at(event.position())
        # A drag is a closer look, and within that a move along.
        if (
            event.button() == Qt.MouseButton.LeftButton
            and moved < 4
            and point is not None
            and not self.zoomed
        ):
            self._open(point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pointed is not None:
            self._open(self.pointed)
        else:
            super().keyPressEvent(event)

    def _open(self, point: int) -> None:
        if self.opened is not None:
            self.opened(point)


class HasStart(Protocol):
    """A month, quarter or week that begins on a day."""

    @property
    def start(self) -> int:
        """Ordinal of its first day."""


def short_months(months: Sequence[HasStart]) -> list[str]:
    """Months for an axis; over more than a year with their year, or every November would look the same."""
    if len(months) > _ONE_YEAR:
        return [f"{as_date(month.start):%Y-%m}" for month in months]
    return [short_month_name(as_date(month.start).month) for month in months]
