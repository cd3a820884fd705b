"""Who is who: the people of a file against each other and against the book, by any contact point they share.

Nobody is merged in silence: whoever shares a phone with a customer but has another account on the same
platform stays somebody else, and two customers of the book are never joined by a file that names both. Such
pairs are doubts: they wait for the owner among the duplicates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from desktop.core.text import fold
from desktop.exchange.checking.records import Person
from desktop.exchange.comparing.customer_changes import fill_in
from desktop.exchange.comparing.modes import Mode
from desktop.exchange.values.reader import Point
from desktop.models.book import Book
from desktop.queries import known

_Key = tuple[str, str, str]
_NAMESAKES = 3
"""Doubts that one name gives: of fifty people of one name nobody could tell who is meant."""


class Unsure(NamedTuple):
    """Two customers who may be one, each an id of the book or -1 - (a place in `Identities.new`)."""

    one: int
    other: int
    kind: str
    """The kind of contact point they share, or "name"."""
    value: str
    person: int
    """The place of the person whose row says so."""


@dataclass(slots=True)
class Identities:
    """Each person of a file as a customer: an id of the book, or -1 - (a place in `new`), or 0 for nobody."""

    customer: list[int] = field(default_factory=list)
    new: list[Person] = field(default_factory=list)
    added: list[tuple[int, Point]] = field(default_factory=list)
    """Contact points that a known customer of the book has not had."""
    matched_by: dict[str, int] = field(default_factory=dict)
    """Kind of contact point (or "name") → how many customers of the book it recognised."""
    doubts: list[Unsure] = field(default_factory=list)
    """Each pair once, without those that wait already or are known to be two."""

    @property
    def matched(self) -> int:
        """How many customers of the book the file speaks of."""
        return sum(self.matched_by.values())


def identify(
    book: Book, people: Sequence[Person], wanted: set[int] | None = None, mode: Mode | None = None
) -> Identities:
    """Recognises everybody. Only the `wanted` places (None: all) become new customers.

    Known customers gain the contact points that nobody had, as the mode says; people who are not wanted (of
    orders that the book has) give them only the kinds that they lack.
    """
    return _Recognition(book, people).run(wanted, mode or Mode())


class _Recognition:
    """The owners of every contact point, growing as the file is gone through in its order."""

    def __init__(self, book: Book, people: Sequence[Person]) -> None:
        self.book = book
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
        nameless = {fold(person.name) for person in people if not person.points}
        self.namesakes = known.namesakes(book, folded=nameless) if nameless else {}
        self.named: dict[tuple[str, str], int] = {}
        for name, people_of_name in self.namesakes.items():
            for one in people_of_name:
                if one.bare:
                    self.named.setdefault((name, one.place), one.id)
        self.unsure: list[Unsure] = []
        self.gained: list[tuple[int, Point]] = []
        self.lacked: list[tuple[int, Point]] = []

    def run(self, wanted: set[int] | None, mode: Mode) -> Identities:
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
                fill_in(merged[-1 - customer], person)
            else:
                how.setdefault(customer, by)
            fresh = wanted is None or at in wanted
            if fresh and mode.add:
                used.add(customer)
            self._doubt(person, at, customer, by)
            self._take(person, customer, merged, fresh=fresh)
            found.customer.append(customer)
        found.matched_by = dict(Counter(how.values()))
        if mode.update:
            found.added = self.gained + self._lacking()
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

    def _doubt(self, person: Person, at: int, customer: int, by: str) -> None:
        """Notes everybody else whom the row could mean as well."""
        for point in person.points:
            other = self.owner.get((point.kind, point.channel, point.norm))
            if other is not None and other != customer:
                self.unsure.append(Unsure(customer, other, point.kind, point.value, at))
        if not person.points and by == "name":
            name, place = _name_key(person)
            others = (
                one.id
                for one in self.namesakes.get(name, ())
                if one.id != customer
                and (
                    # Several customers of the very name and place, or one whom more than the name recognises.
                    (one.bare and one.place == place)
                    if customer > 0
                    else not one.place or not place or one.place == place
                )
            )
            for _, other in zip(range(_NAMESAKES), others, strict=False):
                self.unsure.append(Unsure(customer, other, "name", person.name, at))

    def _take(self, person: Person, customer: int, merged: list[Person], *, fresh: bool) -> None:
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
            else:
                (self.gained if fresh else self.lacked).append((customer, point))
        if not person.points:
            self.named.setdefault(_name_key(person), customer)

    def _lacking(self) -> list[tuple[int, Point]]:
        """What people of known orders give: the first point of a kind that the customer has none of."""
        if not self.lacked:
            return []
        there = known.contact_kinds(self.book, customers={customer for customer, _ in self.lacked})
        there |= {(customer, point.kind) for customer, point in self.gained}
        found = []
        for customer, point in self.lacked:
            if (customer, point.kind) not in there:
                there.add((customer, point.kind))
                found.append((customer, point))
        return found

    def _renumber(self, found: Identities, merged: list[Person], used: set[int]) -> None:
        """Leaves out the new ones that nothing wanted speaks of: an order known before brings nobody back."""
        place: dict[int, int] = {}
        for at, person in enumerate(merged):
            if -1 - at in used:
                place[-1 - at] = -1 - len(found.new)
                found.new.append(person)
        found.customer = [place.get(customer, 0) if customer < 0 else customer for customer in found.customer]
        found.doubts = self._open_doubts(place)

    def _open_doubts(self, place: dict[int, int]) -> list[Unsure]:
        pairs: dict[tuple[int, int], Unsure] = {}
        for unsure in self.unsure:
            one, other = (place.get(who, 0) if who < 0 else who for who in (unsure.one, unsure.other))
            if one and other:
                pairs.setdefault((min(one, other), max(one, other)), unsure._replace(one=one, other=other))
        ids: Iterable[int] = {who for pair in pairs for who in pair if who > 0}
        settled = known.told_apart(self.book, customers=ids) if pairs else set()
        return [unsure for pair, unsure in pairs.items() if pair not in settled]


def _name_key(person: Person) -> tuple[str, str]:
    place = person.address or str(person.facts.get("region", ""))
    return fold(person.name), known.folded_place(place)
