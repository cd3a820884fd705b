"""Things to do: added, done (a repeating one comes back in the same step), put off, changed, removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from desktop.core.days import from_iso, iso
from desktop.core.due_numbers import add_months
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.service import Task
from desktop.operations.present_records import present_records

_ABOUT = ("customer_id", "complaint_id", "order_id", "case_id", "interaction_id", "staff_id")


def add_task(
    book: Book,
    *,
    title: str,
    created_at: datetime,
    due: date | None = None,
    minute: int | None = None,
    remind_at: datetime | None = None,
    repeat: str = "",
    every: int = 1,
    customer_id: int | None = None,
    complaint_id: int | None = None,
    order_id: int | None = None,
    case_id: int | None = None,
    interaction_id: int | None = None,
    note: str = "",
    origin: str = "person",
    staff_id: int | None = None,
) -> Changes:
    """Add something to do, due on a day and at a `minute` of it; each but the title may be left open.

    It repeats every `every` of `repeat` ("", daily, weekly, monthly, yearly) and rings at `remind_at`. Raises
    UserError without a title, for what needs a day and has none, and where what it is about is gone.
    """
    title = _title(title)
    _check_when(due, minute, repeat, every)
    with book.step(mark("Add the task {title}"), title=title) as step:
        about = present_records(
            book,
            customer_id=customer_id,
            complaint_id=complaint_id,
            order_id=order_id,
            case_id=case_id,
            interaction_id=interaction_id,
            staff_id=staff_id,
        )
        step.insert(
            Task,
            **about,
            title=title,
            due_day=due.toordinal() if due else None,
            due_minute=minute,
            remind_at=iso(remind_at) if remind_at else None,
            repeat=repeat,
            repeat_every=every,
            origin=origin,
            note=note.strip(),
            created_at=iso(created_at),
        )
    return step.changes


def add_tasks(book: Book, *, titles: Mapping[int, str], due: date, created_at: datetime) -> Changes:
    """Add a task of its own for each of some customers, in one step; whoever is gone is left out."""
    with book.step(mark("Add {count} tasks"), count=len(titles)) as step:
        for customer, title in titles.items():
            if book.value("SELECT 1 FROM customer WHERE id = ?", (customer,)) is not None:
                step.insert(
                    Task, customer_id=customer, title=_title(title), due_day=due.toordinal(), origin="person",
                    created_at=iso(created_at),
                )  # fmt: skip
    return step.changes


def complete_task(book: Book, *, task_id: int, at: datetime) -> Changes:
    """Tick a task off; a repeating one comes back on its next day after `at`, within the same step."""
    task = _task(book, task_id)
    with book.step(mark("Done: {title}"), title=task.title) as step:
        if task.done_at is None:
            step.update(Task, task_id, done_at=iso(at))
            if task.repeat and task.due_day is not None:
                _plan_again(step, task, at)
    return step.changes


def complete_tasks(book: Book, *, task_ids: Sequence[int], at: datetime) -> Changes:
    """Tick several tasks off in one step; the repeating ones come back as with `complete_task`."""
    if len(task_ids) == 1:
        return complete_task(book, task_id=task_ids[0], at=at)
    with book.step(mark("Done: {count} tasks"), count=len(task_ids)) as step:
        for task in (_task(book, row) for row in task_ids):
            if task.done_at is None:
                step.update(Task, task.id, done_at=iso(at))
                if task.repeat and task.due_day is not None:
                    _plan_again(step, task, at)
    return step.changes


def put_off(book: Book, *, task_ids: Sequence[int], until: datetime, timed: bool) -> Changes:
    """Put tasks off to a day, and where `timed` to a moment of it, at which they ring again."""
    if len(task_ids) == 1:
        label, args = mark("Put off the task {title}"), {"title": _task(book, task_ids[0]).title}
    else:
        label, args = mark("Put off {count} tasks"), {"count": len(task_ids)}
    with book.step(label, **args) as step:
        for task in (_task(book, row) for row in task_ids):
            values: dict[str, Any] = {"due_day": until.toordinal()}
            if timed:
                values |= {"due_minute": until.hour * 60 + until.minute, "remind_at": iso(until)}
            elif task.remind_at:
                values["remind_at"] = _rings(task, until.date())
            step.update(Task, task.id, **values)
    return step.changes


def reopen_task(book: Book, *, task_id: int) -> Changes:
    """Put a task back on the list. The next one of a repeating task stays, where it has come up already."""
    task = _task(book, task_id)
    with book.step(mark("Not done after all: {title}"), title=task.title) as step:
        step.update(Task, task_id, done_at=None)
    return step.changes


def edit_task(book: Book, *, task_id: int, **values: Any) -> Changes:
    """Change what `add_task` takes, but `created_at` and `origin`. Raises UserError as that does."""
    task = _task(book, task_id)
    values = dict(values)
    if "title" in values:
        values["title"] = _title(values["title"])
    known = {
        "due": task.due_day,
        "minute": task.due_minute,
        "repeat": task.repeat,
        "every": task.repeat_every,
    }
    _check_when(**{key: values.get(key, old) for key, old in known.items()})
    if "due" in values:
        due = values.pop("due")
        values["due_day"] = due.toordinal() if due else None
    if "remind_at" in values:
        values["remind_at"] = iso(values["remind_at"]) if values["remind_at"] else None
    for name, column in (("minute", "due_minute"), ("every", "repeat_every")):
        if name in values:
            values[column] = values.pop(name)
    values |= present_records(book, **{name: values[name] for name in _ABOUT if name in values})
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


def next_due(due: date, repeat: str, after: date, every: int = 1) -> date | None:
    """The first repetition of `due` after both it and `after`; 31 January repeats on 28 February.

    None when it would lie beyond the year 9999, where the calendar ends.
    """
    steps = {"daily": 1, "weekly": 7}
    try:
        if repeat in steps:
            length = steps[repeat] * every
            return due + timedelta(days=length * (max(0, (after - due).days) // length + 1))
        months = {"monthly": 1, "yearly": 12}[repeat] * every
        count = months
        while add_months(due, count) <= max(due, after):
            count += months
        return add_months(due, count)
    except (OverflowError, ValueError):
        return None


def _plan_again(step: Step, task: Any, at: datetime) -> None:
    """The next one of a repeating task, at the same time of its day."""
    due = next_due(date.fromordinal(task.due_day), task.repeat, at.date(), task.repeat_every)
    if due is None:
        return
    kept = ("title", "customer_id", "complaint_id", "order_id", "case_id", "interaction_id", "due_minute",
            "repeat", "repeat_every", "origin", "note", "staff_id")  # fmt: skip
    step.insert(
        Task,
        due_day=due.toordinal(),
        remind_at=_rings(task, due) if task.remind_at else None,
        created_at=iso(at),
        **{name: getattr(task, name) for name in kept},
    )


def _rings(task: Any, due: date) -> str:
    """When a task that is due on another day rings: as long before it as it did."""
    rang = from_iso(task.remind_at)
    before = (task.due_day or rang.toordinal()) - rang.toordinal()
    return iso(datetime.combine(due - timedelta(days=before), rang.time()))


def _check_when(due: object, minute: int | None, repeat: str, every: int) -> None:
    if repeat and due is None:
        raise UserError(tr("A repeating task needs a day to begin on."), tr("Choose when it is due first."))
    if minute is not None and due is None:
        raise UserError(tr("A time needs its day."), tr("Choose when it is due first."))
    if every < 1:
        raise UserError(tr("A task repeats every day, or every second, third … one."))


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
