"""Repeat purchase month by month, by any of the five definitions, and new and returning buyers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from desktop.analytics.intervals import Mean, Rate, means, rate
from desktop.analytics.occasions import NEVER, Ints, Occasions
from desktop.analytics.periods import edges, index_of, period_index
from desktop.analytics.repeat import repeat_by_cohort

Definition = Literal["a", "b", "c", "d", "e"]
TOGETHER = 3
"""Months that the smoother figure takes together."""
COHORT_DAYS = (90, 30)
"""Days in which definition (e) looks for the second purchase of a month's new customers."""

_NEVER = np.iinfo(np.int32).max // 2


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """One calendar month, cut at the end of the period, by one definition.

    `month` is the figure of the month itself, `together` that of the three months that end with it, None
    while the shop is younger. By (d) `month` is of everybody up to the month's end; by (e) both are of the
    month's new customers, within 90 and 30 days, None while they are too young to judge.
    """

    start: int
    end: int
    month: Rate | Mean | None
    together: Rate | Mean | None


@dataclass(frozen=True, slots=True)
class BuyersMonth:
    """The buyers of a calendar month: who had bought before it, and who bought for the first time ever."""

    start: int
    end: int
    returning: int
    new: int


def repeat_trend(past: Occasions, start: int, end: int, definition: Definition) -> list[TrendMonth]:
    """Each calendar month that touches the days [start, end), the last cut at `end`."""
    past = past.before(end)
    if past.size == 0 or end <= start:
        return []
    if definition == "e":
        cohorts = {one.start: one.shares for one in repeat_by_cohort(past, end, COHORT_DAYS)}
        return [TrendMonth(low, high, *cohorts.get(low, (None, None))) for low, high in _months(start, end)]
    months = _Months(past, start, end)
    if definition == "d":
        ever, twice = months.ever()
        return [
            TrendMonth(low, high, rate(hits, n) if n else None, None)
            for (low, high), hits, n in zip(_months(start, end), twice, ever, strict=True)
        ]
    single, together = months.figures(definition, 1), months.figures(definition, TOGETHER)
    opened = index_of(int(past.day.min()), "month") - months.first
    return [
        TrendMonth(
            low, high, single[at] if at >= opened else None,
            together[at] if at - TOGETHER + 1 >= opened else None,
        )
        for at, (low, high) in enumerate(_months(start, end))
    ]  # fmt: skip


def buyers_by_month(past: Occasions, start: int, end: int) -> list[BuyersMonth]:
    """The buyers of each calendar month that touches the days [start, end), the last cut at `end`."""
    past = past.before(end)
    if past.size == 0 or end <= start:
        return []
    months = _Months(past, start, end)
    buyers = months.buyers(1)
    joined = months.month[past.starts]
    new = np.bincount(joined[(joined >= 0) & (joined < months.size)], minlength=months.size)
    return [
        BuyersMonth(low, high, int(buyers[at] - new[at]), int(new[at]))
        for at, (low, high) in enumerate(_months(start, end))
    ]


def _months(start: int, end: int) -> list[tuple[int, int]]:
    edge = np.minimum(edges(start, end, "month"), end).tolist()
    return list(pairwise(edge))


class _Months:
    """The occasions by calendar month, counted from the first of the period.

    `last` are the places of those that are their customer's last in a month; one of them stands for its
    customer in every window that ends before the month of the next.
    """

    def __init__(self, past: Occasions, start: int, end: int) -> None:
        self.past = past
        self.first = index_of(start, "month")
        self.size = index_of(end - 1, "month") - self.first + 1
        self.month = (period_index(past.day, "month") - self.first).astype(np.int32)
        fresh = np.ones(past.size, dtype=np.bool_)
        fresh[1:] = self.month[1:] != self.month[:-1]
        fresh[past.starts] = True
        opening = np.flatnonzero(fresh)
        last = np.append(opening[1:], past.size) - 1
        month = self.month[last]
        kept = (month > -TOGETHER) & (month < self.size)
        if not kept.all():
            opening, last, month = opening[kept], last[kept], month[kept]
        self.last, self.of_last, self.times = last, month, last - opening + 1
        self.again = past.previous[last] >= 0
        after = np.full(last.size, _NEVER, dtype=np.int32)
        followed = past.following[last] != NEVER
        after[followed] = self.month[last[followed] + 1]
        self.after = after
        before = np.full(last.size, -_NEVER, dtype=np.int32)
        before[self.again] = self.month[last[self.again] - 1]
        self.before = before

    def buyers(self, months: int, definition: Definition | None = None) -> Ints:
        """Buyers of the `months` that end with each month; those who came back by (a) or (b)."""
        found = np.zeros(self.size, dtype=np.int64)
        for later in range(months):
            ends = self.of_last + later
            stands = (self.after > ends) & (ends >= 0) & (ends < self.size)
            if definition == "a":
                stands &= self.before > ends - months
            elif definition == "b":
                stands &= self.again
            found += np.bincount(ends[stands], minlength=self.size)
        return found

    def figures(self, definition: Definition, months: int) -> list[Rate] | list[Mean]:
        """Definition (a), (b) or (c) over the `months` that end with each month."""
        buyers = self.buyers(months)
        if definition != "c":
            back = self.buyers(months, definition)
            return [rate(int(hits), int(n)) for hits, n in zip(back, buyers, strict=True)]
        shifted = self.month + (TOGETHER - 1)
        inside = (shifted >= 0) & (shifted < self.size + TOGETHER - 1)
        single = np.bincount(shifted[inside], minlength=self.size + TOGETHER - 1)
        sums = np.convolve(single, np.ones(months, dtype=np.int64))[TOGETHER - 1 :][: self.size]
        again = sums - buyers
        if months > 1:
            # How often each bought in several months together is not counted, so there is no interval.
            pairs = zip(again.tolist(), buyers.tolist(), strict=True)
            return [Mean(more / n if n else None, n, None, None) for more, n in pairs]
        own = self.of_last >= 0
        return means((self.times[own] - 1).astype(np.float64), self.of_last[own].astype(np.int64), self.size)

    def ever(self) -> tuple[list[int], list[int]]:
        """How many had ever bought by the end of each month, and how many of them twice or more."""
        second = self.past.following[self.past.starts]
        twice = self.past.starts[second != NEVER] + 1
        return self._by_then(self.past.starts), self._by_then(twice)

    def _by_then(self, places: Ints) -> list[int]:
        month = np.clip(self.month[places], 0, self.size)
        total: list[int] = np.cumsum(np.bincount(month, minlength=self.size + 1)[: self.size]).tolist()
        return total
