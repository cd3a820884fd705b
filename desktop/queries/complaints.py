"""Complaints: which there are, their rows for a board or list, what is due, and how many."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from desktop.core.days import iso
from desktop.core.words import COMPLAINT_STATUSES, SEVERITIES, SUBJECTS
from desktop.models.book import Book

Scope = Literal["open", "today", "overdue", "settled", "board", "all"]
"""open; due today; due before now; settled in the last 30 days; open and those; every one."""

SETTLED_DAYS = 30

# The deadline that counts now: the first reply's until there is one, then the settlement's.
_DUE = "(CASE WHEN complaint.replied_at IS NULL THEN complaint.reply_due_at ELSE complaint.settle_due_at END)"
_WAITING = """coalesce((SELECT kind = 'waiting' FROM complaint_step WHERE complaint_id = complaint.id
    AND kind IN ('waiting', 'resumed') ORDER BY at DESC, id DESC LIMIT 1), 0)"""
_RECENT = "complaint.open = 0 AND complaint.status <> 'rejected' AND complaint.settled_at >= :recent"

_WHERE: dict[Scope, str] = {
    "open": "complaint.open = 1",
    "today": f"complaint.open = 1 AND {_DUE} >= :now AND {_DUE} < :tomorrow AND NOT {_WAITING}",
    "overdue": f"complaint.open = 1 AND {_DUE} < :now AND NOT {_WAITING}",
    "settled": _RECENT,
    "board": f"(complaint.open = 1 OR ({_RECENT}))",
    "all": "true",
}


def _rank(column: str, codes: Iterable[str]) -> str:
    """SQL that numbers the codes of a column in the order of our word table."""
    whens = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(codes))
    return f"CASE complaint.{column} {whens} END"


ORDERS: dict[str, tuple[str, ...]] = {
    "due": (
        "complaint.open DESC",
        f"CASE WHEN complaint.open = 1 THEN {_WAITING} END",
        f"CASE WHEN complaint.open = 1 THEN {_DUE} IS NULL END",
        f"CASE WHEN complaint.open = 1 THEN {_DUE} END",
        "complaint.received_at DESC",
        "complaint.id DESC",
    ),
    "received": ("complaint.received_at",),
    "number": ("complaint.number",),
    "title": ("complaint.title",),
    "customer": ("(SELECT sort_name FROM customer_summary WHERE customer_id = complaint.customer_id)",),
    "subject": (_rank("subject", SUBJECTS),),
    "status": (_rank("status", COMPLAINT_STATUSES),),
    "severity": (_rank("severity", SEVERITIES),),
}
"""What the list can be sorted by; "due" has the overdue first, then what is due next, then the ended ones."""


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint as a card or a list shows it.

    `due_at` is the deadline that counts now (None: there is none, or it waits for the customer);
    `offer` is the kind of its last remedy, `offer_cost` its cost in minor units, `perceived` its rating.
    """

    id: int
    number: str
    title: str
    customer_id: int | None
    customer_name: str
    channel: str
    subject: str
    severity: str
    status: str
    received_at: str
    replied_at: str | None
    due_at: str | None
    settled_at: str | None
    closed_at: str | None
    reopened: int
    waiting: bool
    offer: str
    offer_cost: int
    perceived: int | None
    promise_due_at: str | None
    staff: str

    @property
    def open(self) -> bool:
        """Whether something is still to be done for it."""
        return self.status not in ("settled", "closed", "rejected")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many complaints each filter holds."""

    open: int
    today: int
    overdue: int
    settled: int
    reopened: int
    all: int


_ROW = f"""
SELECT complaint.id, complaint.number, complaint.title, complaint.customer_id, coalesce(customer.name, ''),
    complaint.channel, complaint.subject, complaint.severity, complaint.status, complaint.received_at,
    complaint.replied_at, CASE WHEN complaint.open = 1 AND NOT {_WAITING} THEN {_DUE} END,
    complaint.settled_at,
    complaint.closed_at, complaint.reopened, {_WAITING},
    coalesce(remedy.kind, ''), coalesce(remedy.cost, 0),
    (SELECT perceived FROM rating WHERE complaint_id = complaint.id AND perceived IS NOT NULL
        ORDER BY id DESC LIMIT 1),
    (SELECT min(due_at) FROM promise WHERE complaint_id = complaint.id AND outcome = ''),
    coalesce(staff.name, '')
