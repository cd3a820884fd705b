"""Who is who: the people of a file against each other and against the book, by any contact point they share.

Nobody is merged in silence: whoever shares a phone with a customer but has another account on the same
platform stays somebody else, and two customers of the book are never joined by a file that names both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desktop.core.text import fold
from desktop.exchange.records import Person
from desktop.exchange.values import Point
from desktop.models.book import Book
from desktop.queries import known

_Key = tuple[str, str, str]


@dataclass(slots=True)
class Identities:
    """Each person of a file as a customer: an id of the book, or -1 - (a place in `new`)."""

    customer: list[int] = field(default_factory=list)
    new: list[Person] = field(default_factory=list)
    added: list[tuple[int, Point]] = field(default_factory=list)
    """Contact points that a known customer of the book has not had."""
    matched_by: dict[str, int] = field(default_factory=dict)
    """Kind of contact point (or "name") → how many customers of the book it recognised."""

    @property
    def matched(self) -> int:
        """How many customers of the book the file speaks of."""
        return sum(self.matched_by.values())


def identify(book: Book, people: Sequence[Person], wanted: set[int] | None = None) -> Identities:
    """Recognises everybody; only the `wanted` places (None: all) become customers or add to known ones."""
    return _Recognition(book, people).run(wanted)


class _Recognition:
    """The owners of every contact point, growing as the file is gone through in its order."""

    def __init__(self, book: Book, people: Sequence[Person]) -> None:
        self.people = people
        self.owner: dict[_Key, int] = {}
        asked: dict[tuple[str, str], set[str]] = {}
        for person in people:
            for point in person.points:
                asked.setdefault((point.kind, point.channel), set()).add(point.norm)
        for (kind, channel), norms in asked.items():
            for norm, customer in known.holders(book, kind=kind, channel=channel, norms=norms).items():
                self.owner[kind, channel, norm] = customer
        self.accounts = known.accounts(book, customers=set(self.owner.values()))
        nameless = all(person.points for person in people)
        self.named = {} if nameless else known.by_name_only(book)

    def run(self, wanted: set[int] | None) -> Identities:
        found = Identities()
        how: dict[int, str] = {}
        merged: list[Person] = []
        used: set[int] = set()
        for at, person in enumerate(self.people):
            customer, by = self._find(person)
            if customer is None:
                customer = -1 - len(merged)
                merged.append(
                    replace(person, points=(), facts=dict(person.facts), custom=dict(person.custom))
                )
            elif customer < 0:
                _merge(merged[-1 - customer], person)
            else:
                how.setdefault(customer, by)
            fresh = wanted is None or at in wanted
            if fresh:
                used.add(customer)
            self._take(person, customer, found if fresh else None, merged)
            found.customer.append(customer)
        found.matched_by = dict(Counter(how.values()))
        self._renumber(found, merged, used)
        return found

    def _find(self, person: Person) -> tuple[int | None, str]:
        for point in person.points:
            customer = self.owner.get((point.kind, point.channel, point.norm))
            if customer is not None and (point.kind == "account" or not self._conflicts(person, customer)):
                return customer, point.kind
        if not person.points:
            return self.named.get(_name_key(person)), "name"
        return None, ""

    def _conflicts(self, person: Person, customer: int) -> bool:
        """Whether the person has an account where the customer has another one."""
        return any(
            point.kind == "account"
            and self.accounts.get((customer, point.channel), {point.norm}) - {point.norm}
            for point in person.points
        )

    def _take(self, person: Person, customer: int, found: Identities | None, merged: list[Person]) -> None:
        """Gives the customer the points that nobody had."""
        for point in person.points:
            key = (point.kind, point.channel, point.norm)
            if key in self.owner:
                continue
            self.owner[key] = customer
            if point.kind == "account":
                self.accounts.setdefault((customer, point.channel), set()).add(point.norm)
            if customer < 0:
                one = merged[-1 - customer]
                one.points = (*one.points, point)
            elif found is not None:
                found.added.append((customer, point))
        if not person.points:
            self.named.setdefault(_name_key(person), customer)

    @staticmethod
    def _renumber(found: Identities, merged: list[Person], used: set[int]) -> None:
        """Leaves out the new ones that nothing wanted speaks of: an order known before brings nobody back."""
        place: dict[int, int] = {}
        for at, person in enumerate(merged):
            if -1 - at in used:
                place[-1 - at] = -1 - len(found.new)
                found.new.append(person)
        found.customer = [place.get(customer, 0) if customer < 0 else customer for customer in found.customer]


def _name_key(person: Person) -> tuple[str, str]:
    place = person.address or str(person.facts.get("region", ""))
    return fold(person.name), fold(place).replace(" ", "")


def _merge(into: Person, more: Person) -> None:
    """What the file says of somebody in a later row fills what it left open before."""
    into.name = into.name or more.name
    into.address = into.address or more.address
    into.tags = tuple(dict.fromkeys((*into.tags, *more.tags)))
    for name, value in more.facts.items():
        into.facts.setdefault(name, value)
    for name, value in more.custom.items():
        into.custom.setdefault(name, value)
