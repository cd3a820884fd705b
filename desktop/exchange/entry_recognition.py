"""Entries that the book has already: found by number, or by whose they are, their moment and their words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop.core.text import fold
from desktop.exchange.entry_comparison import EntryComparison
from desktop.exchange.entry_content import MOMENT, content_columns, content_of
from desktop.exchange.identity import Identities
from desktop.exchange.records import Person, Records
from desktop.exchange.subjects import Subject
from desktop.models.book import Book
from desktop.queries import known, known_entries


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
    if not open_places:
        return
    moment = MOMENT[subject.key]
    columns = content_columns(subject, entries)
    dated = moment in columns
    for timed in (True, False) if dated else (False,):
        places = [at for at in open_places if bool(dated and entries.values[moment][at]) == timed]
        if places:
            used = columns if timed else [column for column in columns if column != moment]
            span = None
            if timed:
                moments = [entries.values[moment][at] for at in places]
                span = min(moments), max(moments)
            index = _Index(book, subject, used, span)
            contents = content_of(subject, entries, used, places)
            for at, content in zip(places, contents, strict=True):
                row = index.take(content, _whose(records, identities, found, at), found.links["order_id"][at])
                if row:
                    found.known[at] = row


def _whose(records: Records, identities: Identities, found: EntryComparison, at: int) -> int | Person | None:
    """The customer of an entry; somebody who is not known yet; or nobody."""
    place = records.entries.person[at]
    if found.customer[at]:
        return found.customer[at]
    if place < 0:
        return None
    return identities.customer[place] if identities.customer[place] > 0 else records.people[place]


class _Index:
    """The rows of a table by what they say, each to be taken once."""

    def __init__(
        self, book: Book, subject: Subject, columns: list[str], span: tuple[str, str] | None
    ) -> None:
        self.book = book
        self.exact: dict[tuple[Any, int, int], list[int]] = {}
        for row, customer, order, *said in known_entries.rows_between(
            book, subject.table, columns, MOMENT[subject.key], span
        ):
            content = tuple("" if value is None else value for value in said)
            self.exact.setdefault((content, customer, order), []).append(row)
        self.loose: dict[Any, list[tuple[int, int]]] | None = None
        self.names: dict[int, str] = {}

    def take(self, content: Any, whose: int | Person | None, order: int) -> int:
        """The row that says so of customer and order, or 0; what the file leaves open, the row may say."""
        if isinstance(whose, int):
            for key in self._keys(content, whose, order):
                if row := self._pop(key):
                    return row
            return 0
        if whose is None and (row := self._pop((content, 0, order))):
            return row
        for customer, its_order in self._several().get(content, ()):
            fits = not order or not its_order or its_order == order
            if fits and (whose is None or self._is_called(customer, whose)):
                row = self._pop((content, customer, its_order))
                if row:
                    return row
        return 0

    def _keys(self, content: Any, customer: int, order: int) -> Iterator[tuple[Any, int, int]]:
        yield content, customer, order
        if order:
            yield content, customer, 0
        else:
            for one, its_order in self._several().get(content, ()):
                if one == customer:
                    yield content, one, its_order

    def _pop(self, key: tuple[Any, int, int]) -> int:
        rows = self.exact.get(key)
        return rows.pop(0) if rows else 0

    def _several(self) -> dict[Any, list[tuple[int, int]]]:
        """Content → the customers and orders it is said of."""
        if self.loose is None:
            self.loose = {}
            for content, customer, order in self.exact:
                self.loose.setdefault(content, []).append((customer, order))
        return self.loose

    def _is_called(self, customer: int, person: Person) -> bool:
        """Whether an unknown person of the file, who has no more than a name, goes by the customer's."""
        if not customer or person.points:
            return False
        if customer not in self.names:
            self.names.update(known.names(self.book, [customer]))
        return fold(self.names.get(customer, "")) == fold(person.name)
