"""How two groups differ: the ratio of two shares, the difference of two means, and whether it is chance."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf, isfinite, log, sqrt

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Mean, Rate, Z

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_EXACT = 1e-12
EXACT_BELOW = 40.0
"""Smallest expected number in a 2 × 2 table below which the exact test is made: χ² errs far out first."""


def ratio_of_shares(one: Rate, other: Rate) -> Mean:
    """`one` ÷ `other` with Koopman's (1984) score interval; n is that of `one`.

    It holds where nobody did it on one side: then it ends at 0 or is open above. No value where a side has
    no n, or neither has a hit.
    """
    if one.value is None or other.value is None or one.hits + other.hits == 0:
        return Mean(None, one.n, None, None)
    value = one.value / other.value if other.hits else inf
    low = _root(one, other, Z) if one.hits else 0.0
    high = _root(one, other, -Z) if other.hits else inf
    return Mean(value, one.n, min(low, value), max(high, value))


def rough_ratio(one: Rate, other: Rate) -> Mean:
    """`one` ÷ `other` with Katz's logarithmic interval, half a hit added where there is none: for sorting."""
    if one.value is None or other.value is None or one.hits + other.hits == 0:
        return Mean(None, one.n, None, None)
    value = one.value / other.value if other.hits else inf
    mine, theirs = max(one.hits, 0.5), max(other.hits, 0.5)
    middle = mine / one.n * other.n / theirs
    half = exp(Z * sqrt(max(0.0, 1 / mine - 1 / one.n + 1 / theirs - 1 / other.n)))
    return Mean(value, one.n, middle / half if one.hits else 0.0, middle * half if other.hits else inf)


def difference_of_means(one: Mean, other: Mean, deviations: tuple[float, float]) -> Mean:
    """`one` − `other` with Welch's 95 % interval; n is that of `one`, `deviations` the standard ones."""
    if one.value is None or other.value is None or min(one.n, other.n) < 2:
        return Mean(None, one.n, None, None)
    from scipy.special import stdtrit

    parts = deviations[0] ** 2 / one.n, deviations[1] ** 2 / other.n
    value = one.value - other.value
    if sum(parts) == 0:
        return Mean(value, one.n, value, value)
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (one.n - 1) + parts[1] ** 2 / (other.n - 1))
    half = float(stdtrit(freedom, 0.975)) * sqrt(sum(parts))
    return Mean(value, one.n, value - half, value + half)


def share_tests(hits: Ints, n: Ints, other_hits: Ints, other_n: Ints) -> Floats:
    """Two-sided p for each pair of shares: χ² uncorrected, Fisher's exact test where little is expected."""
    from scipy.special import erfc

    all_n, all_hits = n + other_n, hits + other_hits
    least = np.minimum(n, other_n) * (np.minimum(all_hits, all_n - all_hits) / all_n)
    with np.errstate(invalid="ignore", divide="ignore"):
        pooled = all_hits / all_n
        spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
        z = (hits / n - other_hits / other_n) / spread
    p = erfc(np.abs(z) / sqrt(2))
    for at in np.flatnonzero(least < EXACT_BELOW):
        p[at] = _fisher(int(hits[at]), int(n[at]), int(all_hits[at]), int(all_n[at]))
    found: Floats = p
    return found


def mean_tests(n: Ints, mean: Floats, deviation: Floats, other: tuple[Ints, Floats, Floats]) -> Floats:
    """Two-sided p of Welch's test for each pair of means; 1 where nothing varies."""
    from scipy.special import stdtr

    other_n, other_mean, other_deviation = other
    mine, theirs = deviation**2 / n, other_deviation**2 / other_n
    error = mine + theirs
    with np.errstate(invalid="ignore", divide="ignore"):
        t = (mean - other_mean) / np.sqrt(error)
        freedom = error**2 / (mine**2 / (n - 1) + theirs**2 / (other_n - 1))
    p = np.ones(n.size)
    varies = error > 0
    p[varies] = 2 * stdtr(freedom[varies], -np.abs(t[varies]))
    return p


