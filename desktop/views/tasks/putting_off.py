"""Later: the moments to which a task is put off, as a menu and as words of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.due_words import Due
from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.operations import tasks
from desktop.queries.tasks import due_moment
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.tasks.due_field import DueField
from desktop.views.tasks.words import due_text

_EVENING, _MORNING = time(18), time(9)


def moments(now: datetime) -> list[tuple[str, datetime, bool]]:
    """What is offered: words, the moment, and whether its time of day counts."""
    tomorrow = datetime.combine(now.date() + timedelta(days=1), _MORNING)
    monday = datetime.combine(now.date() + timedelta(days=7 - now.weekday()), _MORNING)
    week = datetime.combine(now.date() + timedelta(days=7), _MORNING)
    found = [(tr("In an hour"), (now + timedelta(hours=1)).replace(second=0, microsecond=0), True)]
    if now.time() < time(17):
        found.append((tr("This evening"), datetime.combine(now.date(), _EVENING), True))
    found.append((tr("Tomorrow"), tomorrow, False))
    if monday.date() != tomorrow.date():
        found.append((tr("On Monday"), monday, False))
    if week.date() != monday.date():
        found.append((tr("In a week"), week, False))
    return found


def fill_menu(menu: QMenu, ctx: Context, owner: QWidget, task_ids: Sequence[int]) -> None:
    """Offer in a menu to put tasks off."""
    now = datetime.now()

    def to(until: datetime, *, timed: bool) -> Callable[[], object]:
        return lambda: ctx.do(
            lambda: tasks.put_off(ctx.book, task_ids=task_ids, until=until, timed=timed), quiet=False
        )

    for text, moment, timed in moments(now):
        when = due_text(moment.date(), moment.hour * 60 + moment.minute if timed else None, now)
        menu.addAction(f"{text}\t{when}", to(moment, timed=timed))
    menu.addSeparator()
    menu.addAction(tr("To another day…"), lambda: ask(ctx, owner, task_ids))


def ask(ctx: Context, owner: QWidget, task_ids: Sequence[int]) -> FormDialog:
    """Ask in words until when."""

    def store(values: dict[str, Any]) -> None:
        due: Due = values["due"]
        moment = due_moment(due.day, due.minute or 0)
        if moment is None:
            raise UserError(tr("Say until when."), tr("Such as “tomorrow” or “next Friday at 3”."))
        timed = due.minute is not None
        ctx.changed(tasks.put_off(ctx.book, task_ids=task_ids, until=moment, timed=timed))

    form = FormDialog(tr("Put off"), tr("Put off"), store, width=440, parent=owner)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    form.add_row(due=DueField(tr("Until when")))
    form.open()
    return form
