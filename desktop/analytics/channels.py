"""Channels and finding methods: where customers come from, what they bring, and how sure that is.

The definitions are those of METRICS.md, "Channels and finding methods". A group is a channel or a method.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Mean, Rate, Z, mean, quantile, rate
from desktop.analytics.occasions import Ints

Bools = NDArray[np.bool_]
_NEVER, _COMING = np.iinfo(np.int32).max, 1000
AGAIN = 90
"""Days within which a customer gained should have bought again."""


@dataclass(frozen=True)
class Sums:
    """Amounts of groups added up: their sums (exact), the sums of their squares, and how many there are."""

    total: Ints
    squares: NDArray[np.float64]
    n: Ints

    @classmethod
    def of(cls, amount: Ints, group: Ints, groups: int) -> Sums:
        """Amounts with the group 0 … groups-1 of each."""
        total = np.zeros(groups, np.int64)
        # Not bincount's weights: they are floats, and money stays exact.
        np.add.at(total, group, amount)
        squares = np.bincount(group, amount.astype(np.float64) ** 2, groups).astype(np.float64)
        return cls(total, squares, np.bincount(group, minlength=groups))

    def added(self, amount: int, group: int) -> Sums:
        """With one amount more."""
        one = np.zeros_like(self.n)
        one[group] = 1
        return Sums(self.total + one * amount, self.squares + one * float(amount) ** 2, self.n + one)

    def figures(self) -> list[Mean]:
        """The sum of each group, and of all as the last, with n and a 95 % interval.

        Both how many orders come and how large each is are chance: of a compound Poisson sum the variance is
        the sum of the squares (Σx²). No interval of fewer than two.
        """
        found = []
        for value, square, n in zip(
            _and_all(self.total), _and_all(self.squares), _and_all(self.n), strict=True
        ):
            half = Z * sqrt(square)
            ends = (value - half, value + half) if n > 1 else (None, None)
            found.append(Mean(float(value), n, *ends))
        return found


def sums(amount: Ints, group: Ints, groups: int) -> list[Mean]:
    """The sum of the amounts of each group and of all, as `Sums` has it."""
    return Sums.of(amount, group, groups).figures()


class Visits:
    """Purchases of groups, put so that who came back in any period is quickly asked.

    Arrays of one length: `customer` 0 … m (codes near together, they index an array), ordinal `day`, `group`
    0 … groups-1.
    """

    def __init__(self, customer: Ints, day: Ints, group: Ints, groups: int) -> None:
        self._groups = groups
        # Some room for customers to come.
        self._room = int(customer.max(initial=-1)) + 1 + _COMING
        place, day = group * self._room + customer, day.astype(np.int32)
        if bool((day[1:] < day[:-1]).any()):
            order = np.argsort(day, kind="stable")
            place, day = place[order], day[order]
        self._place, self._day = place, day
        self._first = np.full(groups * self._room, _NEVER, np.int32)
        # Of what is written to one place the last stays: the first day, when written backwards.
        self._first[place[::-1]] = day[::-1]

    def added(self, customer: int, day: int, group: int) -> Visits | None:
        """The same with one purchase more; None where there is no room for its customer or its group."""
        if customer >= self._room or group >= self._groups:
            return None
        found = copy(self)
        place = group * self._room + customer
        at = int(np.searchsorted(self._day, day, side="right"))
        found._place, found._day = np.insert(self._place, at, place), np.insert(self._day, at, day)
        found._first = self._first.copy()
        found._first[place] = min(int(self._first[place]), day)
        return found

    def returning(self, start: int, end: int) -> list[Rate]:
        """Repeat purchase (b) of each group: its buyers in [start, end) who had bought in it before ÷ buyers.

        Two purchases of a customer on one day are one occasion. It is what `repeat_purchase` gives for the
        purchases of one group alone, and as the last for those of all groups.
        """
        low, high = np.searchsorted(self._day, (start, end))
        newest = np.full(self._first.size, -1, np.int32)
        newest[self._place[low:high]] = self._day[low:high]
        first, last = (days.reshape(self._groups, self._room) for days in (self._first, newest))
        buyers, back = np.count_nonzero(last >= 0, axis=1), np.count_nonzero(first < last, axis=1)
        # A customer's first and last day of all are those of their groups.
        of_all = last.max(axis=0)
        every = int(np.count_nonzero(of_all >= 0)), int(np.count_nonzero(first.min(axis=0) < of_all))
        return [
            rate(hits, n)
            for hits, n in zip([*back.tolist(), every[1]], [*buyers.tolist(), every[0]], strict=True)
        ]


def returning(customer: Ints, day: Ints, group: Ints, groups: int, start: int, end: int) -> list[Rate]:
    """Repeat purchase (b) of each group in one period, and of all, as `Visits` has it."""
    return Visits(customer, day, group, groups).returning(start, end)


def came_again(first: Ints, gap: Ints, group: Ints, groups: int, end: int, days: int = AGAIN) -> list[Rate]:
    """Share of each group's new customers, and of all as the last, who bought again within so many days.

    An entry a customer gained: the `first` day, the `gap` in days to the second purchase (NEVER for none)
    and the group. Only who came at least `days` days before `end`, the first day not yet seen, is counted:
    else the quick would count at once and the slow not yet.
    """
    old = first + days < end
    gained = np.bincount(group[old], minlength=groups)
    back = np.bincount(group[old & (gap <= days)], minlength=groups)
    return [rate(*each) for each in zip(_and_all(back), _and_all(gained), strict=True)]


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


def _and_all(counts: NDArray[Any]) -> list[Any]:
    """Counts or sums of groups, and that of all."""
    return [*counts.tolist(), counts.sum().item()]
