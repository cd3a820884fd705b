"""What is to do, for whom and until when."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from desktop.core.days import from_iso, iso
from desktop.models.book import Book
from desktop.models.id_lists import id_list

SCOPES = ("open", "late", "today", "week", "later", "undated", "done")
"""What a list of tasks may be narrowed to; "week" are the seven days after today."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task; `due` is None where no day was set, `minute` (after midnight) where no time was.

    `late` says whether its day, or its moment of today, is past. It repeats every `every` of `repeat`. The
    numbers of what it is about are "" where it is about nothing of the kind.
    """

    id: int
    title: str
    note: str
    due: date | None
    late: bool
    repeat: str
    origin: str
    done_at: str | None
    customer_id: int | None
    customer_name: str
    complaint_id: int | None
    staff: str
    minute: int | None = None
    every: int = 1
    remind_at: str | None = None
    order_id: int | None = None
    case_id: int | None = None
    interaction_id: int | None = None
    order_number: str = ""
    case_number: str = ""
    complaint_number: str = ""
    created_at: str = ""
    staff_id: int | None = None

    @property
    def due_at(self) -> datetime | None:
        """The moment it is due; the end of its day where no time was set."""
        return due_moment(self.due, self.minute)


@dataclass(frozen=True, slots=True)
class CalendarTask:
    """An open task as a calendar wants it; `rings` minutes before it is due, None: not at all."""

    id: int
    title: str
    note: str
    due: date | None
    repeat: str
    customer: str
    created_at: str
    minute: int | None = None
    every: int = 1
    rings: int | None = None


_SELECT = """
SELECT task.id, task.title, task.note, task.due_day, task.repeat, task.origin, task.done_at,
    task.customer_id, coalesce(customer.name, ''), task.complaint_id, coalesce(staff.name, ''),
    task.due_minute, task.repeat_every, task.remind_at, task.order_id, task.case_id, task.interaction_id,
    coalesce(orders.number, ''), coalesce(service_case.number, ''), coalesce(complaint.number, ''),
    task.created_at, task.staff_id
FROM task LEFT JOIN customer ON customer.id = task.customer_id LEFT JOIN staff ON staff.id = task.staff_id
    LEFT JOIN orders ON orders.id = task.order_id LEFT JOIN service_case ON service_case.id = task.case_id
    LEFT JOIN complaint ON complaint.id = task.complaint_id
