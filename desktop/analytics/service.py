"""How fast after-sale service is: times of which some are not over yet, and deadlines kept."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.complaints import deadline, in_time
from desktop.analytics.intervals import Mean, Rate, Z

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Waits:
    """How long n things took, `over` of them over: Kaplan-Meier's median and 90th percentile.

    In the unit of the times. A quantile is None while too many are still going on to know it; so are the
    bounds of the median's 95 % interval that the times do not reach.
    """

    n: int
    over: int
    median: float | None
    low: float | None
    high: float | None
    late: float | None

    @property
    def figure(self) -> Mean:
        """The median as a figure with its interval, for what compares figures."""
        return Mean(self.median, self.n, self.low, self.high)


@dataclass(frozen=True)
class Curve:
    """The share of things still going on just after each time at which one was over, with its 95 % band."""

    time: Floats
    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Cases:
    """One cohort of service cases (those opened in a period, say) as arrays of one length.

    `word` minutes from opening to the first word to the customer, NaN where there was none, and `word_age`
    the minutes such a case has gone without one, NaN for a case that ended without it being noted: of that
    nobody knows anything. `taken` minutes from opening to its end, waiting for the customer left out, NaN
    where it is not done; `age` the minutes its clock has run (up to now, or until it was called off);
    `allowed` minutes until its deadline, NaN where it has none.
    """

    word: Floats
    word_age: Floats
    taken: Floats
    age: Floats
    allowed: Floats


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a cohort of n cases was served.

    - `word`, `done`: of the cases whose time is known or still runs.
    - `in_time`: deadlines kept ÷ cases whose deadline passed or was met.
    """

    n: int
    word: Waits
    done: Waits
    in_time: Rate


def speed(cases: Cases) -> Speed:
    """Figures of one cohort; what is still going on counts as such in each of them."""
    heard = ~np.isnan(cases.word)
    known = heard | ~np.isnan(cases.word_age)
    done = ~np.isnan(cases.taken)
    return Speed(
        n=int(cases.taken.size),
        word=waits(np.where(heard, cases.word, cases.word_age)[known], heard[known]),
        done=waits(np.where(done, cases.taken, cases.age), done),
        in_time=in_time(*deadline(cases.taken, cases.allowed, cases.age)),
    )


def waits(time: Floats, over: Bools) -> Waits:
    """Median and 90th percentile of times of which those not `over` only say "longer than this".

    The quantile is the earliest time by which so large a share was over (of things all over, the smallest
    value that so many do not exceed). The median's interval is where the band of the curve crosses a half.
    """
    curve = kaplan_meier(time, over)
    return Waits(
        n=int(time.size),
        over=int(np.count_nonzero(over)),
        median=_reached(curve.time, curve.share, 0.5),
        low=_reached(curve.time, curve.low, 0.5),
        high=_reached(curve.time, curve.high, 0.5),
        late=_reached(curve.time, curve.share, 0.1),
    )


def kaplan_meier(time: Floats, over: Bools) -> Curve:
    """The product-limit estimate with Greenwood's variance and a log-log band, one entry a distinct time.

    What ends and what is cut off at the same time: the end came first.
    """
    moment, place = np.unique(time[over], return_inverse=True)
    ended = np.bincount(place, minlength=moment.size).astype(np.float64)
    # How many still went on just before each moment.
    before = time.size - np.searchsorted(np.sort(time), moment, side="left").astype(np.float64)
    share: Floats = np.asarray(np.cumprod(1 - ended / before), dtype=np.float64)
    left = before - ended
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(np.where(left > 0, ended / (before * left), np.inf))
    bounds = [_band(float(s), float(v)) for s, v in zip(share, variance, strict=True)]
    low = np.array([bound[0] for bound in bounds], dtype=np.float64)
    high = np.array([bound[1] for bound in bounds], dtype=np.float64)
    return Curve(moment, share, low, high)


def _band(share: float, variance: float) -> tuple[float, float]:
    """The log-log interval of a share; with none left there is no upper bound to be had from the data."""
    if share <= 0 or not np.isfinite(variance):
        return 0.0, 1.0
    if share >= 1:
        return 1.0, 1.0
    half = Z * variance**0.5 / abs(log(share))
    # As a power of the share: exp(±half) turns it towards 0 or towards 1.
    return share ** exp(min(half, 700.0)), share ** exp(-half)


def _reached(time: Floats, share: Floats, level: float) -> float | None:
    """The first time at which the share still going on is down to a level; None when it never is."""
    # A product of fractions misses its level by the last bit.
    found = np.flatnonzero(share <= level + 1e-12)
    return float(time[found[0]]) if found.size else None
