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
    return [
        BuyersMonth(low, high, buyers - new, new)
        for (low, high), buyers, new in zip(_months(start, end), *months.buyers(), strict=True)
    ]


def _months(start: int, end: int) -> list[tuple[int, int]]:
    edge = np.minimum(edges(start, end, "month"), end).tolist()
    return list(pairwise(edge))


class _Months:
    """The months of a period, numbered from its first.

    A run stands for its customer in every window of months that begins before or with it and ends before
    the customer's next run.
    """

    def __init__(self, past: Occasions, start: int, end: int) -> None:
        self.past = past
        self.first = index_of(start, "month")
        self.size = index_of(end - 1, "month") - self.first + 1
        runs = past.monthly
        # Places and then what is there: a mask picks several times more slowly.
        near = (runs.period > self.first - TOGETHER) & (runs.period < self.first + self.size)
        places = np.flatnonzero(near)
        self.month: Ints = runs.period[places] - self.first
        self.times: Ints = runs.times[places]
        self.new = runs.new[places]
        after, before = runs.after(places), runs.before(places)
        self.after: Ints = np.where(after == NEVER, NEVER, after - self.first)
        self.before: Ints = np.where(before == -NEVER, -NEVER, before - self.first)

    def counts(self, months: int, definition: Definition = "b") -> tuple[list[int], list[int]]:
        """Buyers of the `months` that end with each month, and who of them came back by (a) or (b)."""
        pairs = np.zeros(2 * self.size, dtype=np.int64)
        for later in range(months):
            ends = self.month + later
            at = np.flatnonzero((self.after > ends) & (ends >= 0) & (ends < self.size))
            ends = ends[at]
            back = self.times[at] > 1
            back |= self.before[at] > ends - months if definition == "a" else ~self.new[at]
            pairs += np.bincount(2 * ends + back, minlength=2 * self.size)
        return (pairs[::2] + pairs[1::2]).tolist(), pairs[1::2].tolist()

    def figures(self, definition: Definition, months: int) -> list[Rate] | list[Mean]:
        """Definition (a), (b) or (c) over the `months` that end with each month."""
        if definition == "c":
            return self._repeats(months)
        return [rate(hits, n) for n, hits in zip(*self.counts(months, definition), strict=True)]

    def _repeats(self, months: int) -> list[Mean]:
        chosen = np.flatnonzero(self.month > -months)
        place, times = self.month[chosen] + (months - 1), self.times[chosen].astype(np.float64)
        if months == 1:
            return means(times - 1, place, self.size)
        # How often each bought in several months together is not counted, so there is no interval.
        single = np.bincount(place, times, self.size + months - 1)
        sums = np.convolve(single, np.ones(months), "valid")
        pairs = zip(sums.tolist(), self.counts(months)[0], strict=True)
        return [Mean(total / n - 1 if n else None, n, None, None) for total, n in pairs]

    def buyers(self) -> tuple[list[int], list[int]]:
        """Buyers of each month, and who of them bought for the first time."""
        at = np.flatnonzero(self.month >= 0)
        pairs = np.bincount(2 * self.month[at] + self.new[at], minlength=2 * self.size)
        return (pairs[::2] + pairs[1::2]).tolist(), pairs[1::2].tolist()

    def ever(self) -> tuple[list[int], list[int]]:
        """How many had ever bought by the end of each month, and how many of them twice or more."""
        second = self.past.following[self.past.starts]
        return self._by_then(self.past.first), self._by_then(second[second != NEVER])

    def _by_then(self, day: Ints) -> list[int]:
        month = np.clip(period_index(day, "month") - self.first, 0, self.size)
        total: list[int] = np.cumsum(np.bincount(month, minlength=self.size + 1)[: self.size]).tolist()
        return total
