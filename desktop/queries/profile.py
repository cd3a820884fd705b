"""Everything a profile answers about one customer: who they are, how they are, what comes next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from desktop.models.book import Book
from desktop.models.summaries import state_sql
from desktop.queries.attachments import customer_attachments
from desktop.queries.promotions import LeftOut, left_out


@dataclass(frozen=True, slots=True)
class PointRow:
    """A contact point as written (`value`) and as recognised (`norm`)."""

    kind: str
    channel: str
    value: str
    norm: str
    main: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """One customer. Days are ordinals, `rhythm` days, amounts minor units, ratings 1 to 5.

    `perceived` and `expected` are means over the ratings that carry both; `rating` over all.
    `brought_spend` is what the `brought` customers who came straight through this one have spent. `balance`
    is that of points, `files` counts those kept with the customer or what happened with them.
    """

    id: int
    name: str
    kind: str
    relation: str
    gender: str
    birthday: str
    birthday_calendar: str
    birthday_leap: bool
    region: str
    source: str
    referred_by: int | None
    referrer: str
    likes: str
    dislikes: str
    expectations: str
    family: str
    notes: str
    custom: Mapping[str, Any]
    created_at: str
    checked_on: int | None
    state: str
    orders: int
    occasions: int
    spend: int
    first_day: int | None
    last_day: int | None
    rhythm: float | None
    drift_day: int | None
    lost_day: int | None
    rating: float | None
    ratings: int
    complaints: int
    open_complaints: int
    expected_day: int | None
    balance: int
    brought: int
    cases: int
    points: tuple[PointRow, ...] = ()
    tags: tuple[str, ...] = ()
    perceived: float | None = None
    expected: float | None = None
    both: int = 0
    brought_spend: int = 0
    all_orders: int = 0
    files: int = 0
    channels: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    """Why they get no promotions."""
    gaps: tuple[int, ...] = field(default=(), repr=False)

    @property
    def phone(self) -> str:
        """The main phone number in its canonical form, or ""."""
        return next((point.norm for point in self.points if point.kind == "phone"), "")


def profile(book: Book, *, customer_id: int, today: date) -> Profile | None:
    """All of one customer, or None when there is none of that id."""
    found = book.row(
        "SELECT c.id, c.name, c.kind, c.relation, c.gender, c.birthday, c.birthday_calendar, "
        "c.birthday_leap, c.region, c.source, c.referred_by, coalesce(r.name, ''), c.likes, c.dislikes, "
        "c.expectations, c.family, c.notes, c.custom, c.created_at, c.checked_on, "
        f"{state_sql('?1', 's')}, s.orders, s.occasions, s.spend, "
        "s.first_day, s.last_day, s.rhythm, s.drift_day, s.lost_day, s.rating, s.ratings, s.complaints, "
        "s.open_complaints, s.next_day, s.points, s.brought, s.cases "
        "FROM customer AS c JOIN customer_summary AS s ON s.customer_id = c.id "
        "LEFT JOIN customer AS r ON r.id = c.referred_by WHERE c.id = ?2",
        (today.toordinal(), customer_id),
    )
    if found is None:
        return None
    head, custom, tail = found[:17], json.loads(found[17]), found[18:]
    perceived, expected, both = book.row(
        "SELECT avg(perceived), avg(expected), count(*) FROM rating "
        "WHERE customer_id = ? AND perceived IS NOT NULL AND expected IS NOT NULL",
        (customer_id,),
    )
    more: tuple[Any, ...] = (
        _points(book, customer_id),
        _tags(book, customer_id),
        perceived,
        expected,
        both,
        _brought_spend(book, customer_id),
        book.value("SELECT count(*) FROM orders WHERE customer_id = ?", (customer_id,)),
        _files(book, customer_id),
        _channels(book, customer_id),
        left_out(book, customer_id),
        _gaps(book, customer_id),
    )
    return Profile(*(*head, custom, *tail, *more))


def _brought_spend(book: Book, customer_id: int) -> int:
    return int(
        book.value(
            "SELECT coalesce(sum(s.spend), 0) FROM customer AS c "
            "JOIN customer_summary AS s ON s.customer_id = c.id WHERE c.referred_by = ?",
            (customer_id,),
        )
    )


def _files(book: Book, customer_id: int) -> int:
    """How many files are kept with the customer, their orders, cases, complaints and notes."""
    return len(customer_attachments(book, customer_id=customer_id))


def _points(book: Book, customer_id: int) -> tuple[PointRow, ...]:
    rows = book.rows(
        "SELECT kind, channel, value, norm, main FROM contact_point WHERE customer_id = ? "
        "ORDER BY main DESC, id",
        (customer_id,),
    )
    return tuple(PointRow(*(*row[:4], bool(row[4]))) for row in rows)


def _tags(book: Book, customer_id: int) -> tuple[str, ...]:
    rows = book.rows(
        "SELECT tag.name FROM customer_tag JOIN tag ON tag.id = tag_id WHERE customer_id = ? "
        "ORDER BY tag.name",
        (customer_id,),
    )
    return tuple(name for (name,) in rows)


def _channels(book: Book, customer_id: int) -> tuple[str, ...]:
    """The channels the customer buys through, the most used first."""
    rows = book.rows(
        "SELECT channel FROM orders WHERE customer_id = ? AND channel <> '' GROUP BY channel "
        "ORDER BY count(*) DESC, channel LIMIT 3",
        (customer_id,),
    )
    return tuple(channel for (channel,) in rows)


def _gaps(book: Book, customer_id: int) -> tuple[int, ...]:
    """The days between purchase occasions (days with a purchase), in time's order."""
    days = [
        day
        for (day,) in book.rows(
            "SELECT DISTINCT day FROM orders WHERE customer_id = ? AND purchase = 1 ORDER BY day",
            (customer_id,),
        )
    ]
    return tuple(later - earlier for earlier, later in pairwise(days))
