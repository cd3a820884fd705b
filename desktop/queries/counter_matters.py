"""What is open between the shop and a customer who stands at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from desktop.core.days import iso
from desktop.models.book import Book
from desktop.queries.line_titles import LINE_TITLE

MOST = 4
"""Open matters of each sort."""
BROKEN_DAYS = 60
"""Days for which a broken promise is still something to speak of."""
UNDERWAY_DAYS = 60
"""Days after which an order that was never completed has been forgotten by its platform, not by the shop."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something open: `kind` is complaint, promise, case, order or task; `status` as the book has it.

    `due` is when it should be done, `since` when it began; `who` the clerk who has it in hand. `more` is what
    else there is to say: a case's next step as stored, what a complainant wants.
    """

    kind: str
    id: int
    number: str
    title: str
    status: str
    due: str | None
    since: str | None
    who: str = ""
    more: str = ""
    complaint_id: int | None = None
    """The complaint for which a promise was made."""

    def late(self, now: datetime) -> bool:
        """Whether it should have been done by now, or was promised in vain."""
        return self.status == "broken" or (self.due is not None and self.due < iso(now))


def open_matters(
    book: Book, customer_id: int, today: date, *, complaints: int, cases: int
) -> tuple[Matter, ...]:
    """What is open with a customer who has so many open complaints and cases."""
    return (
        *(_complaints(book, customer_id) if complaints else ()),
        *_promises(book, customer_id, today),
        *(_cases(book, customer_id) if cases else ()),
        *_underway(book, customer_id, today),
        *_tasks(book, customer_id, today),
    )


def _matters(book: Book, kind: str, sql: str, params: tuple[Any, ...]) -> list[Matter]:
    return [Matter(kind, *row) for row in book.rows(f"{sql} LIMIT {MOST}", params)]


def _complaints(book: Book, customer_id: int) -> list[Matter]:
    """What is to be done about each first: a reply, where none was given yet."""
    return _matters(
        book,
        "complaint",
        "SELECT c.id, c.number, c.title, c.status, iif(c.replied_at IS NULL, "
        "coalesce(c.reply_due_at, c.settle_due_at), c.settle_due_at) AS due, c.received_at, "
        "coalesce(staff.name, ''), c.wants FROM complaint AS c LEFT JOIN staff ON staff.id = c.staff_id "
        "WHERE c.customer_id = ? AND c.open = 1 ORDER BY due IS NULL, due, c.id",
        (customer_id,),
    )


def _promises(book: Book, customer_id: int, today: date) -> list[Matter]:
    return _matters(
        book,
        "promise",
        "SELECT p.id, '', p.text, p.outcome, p.due_at, p.made_at, coalesce(staff.name, ''), '', "
        "p.complaint_id FROM promise AS p LEFT JOIN staff ON staff.id = p.staff_id "
        "WHERE (p.customer_id = ?1 OR p.complaint_id IN (SELECT id FROM complaint WHERE customer_id = ?1)) "
        "AND (p.outcome = '' OR (p.outcome = 'broken' AND coalesce(p.ended_at, p.due_at) >= ?2)) "
        "ORDER BY p.outcome = '' DESC, p.due_at, p.id",
        (customer_id, (today - timedelta(days=BROKEN_DAYS)).isoformat()),
    )


def _cases(book: Book, customer_id: int) -> list[Matter]:
    return _matters(
        book,
        "case",
        "SELECT c.id, c.number, coalesce(nullif(c.title, ''), c.kind), c.status, c.due_at, c.opened_at, "
        "coalesce(staff.name, ''), coalesce((SELECT title FROM case_step WHERE case_id = c.id "
        "AND done_at IS NULL ORDER BY position, id LIMIT 1), '') "
        "FROM service_case AS c LEFT JOIN staff ON staff.id = c.staff_id "
        "WHERE c.customer_id = ? AND c.status IN ('open', 'waiting') ORDER BY c.opened_at, c.id",
        (customer_id,),
    )


def _underway(book: Book, customer_id: int, today: date) -> list[Matter]:
    """Orders that the customer has not got yet, or not paid."""
    return _matters(
        book,
        "order",
        f"SELECT o.id, o.number, coalesce((SELECT {LINE_TITLE} FROM order_line WHERE order_id = o.id "
        "ORDER BY position, id LIMIT 1), ''), o.status, NULL, o.placed_at, coalesce(staff.name, ''), '' "
        "FROM orders AS o LEFT JOIN staff ON staff.id = o.staff_id "
        "WHERE o.customer_id = ? AND o.purchase IN (0, 1) AND o.day >= ? "
        "AND o.status IN ('unpaid', 'paid', 'shipped') ORDER BY o.placed_at, o.id",
        (customer_id, today.toordinal() - UNDERWAY_DAYS),
    )


def _tasks(book: Book, customer_id: int, today: date) -> list[Matter]:
    rows = book.rows(
        "SELECT task.id, task.title, task.due_day, task.due_minute, coalesce(staff.name, ''), task.note "
        "FROM task LEFT JOIN staff ON staff.id = task.staff_id "
        "WHERE task.customer_id = ? AND task.done_at IS NULL AND task.due_day <= ? "
        f"ORDER BY task.due_day, coalesce(task.due_minute, 1440), task.id LIMIT {MOST}",
        (customer_id, today.toordinal()),
    )
    return [
        Matter("task", row, "", title, "", _task_due(day, minute), None, who, note)
        for row, title, day, minute, who, note in rows
    ]


def _task_due(day: int, minute: int | None) -> str:
    """The moment by which a task should be done; without a time, the day's end."""
    hours, minutes = divmod(1439 if minute is None else minute, 60)
    return f"{date.fromordinal(day)} {hours:02}:{minutes:02}:00"