def rank_tests(n: Ints, ranks: Floats, other_n: Ints, other_ranks: Floats, squares: Floats) -> Floats:
    """Two-sided p for each pair of groups by the sum of their ranks, ties sharing theirs (Mann & Whitney).

    `ranks` and `other_ranks` are sums, `squares` the sum of the squares of both sides. Ranks among more than
    these customers serve as well: any scores do that are given before the groups are looked at.
    """
    from scipy.special import erfc

    whole = (n + other_n).astype(np.float64)
    middle = (ranks + other_ranks) / whole
    variance = n * (other_n / whole) * np.maximum(squares - whole * middle**2, 0) / (whole - 1)
    p = np.ones(n.size)
    varies = variance > 1e-9
    distance = np.abs(ranks - n * middle)
    p[varies] = erfc(distance[varies] / np.sqrt(2 * variance[varies]))
    return p


def shared_ranks(values: Floats) -> Floats:
    """The rank of each value, from 1; equal ones share the mean of theirs. NaN stays NaN."""
    found = np.full(values.size, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    if not order.size:
        return found
    ordered = values[order]
    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(first, append=order.size)
    found[order] = np.repeat(first + (sizes + 1) / 2, sizes)
    return found


def holm(p: Floats) -> Floats:
    """p values corrected so that any false one among all happens with at most α (Holm 1979)."""
    order = np.argsort(p, kind="stable")
    steps = p[order] * (p.size - np.arange(p.size))
    found = np.empty(p.size)
    found[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return found


def _fisher(hits: int, n: int, all_hits: int, all_n: int) -> float:
    """Two-sided p of Fisher's exact test: all tables that are no likelier than this one."""
    from scipy.special import gammaln

    low, high = max(0, n + all_hits - all_n), min(n, all_hits)
    k = np.arange(low, high + 1, dtype=np.float64)
    chance = -(
        gammaln(k + 1) + gammaln(n - k + 1) + gammaln(all_hits - k + 1)
        + gammaln(all_n - n - all_hits + k + 1)
    )  # fmt: skip
    chance = np.exp(chance - chance.max())
    # Ties by rounding are as likely as this one.
    as_rare = chance <= chance[hits - low] * (1 + 1e-7)
    return float(chance[as_rare].sum() / chance.sum())


def _root(one: Rate, other: Rate, wanted: float) -> float:
    """The ratio at which the score statistic is `wanted`."""
    score = _score(one, other)
    low, high = log(1e-9), log(1e9)
    below, above = score(exp(low)) - wanted, score(exp(high)) - wanted
    for step in range(200):
        # Where the straight line between both ends would be 0; now and then the middle, which never fails.
        share = below / (below - above) if isfinite(below) and isfinite(above) and step % 3 else 0.5
        middle = low + min(max(share, 0.001), 0.999) * (high - low)
        value = score(exp(middle)) - wanted
        if value > 0:
            low, below = middle, value
        else:
            high, above = middle, value
        if high - low < _EXACT or value == 0:
            break
    return exp((low + high) / 2) if value else exp(middle)


def _score(one: Rate, other: Rate) -> Callable[[float], float]:
    assert one.value is not None
    assert other.value is not None
    mine, theirs = one.value, other.value

    def score(ratio: float) -> float:
        # The likeliest shares that have this ratio: the smaller root of a quadratic.
        a = (one.n + other.n) * ratio
        b = -(one.n * ratio + one.hits + other.n + other.hits * ratio)
        c = one.hits + other.hits
        likeliest = 2 * c / (-b + sqrt(max(0.0, b * b - 4 * a * c)))
        first = min(1.0, ratio * likeliest)
        variance = first * (1 - first) / one.n + ratio * ratio * likeliest * (1 - likeliest) / other.n
        distance = mine - ratio * theirs
        return distance / sqrt(variance) if variance > 0 else (inf if distance > 0 else -inf)

    return score
