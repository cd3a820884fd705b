"""Repeat purchase by the five definitions in use, and by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Mean, Rate, mean, rate
from desktop.analytics.occasions import Ints, Occasions
from desktop.analytics.periods import Period, edges, period_index, period_start

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


def repeat_purchase(past: Occasions, start: int, end: int) -> RepeatPurchase:
    """Definitions (a) to (d) over the days [start, end)."""
    # Places and then what is there: a mask picks several times more slowly.
    inside = past.places(start, end)
    previous = past.previous[inside]
    # The last occasion in the period stands for its buyer; each has one, and one that is the first in it.
    final = np.flatnonzero(past.following[inside] >= end)
    opening = np.flatnonzero(previous < start)
    times = final - opening + 1
    buyers = int(times.size)
    return RepeatPurchase(
        start=start,
        end=end,
        buyers=buyers,
        twice=rate(int(np.count_nonzero(times > 1)), buyers),
        # An occasion that is not its customer's first ever makes the buyer a returning one.
        returning=rate(int(np.count_nonzero(previous[final] >= 0)), buyers),
        transactions=mean((times - 1).astype(np.float64)),
        lifetime=lifetime(past, end),
    )


def lifetime(past: Occasions, end: int) -> Rate:
    """Definition (d): customers with two or more occasions before `end` ÷ all who bought before it."""
    second = past.following[past.starts]
    return rate(int(np.count_nonzero(second < end)), int(np.count_nonzero(past.first < end)))


def second_within(past: Occasions, start: int, end: int, days: int) -> Rate:
    """Definition (e) for a period: new customers whose first `days` days ended in the days [start, end).

    Everybody counted was watched for as long, so that a short period can be judged as well as a long one.
    """
    judged = (past.first + days >= start) & (past.first + days < end)
    return rate(int(np.count_nonzero(judged & (past.second_gap <= days))), int(np.count_nonzero(judged)))


def repeat_by_month(
    past: Occasions, start: int, end: int, windows: tuple[int, ...] = (90, 30)
) -> list[MonthRepeat]:
    """Definition (b) for each calendar month that touches [start, end), and for trailing windows of days.

    The last month is cut at `end`; earlier purchases than `start` count as having bought before.
    """
    edge = edges(start, end, "month")
    if edge.size == 0 or past.size == 0:
        return []
    order = np.argsort(_short(past.day), kind="stable")
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


def _short(day: Ints) -> NDArray[np.integer[Any]]:
    """The days counted from the first, in two bytes where they fit: those are sorted ten times as fast."""
    since: Ints = day - day.min()
    return since.astype(np.uint16) if int(since.max()) < 2**16 else since


def repeat_by_cohort(
    past: Occasions, end: int, horizons: tuple[int, ...] = HORIZONS, by: Period = "month"
) -> list[CohortRepeat]:
    """Definition (e) for each month's new customers, as known at `end` (the first day not yet seen).

    `by` makes cohorts of other periods.
    """
    past = past.before(end)
    if past.size == 0:
        return []
    joined = period_index(past.first, by)
    oldest = int(joined.min())
    edge = period_start(np.arange(oldest, int(joined.max()) + 2), by)
    size = np.bincount(joined - oldest)
    within = [np.bincount((joined - oldest)[past.second_gap <= h], minlength=size.size) for h in horizons]
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
