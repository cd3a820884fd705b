"""What rings: a timer to the next reminder, a notice of the operating system, and one in the window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from desktop.core.translation import ntr, tr
from desktop.queries.tasks import TaskRow, due_reminders, next_reminder
from desktop.views.kit.context import Context
from desktop.views.tasks.words import about_text

log = logging.getLogger(__name__)

_LONGEST_MS = 60 * 60 * 1000
"""A computer that slept wakes to a timer that ran on; so the clock is looked at once an hour at least."""
_SHOWN_MS = 15_000


class Reminders(QObject):
    """Rings once for each reminder while the program runs; `now` is asked for the time.

    What came due while it did not run is told of in one notice at the start.
    """

    rang = Signal(object)
    """The tasks that rang, a list."""

    def __init__(self, ctx: Context, window: QWidget, now: Callable[[], datetime] = datetime.now) -> None:
        super().__init__(window)
        self._ctx, self._window, self._now = ctx, window, now
        self._since: datetime | None = None
        self._told: list[TaskRow] = []
        self._tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # The usual kind may ring a twentieth of the time too late.
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.look)
        ctx.changes.listen(window, self._plan, "task")

    def look(self) -> None:
        """Ring for what came due since the last look, and wait for the next."""
        now = self._now()
        if self._since is not None and now < self._since:
            # A clock that was set back must not silence what comes until it has caught up.
            self._since = now - timedelta(seconds=1)
        found = due_reminders(self._ctx.book, now=now, since=self._since)
        self._since = now
        if found:
            self._ring(found)
        self._plan()

    def _plan(self) -> None:
        """Wait for the next reminder; what has changed may have brought it nearer."""
        if self._since is None:
            return
        following = next_reminder(self._ctx.book, now=self._since)
        if following is None:
            self._timer.stop()
            return
        left = (following - self._now()).total_seconds() * 1000
        self._timer.start(int(min(max(left, 0), _LONGEST_MS)))

    def _ring(self, rows: Sequence[TaskRow]) -> None:
        self._told = list(rows)
        title, text = words(rows)
        log.info("reminded of %d tasks", len(rows))
        if QSystemTrayIcon.isSystemTrayAvailable():
            tray = self._in_tray()
            tray.showMessage(title, text, QSystemTrayIcon.MessageIcon.Information, _SHOWN_MS)
        said = f"{title}: {text}" if len(rows) == 1 else title
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
        """Bring the window to the front, with what rang."""
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if self._told:
            self._ctx.navigate("tasks", task=self._told[0].id)


def words(rows: Sequence[TaskRow]) -> tuple[str, str]:
    """The title and the text of a notice: one task in full, several by their number and the first names."""
    if len(rows) == 1:
        about = about_text(rows[0])
        return tr("Reminder"), tr("{task} · {about}", task=rows[0].title, about=about) if about else rows[
            0
        ].title
    first = "\n".join(row.title for row in rows[:3])
    return ntr("{n} reminder", "{n} reminders", len(rows)), first
