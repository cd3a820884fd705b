"""What matters around a complaint: its customer now, their other complaints, promises, order and parcels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop.core.days import as_date
from desktop.models.book import Book
from desktop.models.summaries import state_sql
from desktop.queries.complaint_detail import ComplaintDetail, PromiseRow, promises
from desktop.queries.line_titles import LINE_TITLE
from desktop.queries.order_detail import ShipmentRow, order_shipments
from desktop.queries.tasks import TaskRow, task_rows

MOST_EARLIER = 6
"""Other complaints that are listed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class OrderBrief:
    """An order in a line: `net` in minor units, `lines` what was bought, the first few titles."""

    id: int
    number: str
    placed_at: str
    status: str
    net: int
    lines: tuple[str, ...]
    parcels: tuple[ShipmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherComplaint:
    """Another complaint of the same customer, and what came of it."""

    id: int
    number: str
    title: str
    status: str
    subject: str
    received_at: str
    settled_at: str | None
    perceived: int | None


@dataclass(frozen=True, slots=True)
class CustomerNow:
    """What a customer is to the shop today. Days are ordinals, amounts minor units.

    `state` is the purchase state. `bought_since` counts purchases placed after the complaint was received,
    `bought_since_end` those after it ended (None while it is open).
    """

    id: int
    name: str
    phone: str
    state: str
    orders: int
    spend: int
    first_day: int | None
    last_day: int | None
    next_day: int | None
    points: int
    rating: float | None
    dislikes: str
    expectations: str
    tags: tuple[str, ...]
    complaints: int
    last_order: OrderBrief | None
    others: tuple[OtherComplaint, ...]
    promises: tuple[PromiseRow, ...]
    bought_since: int
    bought_since_end: int | None


@dataclass(frozen=True, slots=True)
class Contact:
    """A service note that hangs on the complaint."""

    id: int
    at: str
    channel: str
    title: str
    text: str
    staff: str


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside a complaint in its pane; `tasks` are its own, those still to do first."""

    customer: CustomerNow | None
    order: OrderBrief | None
    tasks: tuple[TaskRow, ...]
    contacts: tuple[Contact, ...]


def complaint_around(book: Book, detail: ComplaintDetail, now: datetime) -> Around:
    """All that matters beside a complaint at a moment."""
    row = detail.row
    task_ids = [
        found
        for (found,) in book.rows(
            "SELECT id FROM task WHERE complaint_id = ? ORDER BY done_at IS NOT NULL, due_day IS NULL, "
            "due_day, coalesce(due_minute, 1440), id",
            (row.id,),
        )
    ]
    tasks = task_rows(book, task_ids, now=now) if task_ids else {}
    contacts = book.rows(
        "SELECT interaction.id, happened_at, channel, title, text, coalesce(staff.name, '') FROM interaction "
        "LEFT JOIN staff ON staff.id = interaction.staff_id WHERE complaint_id = ? "
        "ORDER BY happened_at, interaction.id",
        (row.id,),
    )
    return Around(
        _customer(book, detail, now.date()) if row.customer_id is not None else None,
        _order(book, "orders.id = ?", detail.order_id) if detail.order_id is not None else None,
        tuple(tasks[task] for task in task_ids if task in tasks),
        tuple(Contact(*one) for one in contacts),
    )


def _customer(book: Book, detail: ComplaintDetail, today: date) -> CustomerNow | None:
    customer = detail.row.customer_id
    assert customer is not None
    found = book.row(
        "SELECT c.id, c.name, coalesce((SELECT value FROM contact_point WHERE customer_id = c.id "
        "AND kind = 'phone' ORDER BY main DESC, id LIMIT 1), ''), "
        f"{state_sql('?1', 's')}, s.orders, s.spend, s.first_day, s.last_day, s.next_day, s.points, "
        "s.rating, c.dislikes, c.expectations, s.complaints "
        "FROM customer AS c JOIN customer_summary AS s ON s.customer_id = c.id WHERE c.id = ?2",
        (today.toordinal(), customer),
    )
    if found is None:
        return None
    tags = tuple(
        name
        for (name,) in book.rows(
            "SELECT tag.name FROM customer_tag JOIN tag ON tag.id = tag_id WHERE customer_id = ? "
            "ORDER BY tag.name",
            (customer,),
        )
    )
    end = detail.ended_at
    *known, complaints = found
    rest: tuple[Any, ...] = (
        tags,
        complaints,
        _order(book, "orders.customer_id = ? AND orders.purchase = 1", customer),
        _others(book, detail.row.id, customer),
        tuple(
            one
            for one in promises(book, customer_id=customer, open_only=True)
            if one.complaint_id != detail.row.id
        ),
        _bought_after(book, customer, detail.row.received_at),
        _bought_after(book, customer, end) if end else None,
    )
    return CustomerNow(*(*known, *rest))


def _bought_after(book: Book, customer: int, moment: str) -> int:
    """Purchases of a customer after a moment."""
    return int(
        book.value(
            "SELECT count(*) FROM orders WHERE customer_id = ? AND purchase = 1 AND day >= ? "
            "AND placed_at > ?",
            (customer, as_date(moment).toordinal(), moment),
        )
    )


def _others(book: Book, complaint: int, customer: int) -> tuple[OtherComplaint, ...]:
    rows = book.rows(
        "SELECT id, number, title, status, subject, received_at, settled_at, "
        "(SELECT perceived FROM rating WHERE complaint_id = complaint.id AND perceived IS NOT NULL "
        "ORDER BY rated_at DESC, id DESC LIMIT 1) "
        "FROM complaint WHERE customer_id = ? AND id <> ? ORDER BY open DESC, received_at DESC, id DESC "
        "LIMIT ?",
        (customer, complaint, MOST_EARLIER),
    )
    return tuple(OtherComplaint(*row) for row in rows)


def _order(book: Book, which: str, value: Any) -> OrderBrief | None:
    """The newest order that a condition leaves."""
    found = book.row(
        f"SELECT id, number, placed_at, status, net FROM orders WHERE {which} "
        "ORDER BY placed_at DESC, id DESC LIMIT 1",
        (value,),
    )
    if found is None:
        return None
    lines = book.rows(
        f"SELECT {LINE_TITLE}, quantity FROM order_line WHERE order_id = ? ORDER BY position, id LIMIT 4",
        (found[0],),
    )
    titles = tuple(title if quantity == 1 else f"{title} ×{quantity:g}" for title, quantity in lines if title)
    parcels = tuple(order_shipments(book, found[0]))
    return OrderBrief(*(*found, titles, parcels))
