"""What a file changes in a customer the book has: facts by the mode, while tags and addresses are added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.core.text import normalise_account
from desktop.exchange.checking.records import Person
from desktop.exchange.comparing.modes import FILL, Change, Mode, text_change
from desktop.exchange.values.reader import Point
from desktop.queries.known import KnownCustomer

FACTS = (
    "kind", "relation", "gender", "birthday", "region", "source", "likes", "dislikes", "expectations",
    "family", "notes",
)  # fmt: skip
_NEVER_BLANK = frozenset({"kind", "relation", "created_at"})
CUSTOM = "custom:"
CALENDAR = "birthday_calendar"


def customer_changes(
    row: KnownCustomer, person: Person, points: Sequence[Point], mode: Mode, *, country: str, listed: bool
) -> list[Change]:
    """Every field that a person of the file changes.

    `listed`: the file is a list of customers. What any other file says of people (an order's recipient) is
    no statement about the customer: it fills blanks, whatever the mode.
    """
    if not mode.update:
        return []
    if not listed:
        mode = replace(mode, update=FILL)
    nameless = not row.name or row.called_by_point or any(row.name in (p.value, p.norm) for p in points)
    found = [
        text_change(mode, "name", row.name, person.name, blank=nameless),
        *(_fact(mode, row, person, field) for field in (*FACTS, "created_at") if field in person.facts),
        _calendar(mode, row, person),
        *(
            text_change(mode, f"{CUSTOM}{name}", row.custom.get(name, ""), value)
            for name, value in person.custom.items()
        ),
    ]
    return [
        *(change for change in found if change is not None),
        *(Change("tag", "tag", "", tag, conflict=False) for tag in person.tags if tag not in row.tags),
        *_address(row, person, country, listed=listed),
        *(Change("point", "point", "", point, conflict=False) for point in points),
    ]


def _fact(mode: Mode, row: KnownCustomer, person: Person, field: str) -> Change | None:
    old, new = row.facts[field], person.facts[field]
    if field == "birthday" and old.endswith(f"-{new}"):
        return None  # The book knows the year as well.
    return text_change(mode, field, old, new, blank=False if field in _NEVER_BLANK else None)


def _calendar(mode: Mode, row: KnownCustomer, person: Person) -> Change | None:
    """A birthday that changes is a day of the common calendar, unless the file says otherwise."""
    birthday, told = person.facts.get("birthday"), person.facts.get(CALENDAR)
    if not birthday:
        return None
    change = _fact(mode, row, person, "birthday")
    if change is None and told and birthday == row.facts["birthday"]:
        change = text_change(mode, CALENDAR, row.facts[CALENDAR], told)
    if change is None or row.facts[CALENDAR] == (told or "solar"):
        return None
    return Change("birthday", CALENDAR, row.facts[CALENDAR], told or "solar", change.conflict)


def _address(row: KnownCustomer, person: Person, country: str, *, listed: bool) -> Sequence[Change]:
    """A further address, never in the place of another."""
    if not person.address or (row.addresses and not listed):
        return ()
    norm = normalise_account("address", person.address, country)
    if not norm or norm in row.addresses:
        return ()
    return (Change("address", "address", "", Point("address", "", person.address, norm), conflict=False),)


def called(person: Person) -> str:
    """The name, else what people are reached by; a platform's account last, for many are bare numbers."""
    points = sorted(person.points, key=lambda point: point.kind == "account")
    return person.name or (points[0].value if points else "")


def merged(people: Iterable[Person]) -> Person:
    """What a file says of one customer in several rows: what comes first counts."""
    first, *others = people
    if not others:
        return first
    one = replace(first, facts=dict(first.facts), custom=dict(first.custom))
    for more in others:
        fill_in(one, more)
    return one


def fill_in(into: Person, more: Person) -> None:
    """What the file says of somebody in a later row fills what it left open before."""
    into.name = into.name or more.name
    into.address = into.address or more.address
    into.tags = tuple(dict.fromkeys((*into.tags, *more.tags)))
    for name, value in more.facts.items():
        into.facts.setdefault(name, value)
    for name, value in more.custom.items():
        into.custom.setdefault(name, value)
