"""How long customers take to buy again: the curve of second purchases, and the days between purchases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Mean, Z, quantile
from desktop.analytics.occasions import NEVER, Ints, Occasions

Floats = NDArray[np.float64]

_NOTHING = Mean(None, 0, None, None)
_COUNTED = 2**20
"""Days below which gaps are counted instead of sorted."""


@dataclass(frozen=True)
class Curve:
    """Share of customers who bought again within 0, 1, 2 … days of the first purchase.

    Kaplan–Meier: new customers count for as long as they have been seen, so that a growing shop is not made
    to look worse than it is. `at_risk` is how many were still watched on each day; where it is small the
    curve says little. `low` and `high` are its 95 % interval for each day by Greenwood's variance on the
    complementary log-log scale (Kalbfleisch & Prentice 1980), NaN until somebody has come back and after
    everybody has. `customers` began, `events` of them came back.
    """

    share: Floats
    at_risk: Ints
    low: Floats
    high: Floats
    customers: int = 0
    events: int = 0

    def within(self, days: int) -> Mean:
        """The share that is back after so many days; without a value where nobody was watched so long."""
        if days >= self.share.size:
            return Mean(None, self.customers, None, None)
        low, high = float(self.low[days]), float(self.high[days])
        known = not np.isnan(low)
        return Mean(float(self.share[days]), self.customers, low if known else None, high if known else None)


@dataclass(frozen=True)
class Histogram:
    """Counts of day gaps in bins [edges[i], edges[i+1]); the last bin is open above.

    `median` and the quartiles are None when n is 0; `middle` is the median with its distribution-free 95 %
    interval.
    """

    edges: Ints
    counts: Ints
    n: int
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    middle: Mean = _NOTHING


def repeat_curve(past: Occasions, end: int, days: int = 365, since: int = 0) -> Curve:
    """Cumulative share of customers with a second purchase 0 … `days` days after the first, known at `end`.

    Only who first bought on `since` or later is watched. It stops at the last day on which anyone is still
    watched, so it may be shorter than `days` + 1.
    """
    past = past.before(end)
    chosen = past.first >= since
    first, gap = past.first[chosen], past.second_gap[chosen]
    if first.size == 0:
        nothing = np.zeros(0)
        return Curve(nothing, np.zeros(0, dtype=np.int64), nothing, nothing)
    came_back = gap != NEVER
    until = np.minimum(np.where(came_back, gap, end - 1 - first), days + 1)
    left = np.bincount(until, minlength=days + 2)
    events = np.bincount(until[came_back], minlength=days + 2)[: days + 1]
    at_risk = (first.size - np.concatenate(([0], np.cumsum(left)[:-1])))[: days + 1].astype(np.int64)
    watched = int(np.count_nonzero(at_risk))
    events, at_risk = events[:watched], at_risk[:watched]
    away = np.cumprod(1 - events / at_risk).astype(np.float64)
    low, high = _greenwood(away, events, at_risk)
    return Curve(1 - away, at_risk, low, high, int(first.size), int(events.sum()))


def _greenwood(away: Floats, events: Ints, at_risk: Ints) -> tuple[Floats, Floats]:
    """The interval of 1 − `away`, the share that stays away."""
    low, high = np.full(away.size, np.nan), np.full(away.size, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(events / (at_risk * (at_risk - events.astype(np.float64)))))
        log = np.log(away)
        known = (away > 0) & (away < 1)
        factor = np.exp(Z * spread[known] / -log[known])
    low[known] = 1 - away[known] ** (1 / factor)
    high[known] = 1 - away[known] ** factor
    return low, high


def time_to_second(past: Occasions, start: int = 0, end: int = NEVER) -> Ints:
    """Days from first to second purchase of every customer whose second lies in the days [start, end)."""
    second = past.following[past.starts]
    inside = (second >= start) & (second < min(end, NEVER))
    return np.subtract(second[inside], past.first[inside])


def gaps_in(past: Occasions, start: int, end: int) -> Ints:
    """Days since the same customer's purchase before, of the purchases in the days [start, end)."""
    inside = past.places(start, end)
    gap = np.subtract(past.day[inside], past.previous[inside])
    return gap[past.previous[inside] >= 0]


def gap_histogram(gaps: Ints, width: int = 7, bins: int = 52) -> Histogram:
    """Histogram of day gaps (between purchases, or to the second) in `bins` bins of `width` days."""
    edge = np.arange(bins + 1, dtype=np.int64) * width
    if gaps.size == 0:
        return Histogram(edge, np.zeros(bins, dtype=np.int64), 0, None, None, None)
    ordered = _in_order(gaps)
    # Where each bin ends among the gaps in order; the last is open.
    ends = np.append(np.searchsorted(ordered, edge[1:-1]), ordered.size)
    lower, middle, upper = (quantile(ordered, share) for share in (0.25, 0.5, 0.75))
    counts = np.diff(ends, prepend=0).astype(np.int64)
    return Histogram(edge, counts, int(gaps.size), middle.value, lower.value, upper.value, middle)


def _in_order(gaps: Ints) -> Floats:
    """The gaps, ascending; there are few different ones, and counting them sorts them."""
    most = int(gaps.max())
    if int(gaps.min()) < 0 or most >= _COUNTED:
        return np.sort(gaps).astype(np.float64)
    return np.repeat(np.arange(most + 1, dtype=np.float64), np.bincount(gaps))
