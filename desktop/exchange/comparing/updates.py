"""What an import changes in records that the book has: counted at once, spelled out only where looked at.

A file may change 300,000 orders in a million fields. Kept are the records it touches and how many fields of
each; old and new values are worked out again, the same way, for the few that a screen shows or as they are
written.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any, Protocol

from desktop.core.progress import SILENT, Progress
from desktop.exchange.checking.records import Person, Records
from desktop.exchange.comparing import change_words
from desktop.exchange.comparing.customer_changes import customer_changes, merged
from desktop.exchange.comparing.identity import Identities
from desktop.exchange.comparing.modes import Change, Key, Mode
from desktop.exchange.comparing.order_changes import is_older, order_changes
from desktop.exchange.values.reader import Point
from desktop.models.book import Book
from desktop.queries import known


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as the preview shows it. Changes of one `key` are taken or left together."""

    table: str
    record: int
    who: str
    field: str
    """In the user's language."""
    old: str
    new: str
    conflict: bool
    """Whether the book has something else there; a blank is filled without asking."""
    key: Key


class Touches(Protocol):
    """The records of one table that an import changes."""

    @property
    def table(self) -> str:
        """The table's name."""

    @property
    def ids(self) -> Sequence[int]:
        """The records."""

    @property
    def counts(self) -> Sequence[int]:
        """How many fields of each change."""

    @property
    def conflicts(self) -> int:
        """How many of all those fields hold something else now."""

    def each(self, first: int = 0, until: int | None = None) -> Iterator[tuple[Any, list[Change]]]:
        """The rows of the book at these places of `ids`, with what changes in each."""


class CustomerTouches:
    """The customers of the book that a file changes."""

    table = "customer"

    def __init__(
        self,
        book: Book,
        records: Records,
        identities: Identities,
        mode: Mode,
        *,
        listed: bool,
        progress: Progress = SILENT,
    ) -> None:
        self._book, self._people, self._mode, self._listed = book, records.people, mode, listed
        self._country = str(book.setting("shop.country"))
        self.ids: array[int] = array("q")
        self.counts: array[int] = array("i")
        self.conflicts = 0
        self._place: dict[int, int] = {}
        self._further: dict[int, list[int]] = {}
        self._points: dict[int, list[Point]] = {}
        if mode.update:
            self._look(identities, progress)

    def _look(self, identities: Identities, progress: Progress) -> None:
        for customer, point in identities.added:
            self._points.setdefault(customer, []).append(point)
        for at, customer in enumerate(identities.customer):
            if customer > 0 and self._place.setdefault(customer, at) != at:
                self._further.setdefault(customer, []).append(at)
        for rows in known.customers(self._book, self._place):
            progress.check()
            for row in rows:
                changes = self.changes(row)
                if changes:
                    self.ids.append(row.id)
                    self.counts.append(len(changes))
                    self.conflicts += sum(change.conflict for change in changes)
        self._place = {one: self._place[one] for one in self.ids}

    def person(self, customer: int) -> Person:
        """All that the file says of a customer."""
        places = (self._place[customer], *self._further.get(customer, ()))
        return merged(self._people[at] for at in places)

    def changes(self, row: known.KnownCustomer) -> list[Change]:
        """What the file changes in a customer."""
        person, points = self.person(row.id), self._points.get(row.id, ())
        return customer_changes(row, person, points, self._mode, country=self._country, listed=self._listed)

    def each(
        self, first: int = 0, until: int | None = None
    ) -> Iterator[tuple[known.KnownCustomer, list[Change]]]:
        """See Touches."""
        for rows in known.customers(self._book, self.ids[first:until]):
            yield from ((row, self.changes(row)) for row in rows)


