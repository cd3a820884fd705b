"""Rows of a customer list into people: each row somebody, with whatever the columns say of them."""

from __future__ import annotations

from typing import Any

from desktop.core.progress import Progress
from desktop.core.text import is_masked, split_values
from desktop.core.translation import tr
from desktop.exchange.checking.columns import Columns
from desktop.exchange.checking.order_people import on_channel, surest_first
from desktop.exchange.checking.records import Person, Records
from desktop.exchange.values.reader import Point
from desktop.exchange.vocabulary.fields import CONTACTS, CUSTOM

_JOINED = frozenset({"customer.notes"})
_CHECK_EVERY = 5_000


def check_customers(columns: Columns, *, channel: str, progress: Progress) -> Records:
    """Everything good in a file of customers, and its problems."""
    records = Records(rows=columns.rows)
    told = [(placed, placed.codes.tolist()) for placed in columns.every]
    bad = columns.bad.copy()
    for at in range(columns.rows):
        if at % _CHECK_EVERY == 0:
            progress.check()
        if bad[at]:
            continue
        person = person_of([(p.field, p.header, p.values[codes[at]]) for p, codes in told], channel)
        if not person.name and not person.points:
            first = columns.one("customer.name") or (columns.every[0] if columns.every else None)
            columns.note(at, first, tr("the row has neither a name nor a way to reach the customer"))
            continue
        person.row = int(columns.row_numbers[at])
        records.people.append(person)
    records.good_rows = int((~columns.bad).sum())
    records.problems = columns.sorted_problems()
    return records


def person_of(said: list[tuple[str, str, Any]], channel: str) -> Person:
    """The person of one row: (field, header, value) of each customer column, accounts on `channel`."""
    person = Person("", ())
    points: list[Point] = []
    own = next((value for field, _, value in said if field == "customer.channel" and value), channel)
    for field, header, value in said:
        if value is None:
            continue
        name = field.partition(".")[2]
        if field in CONTACTS:
            points += on_channel(value, own)
        elif field == CUSTOM:
            person.custom.setdefault(header, value)
        elif name == "name":
            person.name = person.name or value
        elif name == "address":
            person.address = person.address or ("" if is_masked(value) else value)
        elif name == "tags":
            person.tags = tuple(dict.fromkeys((*person.tags, *split_values(value))))
        elif field in _JOINED and name in person.facts:
            person.facts[name] = f"{person.facts[name]}\n{value}"
        elif name != "channel":
            person.facts.setdefault(name, value)
    person.points = surest_first(points)
    return person
