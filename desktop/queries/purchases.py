"""Purchases as arrays, for everything that counts who came, when, and what they spent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain, islice
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.occasions import Occasions, occasions
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book

Ints = NDArray[np.int64]

_PACKED = 2**24
"""Room for a day (ordinals stay below 2²³) and a flag beside a customer's id in one whole number."""

_SPARSE, _EXACT = 4, 1 << 53
LATEST = 1 << 40
"""After every day."""

_BLOCK = 50_000
"""Rows read between two looks at whether anybody still waits for the answer."""


@dataclass(frozen=True)
class Purchases:
    """Orders of known customers that moved money or count as purchases: arrays of one length, by day.

    `customer` ids, `day` ordinals, `net` minor units (below 0 for what was given back), `purchase` whether
    the order counts as a purchase at all.
    """

    customer: Ints
    day: Ints
    net: Ints
    purchase: NDArray[np.bool_]

    who: tuple[Ints, Ints] | None = field(default=None, repr=False, compare=False)
    """The ids of all customers, in any order, and for each order the place of its customer among them."""
    spent: dict[tuple[int, int], Ints] = field(default_factory=dict, repr=False, compare=False)
    """Sums that were asked for: of the days [start, end) for each customer of `who`."""

    @cached_property
    def occasions(self) -> Occasions:
        """The purchases with those of one customer and day taken as one."""
        return occasions(self.customer[self.purchase], self.day[self.purchase])

    def spend(self, ids: Ints, start: int = 0, end: int | None = None) -> Ints:
        """Net spend of each of `ids` (ascending) in the days [start, end), minor units."""
        if ids.size == 0:
            return np.zeros(0, dtype=np.int64)
        known, total = self._totals(start, LATEST if end is None else end)
        found = np.zeros(ids.size + 1, np.int64)
        # What belongs to nobody who is asked for goes behind the end.
        found[rows_of(ids, known)] = total
        return found[:-1]

    def _totals(self, start: int, end: int) -> tuple[Ints, Ints]:
        if self.who is None:
            low, high = int(self.customer.min(initial=0)), int(self.customer.max(initial=0))
            inside = (self.day >= start) & (self.day < end)
            if high - low > _SPARSE * (self.customer.size + 1000):
                known, row = np.unique(self.customer, return_inverse=True)
            else:
                known, row = np.arange(low, high + 1), self.customer - low
            return known, exact_sums(row[inside], self.net[inside], known.size)
        known, row = self.who
        if (start, end) not in self.spent:
            # By day: what lies between two days lies together.
            first, last = np.searchsorted(self.day, (start, end))
            self.spent[start, end] = exact_sums(row[first:last], self.net[first:last], known.size)
        return known, self.spent[start, end]


def rows_of(ids: Ints, wanted: Ints) -> Ints:
    """Where each of `wanted` stands among `ids` (each once, 0 and above), -1 for what is not there."""
    if not ids.size:
        return np.full(wanted.size, -1, np.int64)
    highest = int(ids.max())
    if highest < _SPARSE * (ids.size + wanted.size):
        # A table of all numbers up to the highest is looked up ten times as fast as a sorted list.
        table = np.full(highest + 2, -1, np.int64)
        table[ids] = np.arange(ids.size)
        beyond = bool(wanted.size) and (int(wanted.max()) > highest or int(wanted.min()) < 0)
        found: Ints = table[np.clip(wanted, -1, highest + 1) if beyond else wanted]
        return found
    order = np.argsort(ids, kind="stable")
    row = order[np.minimum(np.searchsorted(ids, wanted, sorter=order), ids.size - 1)]
    return np.where(ids[row] == wanted, row, -1)


def exact_sums(row: Ints, values: Ints, size: int) -> Ints:
    """The sum of whole numbers by row, of `size` rows."""
    if values.size and max(int(values.max()), -int(values.min())) * values.size >= _EXACT:
        total = np.zeros(size, np.int64)
        np.add.at(total, row, values)
        return total
    # Sums of floats are exact as long as none can pass what a float holds.
    return np.bincount(row, values, size).astype(np.int64)


