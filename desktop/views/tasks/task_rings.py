"""The reminders of tasks, as they ring."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from desktop.core.days import from_iso
from desktop.core.translation import ntr, tr
from desktop.queries.tasks import TaskRow, due_reminders, next_reminder
from desktop.views.kit.context import Context
from desktop.views.tasks.reminders import Notice
from desktop.views.tasks.words import about_text


class TaskRings:
    """Each reminder rings once while the program runs; what came due before, at the first look."""

    tables: tuple[str, ...] = ("task",)

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._since: datetime | None = None

    def look(self, now: datetime) -> list[Notice]:
        """What came due since the last look."""
        if self._since is not None and now < self._since:
            # A clock that was set back must not silence what comes until it has caught up.
            self._since = now - timedelta(seconds=1)
        found = due_reminders(self._ctx.book, now=now, since=self._since)
        self._since = now
        return [self._notice(row) for row in found]

    def following(self, now: datetime) -> datetime | None:
        """When the next reminder rings."""
        return next_reminder(self._ctx.book, now=self._since or now)

    def _notice(self, row: TaskRow) -> Notice:
        about = about_text(row)
        return Notice(
            from_iso(row.remind_at or row.created_at),
            tr("Reminder"),
            tr("{task} · {about}", task=row.title, about=about) if about else row.title,
            row.title,
            _several,
            partial(self._ctx.navigate, "tasks", task=row.id),
        )


def _several(count: int) -> str:
    return ntr("{n} reminder", "{n} reminders", count)
