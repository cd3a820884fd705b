"""A book's complaints as columns in memory, read when first asked for and kept in step with its journal."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary, ref

import numpy as np

from desktop.core.progress import SILENT, Progress
from desktop.core.working_hours import OpeningHours
from desktop.models.book import Book
from desktop.queries.column_changes import Line, Mark, customers_of, lines_since, mark_now
from desktop.queries.complaint_columns_orders import OrderTable, read_orders
from desktop.queries.complaint_columns_parts import Ints
from desktop.queries.complaint_columns_reading import (
    ComplaintTable,
    PromiseTable,
    Words,
    read_complaints,
    read_promises,
)
from desktop.queries.opening import opening_hours
from desktop.queries.shop_columns import shop_moment

_OF_COMPLAINTS = frozenset({"complaint_step", "promise", "remedy", "rating"})
"""The tables with a `complaint_id` that a column is made from."""


@dataclass(frozen=True)
class ComplaintMoment:
    """A book's complaints at one moment; it never changes, whatever happens to the book."""

    complaints: ComplaintTable
    promises: PromiseTable
    orders: OrderTable
    channels: Words
    details: Words
    hours: OpeningHours

    @cached_property
    def about(self) -> tuple[Ints, Ints]:
        """The day and the channel's number of the order that each complaint is about; 0 and -1 for none."""
        return self.orders.about(self.complaints.order)


class ComplaintColumns:
    """Keeps the columns of one book. Ask from any thread; one at a time is served."""

    def __init__(self, book: Book) -> None:
        # Kept by the book, which must not be kept by them.
        self._of = ref(book)
        self._lock = threading.RLock()
        self._mark: Mark | None = None
        self._kept: ComplaintMoment | None = None

    @property
    def read(self) -> bool:
        """Whether they have been read."""
        return self._kept is not None

    def now(self, progress: Progress = SILENT) -> ComplaintMoment:
        """The complaints as they are. Raises Cancelled."""
        book = self._of()
        assert book is not None
        if not book.db.in_transaction():
            # Outside of a transaction they are read on every core.
            shop_moment(book, progress)
        with self._lock, nullcontext() if book.db.in_transaction() else book.db.trial():
            mark, hours = mark_now(book), opening_hours(book)
            kept = self._kept
            if kept is None or self._mark is None or kept.hours != hours:
                kept = _read(book, hours, progress)
            elif mark != self._mark:
                lines = lines_since(book, self._mark, mark)
                kept = _read(book, hours, progress) if lines is None else _mended(book, kept, lines)
            self._mark, self._kept = mark, kept
            return kept


def _read(book: Book, hours: OpeningHours, progress: Progress) -> ComplaintMoment:
    channels, details = Words(), Words()
    return ComplaintMoment(
        read_complaints(book, hours, (channels, details), progress=progress),
        read_promises(book),
        read_orders(book, progress),
        channels,
        details,
        hours,
    )


def _mended(book: Book, kept: ComplaintMoment, lines: Sequence[Line]) -> ComplaintMoment:
    complaints, orders, of_lines = _touched(book, kept.complaints, lines)
    table, promises, all_orders = kept.complaints, kept.promises, kept.orders
    if len(complaints):
        words = kept.channels, kept.details
        table = table.mended(complaints, read_complaints(book, kept.hours, words, complaints))
        promises = promises.mended(complaints, read_promises(book, complaints))
    if len(orders) or len(of_lines):
        all_orders = all_orders.mended(book, of_lines)
    return ComplaintMoment(table, promises, all_orders, kept.channels, kept.details, kept.hours)


def _touched(book: Book, table: ComplaintTable, lines: Sequence[Line]) -> tuple[Ints, Ints, Ints]:
    """The complaints, the orders, and the orders of the order lines that were touched."""
    complaints: set[int] = set()
    orders: set[int] = set()
    of_lines: set[int] = set()
    customers: set[int] = set()
    for line in lines:
        rows = range(line.first, line.last + 1)
        if line.table == "complaint":
            complaints.update(rows)
        elif line.table in _OF_COMPLAINTS:
            complaints.update(_owners(book, line, "complaint_id"))
        elif line.table == "orders":
            orders.update(rows)
            # Whose purchases changed: their next one, and their rhythm.
            customers.update(customers_of(book, line))
        elif line.table == "order_line":
            of_lines.update(_owners(book, line, "order_id"))
    if customers:
        complaints.update(table.ids[np.isin(table.customer, list(customers))].tolist())
    return _sorted(complaints), _sorted(orders), _sorted(of_lines)


def _owners(book: Book, line: Line, column: str) -> set[int]:
    found = {side[column] for side in line.sides if side.get(column)}
    if line.op != "D":
        now = f"SELECT DISTINCT {column} FROM {line.table} WHERE id BETWEEN ? AND ?"
        found |= {row for (row,) in book.rows(now, (line.first, line.last)) if row is not None}
    return found


def _sorted(ids: set[int]) -> Ints:
    return np.array(sorted(ids), np.int64)


_OF: WeakKeyDictionary[Book, ComplaintColumns] = WeakKeyDictionary()


def at_hand(book: Book) -> bool:
    """Whether the complaints of a book have been read already, so that asking again is quick."""
    return book in _OF and _OF[book].read


def complaint_columns(book: Book, progress: Progress = SILENT) -> ComplaintMoment:
    """The complaints of a book as they are now. The first reading takes its time. Raises Cancelled."""
    if book not in _OF:
        _OF[book] = ComplaintColumns(book)
    return _OF[book].now(progress)
