"""Writes the customers of an import: new ones with all that hangs on them, and doubts about who is who."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop.core.text import normalise_account
from desktop.core.translation import tr
from desktop.exchange.checking.records import Person
from desktop.exchange.comparing.customer_changes import FACTS, called
from desktop.exchange.values.reader import Point
from desktop.models.customers import ContactPoint, Customer, CustomerTag, Tag
from desktop.models.recognition import Doubt
from desktop.models.shop import CustomField
from desktop.operations.import_writing import Writing
from desktop.queries import known

POINT_COLUMNS = ("customer_id", "kind", "channel", "value", "norm", "main")
_CALENDAR = ("birthday_calendar", "birthday_leap")
_DEFAULTS: Mapping[str, Any] = {
    "kind": "individual", "relation": "active", "birthday_calendar": "solar", "birthday_leap": 0,
}  # fmt: skip


def write_customers(writing: Writing) -> None:
    """Adds the new customers with their contact points, tags and own fields."""
    new, first = writing.found.identities.new, writing.first_customer
    since = _first_orders(writing)

    def rows() -> Iterable[Sequence[Any]]:
        for at, person in enumerate(new):
            facts = person.facts
            custom = json.dumps(person.custom, ensure_ascii=False) if person.custom else "{}"
            yield (
                first + at,
                called(person),
                *(facts.get(fact, _DEFAULTS.get(fact, "")) for fact in (*FACTS, *_CALENDAR)),
                custom,
                facts.get("created_at") or since[at] or writing.at,
                writing.run_id,
            )

    columns = ("id", "name", *FACTS, *_CALENDAR, "custom", "created_at", "import_run_id")
    writing.many(Customer, columns, rows(), tr("Writing customers…"))
    tags = ((first + at, tag) for at, person in enumerate(new) for tag in person.tags)
    write_tags(writing, list(tags))
    write_custom_fields(writing, [name for person in new for name in person.custom])
    writing.many(ContactPoint, POINT_COLUMNS, _points(writing))


def _first_orders(writing: Writing) -> list[str]:
    """When each new customer bought first, as far as this file knows."""
    since = [""] * len(writing.found.identities.new)
    orders, customer = writing.records.orders, writing.found.identities.customer
    touched = writing.found.orders.customers if writing.found.orders is not None else ()
    for at in (*writing.found.new_orders, *touched):
        person = orders.person[at]
        if person >= 0 and customer[person] < 0:
            place = -1 - customer[person]
            if not since[place] or orders.placed_at[at] < since[place]:
                since[place] = orders.placed_at[at]
    return since


def _points(writing: Writing) -> Iterable[Sequence[Any]]:
    country = str(writing.book.setting("shop.country"))
    for at, person in enumerate(writing.found.identities.new):
        kinds: set[str] = set()
        for point in (*person.points, *_address(person, country)):
            yield (writing.first_customer + at, *point, point.kind not in kinds)
            kinds.add(point.kind)


def _address(person: Person, country: str) -> list[Point]:
    norm = normalise_account("address", person.address, country) if person.address else None
    return [Point("address", "", person.address, norm)] if norm else []


def write_tags(writing: Writing, pairs: Sequence[tuple[int, str]]) -> None:
    """Hangs tags on customers; those that the book lacks are made."""
    if not pairs:
        return
    ids = known.tags(writing.book)
    for _, tag in pairs:
        if tag not in ids:
            ids[tag] = writing.step.insert(Tag, name=tag)
    writing.many(CustomerTag, ("customer_id", "tag_id"), ((who, ids[tag]) for who, tag in pairs))


def write_custom_fields(writing: Writing, names: Iterable[str]) -> None:
    """Makes the shop's own fields that the book lacks."""
    wanted = dict.fromkeys(names)
    if wanted:
        there = known.custom_fields(writing.book)
        missing = [name for name in wanted if name not in there]
        rows = ((name, len(there) + at) for at, name in enumerate(missing))
        writing.many(CustomField, ("name", "position"), rows)


def write_doubts(writing: Writing) -> None:
    """Notes the pairs that could not be told apart, for the owner to look at."""
    pairs: list[Sequence[Any]] = []
    for doubt in writing.found.identities.doubts:
        one, other = sorted(found for who in doubt[:2] if (found := writing.id_of(who)) is not None)
        pairs.append((one, other, doubt.kind, doubt.value, writing.run_id))
    writing.many(Doubt, ("one_id", "other_id", "kind", "value", "import_run_id"), pairs)
