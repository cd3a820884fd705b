"""What rings: a timer to whatever is next, a notice of the operating system, and one in the window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from desktop.core.translation import tr
from desktop.views.kit.context import Context

log = logging.getLogger(__name__)

_LONGEST_MS = 60 * 60 * 1000
"""A computer that slept wakes to a timer that ran on; so the clock is looked at once an hour at least."""
_SHOWN_MS = 15_000
_SETTLE_MS = 1500
"""Somebody is changing the book right now: their own notice comes first."""
_LINES = 3


class Notice(NamedTuple):
    """Something that rings.

    `line` is it among others, `several` the title of a number of its kind, `go` the way to it.
    """

    at: datetime
    title: str
    text: str
    line: str
    several: Callable[[int], str]
    go: Callable[[], object]


class Rings(Protocol):
    """What may ring; `tables` are those whose change may bring it nearer."""

    tables: tuple[str, ...]

    def look(self, now: datetime) -> Sequence[Notice]:
        """What rings now and has not rung yet."""

    def following(self, now: datetime) -> datetime | None:
        """When something rings next; a moment that is over: at once."""


class Reminders(QObject):
    """Rings once for each thing while the program runs; `now` is asked for the time.

    What came due while it did not run is told of in one notice at the start.
    """

    rang = Signal(object)
    """What rang, a list of notices, the latest last."""

    def __init__(
        self,
        ctx: Context,
        window: QWidget,
        now: Callable[[], datetime] = datetime.now,
        rings: Sequence[Rings] | None = None,
    ) -> None:
        super().__init__(window)
        self._ctx, self._window, self._now = ctx, window, now
        self._rings = _all_rings(ctx) if rings is None else rings
        self._looked = False
        self._told: list[Notice] = []
        self._tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # The usual kind may ring a twentieth of the time too late.
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.look)
        tables = {table for rings in self._rings for table in rings.tables}
        ctx.changes.listen(window, lambda: self._plan(_SETTLE_MS), *sorted(tables))

    def look(self) -> None:
        """Ring for what came due since the last look, and wait for the next."""
        now = self._now()
        found = sorted(
            (notice for rings in self._rings for notice in rings.look(now)), key=lambda notice: notice.at
        )
        self._looked = True
        if found:
            self._ring(found)
        self._plan()

    def _plan(self, least: int = 0) -> None:
        """Wait for what rings next, `least` milliseconds; a change may have brought it nearer."""
        if not self._looked:
            return
        now = self._now()
        moments = [moment for rings in self._rings if (moment := rings.following(now)) is not None]
        if not moments:
            self._timer.stop()
            return
        left = (min(moments) - now).total_seconds() * 1000
        self._timer.start(int(min(max(left, least), _LONGEST_MS)))

    def _ring(self, notices: Sequence[Notice]) -> None:
        self._told = list(notices)
        title, text = words(notices)
        log.info("reminded of %d things", len(notices))
        if QSystemTrayIcon.isSystemTrayAvailable():
            tray = self._in_tray()
            tray.showMessage(title, text, QSystemTrayIcon.MessageIcon.Information, _SHOWN_MS)
        said = f"{title}: {text}" if len(notices) == 1 else title
        self._ctx.notify(said, tr("Show"), self.show_told, "info")
        self.rang.emit(self._told)

    def _in_tray(self) -> QSystemTrayIcon:
        """The icon in the tray, there from the first time that something rings."""
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.setToolTip(tr("Shuke"))
            self._tray.messageClicked.connect(self.show_told)
            self._tray.activated.connect(lambda _: self.show_told())
        self._tray.show()
        return self._tray

    def show_told(self) -> None:
        """Bring the window to the front, with what rang last."""
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if self._told:
            self._told[-1].go()


def words(notices: Sequence[Notice]) -> tuple[str, str]:
    """The title and the text of a notice: one thing in full, several by their numbers and the latest."""
    if len(notices) == 1:
        return notices[0].title, notices[0].text
    counts: dict[Callable[[int], str], int] = {}
    for notice in reversed(notices):
        counts[notice.several] = counts.get(notice.several, 0) + 1
    title = tr(", ").join(several(count) for several, count in counts.items())
    return title, "\n".join(notice.line for notice in reversed(notices[-_LINES:]))


def _all_rings(ctx: Context) -> list[Rings]:
    # They make notices, and so know this module.
    from desktop.views.complaints.deadline_rings import DeadlineRings
    from desktop.views.tasks.task_rings import TaskRings

    return [TaskRings(ctx), DeadlineRings(ctx)]
