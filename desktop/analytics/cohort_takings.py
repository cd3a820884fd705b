"""What each month's new customers spend in the months after: the triangle of cohorts in money."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.cohorts import Retention
from desktop.analytics.intervals import Mean, mean_of_sums
from desktop.analytics.occasions import Ints
from desktop.analytics.periods import index_of, period_index

Floats = NDArray[np.float64]
DENSE = 2**23
"""Customers times columns up to which every sum has a place of its own; beyond, orders are sorted."""


@dataclass(frozen=True)
class Takings:
    """Net spend of cohorts, in the rows and columns of a Retention; NaN where the future has not come.

    `net` is in minor units, refunds taken off, and may be below 0; `squares` sums the squares of what each
    customer spent in a cell.
    """

    size: Ints
    net: Floats
    squares: Floats
    running: NDArray[np.bool_]

    def cell(self, row: int, column: int) -> Mean | None:
        """Net spend for each customer of the cohort with its t interval, who did not buy included."""
        if np.isnan(self.net[row, column]):
            return None
        return mean_of_sums(
            int(self.size[row]), float(self.net[row, column]), float(self.squares[row, column])
        )

    def kept(self, row: int, column: int) -> float | None:
        """A cell's net ÷ that of the cohort's first month; None in the future or where that was no gain."""
        first, now = float(self.net[row, 0]), float(self.net[row, column])
        return None if np.isnan(now) or first <= 0 else now / first

    @cached_property
    def average(self) -> list[Mean]:
        """Each column over all cohorts that have lived through it: net spend for each of their customers."""
        judged = ~np.isnan(self.net) & ~self.running & (self.size > 0)[:, np.newaxis]
        sums = [np.where(judged, np.nan_to_num(one), 0).sum(axis=0) for one in (self.net, self.squares)]
        whole = np.where(judged, self.size[:, np.newaxis], 0).sum(axis=0)
        return [mean_of_sums(int(n), float(a), float(b)) for n, a, b in zip(whole, *sums, strict=True)]


def takings(found: Retention, first: Ints, owner: Ints, day: Ints, net: Ints) -> Takings:
    """The money of a retention triangle.

    `first` holds the day of each customer's first purchase; `owner` (a place in `first`), `day` and `net`
    (minor units) one entry an order. What came before a customer's first purchase, a deposit paid back, is
    left out, as are customers of older cohorts.
    """
    rows = int(found.start.size)
    if rows == 0:
        return Takings(found.size, np.zeros((0, 0)), np.zeros((0, 0)), found.running)
    oldest = index_of(int(found.start[0]), found.by)
    joined = period_index(first, found.by) - oldest
    row = joined[owner]
    column = period_index(day, found.by) - oldest - row
    at = np.flatnonzero((row >= 0) & (column >= 0) & (row + column < rows))
    cell, spent = _by_customer(owner[at] * rows + column[at], net[at], joined, rows)
    total, squares = (
        np.bincount(cell, one, rows * rows).astype(np.float64).reshape(rows, rows)
        for one in (spent, spent * spent)
    )
    ahead = np.isnan(found.active)
    total[ahead] = squares[ahead] = np.nan
    return Takings(found.size, total, squares, found.running)


def _by_customer(both: Ints, net: Ints, joined: Ints, rows: int) -> tuple[Ints, Floats]:
    """One sum a customer and column, so that a customer's orders of one month are one value, and its cell.

    `both` holds customer and column of each order in one number.
    """
    spent: Floats
    if joined.size * rows <= DENSE:
        sums = np.bincount(both, net, joined.size * rows).astype(np.float64)
        known: Ints = np.flatnonzero(sums).astype(np.int64)
        spent = sums[known]
    else:
        order = np.argsort(both)
        both = both[order]
        begins = np.flatnonzero(np.diff(both, prepend=-1))
        known = both[begins]
        spent = np.add.reduceat(net[order], begins).astype(np.float64) if begins.size else np.zeros(0)
    who, column = np.divmod(known, rows)
    return joined[who] * rows + column, spent
