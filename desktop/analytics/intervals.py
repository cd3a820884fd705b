"""Means and shares with how sure one may be of them: t, Wilson, Poisson and NPS intervals at 95 %."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Z = 1.959963984540054
"""97.5 % point of the normal distribution."""

ENOUGH = 30
"""Below this many observations no arrow and no verdict is drawn from a figure."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of a whole, `hits` of `n`, with its Wilson interval; all None when n is 0."""

    value: float | None
    n: int
    low: float | None
    high: float | None
    hits: int = 0

    @property
    def enough(self) -> bool:
        """Whether n is large enough for an arrow or a verdict."""
        return self.n >= ENOUGH


@dataclass(frozen=True, slots=True)
class Mean:
    """An average of n values with its interval.

    `value` is None when n is 0; `low` and `high` are None too when n is 1, since one value says nothing of
    its spread.
    """

    value: float | None
    n: int
    low: float | None
    high: float | None

    @property
    def enough(self) -> bool:
        """Whether n is large enough for an arrow or a verdict."""
        return self.n >= ENOUGH


@dataclass(frozen=True, slots=True)
class Nps:
    """Net promoter score in points from -100 to 100, with its interval; None when nobody answered."""

    value: float | None
    n: int
    low: float | None
    high: float | None
    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    @property
    def enough(self) -> bool:
        """Whether n is large enough for an arrow or a verdict."""
        return self.n >= ENOUGH


Figure = Rate | Mean | Nps
"""Anything with a value, its n and an interval."""


