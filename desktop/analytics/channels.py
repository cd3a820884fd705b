"""Channels and finding methods: where customers come from, what they bring, and how sure that is.

The definitions are those of METRICS.md, "Channels and finding methods". A group is a channel or a method.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Change, Mean, Rate, Z, change, mean, per, quantile, rate
from desktop.analytics.occasions import NEVER, Ints

Bools = NDArray[np.bool_]
AGAIN = 90
"""Days within which a customer gained should have bought again."""


def counted(count: int) -> Mean:
    """A count with the exact Poisson interval of what it might have been; n is the count."""
    found = per(count, 1, 1.0)
    return Mean(found.value, count, found.low, found.high)


def counts_change(now: Mean, before: Mean, days: int, days_before: int, wanted: int = 0) -> Change:
    """How a count or a sum moved against what as many days before would have given."""
    if days <= 0 or days_before <= 0:
        return Change(Mean(None, 0, None, None))
    scale = days / days_before
    value, low, high = (
        None if one is None else one * scale for one in (before.value, before.low, before.high)
    )
    return change(now, Mean(value, before.n, low, high), wanted)


def sums(amount: Ints, group: Ints, groups: int) -> list[Mean]:
    """The sum of the amounts of each group, with n and a 95 % interval.

    Both how many orders come and how large each is are chance: of a compound Poisson sum the variance is the
    sum of the squares (Σx²). No interval of fewer than two. Amounts are whole numbers and stay exact.
    """
    total = np.zeros(groups, np.int64)
    np.add.at(total, group, amount)
    n = np.bincount(group, minlength=groups)
    squares = np.bincount(group, amount.astype(np.float64) ** 2, groups)
    found = []
    for at in range(groups):
        half = Z * sqrt(float(squares[at]))
        value, some = float(total[at]), int(n[at])
        found.append(
            Mean(value, some, value - half, value + half)
            if some > 1
            else Mean(value if some else 0.0, some, None, None)
        )
    return found


class Visits:
    """Purchases of groups, put so that who came back in any period is quickly asked.

    Arrays of one length: `customer` 0 … m (codes near together, they index an array), ordinal `day`, `group`
    0 … groups-1.
    """

    def __init__(self, customer: Ints, day: Ints, group: Ints, groups: int) -> None:
        self._groups = groups
        pair = customer * groups + group
        if bool((day[1:] < day[:-1]).any()):
            order = np.argsort(day, kind="stable")
            pair, day = pair[order], day[order]
        self._pair, self._day = pair, day
        self._first = np.full(int(pair.max(initial=-1)) + 1, NEVER)
        # Of what is written to one place the last stays: the first day, when written backwards.
        self._first[pair[::-1]] = day[::-1]

    def returning(self, start: int, end: int) -> list[Rate]:
        """Repeat purchase (b) of each group: its buyers in [start, end) who had bought in it before ÷ buyers.

        Two purchases of a customer on one day are one occasion. It is what `repeat_purchase` gives for the
        purchases of one group alone.
        """
        low, high = np.searchsorted(self._day, (start, end))
        last = np.full(self._first.size, -1)
        last[self._pair[low:high]] = self._day[low:high]
        bought = np.flatnonzero(last >= 0)
        of = bought % self._groups
        buyers = np.bincount(of, minlength=self._groups)
        back = np.bincount(of[self._first[bought] < last[bought]], minlength=self._groups)
        return [rate(int(back[at]), int(buyers[at])) for at in range(self._groups)]


def returning(customer: Ints, day: Ints, group: Ints, groups: int, start: int, end: int) -> list[Rate]:
    """Repeat purchase (b) of each group in one period, as `Visits` has it."""
    return Visits(customer, day, group, groups).returning(start, end)


def came_again(first: Ints, gap: Ints, group: Ints, groups: int, end: int, days: int = AGAIN) -> list[Rate]:
    """Share of each group's new customers who bought again within so many days.

    An entry a customer gained: the `first` day, the `gap` in days to the second purchase (NEVER for none)
    and the group. Only who came at least `days` days before `end`, the first day not yet seen, is counted:
    else the quick would count at once and the slow not yet.
    """
    old = first + days < end
    gained = np.bincount(group[old], minlength=groups)
    back = np.bincount(group[old & (gap <= days)], minlength=groups)
    return [rate(int(back[at]), int(gained[at])) for at in range(groups)]


@dataclass(frozen=True, slots=True)
class Conversion:
    """A method's leads: how many, how many became customers and in how many days (median).

    `cost` is what the leads cost where that was noted (`cost.n` leads), per lead; `spent` all of it; `each`
    what one conversion came to, among the leads whose cost is known, None without any conversion.
    """

    leads: int
    converted: Rate
    days: Mean
    cost: Mean
    spent: int
    each: float | None


def conversion(converted: Bools, days: NDArray[np.float64], cost: NDArray[np.float64]) -> Conversion:
    """Figures of one cohort of leads (those found in a period): arrays of one length.

    `days` from found to converted, NaN where that is not known; `cost` minor units, NaN where not noted.
    """
    took = np.sort(days[converted & ~np.isnan(days)])
    known = ~np.isnan(cost)
    spent = int(cost[known].sum())
    won = int(np.count_nonzero(converted & known))
    return Conversion(
        leads=int(converted.size),
        converted=rate(int(np.count_nonzero(converted)), int(converted.size)),
        days=quantile(took, 0.5),
        cost=mean(cost),
        spent=spent,
        each=spent / won if won else None,
    )
