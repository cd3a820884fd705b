"""The card of what is to do with a customer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QVBoxLayout

from desktop.core.dates import relative_day
from desktop.core.translation import ntr, tr
from desktop.operations import tasks
from desktop.queries.tasks import TaskRow, open_tasks
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.theme import Tone
from desktop.views.kit.widgets import ActivityRow, Card, IconButton, clear, label

_SHOWN = 5


class TodoCard(Card):
    """The open tasks, the most urgent first; each is ticked where it stands."""

    def __init__(self, ctx: Context) -> None:
        self.add_button = IconButton("plus", tr("Add a task"), self.add_task, role="accent")
        super().__init__(tr("To do"), action=self.add_button, hug=True)
        self._ctx = ctx
        self._customer = 0
        self._tasks = QVBoxLayout()
        self._tasks.setSpacing(0)
        self.body.addLayout(self._tasks)

    def show_customer(self, customer_id: int, today: date) -> None:
        """Show what is to do with a customer."""
        self._customer = customer_id
        rows = open_tasks(self._ctx.book, today=today, customer_id=customer_id, limit=20)
        clear(self._tasks)
        for number, row in enumerate(rows[:_SHOWN]):
            self._tasks.addWidget(self._row(row, today, line=number < min(len(rows), _SHOWN) - 1))
        if len(rows) > _SHOWN:
            more = ntr("and {n} more", "and {n} more", len(rows) - _SHOWN)
            self._tasks.addWidget(label(more, size=theme.SMALL, role="muted"))
        if not rows:
            self._tasks.addWidget(label(tr("Nothing to do here."), size=theme.SMALL, role="muted"))

    def tick(self, task_id: int) -> None:
        """A task is done."""
        self._ctx.do(lambda: tasks.complete_task(self._ctx.book, task_id=task_id, at=datetime.now()))

    def _row(self, row: TaskRow, today: date, *, line: bool) -> ActivityRow:
        tone: Tone = "red" if row.late else "amber" if row.due == today else "accent"
        due = relative_day(row.due, today) if row.due else tr("no day set")
        tick = IconButton("check", tr("Done: {title}", title=row.title), self._ticker(row.id), framed=True)
        picture = "clock-alert" if row.late else "clock"
        return ActivityRow(picture, row.title, due, tone=tone, action=tick, line=line)

    def _ticker(self, task_id: int) -> Callable[[], object]:
        return lambda: self.tick(task_id)

    def add_task(self) -> FormDialog:
        """Ask for a task with this customer."""
        # Due days in words and reminders come with it, and few open a profile for them.
        from desktop.views.tasks.task_form import open_task_form

        return open_task_form(self._ctx, self, customer_id=self._customer)
