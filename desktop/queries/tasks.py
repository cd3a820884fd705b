"""What is to do, for whom and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task; `due` is None where no day was set, `late` whether that day is past."""

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


@dataclass(frozen=True, slots=True)
class CalendarTask:
    """An open task as a calendar wants it."""

    id: int
    title: str
    note: str
    due: date | None
    repeat: str
    customer: str
    created_at: str


_SELECT = """
SELECT task.id, task.title, task.note, task.due_day, task.repeat, task.origin, task.done_at,
    task.customer_id, coalesce(customer.name, ''), task.complaint_id, coalesce(staff.name, '')
FROM task LEFT JOIN customer ON customer.id = task.customer_id LEFT JOIN staff ON staff.id = task.staff_id
"""


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
    order = "task.due_day IS NULL, task.due_day, task.id"
    sql = f"{_SELECT} WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT :limit"
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
        "task.created_at FROM task LEFT JOIN customer ON customer.id = task.customer_id "
        "WHERE task.done_at IS NULL ORDER BY task.due_day IS NULL, task.due_day, task.id"
    )
    return [
        CalendarTask(row, title, note, date.fromordinal(due) if due else None, repeat, name, created_at)
        for row, title, note, due, repeat, name, created_at in rows
        if wanted is None or row in wanted
    ]


def task(book: Book, *, task_id: int, today: date) -> TaskRow | None:
    """One task, or None when it is gone."""
    found = book.row(f"{_SELECT} WHERE task.id = ?", (task_id,))
    return _row(found, today) if found else None


def due_count(book: Book, *, today: date) -> int:
    """How many open tasks are due today or were before."""
    return int(
        book.value("SELECT count(*) FROM task WHERE done_at IS NULL AND due_day <= ?", (today.toordinal(),))
    )


def _row(row: tuple[object, ...], today: date) -> TaskRow:
    task_id, title, note, due_day, repeat, origin, done_at, customer, name, complaint, staff = row
    due = date.fromordinal(due_day) if isinstance(due_day, int) else None
    late = due is not None and due < today and done_at is None
    return TaskRow(
        id=int(str(task_id)),
        title=str(title),
        note=str(note),
        due=due,
        late=late,
        repeat=str(repeat),
        origin=str(origin),
        done_at=str(done_at) if done_at else None,
        customer_id=customer if isinstance(customer, int) else None,
        customer_name=str(name),
        complaint_id=complaint if isinstance(complaint, int) else None,
        staff=str(staff),
    )
