"""Complaints: which a filter holds in which order, their rows for a card or a list, and how many."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.queries.complaint_filter import NEVER, WIDE, ComplaintFilter, moments, parts, text_ids, whole
from desktop.queries.complaint_orders import DUE, GATHERED, order_by
from desktop.queries.complaint_orders import ORDERS as ORDERS

if TYPE_CHECKING:
    from desktop.queries.complaint_columns import ComplaintMoment


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint as a card or a list shows it.

    `due_at` is the deadline that counts now (None: there is none, or it waits for the customer);
    `offer` is the kind of its last remedy that was not declined, `offer_cost` its cost and `cost` that of all
    given, in minor units; `perceived` its rating.
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
    product: str
    detail: str
    cause: str
    settlement: str
    dispute: str
    cost: int
    waiting_since: str | None

    @property
    def open(self) -> bool:
        """Whether something is still to be done for it."""
        return self.status not in ("settled", "closed", "rejected")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many complaints each filter holds; `reopened` are those open again."""

    open: int
    today: int
    overdue: int
    waiting: int
    settled: int
    reopened: int
    rejected: int
    all: int


_ROW = """
SELECT complaint.id, complaint.number, complaint.title, complaint.customer_id, coalesce(customer.name, ''),
    complaint.channel, complaint.subject, complaint.severity, complaint.status, complaint.received_at,
    complaint.replied_at, complaint.due_at, complaint.settled_at,
    complaint.closed_at, complaint.reopened, complaint.open = 1 AND complaint.waiting_since IS NOT NULL,
    coalesce(remedy.kind, ''), coalesce(remedy.cost, 0),
    (SELECT perceived FROM rating WHERE complaint_id = complaint.id AND perceived IS NOT NULL
        ORDER BY id DESC LIMIT 1),
    (SELECT min(due_at) FROM promise WHERE complaint_id = complaint.id AND outcome = ''),
    coalesce(staff.name, ''), coalesce(product.name, ''), complaint.detail, complaint.cause,
    complaint.settlement, complaint.dispute,
    coalesce((SELECT sum(cost) FROM remedy WHERE complaint_id = complaint.id AND state = 'given'), 0),
    complaint.waiting_since
FROM complaint LEFT JOIN customer ON customer.id = complaint.customer_id
    LEFT JOIN staff ON staff.id = complaint.staff_id
    LEFT JOIN product ON product.id = complaint.product_id
    LEFT JOIN remedy ON remedy.id =
        (SELECT max(id) FROM remedy AS r WHERE r.complaint_id = complaint.id AND r.state <> 'declined')
"""


def complaint_ids(
    book: Book,
    *,
    now: datetime,
    view: ComplaintFilter,
    sort: str = DUE,
    descending: bool = False,
    most: int | None = None,
    progress: Progress = SILENT,
) -> array[int]:
    """The ids of the complaints that a filter holds, in an order of `ORDERS`; of `most`, the first ones.

    Raises KeyError for another order and Cancelled when `progress` was stopped.
    """
    if sort == DUE and descending:
        ids = complaint_ids(book, now=now, view=view, progress=progress)
        ids.reverse()
        return ids if most is None else ids[:most]
    if (wide := _wide(book, view, sort, descending)) is not None:
        return wide if most is None else wide[:most]
    found: array[int] = array("q")
    for sql, params in _statements(book, view, now, sort, descending):
        left = "" if most is None else f" LIMIT {most - len(found)}"
        found.extend(id_list(book, sql + left, params))
        progress.check()
        if most is not None and len(found) >= most:
            break
    return found


def _wide(book: Book, view: ComplaintFilter, sort: str, descending: bool) -> array[int] | None:
    """From columns in memory, where those are quicker and at hand."""
    moment = wide_moment(book, view, sort)
    if moment is None:
        return None
    from desktop.queries.complaint_wide import in_order, places

    found = text_ids(book, view.text) if view.text.strip() else None
    return in_order(moment.complaints, places(moment, view, found), sort, descending=descending)


def wide_moment(book: Book, view: ComplaintFilter, sort: str = DUE) -> ComplaintMoment | None:
    """The columns that answer a filter that looks at nearly all complaints, once they have been read."""
    if view.scope not in WIDE or not view.narrows or view.few:
        return None
    from desktop.queries.complaint_columns import at_hand, complaint_columns
    from desktop.queries.complaint_wide import answers

    return complaint_columns(book) if answers(view, sort) and at_hand(book) else None


def _statements(
    book: Book, view: ComplaintFilter, now: datetime, sort: str, descending: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The statements whose answers one after the other are the ordered ids."""
    select = "SELECT complaint.id AS id FROM"
    if sort == DUE:
        for one in parts(book, view, now):
            yield f"{select} complaint WHERE {one.where} ORDER BY {one.urgency}", one.params
        return
    part = whole(book, view, now)
    if sort not in GATHERED or view.scope not in WIDE:
        order = order_by(sort, descending=descending)
        yield f"{select} complaint WHERE {part.where} ORDER BY {order}", part.params
        return
    way = " DESC" if descending else ""
    made = GATHERED[sort]
    yield (
        f"{select} ({made}) AS made JOIN complaint ON complaint.id = made.complaint_id "
        f"WHERE {part.where} ORDER BY made.value{way}, complaint.id{way}",
        part.params,
    )
    yield (
        f"{select} complaint WHERE {part.where} AND complaint.id NOT IN (SELECT complaint_id FROM ({made})) "
        f"ORDER BY complaint.id{way}",
        part.params,
    )


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
    """How many complaints are open, due, overdue, waiting, lately settled, open again, rejected, in all."""
    at = moments(now)

    def number(sql: str, **params: str) -> int:
        return int(book.value(f"SELECT count(*) FROM complaint WHERE {sql}", params))

    return Counts(
        number("open = 1"),
        number("due_at >= :now AND due_at < :tomorrow", now=at["now"], tomorrow=at["tomorrow"]),
        number("due_at < :now", now=at["now"]),
        number(f"open = 1 AND coalesce(due_at, '{NEVER}') = '{NEVER}' AND waiting_since IS NOT NULL"),
        number("settled_at >= :recent AND +open = 0 AND +status <> 'rejected'", recent=at["recent"]),
        number("open = 1 AND reopened > 0"),
        number("status = 'rejected'"),
        number("true"),
    )


def due_counts(book: Book, *, now: datetime) -> tuple[int, int]:
    """How many complaints are overdue, and how many more are due today: what the sidebar tells."""
    at = moments(now)
    late, by_tonight = book.row(
        "SELECT count(*) FILTER (WHERE due_at < :now), count(*) FROM complaint WHERE due_at < :tomorrow",
        {"now": at["now"], "tomorrow": at["tomorrow"]},
    )
    return int(late), int(by_tonight - late)
