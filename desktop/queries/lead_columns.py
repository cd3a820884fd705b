"""A book's leads as columns in memory, read again only when the journal touched them."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from desktop.models.book import Book
from desktop.queries.column_changes import Mark, lines_since, mark_now
from desktop.queries.column_kinds import BLANK
from desktop.queries.column_reading import numbers, texts

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_DAY = "CAST(julianday(substr({}, 1, 10)) + 0.5 AS INTEGER) - 1721425"


@dataclass(frozen=True)
class LeadColumns:
    """Every lead by the moment it was found: arrays of one length.

    `customer` ids, 0 for none; `method` numbers of `methods` as they were written; `won` whether it
    converted; `found` ordinal days; `days` from found to converted and `cost` in minor units, NaN for none.
    """

    customer: Ints
    method: Ints
    won: Bools
    found: Ints
    days: Floats
    cost: Floats
    methods: tuple[str, ...]

    def where(self, chosen: Bools) -> LeadColumns:
        """The leads of a mask."""
        return LeadColumns(
            self.customer[chosen], self.method[chosen], self.won[chosen], self.found[chosen],
            self.days[chosen], self.cost[chosen], self.methods,
        )  # fmt: skip


_OF: WeakKeyDictionary[Book, tuple[Mark, LeadColumns]] = WeakKeyDictionary()
_LOCK = threading.RLock()


def lead_columns(book: Book) -> LeadColumns:
    """The leads of a book as they are now."""
    with _LOCK, nullcontext() if book.db.in_transaction() else book.db.trial():
        mark, kept = mark_now(book), _OF.get(book)
        if kept is not None:
            lines = [] if kept[0] == mark else lines_since(book, kept[0], mark)
            # A customer who is gone takes their leads along, which is in the journal too.
            if lines is not None and not any(line.table == "lead" for line in lines):
                _OF[book] = (mark, kept[1])
                return kept[1]
        found = _read(book)
        _OF[book] = (mark, found)
        return found


def _read(book: Book) -> LeadColumns:
    source = "lead ORDER BY found_at, id"
    columns = ["customer_id", "status = 'converted' OR converted_at IS NOT NULL", _DAY.format("found_at"),
               _DAY.format("converted_at"), "cost"]  # fmt: skip
    customer, won, found, converted, cost = numbers(book, columns, source).T
    known: dict[str, int] = {}
    written = texts(book, "method", source)
    method = np.fromiter((known.setdefault(text, len(known)) for text in written), np.int64, len(written))
    days = np.where(converted == BLANK, np.nan, converted - found.astype(np.float64))
    return LeadColumns(
        customer=np.where(customer == BLANK, 0, customer),
        method=method,
        won=won == 1,
        found=found.copy(),
        # A clock set back: nobody knows how long it took.
        days=np.where(days < 0, np.nan, days),
        cost=np.where(cost == BLANK, np.nan, cost.astype(np.float64)),
        methods=tuple(known),
    )