FROM complaint LEFT JOIN customer ON customer.id = complaint.customer_id
    LEFT JOIN staff ON staff.id = complaint.staff_id
    LEFT JOIN remedy ON remedy.id = (SELECT max(id) FROM remedy AS r WHERE r.complaint_id = complaint.id)
"""


def _moments(now: datetime) -> dict[str, str]:
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return {"now": iso(now), "tomorrow": iso(tomorrow), "recent": iso(now - timedelta(days=SETTLED_DAYS))}


def complaint_ids(
    book: Book,
    *,
    now: datetime,
    scope: Scope = "open",
    text: str = "",
    customer_id: int | None = None,
    sort: str = "due",
    descending: bool = False,
) -> array[int]:
    """The ids of the complaints that a filter holds, in an order of `ORDERS`.

    `text` looks in number, title, words and customer name.
    """
    conditions = [_WHERE[scope]]
    params: dict[str, Any] = _moments(now)
    if customer_id is not None:
        conditions.append("complaint.customer_id = :customer")
        params["customer"] = customer_id
    if text.strip():
        conditions.append(
            "(complaint.number LIKE :like OR complaint.title LIKE :like OR complaint.text LIKE :like OR "
            "complaint.customer_id IN (SELECT id FROM customer WHERE name LIKE :like))"
        )
        params["like"] = f"%{text.strip()}%"
    order = ORDERS[sort]
    if sort != "due":
        order = tuple(f"{term} DESC" if descending else term for term in (*order, "complaint.id"))
    sql = f"SELECT complaint.id FROM complaint WHERE {' AND '.join(conditions)} ORDER BY {', '.join(order)}"
    return array("q", (row for (row,) in book.rows(sql, params)))


def complaint_rows(book: Book, ids: Sequence[int]) -> list[ComplaintRow]:
    """The rows of these ids, in their order; those gone meanwhile are left out."""
    if not ids:
        return []
    marks = ", ".join("?" for _ in ids)
    found = {row[0]: row for row in book.rows(f"{_ROW} WHERE complaint.id IN ({marks})", tuple(ids))}
    return [_row(found[row_id]) for row_id in ids if row_id in found]


def _row(row: tuple[Any, ...]) -> ComplaintRow:
    values = list(row)
    values[15] = bool(values[15])
    return ComplaintRow(*values)


def counts(book: Book, *, now: datetime) -> Counts:
    """How many complaints are open, due, overdue, lately settled, open again, and in the book."""
    params = _moments(now)
    # One pass over the open ones, which the index holds together; the rest by their own ranges.
    row = book.row(
        f"""
        SELECT count(*), sum(CASE WHEN {_DUE} >= :now AND {_DUE} < :tomorrow AND NOT {_WAITING} THEN 1 END),
            sum(CASE WHEN {_DUE} < :now AND NOT {_WAITING} THEN 1 END), sum(CASE WHEN reopened > 0 THEN 1 END)
        FROM complaint WHERE open = 1
        """,
        {name: params[name] for name in ("now", "tomorrow")},
    )
    settled = book.value(f"SELECT count(*) FROM complaint WHERE {_RECENT}", {"recent": params["recent"]})
    everything = book.value("SELECT count(*) FROM complaint")
    return Counts(row[0], row[1] or 0, row[2] or 0, settled, row[3] or 0, everything)


def open_count(book: Book) -> int:
    """How many complaints are open: the number beside their place in the sidebar."""
    return int(book.value("SELECT count(*) FROM complaint WHERE open = 1"))


def due_soon(book: Book, *, now: datetime, within: timedelta = timedelta(hours=2)) -> list[ComplaintRow]:
    """Open complaints whose deadline has passed or comes within a time, the most pressing first."""
    sql = (
        f"SELECT complaint.id FROM complaint WHERE complaint.open = 1 AND {_DUE} < :until "
        f"AND NOT {_WAITING} ORDER BY {_DUE}, complaint.id"
    )
    return complaint_rows(book, [row for (row,) in book.rows(sql, {"until": iso(now + within)})])
