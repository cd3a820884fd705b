"""The rows of a page of the customer list: whatever a column may show of a customer."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop.models.book import Book
from desktop.models.summaries import state_sql

_OF_CUSTOMER = (
    "name", "kind", "relation", "region", "gender", "birthday", "birthday_calendar", "birthday_leap",
    "source", "referred_by", "likes", "dislikes", "expectations", "family", "notes", "created_at",
    "checked_on",
)  # fmt: skip
_OF_SUMMARY = (
    "first_day", "last_day", "rhythm", "occasions", "orders", "spend", "rating", "ratings", "complaints",
    "open_complaints", "next_day", "points", "last_contact", "contacts", "cases", "open_cases", "brought",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A line of the customer list; days are ordinals, `rhythm` days, `spend` minor units, `rating` 1 to 5.

    `next_day` is when they are expected next, `reach` the main contact point of each kind as it is written,
    `custom` what stands in the shop's own fields.
    """

    id: int
    name: str
    kind: str
    relation: str
    region: str
    gender: str
    birthday: str
    birthday_calendar: str
    birthday_leap: int
    source: str
    referred_by: int | None
    likes: str
    dislikes: str
    expectations: str
    family: str
    notes: str
    created_at: str
    checked_on: int | None
    first_day: int | None
    last_day: int | None
    rhythm: float | None
    occasions: int
    orders: int
    spend: int
    rating: float | None
    ratings: int
    complaints: int
    open_complaints: int
    next_day: int | None
    points: int
    last_contact: int | None
    contacts: int
    cases: int
    open_cases: int
    brought: int
    state: str
    referrer: str
    custom: Mapping[str, Any] = field(default_factory=dict)
    phone: str = ""
    reach: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


def customer_rows(book: Book, ids: Sequence[int], today: date) -> dict[int, CustomerRow]:
    """The rows of some customers by id; ids that are gone are left out. Meant for a page, not for all."""
    wanted = tuple(ids)
    marks = ", ".join("?" * len(wanted))
    phones: dict[int, str] = {}
    reach: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for customer, kind, channel, value, norm in book.rows(
        f"SELECT customer_id, kind, channel, value, norm FROM contact_point WHERE customer_id IN ({marks}) "
        "ORDER BY customer_id, main DESC, id",
        wanted,
    ):
        reach[customer].setdefault("member" if channel == "member" else kind, value)
        if kind == "phone":
            phones.setdefault(customer, norm)
    tags: dict[int, tuple[str, ...]] = {}
    for customer, tag in book.rows(
        f"SELECT customer_id, name FROM customer_tag JOIN tag ON tag.id = tag_id "
        f"WHERE customer_id IN ({marks}) ORDER BY customer_id, tag.name",
        wanted,
    ):
        tags[customer] = (*tags.get(customer, ()), tag)
    rows = book.rows(
        f"SELECT c.id, {', '.join(f'c.{name}' for name in _OF_CUSTOMER)}, "
        f"{', '.join(f's.{name}' for name in _OF_SUMMARY)}, {state_sql('?1', 's')}, "
        "coalesce((SELECT name FROM customer AS r WHERE r.id = c.referred_by), ''), c.custom "
        "FROM customer AS c JOIN customer_summary AS s ON s.customer_id = c.id "
        f"WHERE c.id IN ({marks})",
        (today.toordinal(), *wanted),
    )

    def beside(one: int) -> tuple[Any, ...]:
        return phones.get(one, ""), reach.get(one, {}), tags.get(one, ())

    return {row[0]: CustomerRow(*(*row[:-1], json.loads(row[-1]), *beside(row[0]))) for row in rows}
