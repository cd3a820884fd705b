"""Customers side by side: every field, what reaches them, and how much hangs on each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.models.book import Book
from desktop.models.references import references_to
from desktop.models.summaries import state_sql
from desktop.queries.pairs import pair_of, pairs_with

FIELDS = (
    "name", "kind", "relation", "gender", "birthday", "region", "source", "referred_by", "likes", "dislikes",
    "expectations", "family", "notes",
)  # fmt: skip
"""What of two customers is compared field by field, in the order of the screen."""
_BESIDE = ("contact_point", "customer_tag", "not_same", "doubt")


@dataclass(frozen=True, slots=True)
class Compared:
    """One customer beside others.

    `fields` by the names in FIELDS, with birthday_calendar and birthday_leap; `referrer` is the name of who
    referred them; `points` are (kind, channel, value). `attached` counts the records that hang on them, by
    table. Days are ordinals, `spend` minor units.
    """

    id: int
    name: str
    created_at: str
    state: str
    last_day: int | None
    spend: int
    fields: Mapping[str, Any]
    referrer: str
    custom: Mapping[str, Any]
    points: tuple[tuple[str, str, str], ...]
    tags: tuple[str, ...]
    attached: Mapping[str, int]

    @property
    def records(self) -> int:
        """How many records hang on the customer."""
        return sum(self.attached.values())


def compared(book: Book, customers: Sequence[int], *, today: date) -> list[Compared]:
    """Customers made ready to stand side by side, in the order given; those that are gone are left out."""
    found = (_one(book, row, today) for row in customers)
    return [one for one in found if one is not None]


def _one(book: Book, customer: int, today: date) -> Compared | None:
    names = (*FIELDS, "birthday_calendar", "birthday_leap", "custom")
    row = book.row(
        f"SELECT {', '.join(f'c.{name}' for name in names)}, c.created_at, coalesce(r.name, ''), "
        f"{state_sql('?1', 's')}, s.last_day, s.spend FROM customer AS c "
        "JOIN customer_summary AS s ON s.customer_id = c.id LEFT JOIN customer AS r ON r.id = c.referred_by "
        "WHERE c.id = ?2",
        (today.toordinal(), customer),
    )
    if row is None:
        return None
    fields = dict(zip(names, row, strict=False))
    created_at, referrer, state, last_day, spend = row[len(names) :]
    return Compared(
        customer,
        fields["name"],
        created_at,
        state,
        last_day,
        spend,
        fields,
        referrer,
        json.loads(fields.pop("custom")),
        tuple(
            book.rows(
                "SELECT kind, channel, value FROM contact_point WHERE customer_id = ? "
                "ORDER BY kind = 'address', main DESC, id",
                (customer,),
            )
        ),
        tuple(
            name
            for (name,) in book.rows(
                "SELECT tag.name FROM customer_tag JOIN tag ON tag.id = tag_id WHERE customer_id = ? "
                "ORDER BY tag.name",
                (customer,),
            )
        ),
        _attached(book, customer),
    )


def _attached(book: Book, customer: int) -> dict[str, int]:
    """What hangs on a customer, by table: whichever tables the schema has."""
    found: dict[str, int] = {}
    for reference in references_to(book.db, "customer"):
        if reference.table not in _BESIDE:
            count = book.value(
                f'SELECT count(*) FROM "{reference.table}" WHERE "{reference.column}" = ?', (customer,)
            )
            if count:
                found[reference.table] = found.get(reference.table, 0) + int(count)
    files = book.value(
        "SELECT count(*) FROM attachment WHERE subject = 'customer' AND subject_id = ?", (customer,)
    )
    return {**found, "attachment": int(files)} if files else found


def group_of(book: Book, one: int, other: int, *, most: int) -> list[int]:
    """A pair and the customers who are offered with both of them: all may be one person; at most `most`."""
    around = [
        {member for pair in pairs_with(book, customer) for member in pair_of(pair)}
        for customer in (one, other)
    ]
    third = sorted((around[0] & around[1]) - {one, other})
    return [one, other, *third][:most]
