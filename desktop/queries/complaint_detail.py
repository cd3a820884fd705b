"""One complaint with all that belongs to it: its history, promises and remedies, and its customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.models.book import Book
from desktop.queries.complaints import ComplaintRow, complaint_rows


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of a complaint's history; see core/complaint_process.py for the kinds."""

    id: int
    at: str
    kind: str
    text: str
    staff: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise; `outcome` is "" while it is open, then kept or broken."""

    id: int
    text: str
    made_at: str
    due_at: str
    outcome: str
    ended_at: str | None
    staff: str


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """A remedy and its cost in minor units."""

    id: int
    kind: str
    cost: int
    text: str
    given_at: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Another complaint that this one follows or is followed by."""

    id: int
    number: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class ComplaintDetail:
    """Everything the pane beside the board shows; both deadlines stand as they are stored."""

    row: ComplaintRow
    order_id: int | None
    order_number: str
    text: str
    wants: str
    nature: str
    detail: str
    mood: str
    reply_due_at: str | None
    settle_due_at: str | None
    rejected_because: str
    steps: tuple[StepRow, ...]
    promises: tuple[PromiseRow, ...]
    remedies: tuple[RemedyRow, ...]
    follows: Linked | None
    followed_by: tuple[Linked, ...]
    earlier: int
    """Other complaints of this customer."""
    orders: int
    spend: int
    """What the customer bought and spent in all, in minor units."""


_STORED = ("order_id", "order_number", "text", "wants", "nature", "detail", "mood", "reply_due_at",
           "settle_due_at", "rejected_because")  # fmt: skip


def complaint_detail(book: Book, complaint_id: int) -> ComplaintDetail | None:
    """One complaint, or None when it is gone."""
    rows = complaint_rows(book, [complaint_id])
    if not rows:
        return None
    head = book.row(
        """
        SELECT complaint.order_id, coalesce(orders.number, ''), complaint.text, complaint.wants,
            complaint.nature, complaint.detail, complaint.mood, complaint.reply_due_at,
            complaint.settle_due_at, complaint.rejected_because, complaint.follows,
            coalesce(customer_summary.complaints, 1),
            coalesce(customer_summary.orders, 0), coalesce(customer_summary.spend, 0)
        FROM complaint LEFT JOIN orders ON orders.id = complaint.order_id
            LEFT JOIN customer_summary ON customer_summary.customer_id = complaint.customer_id
        WHERE complaint.id = ?
        """,
        (complaint_id,),
    )
    stored, (follows, complaints, orders, spend) = head[:10], head[10:]
    return ComplaintDetail(
        rows[0],
        **dict(zip(_STORED, stored, strict=True)),
        steps=tuple(StepRow(*row) for row in _steps(book, complaint_id)),
        promises=tuple(promises(book, complaint_id=complaint_id)),
        remedies=tuple(
            RemedyRow(*row)
            for row in book.rows(
                "SELECT id, kind, cost, text, given_at FROM remedy WHERE complaint_id = ? "
                "ORDER BY given_at, id",
                (complaint_id,),
            )
        ),
        follows=next(iter(_linked(book, "id", follows)), None),
        followed_by=tuple(_linked(book, "follows", complaint_id)),
        earlier=max(0, complaints - 1),
        orders=orders,
        spend=spend,
    )


def promises(
    book: Book, *, complaint_id: int | None = None, customer_id: int | None = None, open_only: bool = False
) -> list[PromiseRow]:
    """The promises of a complaint or of a customer, the one due first at the top."""
    column, value = (
        ("complaint_id", complaint_id) if complaint_id is not None else ("customer_id", customer_id)
    )
    still_open = " AND outcome = ''" if open_only else ""
    sql = (
        "SELECT promise.id, text, made_at, due_at, outcome, ended_at, coalesce(staff.name, '') FROM promise "
        f"LEFT JOIN staff ON staff.id = promise.staff_id WHERE promise.{column} = ?{still_open} "
        "ORDER BY due_at, promise.id"
    )
    return [PromiseRow(*row) for row in book.rows(sql, (value,))]


def _steps(book: Book, complaint_id: int) -> list[tuple[Any, ...]]:
    return book.rows(
        "SELECT complaint_step.id, at, kind, text, coalesce(staff.name, '') FROM complaint_step "
        "LEFT JOIN staff ON staff.id = complaint_step.staff_id WHERE complaint_id = ? "
        "ORDER BY at, complaint_step.id",
        (complaint_id,),
    )


def _linked(book: Book, column: str, value: int | None) -> list[Linked]:
    if value is None:
        return []
    sql = f"SELECT id, number, title, status FROM complaint WHERE {column} = ? ORDER BY id"
    return [Linked(*row) for row in book.rows(sql, (value,))]