def rate(hits: int, n: int) -> Rate:
    """Share `hits` ÷ `n` with its Wilson interval; no value when n is 0.

    Raises ValueError when hits is not between 0 and n: numerator and denominator are then of two cohorts.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is no share")
    if n == 0:
        return Rate(None, 0, None, None)
    share = hits / n
    spread = Z * Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    # At 0 and at n of n the bound is the share itself; rounding must not put the value outside.
    return Rate(share, n, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)), hits)


def rate_of(flags: NDArray[np.bool_]) -> Rate:
    """Share of True in an array of any length."""
    return rate(int(np.count_nonzero(flags)), int(flags.size))


def mean(values: NDArray[np.float64]) -> Mean:
    """Mean with its 95 % t interval; NaN stands for a missing value and is left out."""
    known = values[~np.isnan(values)]
    n = int(known.size)
    if n == 0:
        return Mean(None, 0, None, None)
    return _mean(n, float(known.mean()), float(known.std(ddof=1)) if n > 1 else None)


def means(values: NDArray[np.float64], group: NDArray[np.int64], groups: int) -> list[Mean]:
    """Mean of each group 0 … groups-1, in one pass; NaN values are left out.

    `values` and `group` are of one length.
    """
    known = ~np.isnan(values)
    group, values = group[known], values[known]
    n = np.bincount(group, minlength=groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        average = np.bincount(group, values, groups) / n
        squares = np.bincount(group, (values - average[group]) ** 2, groups)
        deviation = np.sqrt(squares / (n - 1))
    return [
        _mean(int(k), float(average[i]), float(deviation[i]) if k > 1 else None) if k else _NO_MEAN
        for i, k in enumerate(n)
    ]


def mean_of_sums(n: int, total: float, squares: float) -> Mean:
    """Mean of n values of which the sum and the sum of squares are known, with its 95 % t interval."""
    if n == 0:
        return _NO_MEAN
    average = total / n
    # Rounding can bring the difference below 0 where all values are the same.
    spread = max(0.0, squares - n * average * average)
    return _mean(n, average, sqrt(spread / (n - 1)) if n > 1 else None)


def nps(recommend: NDArray[np.float64]) -> Nps:
    """Net promoter score of answers 0–10: share of 9–10 less share of 0–6, in points; NaN is left out."""
    known = recommend[~np.isnan(recommend)]
    promoters = int(np.count_nonzero(known >= 9))
    detractors = int(np.count_nonzero(known <= 6))
    return nps_of_counts(promoters, int(known.size) - promoters - detractors, detractors)


def nps_of_counts(promoters: int, passives: int, detractors: int) -> Nps:
    """Net promoter score from the three counts, margin 1.96·√((p + d − (p − d)²)/n)."""
    n = promoters + passives + detractors
    if n == 0:
        return Nps(None, 0, None, None)
    p, d = promoters / n, detractors / n
    margin = Z * sqrt(max(0.0, p + d - (p - d) ** 2) / n)
    value = p - d
    return Nps(
        100 * value,
        n,
        100 * max(-1.0, value - margin),
        100 * min(1.0, value + margin),
        promoters,
        passives,
        detractors,
    )


def per(count: int, n: int, scale: float = 100.0) -> Mean:
    """Events for each `scale` of n things (complaints per 100 orders) with an exact Poisson interval.

    Unlike a share this may exceed the whole: one order can be complained about twice.
    """
    if n == 0:
        return Mean(None, 0, None, None)
    from scipy.special import gammaincinv

    low = float(gammaincinv(count, 0.025)) if count else 0.0
    high = float(gammaincinv(count + 1, 0.975))
    return Mean(scale * count / n, n, scale * low / n, scale * high / n)


def quantile(ordered: NDArray[np.float64], share: float) -> Mean:
    """The value below which a share of n ordered values lies, with a distribution-free 95 % interval.

    The bounds are the order statistics between which the quantile lies with at least 95 % probability by the
    binomial distribution (David & Nagaraja, Order Statistics, 7.1); None where n is too small for one.
    `ordered` must be ascending and without NaN.
    """
    n = int(ordered.size)
    if n == 0:
        return _NO_MEAN
    from scipy.special import bdtrik

    # Between the two neighbours of its place, as np.quantile does, which would sort once more.
    below, part = divmod((n - 1) * share, 1)
    least, most = float(ordered[int(below)]), float(ordered[min(int(below) + 1, n - 1)])
    value = least + part * (most - least)
    low = high = None
    # The least value is above the quantile with probability (1 - share)^n, the greatest below with share^n.
    if (1 - share) ** n <= 0.025:
        low = min(value, float(ordered[floor(float(bdtrik(0.025, n, share)))]))
    if share**n <= 0.025:
        high = max(value, float(ordered[min(ceil(float(bdtrik(0.975, n, share))), n - 1)]))
    return Mean(value, n, low, high)


def difference(one: Figure, other: Figure) -> Mean:
    """`one` − `other` with an interval made of theirs; n is the smaller of the two.

    For shares it is Newcombe's (a campaign's uplift), and the same squares and roots serve other figures
    whose intervals are known (Zou & Donner 2008, "MOVER"). No value when either side has none, no bounds
    when either has none.
    """
    n = min(one.n, other.n)
    if one.value is None or other.value is None:
        return Mean(None, n, None, None)
    value = one.value - other.value
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return Mean(value, n, None, None)
    down = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    up = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Mean(value, n, value - down, value + up)


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved against the period before: now − before, None when one side has no value.

    `direction` is None unless the interval of the difference leaves 0 out and both sides rest on at least 30
    observations. `good` says whether that direction is the wanted one; None without a direction, or where
    neither is.
    """

    difference: Mean
    direction: Literal["up", "down"] | None = None
    good: bool | None = None

    @property
    def arrow(self) -> Literal["up", "down", "level"] | None:
        """Where an arrow points, though chance may explain it; None below 30 on either side."""
        moved = self.difference.value
        if moved is None or not self.difference.enough:
            return None
        # Means of equal answers may differ in the last bit; nobody should see an arrow for that.
        return "level" if abs(moved) < 1e-9 else "up" if moved > 0 else "down"


def change(now: Figure, before: Figure, wanted: int = 0) -> Change:
    """How a figure moved; `wanted` is 1 where more is better, -1 where less is, 0 where neither is."""
    moved = difference(now, before)
    if moved.low is None or moved.high is None or moved.low <= 0 <= moved.high:
        return Change(moved)
    if not (now.enough and before.enough):
        return Change(moved)
    sign = 1 if moved.low > 0 else -1
    return Change(moved, "up" if sign > 0 else "down", sign == wanted if wanted else None)


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


_NO_MEAN = Mean(None, 0, None, None)


def _mean(n: int, average: float, deviation: float | None) -> Mean:
    if deviation is None:
        return Mean(average, n, None, None)
    # scipy is slow to load and not every start of the program needs it. stdtrit alone, not scipy.stats.
    from scipy.special import stdtrit

    half = float(stdtrit(n - 1, 0.975)) * deviation / sqrt(n)
    return Mean(average, n, average - half, average + half)
