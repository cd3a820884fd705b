"""A shop's orders by day: those of a period without a look at all others, and each day's sums."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from desktop.queries.growing_columns import Filling, Growing, exchanged
from desktop.queries.purchases import exact_sums
from desktop.queries.shop_pieces import only_more, sorted_places
from desktop.queries.shop_tables import Ints, OrderColumns

_FEW = 4
"""Less than one in so many orders is looked up by day."""


@dataclass(frozen=True)
class Days:
    """Orders by day, whoever placed them.

    `at` are places of all orders by day, `day` their days. `bought` and `moved` have an entry for each day
    from `first` on: how many orders of it are purchases, and the net of all of them, minor units.
    """

    orders: OrderColumns
    day: Ints
    at: Ints
    first: int
    bought: Ints
    moved: Ints
    growing: Growing

    def among(self, start: int, end: int) -> Ints | None:
        """Places of the orders of the days [start, end), ascending; None where a look at all is quicker."""
        low, high = np.searchsorted(self.day, (start, end))
        if (high - low) * _FEW > self.day.size + 1000:
            return None
        return np.sort(self.at[low:high])

    def sums(self, start: int, end: int) -> tuple[Ints, Ints]:
        """Purchases and net of each of the days [start, end)."""
        bought, moved = (np.zeros(max(0, end - start), np.int64) for _ in range(2))
        low, high = max(start, self.first), min(end, self.first + self.bought.size)
        if low < high:
            bought[low - start : high - start] = self.bought[low - self.first : high - self.first]
            moved[low - start : high - start] = self.moved[low - self.first : high - self.first]
        return bought, moved

    def mended(self, orders: OrderColumns) -> Days | None:
        """The same with the orders that came behind; None where others changed too, or other days came."""
        before = self.orders.ids.size
        if not only_more(self.orders, orders):
            return None
        came = orders.day[before:]
        if not came.size:
            return replace(self, orders=orders)
        if not before or came.min() < self.first:
            return None
        new = before + np.argsort(came, kind="stable")
        day = orders.day[new]
        if day[0] >= self.day[-1]:
            columns, growing = self.growing.appended([self.day, self.at], [day, new])
        else:
            # An order of an earlier day than the newest.
            where = np.searchsorted(self.day, day, side="right")
            columns = exchanged([self.day, self.at], new[:0], where, [day, new])
            growing = Growing(columns, -1)
        size = int(day[-1]) - self.first + 1
        bought, moved = (np.zeros(max(size, old.size), np.int64) for old in (self.bought, self.moved))
        bought[: self.bought.size], moved[: self.moved.size] = self.bought, self.moved
        np.add.at(bought, day - self.first, orders.purchase[new].astype(np.int64))
        np.add.at(moved, day - self.first, orders.net[new])
        return Days(orders, columns[0], columns[1], self.first, bought, moved, growing)


def days_of(orders: OrderColumns) -> Days:
    """All orders by day."""
    at, day = np.arange(orders.ids.size), orders.day
    if bool((day[1:] < day[:-1]).any()):
        at = sorted_places([day], at)
        day = day[at]
    home = Filling((np.int64, np.int64), [at.size])
    home.put(0, [day, at])
    (day, at), growing = home.filled()
    first = int(day[0]) if day.size else 0
    size = int(day[-1]) - first + 1 if day.size else 0
    bought = np.bincount(orders.day[orders.purchase] - first, minlength=size).astype(np.int64)
    return Days(orders, day, at, first, bought, exact_sums(orders.day - first, orders.net, size), growing)