def purchases(
    book: Book, *, end: int, start: int = 0, channel: str = "", progress: Progress = SILENT
) -> Purchases:
    """Orders of known customers placed on the days [start, end), through one channel or all ("").

    Raises Cancelled when `progress` was stopped.
    """
    condition = " AND channel = :channel" if channel else ""
    table = _table(
        book,
        # Three columns in one number: half the values to carry over, and half the time.
        f"SELECT customer_id * {_PACKED} + day * 2 + purchase, net FROM orders "
        f"WHERE day >= :start AND day < :end AND customer_id IS NOT NULL{condition} "
        "AND (purchase = 1 OR net <> 0)",
        {"start": start, "end": end} | ({"channel": channel} if channel else {}),
        2,
        progress,
    )
    customer, rest = np.divmod(table[:, 0], _PACKED)
    return Purchases(customer, rest >> 1, table[:, 1].copy(), (rest & 1) == 1)


def recent_occasions(book: Book, recent: Purchases, *, start: int, end: int) -> Occasions:
    """Occasions of `recent`, which holds the days [start, end), and before them everybody's very first.

    That is all that returning (b), buying twice in a period (a) and their trends from `start` on need, and a
    fraction of reading three years: purchase numbers within one customer are not what they are in the whole.
    """
    # Along an index that holds both columns: a look at each buyer's summary would take ten times as long.
    firsts = _table(
        book,
        "SELECT customer_id, first_day FROM customer_summary WHERE first_day < :start ORDER BY first_day",
        {"start": min(start, end)},
        2,
        SILENT,
    )
    customer, day = recent.customer[recent.purchase], recent.day[recent.purchase]
    known = np.isin(firsts[:, 0], customer)
    # The shop's own first purchase too, so that nobody takes the window's first day for the shop's.
    known[:1] = True
    return occasions(np.concatenate((customer, firsts[known, 0])), np.concatenate((day, firsts[known, 1])))


def first_day(book: Book) -> int | None:
    """The day of the shop's first purchase by a known customer, None before there is one."""
    found = book.value(
        "SELECT day FROM orders WHERE purchase = 1 AND customer_id IS NOT NULL ORDER BY day LIMIT 1"
    )
    return None if found is None else int(found)


def latest_day(book: Book, today: date) -> int | None:
    """The newest day up to `today` with a purchase of a known customer or a rating, None without any."""
    asked = {"today": today.toordinal()}
    bought = book.value(
        "SELECT day FROM orders WHERE purchase = 1 AND customer_id IS NOT NULL AND day <= :today "
        "ORDER BY day DESC LIMIT 1",
        asked,
    )
    rated = book.value("SELECT max(day) FROM rating WHERE day <= :today", asked)
    return max((int(day) for day in (bought, rated) if day is not None), default=None)


Nothing = Literal["empty", "nobody", "no-purchase"]
"""Why orders tell nothing of customers: there are none, none says who bought, or none is a purchase."""


def why_nothing(book: Book) -> Nothing:
    """Why a book without a purchase of anybody known has none."""
    if not book.value("SELECT EXISTS (SELECT 1 FROM orders)"):
        return "empty"
    known = book.value("SELECT EXISTS (SELECT 1 FROM orders WHERE customer_id IS NOT NULL)")
    return "no-purchase" if known else "nobody"


def channels(book: Book) -> list[str]:
    """The channels through which orders came, the busiest first; "" (not known) is left out."""
    rows = book.rows(
        "SELECT channel FROM orders WHERE channel <> '' GROUP BY channel ORDER BY count(*) DESC, channel"
    )
    return [channel for (channel,) in rows]


def _table(
    book: Book, sql: str, params: dict[str, Any], columns: int, progress: Progress
) -> NDArray[np.int64]:
    """A query's whole numbers as an array of so many columns, without a tuple per row staying in memory."""
    cursor = book.db.execute_sql(sql, params)
    blocks = [np.zeros(0, dtype=np.int64)]
    while True:
        progress.check()
        block = np.fromiter(chain.from_iterable(_some(cursor)), dtype=np.int64)
        if not block.size:
            break
        blocks.append(block)
    table: NDArray[np.int64] = np.concatenate(blocks).reshape(-1, columns)
    return table


def _some(rows: Iterator[Sequence[int]]) -> Iterator[Sequence[int]]:
    return islice(rows, _BLOCK)