class OrderTouches:
    """The orders of the book that a file speaks of, and those of them that it changes."""

    table = "orders"

    def __init__(self, book: Book, records: Records, mode: Mode) -> None:
        self._book, self._orders, self._mode = book, records.orders, mode
        count = len(records.orders)
        self.known: array[int] = array("q", bytes(8 * count))
        """For each order of the file its id in the book, 0 for none."""
        self.seen = 0
        self.conflicts = 0
        self.nobodys: array[int] = array("q")
        """Places of orders that have no customer in the book and name one here."""
        self.customers: dict[int, int] = {}
        """Place → the customer that such an order gets, as in Identities."""
        self.lined = _line_counts(records)
        """How many lines each order of the file has."""
        self.lines = 0
        """How many of them go to orders of the book that have none."""
        self.bare: dict[int, int] = {}
        """Place → id of these orders."""
        self._fields = bytearray(count)
        self._places: dict[int, int] = {}
        self.ids: array[int] = array("q")
        self.counts: array[int] = array("i")

    def look_at(self, row: known.KnownOrder, at: int) -> None:
        """Compares an order of the book with that at a place of the file."""
        self.seen += 1
        self.known[at] = row.id
        if not self._mode.update:
            return
        changes = order_changes(row, self._orders, at, self._mode)
        self._fields[at] = len(changes)
        if row.bare and self.lined[at]:
            self._fields[at] += 1
            self.lines += self.lined[at]
            self.bare[at] = row.id
        self.conflicts += sum(change.conflict for change in changes)
        if row.customer is None and self._orders.person[at] >= 0 and not is_older(row, self._orders, at):
            self.nobodys.append(at)

    def give_customers(self, places: Sequence[int], identities: Identities) -> None:
        """Says whom these orders belong to, where that is known; and ends the looking."""
        for at in places:
            if customer := identities.customer[self._orders.person[at]]:
                self.customers[at] = customer
                self._fields[at] += 1
        for at, count in enumerate(self._fields):
            if count:
                self.ids.append(self.known[at])
                self.counts.append(count)
                self._places[self.known[at]] = at

    def place(self, order: int) -> int:
        """Where in the file an order of the book stands."""
        return self._places[order]

    def changes(self, row: known.KnownOrder) -> list[Change]:
        """What the file changes in an order."""
        at = self._places[row.id]
        found = order_changes(row, self._orders, at, self._mode)
        if row.customer is None and at in self.customers:
            found.append(Change("customer", "customer", "", self.customers[at], conflict=False))
        if row.bare and self.lined[at]:
            found.append(Change("lines", "lines", "", self.lined[at], conflict=False))
        return found

    def each(
        self, first: int = 0, until: int | None = None
    ) -> Iterator[tuple[known.KnownOrder, list[Change]]]:
        """See Touches."""
        for rows in known.orders(self._book, self.ids[first:until]):
            yield from ((row, self.changes(row)) for row in rows)


def _line_counts(records: Records) -> Sequence[int]:
    """How many lines each order of a file has."""
    count = len(records.orders)
    if records.lines is None or not len(records.lines):
        return bytes(count)
    import numpy as np

    found: Sequence[int] = array(
        "q", np.bincount(records.lines.order, minlength=count).astype("<i8").tobytes()
    )
    return found


class Updates:
    """Every change of a field, in an order that stays: `len` counts them, `preview` spells some out."""

    def __init__(self, book: Book, identities: Identities, mode: Mode, *parts: Touches) -> None:
        self._book, self._identities = book, identities
        self.mode = mode
        self.parts = parts
        self._ends = [array("q", accumulate(part.counts)) for part in parts]

    def __len__(self) -> int:
        return sum(ends[-1] for ends in self._ends if ends)

    @property
    def customers(self) -> int:
        """How many customers change."""
        return self._records("customer")

    @property
    def orders(self) -> int:
        """How many orders change."""
        return self._records("orders")

    @property
    def entries(self) -> int:
        """How many records of other kinds change."""
        return sum(len(part.ids) for part in self.parts if part.table not in ("customer", "orders"))

    @property
    def conflicts(self) -> int:
        """How many fields hold something else now."""
        return sum(part.conflicts for part in self.parts)

    def _records(self, table: str) -> int:
        return sum(len(part.ids) for part in self.parts if part.table == table)

    def preview(self, first: int, count: int) -> list[FieldChange]:
        """Some of the changes, in words; fewer when the book changed meanwhile."""
        found: list[FieldChange] = []
        for part, ends in zip(self.parts, self._ends, strict=True):
            total = ends[-1] if ends else 0
            if count > 0 and first < total:
                taken = self._page(part, ends, first, min(count, total - first))
                found += taken
                count -= min(count, total - first)
                first = 0
            else:
                first -= total
        return found

    def _page(self, part: Touches, ends: array[int], first: int, count: int) -> list[FieldChange]:
        start, until = bisect_right(ends, first), bisect_right(ends, first + count - 1) + 1
        skipped = first - (ends[start - 1] if start else 0)
        by_id = {row.id: (row, changes) for row, changes in part.each(start, until)}
        spell = change_words.Speller(self._book, self._identities)
        told = (
            FieldChange(
                part.table, row.id, spell.who(row), spell.field(part.table, change),
                spell.value(part.table, change.field, change.old),
                spell.value(part.table, change.field, change.new),
                change.conflict, (part.table, row.id, change.unit),
            )
            for one in part.ids[start:until]
            if one in by_id
            for row, changes in (by_id[one],)
            for change in changes
        )  # fmt: skip
        return list(islice(told, skipped, skipped + count))
