"""One timer for all that counts down: it ticks when the clock's minute turns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

_MINUTE_MS = 60_000


class Minute(QTimer):
    """Calls `tick(now)` each time that a minute of the clock begins, while `owner` lives."""

    def __init__(self, owner: QWidget, tick: Callable[[datetime], object]) -> None:
        super().__init__(owner)
        self._tick = tick
        self.setSingleShot(True)
        self.timeout.connect(self._turn)
        self._wait()

    def _turn(self) -> None:
        self._wait()
        self._tick(datetime.now())

    def _wait(self) -> None:
        now = datetime.now()
        gone = 1000 * now.second + now.microsecond // 1000
        self.start(_MINUTE_MS - gone + 20)
