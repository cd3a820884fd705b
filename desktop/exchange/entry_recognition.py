"""Entries that the book has already: found by number, or by whose they are, their moment and their words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from desktop.core.text import fold
from desktop.exchange.entry_comparison import EntryComparison
from desktop.exchange.entry_content import MOMENT, content_columns, content_of
from desktop.exchange.identity import Identities
from desktop.exchange.records import Person, Records
from desktop.exchange.subjects import Subject
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
    there = known_entries.complaints_called(book, {number for number in numbers if number})
    found.known.update((at, there[number][0].id) for at, number in enumerate(numbers) if number in there)


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
    numbers = entries.values.get("number", [None] * len(entries))
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
        whose = [_whose(records, identities, found, at) for at in places]
        orders = [found.links["order_id"][at] for at in places]
        matching = _Matching(book, places, list(content_of(subject, entries, used, places)), whose, orders)
        taken = set(found.known.values())
        found.known.update(matching.run(row for row in chain((first,), rows) if row[0] not in taken))


def _whose(records: Records, identities: Identities, found: EntryComparison, at: int) -> int | Person | None:
    """The customer of an entry; somebody who is not known yet; or nobody."""
    place = records.entries.person[at]
    if found.customer[at]:
        return found.customer[at]
    if place < 0:
        return None
    return identities.customer[place] if identities.customer[place] > 0 else records.people[place]


class _Matching:
    """Entries of a file against the rows of a table that pass by once; each row stands for one entry."""

    def __init__(
        self,
        book: Book,
        places: list[int],
        contents: list[Content],
        whose: list[int | Person | None],
        orders: list[int],
    ) -> None:
        self.book = book
        self.places, self.contents, self.whose, self.orders = places, contents, whose, orders
        self.known: dict[int, int] = {}
        self.names: dict[int, str] = {}

    def run(self, rows: Iterable[tuple[Any, ...]]) -> dict[int, int]:
        """Place → row: first those of the very customer and order, then those that leave one of them open."""
        exact: dict[tuple[Any, ...], list[int]] = {}
        for at, (content, whose, order) in enumerate(
            zip(self.contents, self.whose, self.orders, strict=True)
        ):
            # Somebody who is not known yet has no row; nobody has those of nobody.
            if not isinstance(whose, Person):
                exact.setdefault((whose or 0, order, *content), []).append(at)
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
                if (order == mine or not order or not mine) and self._is(self.whose[at], customer):
                    self.known[self.places[at]] = row
                    del several[place]
                    break

    def _is(self, whose: int | Person | None, customer: int) -> bool:
        """Whether a row of a customer may be meant: by id, by a name alone, or where nobody is named."""
        if isinstance(whose, int):
            return whose == customer
        if whose is None:
            return True
        if not customer or whose.points:
            return False
        if customer not in self.names:
            self.names.update(known.names(self.book, [customer]))
        return fold(self.names.get(customer, "")) == fold(whose.name)