"""
_BY_DUE = "task.due_day IS NULL, task.due_day, coalesce(task.due_minute, 1440), task.id"


def due_moment(due: date | None, minute: int | None) -> datetime | None:
    """When something due on a day, and at a minute of it, is due; a day ends at midnight."""
    if due is None:
        return None
    return datetime.combine(due, time()) + timedelta(minutes=24 * 60 if minute is None else minute)


def task_ids(
    book: Book,
    *,
    today: date,
    scope: str = "open",
    text: str = "",
    staff_id: int | None = None,
) -> array[int]:
    """The ids of a scope's tasks, the earliest first, those without a day last; done ones the latest first.

    `text` is looked for in what is to do, its note and the customer's name. Raises KeyError for no scope.
    """
    where = {
        "open": "task.done_at IS NULL",
        "late": "task.done_at IS NULL AND task.due_day < :today",
        "today": "task.done_at IS NULL AND task.due_day = :today",
        "week": "task.done_at IS NULL AND task.due_day > :today AND task.due_day <= :today + 7",
        "later": "task.done_at IS NULL AND task.due_day > :today + 7",
        "undated": "task.done_at IS NULL AND task.due_day IS NULL",
        "done": "task.done_at IS NOT NULL",
    }[scope]
    params: dict[str, Any] = {"today": today.toordinal()}
    if staff_id is not None:
        where += " AND task.staff_id = :staff"
        params["staff"] = staff_id
    if text.strip():
        found = " OR ".join(
            f"instr(lower({one}), lower(:text)) > 0"
            for one in ("task.title", "task.note", "coalesce(customer.name, '')")
        )
        where += f" AND ({found})"
        params["text"] = text.strip()
    order = "task.done_at DESC, task.id DESC" if scope == "done" else _BY_DUE
    return id_list(
        book,
        "SELECT task.id AS id FROM task LEFT JOIN customer ON customer.id = task.customer_id "
        f"WHERE {where} ORDER BY {order}",
        {key: value for key, value in params.items() if f":{key}" in where},
    )


def task_rows(book: Book, ids: Sequence[int], *, now: datetime) -> dict[int, TaskRow]:
    """The rows of some tasks by id; those gone are left out."""
    marks = ", ".join("?" * len(ids))
    rows = book.rows(f"{_SELECT} WHERE task.id IN ({marks})", tuple(ids))
    return {row[0]: _row(row, now.date(), now) for row in rows}


def task_counts(book: Book, *, today: date) -> Mapping[str, int]:
    """How many tasks each scope but "done" holds."""
    found = book.row(
        "SELECT count(*), coalesce(sum(due_day < :today), 0), coalesce(sum(due_day = :today), 0), "
        "coalesce(sum(due_day > :today AND due_day <= :today + 7), 0), "
        "coalesce(sum(due_day > :today + 7), 0), coalesce(sum(due_day IS NULL), 0) "
        "FROM task WHERE done_at IS NULL",
        {"today": today.toordinal()},
    )
    return dict(zip(SCOPES, found, strict=False))


def due_reminders(book: Book, *, now: datetime, since: datetime | None = None) -> list[TaskRow]:
    """Open tasks whose reminder rings by now (and after `since`), the earliest first."""
    after = " AND task.remind_at > :since" if since else ""
    params = {"now": iso(now)} | ({"since": iso(since)} if since else {})
    rows = book.rows(
        f"{_SELECT} WHERE task.done_at IS NULL AND task.remind_at <= :now{after} "
        "ORDER BY task.remind_at, task.id",
        params,
    )
    return [_row(row, now.date(), now) for row in rows]


def next_reminder(book: Book, *, now: datetime) -> datetime | None:
    """When the next reminder rings, None when none will."""
    found = book.value("SELECT min(remind_at) FROM task WHERE done_at IS NULL AND remind_at > ?", (iso(now),))
    return from_iso(found) if found else None


def open_tasks(
    book: Book,
    *,
    today: date,
    until: date | None = None,
    customer_id: int | None = None,
    complaint_id: int | None = None,
    limit: int = 200,
) -> list[TaskRow]:
    """Tasks not done, the earliest first, those without a day last; with `until` only those due by then."""
    conditions = ["task.done_at IS NULL"]
    params: dict[str, object] = {"limit": limit}
    if until is not None:
        conditions.append("task.due_day <= :until")
        params["until"] = until.toordinal()
    if customer_id is not None:
        conditions.append("task.customer_id = :customer")
        params["customer"] = customer_id
    if complaint_id is not None:
        conditions.append("task.complaint_id = :complaint")
        params["complaint"] = complaint_id
    sql = f"{_SELECT} WHERE {' AND '.join(conditions)} ORDER BY {_BY_DUE} LIMIT :limit"
    return [_row(row, today) for row in book.rows(sql, params)]


def done_tasks(book: Book, *, today: date, customer_id: int | None = None, limit: int = 50) -> list[TaskRow]:
    """Tasks done, the latest first."""
    of_customer = " AND task.customer_id = :customer" if customer_id is not None else ""
    order = "task.done_at DESC, task.id DESC"
    sql = f"{_SELECT} WHERE task.done_at IS NOT NULL{of_customer} ORDER BY {order} LIMIT :limit"
    params = {"limit": limit} | ({"customer": customer_id} if of_customer else {})
    return [_row(row, today) for row in book.rows(sql, params)]


def calendar_tasks(book: Book, ids: Sequence[int] | None = None) -> list[CalendarTask]:
    """Every open task, or those among `ids`, the earliest first."""
    wanted = None if ids is None else set(ids)
    rows = book.rows(
        "SELECT task.id, task.title, task.note, task.due_day, task.repeat, coalesce(customer.name, ''), "
        "task.created_at, task.due_minute, task.repeat_every, task.remind_at FROM task "
        "LEFT JOIN customer ON customer.id = task.customer_id "
        f"WHERE task.done_at IS NULL ORDER BY {_BY_DUE}"
    )
    return [_calendar_task(row) for row in rows if wanted is None or row[0] in wanted]


def _calendar_task(row: Sequence[Any]) -> CalendarTask:
    task_id, title, note, due_day, repeat, name, created_at, minute, every, remind_at = row
    due = None if due_day is None else date.fromordinal(due_day)
    rings = None
    if remind_at and due:
        begins = datetime.combine(due, time()) + timedelta(minutes=minute or 0)
        rings = round((begins - from_iso(remind_at)).total_seconds() / 60)
    return CalendarTask(task_id, title, note, due, repeat, name, created_at, minute, every, rings)


def task(book: Book, *, task_id: int, today: date) -> TaskRow | None:
    """One task, or None when it is gone."""
    found = book.row(f"{_SELECT} WHERE task.id = ?", (task_id,))
    return _row(found, today) if found else None


def due_count(book: Book, *, today: date) -> int:
    """How many open tasks are due today or were before."""
    return int(
        book.value("SELECT count(*) FROM task WHERE done_at IS NULL AND due_day <= ?", (today.toordinal(),))
    )


def _row(row: Sequence[Any], today: date, now: datetime | None = None) -> TaskRow:
    task_id, title, note, due_day, repeat, origin, done_at, customer, name, complaint, staff, minute = row[
        :12
    ]
    due = None if due_day is None else date.fromordinal(due_day)
    late = due is not None and done_at is None and due < today
    if now is not None and done_at is None and minute is not None:
        moment = due_moment(due, minute)
        late = moment is not None and moment < now
    return TaskRow(
        task_id, title, note, due, late, repeat, origin, done_at, customer, name, complaint, staff, minute,
        *row[12:],
    )  # fmt: skip
