"""Entries that the book has already: found by number, or by whose they are, their moment and their words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from desktop.core.text import fold
from desktop.exchange.checking.records import Person, Records
from desktop.exchange.comparing.entry_comparison import EntryComparison
from desktop.exchange.comparing.entry_content import MOMENT, content_columns, content_of
from desktop.exchange.comparing.identity import Identities
from desktop.exchange.vocabulary.subjects import Subject
from desktop.models.book import Book
from desktop.queries import known, known_entries

Content = tuple[Any, ...]


def find_known(
    book: Book, subject: Subject, records: Records, identities: Identities, found: EntryComparison
) -> None:
    """Fills `found.known`; its links and customers are there already."""
    if subject.key in _BY_NUMBER:
        _BY_NUMBER[subject.key](book, records, found)
    if subject.key in MOMENT:
        _by_content(book, subject, records, identities, found)


# --- known by a number


def _known_complaints(book: Book, records: Records, found: EntryComparison) -> None:
    numbers = records.entries.values.get("number", [])
    asked = {number for number in numbers if number}
    there = known_entries.complaints_called(book, asked)
    found.known.update((at, there[number][0].id) for at, number in enumerate(numbers) if number in there)
    gone = known_entries.complaints_merged(book, asked - there.keys())
    for at, number in enumerate(numbers):
        if number in gone:
            found.known[at] = gone[number].id
            found.merged.add(at)


def _known_leads(book: Book, records: Records, found: EntryComparison) -> None:
    numbers = records.entries.values.get("number", [])
    there = known_entries.leads_called(book, {number for number in numbers if number})
    found.known.update((at, there[number]) for at, number in enumerate(numbers) if number in there)


def _known_shipments(book: Book, records: Records, found: EntryComparison) -> None:
    values, orders = records.entries.values, found.links["order_id"]
    numbers = values.get("number", [])
    carriers = values.get("carrier", [None] * len(numbers))
    there = known_entries.shipments_called(book, {number for number in numbers if number})
    taken: set[int] = set()
    for at, number in enumerate(numbers):
        for shipment, carrier, order in there.get(number, ()) if number else ():
            same = not carriers[at] or not carrier or fold(carriers[at]) == fold(carrier)
            if same and shipment not in taken and (order == orders[at] or not order or not orders[at]):
                taken.add(shipment)
                found.known[at] = shipment
                break


def _known_products(book: Book, records: Records, found: EntryComparison) -> None:
    """By its code; or by its name, where the file gives no code or the book has none for it yet."""
    values = records.entries.values
    count = len(records.entries)
    codes, names = values.get("code", [None] * count), values.get("name", [None] * count)
    by_code: dict[str, int] = {}
    bare: dict[str, list[int]] = {}
    called: dict[str, list[int]] = {}
    for product, code, name in known_entries.product_names(book):
        called.setdefault(fold(name), []).append(product)
        if code:
            by_code[code] = product
        else:
            bare.setdefault(fold(name), []).append(product)
    found.known.update((at, by_code[code]) for at, code in enumerate(codes) if code in by_code)
    for at, name in enumerate(names):
        if at in found.known or not name:
            continue
        fitting = bare.get(fold(name), [])
        if fitting:
            found.known[at] = fitting.pop(0)
        elif not codes[at] and len(called.get(fold(name), ())) == 1:
            found.known[at] = called[fold(name)][0]


_BY_NUMBER = {
    "complaints": _known_complaints,
    "leads": _known_leads,
    "shipments": _known_shipments,
    "products": _known_products,
}


# --- known by what they say


def _by_content(
    book: Book, subject: Subject, records: Records, identities: Identities, found: EntryComparison
) -> None:
    """Rows of the book that say the same of the same customer; each stands for one entry of the file."""
    entries = records.entries
    # What has a number, or stands on a card with a code, is known by that or not at all.
    numbers = entries.values.get("code" if subject.key == "ratings" else "number", [None] * len(entries))
    open_places = [at for at in range(len(entries)) if at not in found.known and not numbers[at]]
    columns, moment = content_columns(subject, entries), MOMENT[subject.key]
    dated = moment in columns
    for timed in (True, False) if dated else (False,):
        places = [at for at in open_places if bool(dated and entries.values[moment][at]) == timed]
        if not places:
            continue
        used = columns if timed else [column for column in columns if column != moment]
        span = None
        if timed:
            moments = [entries.values[moment][at] for at in places]
            span = min(moments), max(moments)
        rows = known_entries.rows_between(book, subject.table, used, moment, span)
        if (first := next(rows, None)) is None:
            continue  # An empty book is asked no more.
        matching = _Matching(
            book,
            places,
            list(content_of(subject, entries, used, places)),
            [_customer(records, identities, found, at) for at in places],
            [records.people[one] if (one := entries.person[at]) >= 0 else None for at in places],
            [found.links["order_id"][at] for at in places],
        )
        taken = set(found.known.values())
        found.known.update(matching.run(row for row in chain((first,), rows) if row[0] not in taken))


def _customer(records: Records, identities: Identities, found: EntryComparison, at: int) -> int:
    """The customer of an entry; 0 for nobody, and for somebody who is not known yet."""
    place = records.entries.person[at]
    return found.customer[at] or (max(0, identities.customer[place]) if place >= 0 else 0)


class _Matching:
    """Entries of a file against the rows of a table that pass by once; each row stands for one entry."""

    def __init__(
        self,
        book: Book,
        places: list[int],
        contents: list[Content],
        customers: list[int],
        people: list[Person | None],
        orders: list[int],
    ) -> None:
        self.book = book
        self.places, self.contents, self.orders = places, contents, orders
        self.customers, self.people = customers, people
        self.known: dict[int, int] = {}
        self.names: dict[int, str] = {}

    def run(self, rows: Iterable[tuple[Any, ...]]) -> dict[int, int]:
        """Place → row: first those of the very customer and order, then those that leave one of them open."""
        exact: dict[tuple[Any, ...], list[int]] = {}
        for at, content in enumerate(self.contents):
            # Somebody who is not known yet has no row; nobody has those of nobody.
            if self.customers[at] or self.people[at] is None:
                exact.setdefault((self.customers[at], self.orders[at], *content), []).append(at)
        told = {hash(content) for content in self.contents}
        left: dict[Content, list[tuple[int, int, int]]] = {}
        for row, customer, order, *said in rows:
            content = tuple("" if value is None else value for value in said)
            waiting = exact.get((customer, order, *content))
            if waiting:
                self.known[self.places[waiting.pop(0)]] = row
            elif hash(content) in told:
                left.setdefault(content, []).append((row, customer, order))
        if left:
            self._loosely(left)
        return self.known

    def _loosely(self, left: dict[Content, list[tuple[int, int, int]]]) -> None:
        for at, content in enumerate(self.contents):
            if self.places[at] in self.known:
                continue
            several = left.get(content, [])
            for place, (row, customer, order) in enumerate(several):
                mine = self.orders[at]
                if (order == mine or not order or not mine) and self._fits(at, customer):
                    self.known[self.places[at]] = row
                    del several[place]
                    break

        self._in_turn()

    def _in_turn(self) -> None:
        """Of entries that say the very same, the first has the oldest row: the next time it is so again."""
        alike: dict[tuple[Any, ...], list[int]] = {}
        for at, place in enumerate(self.places):
            if place in self.known:
                key = self.customers[at], id(self.people[at]), self.orders[at], self.contents[at]
                alike.setdefault(key, []).append(place)
        for places in alike.values():
            if len(places) > 1:
                rows = sorted(self.known[place] for place in places)
                self.known.update(zip(places, rows, strict=True))

    def _fits(self, at: int, customer: int) -> bool:
        """Whether a row of a customer (0: of nobody) may be meant by an entry that says the same."""
        mine, person = self.customers[at], self.people[at]
        if mine and mine == customer:
            return True
        if person is None:
            # Nobody is named. Whose it is by its order may not have been known when the row came in.
            return not mine or not customer
        if not customer or person.points:
            return False
        if customer not in self.names:
            self.names.update(known.names(self.book, [customer]))
        return fold(self.names.get(customer, "")) == fold(person.name)
