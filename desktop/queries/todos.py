"""What is worth doing today: what somebody waits for by tonight, the drifting regulars, the tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from desktop.core.days import from_iso, iso
from desktop.models.book import Book
from desktop.queries.asking import Asking, askings
from desktop.queries.complaint_filter import ComplaintFilter
from desktop.queries.complaints import complaint_ids, complaint_rows
from desktop.queries.privacy import privacy_requests
from desktop.queries.service_cases import case_ids, case_rows
from desktop.queries.tasks import open_tasks

Kind = Literal["complaint", "promise", "case", "request", "drifting", "task", "asking"]

_FEW, _FEW_TASKS, _FEW_ASKINGS = 6, 10, 3
"""Entries of one kind; the rest is counted, and found in its own place."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing worth doing today.

    `id` is the complaint's, promise's, case's, request's, customer's or task's by `kind`, of an asking the
    customer's; `text` what it is called, of a request what it asks for (as stored). `asking` says what to ask
    about. `due_at` is its moment (a
    task's day ends at midnight), None without one; `timed`: a task that is due at a time of its day. For a
    drifting regular `silent` and `rhythm` are days and `value` is what they brought in the last 365 days,
    minor units. `first_reply`: the complaint has not been answered.
    """

    kind: Kind
    id: int
    text: str
    customer_id: int | None = None
    customer_name: str = ""
    complaint_id: int | None = None
    due_at: datetime | None = None
    first_reply: bool = False
    silent: int = 0
    rhythm: float = 0.0
    value: int = 0
    alarming: bool = False
    timed: bool = False
    asking: Asking | None = None


@dataclass(frozen=True)
class Drifting:
    """Regulars who are drifting away, and what they all brought in the last 365 days, minor units."""

    count: int
    at_stake: int
    first: tuple[Todo, ...]


def todos(book: Book, *, now: datetime, drifting: Drifting) -> tuple[tuple[Todo, ...], dict[Kind, int]]:
    """What is worth doing, and how many of each kind are left out.

    First what somebody waits for by the end of the day, by its moment, and the tasks left from before; then
    the drifting, most valuable first; then today's tasks, a few to ask for a rating, and the open complaints
    whose time comes later.
    """
    tonight = datetime.combine(now.date(), time()) + timedelta(days=1)
    complaints, open_complaints = _complaints(book, now)
    promises, open_promises = _promises(book, tonight)
    cases, due_cases = _cases(book, tonight)
    requests, due_requests = _requests(book, tonight)
    tasks, due_tasks = _tasks(book, now.date())
    to_ask = all_askings(book, now=now)
    asks = to_ask[:_FEW_ASKINGS]
    awaited = sorted((*complaints, *promises, *cases, *requests), key=_moment)
    pressing = [one for one in awaited if _moment(one) < tonight]
    late = [one for one in tasks if _moment(one) < tonight]
    counts: dict[Kind, int] = {
        "complaint": open_complaints - len(complaints),
        "promise": open_promises - len(promises),
        "case": due_cases - len(cases),
        "request": due_requests - len(requests),
        "task": due_tasks - len(tasks),
        "drifting": drifting.count - len(drifting.first),
        "asking": len(to_ask) - len(asks),
    }
    rest = (*tasks[len(late) :], *asks, *awaited[len(pressing) :])
    return (*pressing, *late, *drifting.first, *rest), {kind: n for kind, n in counts.items() if n > 0}


def _moment(one: Todo) -> datetime:
    return one.due_at or datetime.max


def _complaints(book: Book, now: datetime) -> tuple[list[Todo], int]:
    ids = complaint_ids(book, now=now, view=ComplaintFilter("open"))
    rows = complaint_rows(book, ids[:_FEW])
    return [
        Todo(
            "complaint",
            row.id,
            row.title,
            customer_id=row.customer_id,
            customer_name=row.customer_name,
            complaint_id=row.id,
            due_at=from_iso(row.due_at) if row.due_at else None,
            first_reply=row.replied_at is None,
        )
        for row in rows
    ], len(ids)


def _promises(book: Book, until: datetime) -> tuple[list[Todo], int]:
    """Promises without an outcome that are due before a moment."""
    rows = book.rows(
        "SELECT promise.id, promise.text, coalesce(promise.customer_id, complaint.customer_id), "
        "complaint_id, promise.due_at FROM promise LEFT JOIN complaint ON complaint.id = complaint_id "
        "WHERE outcome = '' AND promise.due_at < ? ORDER BY promise.due_at, promise.id",
        (iso(until),),
    )
    return [
        Todo(
            "promise",
            promise,
            text,
            customer_id=customer,
            customer_name=_name(book, customer),
            complaint_id=complaint,
            due_at=from_iso(due),
        )
        for promise, text, customer, complaint, due in rows[:_FEW]
    ], len(rows)


def _cases(book: Book, until: datetime) -> tuple[list[Todo], int]:
    """Service cases of which something is due before a moment; those that wait for the customer are not."""
    ids = case_ids(book, now=until, scope="overdue")
    rows = case_rows(book, ids[:_FEW])
    return [
        Todo(
            "case",
            row.id,
            row.title or row.number,
            customer_id=row.customer_id,
            customer_name=row.customer_name,
            due_at=from_iso(row.due_at) if row.due_at else None,
        )
        for one in ids[:_FEW]
        if (row := rows.get(one))
    ], len(ids)


def _requests(book: Book, until: datetime) -> tuple[list[Todo], int]:
    """What customers asked about their data and must be answered before a moment."""
    due = [
        row
        for row in privacy_requests(book)
        if row.done_at is None and row.due_at and from_iso(row.due_at) < until
    ]
    return [
        Todo(
            "request",
            row.id,
            row.kind,
            customer_id=row.customer_id,
            customer_name=_name(book, row.customer_id) or row.name,
            due_at=from_iso(row.due_at or row.received_at),
        )
        for row in due[:_FEW]
    ], len(due)


def _tasks(book: Book, today: date) -> tuple[list[Todo], int]:
    """Tasks due today or before; the moment of one without a time is the end of its day."""
    rows = open_tasks(book, today=today, until=today, limit=_FEW_TASKS)
    due = book.value("SELECT count(*) FROM task WHERE done_at IS NULL AND due_day <= ?", (today.toordinal(),))
    return [
        Todo(
            "task",
            row.id,
            row.title,
            customer_id=row.customer_id,
            customer_name=row.customer_name,
            complaint_id=row.complaint_id,
            due_at=row.due_at,
            timed=row.minute is not None,
        )
        for row in rows
    ], int(due)


def all_askings(book: Book, *, now: datetime) -> list[Todo]:
    """Everybody to ask for a rating."""
    return [
        Todo(
            "asking",
            one.customer_id,
            one.title,
            customer_id=one.customer_id,
            customer_name=one.customer_name,
            complaint_id=one.complaint_id,
            asking=one,
        )
        for one in askings(book, now=now)
    ]


def _name(book: Book, customer: int | None) -> str:
    return str(book.value("SELECT name FROM customer WHERE id = ?", (customer,)) or "")
