"""Deadlines and promises that are to be told of: those that come up soon, and those that have passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.core.days import from_iso, iso
from desktop.core.working_hours import OpeningHours
from desktop.models.book import Book
from desktop.queries.opening import opening_hours

_LONG_PAST = timedelta(days=31)
"""What passed before that is no news."""
_MOST = 500
_AHEAD = 60
"""Of the deadlines to come only these few are looked at for the next that rings."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Something to be told of at the moment `at`: a deadline or a promise that is due at `due`.

    `what` is reply, settlement or promise; `late` says that it has passed. `id` is the complaint's, or the
    promise's. `text` is the complaint's title, or what was promised.
    """

    what: str
    late: bool
    at: datetime
    due: datetime
    id: int
    complaint_id: int | None
    number: str
    text: str
    customer_id: int | None
    customer_name: str

    @property
    def key(self) -> tuple[str, bool, int]:
        """What is rung for once."""
        return self.what, self.late, self.id


_COMPLAINTS = """
SELECT CASE WHEN complaint.replied_at IS NULL THEN 'reply' ELSE 'settlement' END, complaint.due_at,
    complaint.received_at, complaint.id, complaint.id, complaint.number, complaint.title,
    complaint.customer_id, coalesce(customer.name, '')
FROM complaint LEFT JOIN customer ON customer.id = complaint.customer_id
WHERE complaint.due_at > :after AND complaint.due_at <= :until ORDER BY complaint.due_at
"""
_PROMISES = """
SELECT 'promise', promise.due_at, promise.made_at, promise.id, promise.complaint_id,
    coalesce(complaint.number, ''), promise.text, promise.customer_id, coalesce(customer.name, '')
FROM promise LEFT JOIN complaint ON complaint.id = promise.complaint_id
    LEFT JOIN customer ON customer.id = promise.customer_id
WHERE promise.outcome = '' AND promise.due_at > :after AND promise.due_at <= :until ORDER BY promise.due_at
"""


def ringing(book: Book, *, now: datetime) -> list[Ring]:
    """What is to be told of now, by the moment from which it is; nothing where the shop wants no warnings.

    A deadline comes up so many minutes before as complaints.warn_minutes says, but not before half its time
    is over, and never while the shop is closed: then when it opens.
    """
    warn = _warning(book)
    if not warn:
        return []
    hours = opening_hours(book)
    span = {"after": iso(now - _LONG_PAST), "until": iso(now + warn)}
    found = []
    for sql in (_COMPLAINTS, _PROMISES):
        for what, due_text, begun, row, *about in book.rows(f"{sql} DESC LIMIT {_MOST}", span):
            due = from_iso(due_text)
            late = due <= now
            at = due if late else _soon(hours, from_iso(begun), due, warn)
            if at <= now:
                found.append(Ring(what, late, at, due, row, *about))
    return sorted(found, key=lambda ring: (ring.at, ring.due))


def next_ring(book: Book, *, now: datetime) -> datetime | None:
    """When something comes up or passes next; None when nothing will."""
    warn = _warning(book)
    if not warn:
        return None
    hours = opening_hours(book)
    span = {"after": iso(now), "until": iso(datetime.max)}
    first = datetime.max
    for sql in (_COMPLAINTS, _PROMISES):
        for _, due_text, begun, *_ in book.rows(f"{sql} LIMIT {_AHEAD}", span):
            due = from_iso(due_text)
            if due - warn >= first:
                break
            soon = _soon(hours, from_iso(begun), due, warn)
            first = min(first, soon if soon > now else due)
    return None if first == datetime.max else first


def _warning(book: Book) -> timedelta:
    return timedelta(minutes=max(0, int(book.setting("complaints.warn_minutes"))))


def _soon(hours: OpeningHours, begun: datetime, due: datetime, warn: timedelta) -> datetime:
    """From when on something that is due counts as coming up."""
    soon = due - min(warn, max(due - begun, timedelta()) / 2)
    opens = hours.next_opening(soon)
    return opens if opens is not None and opens < due else soon
