"""Repeat purchase by the five definitions in use, its trend, and how long the next purchase takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Mean, Rate, mean, rate
from desktop.analytics.occasions import NEVER, Ints, Occasions
from desktop.analytics.periods import edges, period_index, period_start

HORIZONS = (30, 60, 90, 180, 365)
"""Days within which a new customer's second purchase is looked for, definition (e)."""


@dataclass(frozen=True, slots=True)
class RepeatPurchase:
    """Repeat purchase over the days [start, end) by definitions (a) to (d).

    - `twice` (a): buyers with two or more occasions in the period ÷ buyers in the period.
    - `returning` (b): buyers in the period who had bought before it or earlier in it ÷ buyers in the period.
    - `transactions` (c): repeat transactions ÷ buyers in the period. A buyer's repeat transactions are the
      occasions in the period after the first one in the period, so it may exceed 1.
    - `lifetime` (d): customers with two or more occasions up to `end` ÷ all who ever bought up to `end`.
    """

    start: int
    end: int
    buyers: int
    twice: Rate
    returning: Rate
    transactions: Mean
    lifetime: Rate


@dataclass(frozen=True, slots=True)
class CohortRepeat:
    """Definition (e) for the customers who first bought in the days [start, end), a calendar month.

    `shares` has one entry for each horizon: the share with a second occasion within so many days, or None
    while the cohort's youngest possible member has not yet been seen for so long.
    """

    start: int
    end: int
    size: int
    shares: tuple[Rate | None, ...]


@dataclass(frozen=True, slots=True)
class MonthRepeat:
    """Share of returning buyers (definition b) in a calendar month and in the windows that end with it.

    `windows` has one rate for each trailing window asked for: buyers in the last w days of the month who had
    bought before or earlier in the window ÷ buyers in those days. None while the shop is younger than w.
    """

    start: int
    end: int
    returning: Rate
    windows: tuple[Rate | None, ...]


@dataclass(frozen=True)
class Curve:
    """Share of customers who bought again within 0, 1, 2 … days of the first purchase.

    Kaplan–Meier: new customers count for as long as they have been seen, so that a growing shop is not made
    to look worse than it is. `at_risk` is how many were still watched on each day; where it is small the
    curve says little.
    """

    share: NDArray[np.float64]
    at_risk: Ints


@dataclass(frozen=True)
class Histogram:
    """Counts of day gaps in bins [edges[i], edges[i+1]); the last bin is open above.

    `median` and the quartiles are None when n is 0.
    """

    edges: Ints
    counts: Ints
    n: int
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None


def repeat_purchase(past: Occasions, start: int, end: int) -> RepeatPurchase:
    """Definitions (a) to (d) over the days [start, end)."""
    inside = (past.day >= start) & (past.day < end)
    times = np.bincount(past.owner[inside], minlength=past.ids.size)
    # An occasion that is not its customer's first ever makes the buyer a returning one.
    back = np.bincount(past.owner[inside & (past.rank > 0)], minlength=past.ids.size) > 0
    bought = times > 0
    buyers = int(np.count_nonzero(bought))
    so_far = np.bincount(past.owner[past.day < end], minlength=past.ids.size)
    return RepeatPurchase(
        start=start,
        end=end,
        buyers=buyers,
        twice=rate(int(np.count_nonzero(times > 1)), buyers),
        returning=rate(int(np.count_nonzero(back)), buyers),
        transactions=mean((times[bought] - 1).astype(np.float64)),
        lifetime=rate(int(np.count_nonzero(so_far > 1)), int(np.count_nonzero(so_far > 0))),
    )


def repeat_by_month(
    past: Occasions, start: int, end: int, windows: tuple[int, ...] = (90, 30)
) -> list[MonthRepeat]:
    """Definition (b) for each calendar month that touches [start, end), and for trailing windows of days.

    The last month is cut at `end`; earlier purchases than `start` count as having bought before.
    """
    edge = edges(start, end, "month")
    if edge.size == 0 or past.size == 0:
        return []
    order = np.argsort(past.day, kind="stable")
    day, following, again = past.day[order], past.following[order], past.rank[order] > 0

    def returning(low: int, high: int) -> Rate:
        a, b = np.searchsorted(day, (low, high))
        # A customer's last occasion in the window stands for the customer.
        final = following[a:b] >= high
        return rate(int(np.count_nonzero(final & again[a:b])), int(np.count_nonzero(final)))

    opened = int(day[0])
    months = []
    for low, high in zip(edge[:-1].tolist(), np.minimum(edge[1:], end).tolist(), strict=True):
        trailing = tuple(returning(high - w, high) if high - w >= opened else None for w in windows)
        months.append(MonthRepeat(low, high, returning(low, high), trailing))
    return months


def repeat_by_cohort(past: Occasions, end: int, horizons: tuple[int, ...] = HORIZONS) -> list[CohortRepeat]:
    """Definition (e) for each month's new customers, as known at `end` (the first day not yet seen)."""
    past = past.before(end)
    if past.size == 0:
        return []
    month = period_index(past.first, "month")
    oldest = int(month.min())
    edge = period_start(np.arange(oldest, int(month.max()) + 2), "month")
    size = np.bincount(month - oldest)
    within = [np.bincount((month - oldest)[past.second_gap <= h], minlength=size.size) for h in horizons]
    return [
        CohortRepeat(
            start=int(edge[i]),
            end=int(edge[i + 1]),
            size=int(n),
            shares=tuple(
                rate(int(hits[i]), int(n)) if edge[i + 1] + h <= end else None
                for h, hits in zip(horizons, within, strict=True)
            ),
        )
        for i, n in enumerate(size)
    ]


def repeat_curve(past: Occasions, end: int, days: int = 365) -> Curve:
    """Cumulative share of customers with a second purchase 0 … `days` days after the first, known at `end`.

    It stops at the last day on which anyone is still watched, so it may be shorter than `days` + 1.
    """
    past = past.before(end)
    if past.size == 0:
        return Curve(np.zeros(0), np.zeros(0, dtype=np.int64))
    seen = end - 1 - past.first
    came_back = past.second_gap != NEVER
    until = np.minimum(np.where(came_back, past.second_gap, seen), days + 1)
    left = np.bincount(until, minlength=days + 2)
    events = np.bincount(until[came_back], minlength=days + 2)
    at_risk = past.ids.size - np.concatenate(([0], np.cumsum(left)[:-1]))
    watched = int(np.count_nonzero(at_risk[: days + 1]))
    hazard = events[:watched] / at_risk[:watched]
    return Curve(1 - np.cumprod(1 - hazard), at_risk[:watched].astype(np.int64))


def time_to_second(past: Occasions) -> Ints:
    """Days from first to second purchase of every customer who has made a second."""
    found: Ints = past.second_gap[past.second_gap != NEVER]
    return found


def gap_histogram(gaps: Ints, width: int = 7, bins: int = 52) -> Histogram:
    """Histogram of day gaps (between purchases, or to the second) in `bins` bins of `width` days."""
    edge = np.arange(bins + 1, dtype=np.int64) * width
    counts = np.bincount(np.minimum(gaps // width, bins - 1), minlength=bins).astype(np.int64)
    if gaps.size == 0:
        return Histogram(edge, counts, 0, None, None, None)
    lower, median, upper = (float(q) for q in np.quantile(gaps, (0.25, 0.5, 0.75)))
    return Histogram(edge, counts, int(gaps.size), median, lower, upper)
