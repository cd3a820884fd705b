"""A customer's four values: profit, crowd, information and word of mouth; and how value is spread over many.

Profit is what they spent and will spend (`lifetime.customer_value`); the other three are counted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.occasions import Ints

Floats = NDArray[np.float64]
TENTHS = 10


@dataclass(frozen=True)
class Crowd:
    """Who came through each customer, straight or through those in turn, and what they spent themselves.

    One entry a customer; `spend` is in the unit of what was given.
    """

    straight: Ints
    customers: Ints
    spend: Ints


@dataclass(frozen=True)
class WordOfMouth:
    """What each customer says of the shop to others; one entry a customer.

    `recommend` is the mean score (0 to 10) of `recommended` answers, `public_mean` the mean perceived (1 to
    5) of `public` reviews; NaN where there is none.
    """

    recommend: Floats
    recommended: Ints
    public: Ints
    public_mean: Floats


@dataclass(frozen=True, slots=True)
class Tenth:
    """A tenth of the customers, the most valuable first; `share` of the whole is None when that is 0."""

    customers: int
    least: float
    total: float
    share: float | None


def crowd(referrer: Ints, spend: Ints) -> Crowd:
    """Count the trees of referrals.

    `referrer` is the place of who brought each customer, -1 for nobody (or nobody known); `spend` of the
    same length. Customers who brought each other in a circle each have all the others of it below them, and
    nobody counts for themselves.
    """
    size = referrer.size
    parent = np.where(referrer == np.arange(size), -1, referrer)
    children = np.bincount(parent[parent >= 0], minlength=size)
    waits = children.copy()
    below, money = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    # From the leaves upwards: whoever has heard of all their own passes it on.
    level = np.flatnonzero((waits == 0) & (parent >= 0))
    while level.size:
        above = parent[level]
        np.add.at(below, above, below[level] + 1)
        np.add.at(money, above, money[level] + spend[level])
        np.subtract.at(waits, above, 1)
        waits[level] = -1
        above = np.unique(above)
        level = above[(waits[above] == 0) & (parent[above] >= 0)]
    _close_circles(np.flatnonzero((waits > 0) & (parent >= 0)), parent, spend, below, money)
    return Crowd(children.astype(np.int64), below, money)


def _close_circles(rest: Ints, parent: Ints, spend: Ints, below: Ints, money: Ints) -> None:
    """Add up the circles: `rest` are the customers that stand in one."""
    seen: set[int] = set()
    for start in rest.tolist():
        if start in seen:
            continue
        circle = [start]
        while (following := int(parent[circle[-1]])) != start:
            circle.append(following)
        seen.update(circle)
        people = sum(int(below[one]) + 1 for one in circle)
        total = sum(int(money[one]) + int(spend[one]) for one in circle)
        for one in circle:
            below[one], money[one] = people - 1, total - int(spend[one])


def word_of_mouth(
    owner: Ints, recommend: Floats, perceived: Floats, public: NDArray[np.bool_], size: int
) -> WordOfMouth:
    """Per customer from answered ratings: arrays of one length, `owner` places 0 … size-1, NaN not answered.

    A public review without a mark counts, and takes no part in the mean.
    """
    told, marked = ~np.isnan(recommend), public & ~np.isnan(perceived)
    score, times = _mean(owner[told], recommend[told], size)
    mark, _ = _mean(owner[marked], perceived[marked], size)
    return WordOfMouth(score, times, np.bincount(owner[public], minlength=size).astype(np.int64), mark)


def _mean(owner: Ints, values: Floats, size: int) -> tuple[Floats, Ints]:
    count = np.bincount(owner, minlength=size).astype(np.int64)
    total = np.bincount(owner, weights=values, minlength=size)
    return np.divide(total, count, out=np.full(size, np.nan), where=count > 0), count


def tenths(values: Floats) -> list[Tenth]:
    """The customers from the most to the least valuable in ten parts that differ by one customer at most.

    Empty for fewer than ten customers. `least` is the smallest value within the tenth.
    """
    if values.size < TENTHS:
        return []
    ordered = np.sort(values)[::-1]
    edges = [place * ordered.size // TENTHS for place in range(TENTHS + 1)]
    whole = float(ordered.sum())
    found = []
    for start, end in pairwise(edges):
        part = ordered[start:end]
        total = float(part.sum())
        found.append(Tenth(end - start, float(part[-1]), total, total / whole if whole > 0 else None))
    return found
