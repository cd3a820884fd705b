"""One complaint with all that belongs to it: its history, promises and remedies, links, rating and files.

What its customer means to the shop meanwhile is in queries/complaint_around.py.
"""

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
    staff_id: int | None = None
    complaint_id: int | None = None


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """A remedy and its cost in minor units; `state` is offered, given or declined (only `given` costs)."""

    id: int
    kind: str
    cost: int
    text: str
    given_at: str
    state: str = "given"
    staff: str = ""
    points: int = 0


@dataclass(frozen=True, slots=True)
class Linked:
    """Another complaint that this one has to do with."""

    id: int
    number: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link to `other` of a kind of words.COMPLAINT_LINKS; `outward`: it was made from this complaint."""

    id: int
    kind: str
    outward: bool
    other: Linked


@dataclass(frozen=True, slots=True)
class RatingOf:
    """How the customer found the handling; asked only, while `rated_at` is None."""

    id: int
    asked_at: str | None
    rated_at: str | None
    perceived: int | None
    expected: int | None
    effort: int | None
    recommend: int | None
    reasons: str
    text: str


@dataclass(frozen=True, slots=True)
class ComplaintDetail:
    """Everything that is kept with a complaint; both deadlines stand as they are stored.

    `aliases` are the numbers of complaints that were merged into this one; `waiting_since` is when its clock
    was stopped, None while it runs; `files` counts what is kept with it.
    """

    row: ComplaintRow
    order_id: int | None
    order_number: str
    product_id: int | None
    product: str
    text: str
    wants: str
    nature: str
    detail: str
    mood: str
    reply_due_at: str | None
    settle_due_at: str | None
    rejected_because: str
    alternatives: str
    cause: str
    prevention: str
    settlement: str
    dispute: str
    waiting_since: str | None
    staff_id: int | None
    files: int
    steps: tuple[StepRow, ...]
    promises: tuple[PromiseRow, ...]
    remedies: tuple[RemedyRow, ...]
    follows: Linked | None
    followed_by: tuple[Linked, ...]
    links: tuple[LinkRow, ...]
    aliases: tuple[str, ...]
    ratings: tuple[RatingOf, ...]

    @property
    def ended_at(self) -> str | None:
        """When it ended, None while it is open."""
        return None if self.row.open else self.row.closed_at or self.row.settled_at

    @property
    def rating(self) -> RatingOf | None:
        """The last answer, else the last question, else None."""
        answered = [one for one in self.ratings if one.rated_at]
        return next(reversed(answered or self.ratings), None)

    @property
    def offered(self) -> tuple[RemedyRow, ...]:
        """Remedies that the customer has neither taken nor declined."""
        return tuple(one for one in self.remedies if one.state == "offered")

    @property
    def cost(self) -> int:
        """What the remedies given have cost, minor units."""
        return sum(one.cost for one in self.remedies if one.state == "given")


_STORED = ("order_id", "order_number", "product_id", "product", "text", "wants", "nature", "detail", "mood",
           "reply_due_at", "settle_due_at", "rejected_because", "alternatives", "cause", "prevention",
           "settlement", "dispute", "waiting_since", "staff_id", "files")  # fmt: skip


def complaint_detail(book: Book, complaint_id: int) -> ComplaintDetail | None:
    """One complaint, or None when it is gone."""
    rows = complaint_rows(book, [complaint_id])
    if not rows:
        return None
    *stored, follows = book.row(
        """
        SELECT complaint.order_id, coalesce(orders.number, ''), complaint.product_id,
            coalesce(product.name, ''), complaint.text, complaint.wants, complaint.nature, complaint.detail,
            complaint.mood, complaint.reply_due_at, complaint.settle_due_at, complaint.rejected_because,
            complaint.alternatives, complaint.cause, complaint.prevention, complaint.settlement,
            complaint.dispute, complaint.waiting_since, complaint.staff_id,
            (SELECT count(*) FROM attachment WHERE subject = 'complaint' AND subject_id = complaint.id),
            complaint.follows
        FROM complaint LEFT JOIN orders ON orders.id = complaint.order_id
            LEFT JOIN product ON product.id = complaint.product_id
        WHERE complaint.id = ?
        """,
        (complaint_id,),
    )
    return ComplaintDetail(
        rows[0],
        **dict(zip(_STORED, stored, strict=True)),
        steps=tuple(StepRow(*row) for row in _steps(book, complaint_id)),
        promises=tuple(promises(book, complaint_id=complaint_id)),
        remedies=tuple(RemedyRow(*row) for row in _remedies(book, complaint_id)),
        follows=next(iter(_linked(book, "id", follows)), None),
        followed_by=tuple(_linked(book, "follows", complaint_id)),
        links=tuple(_links(book, complaint_id)),
        aliases=tuple(
            number
            for (number,) in book.rows(
                "SELECT number FROM complaint_alias WHERE complaint_id = ? ORDER BY id", (complaint_id,)
            )
        ),
        ratings=tuple(
            RatingOf(*row)
            for row in book.rows(
                "SELECT id, asked_at, rated_at, perceived, expected, effort, recommend, reasons, text "
                "FROM rating WHERE complaint_id = ? ORDER BY coalesce(rated_at, asked_at), id",
                (complaint_id,),
            )
        ),
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
        "SELECT promise.id, text, made_at, due_at, outcome, ended_at, coalesce(staff.name, ''), staff_id, "
        "complaint_id FROM promise "
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


def _remedies(book: Book, complaint_id: int) -> list[tuple[Any, ...]]:
    return book.rows(
        "SELECT remedy.id, kind, cost, text, given_at, state, coalesce(staff.name, ''), points FROM remedy "
        "LEFT JOIN staff ON staff.id = remedy.staff_id WHERE complaint_id = ? ORDER BY given_at, remedy.id",
        (complaint_id,),
    )


def _linked(book: Book, column: str, value: int | None) -> list[Linked]:
    if value is None:
        return []
    sql = f"SELECT id, number, title, status FROM complaint WHERE {column} = ? ORDER BY id"
    return [Linked(*row) for row in book.rows(sql, (value,))]


def _links(book: Book, complaint_id: int) -> list[LinkRow]:
    """The links of a complaint, whichever of the two they were made from."""
    rows = book.rows(
        "SELECT link.id, link.kind, link.complaint_id = :id, other.id, other.number, other.title, "
        "other.status FROM complaint_link AS link JOIN complaint AS other "
        "ON other.id = iif(link.complaint_id = :id, link.linked_id, link.complaint_id) "
        "WHERE link.complaint_id = :id OR link.linked_id = :id ORDER BY other.received_at, link.id",
        {"id": complaint_id},
    )
    return [LinkRow(row, kind, bool(outward), Linked(*other)) for row, kind, outward, *other in rows]
