"""Things to do: added, done (a repeating one plans itself again in the same step), changed, removed."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.service import Task


def add_task(
    book: Book,
    *,
    title: str,
    created_at: datetime,
    due: date | None = None,
    repeat: str = "",
    customer_id: int | None = None,
    complaint_id: int | None = None,
    note: str = "",
    origin: str = "person",
    staff_id: int | None = None,
) -> Changes:
    """Add something to do; `repeat`: "", daily, weekly, monthly, yearly. Raises UserError without a title."""
    title = _title(title)
    if repeat and due is None:
        raise UserError(tr("A repeating task needs a day to begin on."), tr("Choose when it is due first."))
    with book.step(mark("Add the task {title}"), title=title) as step:
        step.insert(
            Task,
            title=title,
            customer_id=customer_id,
            complaint_id=complaint_id,
            due_day=due.toordinal() if due else None,
            repeat=repeat,
            origin=origin,
            note=note.strip(),
            created_at=iso(created_at),
            staff_id=staff_id,
        )
    return step.changes


def complete_task(book: Book, *, task_id: int, at: datetime) -> Changes:
    """Tick a task off; a repeating one comes back on its next day after `at`, within the same step."""
    task = _task(book, task_id)
    with book.step(mark("Done: {title}"), title=task.title) as step:
        if task.done_at is None:
            step.update(Task, task_id, done_at=iso(at))
            if task.repeat and task.due_day is not None:
                step.insert(
                    Task,
                    title=task.title,
                    customer_id=task.customer_id,
                    complaint_id=task.complaint_id,
                    due_day=next_due(date.fromordinal(task.due_day), task.repeat, at.date()).toordinal(),
                    repeat=task.repeat,
                    origin=task.origin,
                    note=task.note,
                    created_at=iso(at),
                    staff_id=task.staff_id,
                )
    return step.changes


def reopen_task(book: Book, *, task_id: int) -> Changes:
    """Put a task back on the list. The next one of a repeating task stays, where it has come up already."""
    task = _task(book, task_id)
    with book.step(mark("Not done after all: {title}"), title=task.title) as step:
        step.update(Task, task_id, done_at=None)
    return step.changes


def edit_task(book: Book, *, task_id: int, **values: Any) -> Changes:
    """Change `title`, `due` (date or None), `repeat`, `note`, `customer_id`, `staff_id`; or UserError."""
    task = _task(book, task_id)
    if "title" in values:
        values["title"] = _title(values["title"])
    if "due" in values:
        due = values.pop("due")
        values["due_day"] = due.toordinal() if due else None
    with book.step(mark("Change the task {title}"), title=task.title) as step:
        step.update(Task, task_id, **values)
    return step.changes


def delete_tasks(book: Book, *, task_ids: Sequence[int]) -> Changes:
    """Remove tasks."""
    if len(task_ids) == 1:
        label, args = mark("Delete the task {title}"), {"title": _task(book, task_ids[0]).title}
    else:
        label, args = mark("Delete {count} tasks"), {"count": len(task_ids)}
    with book.step(label, **args) as step:
        step.delete(Task, task_ids)
    return step.changes


def next_due(due: date, repeat: str, after: date) -> date:
    """The first repetition of `due` after both it and `after`; 31 January repeats on 28 February."""
    steps = {"daily": 1, "weekly": 7}
    if repeat in steps:
        length = steps[repeat]
        return due + timedelta(days=length * (max(0, (after - due).days) // length + 1))
    months = {"monthly": 1, "yearly": 12}[repeat]
    count = 0
    following = due
    while following <= max(due, after):
        count += months
        year, month = divmod(due.year * 12 + due.month - 1 + count, 12)
        following = date(year, month + 1, min(due.day, calendar.monthrange(year, month + 1)[1]))
    return following


def _title(title: str) -> str:
    title = title.strip()
    if not title:
        raise UserError(tr("The task has no name."), tr("Write what is to be done."))
    return title


def _task(book: Book, task_id: int) -> Any:
    found = book.get(Task, task_id)
    if found is None:
        raise UserError(
            tr("This task is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
        )
    return found
