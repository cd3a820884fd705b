"""Recency, frequency and money: scores from 1 to 5, the ten segments, and the eight Chinese classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Scores = NDArray[np.int8]

_COUNTED = 2**16
"""Different values that are counted rather than sorted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A segment rule: inclusive bounds for R, for F, for M, and for F + M."""

    segment: str
    r: tuple[int, int] = (1, 5)
    f: tuple[int, int] = (1, 5)
    m: tuple[int, int] = (1, 5)
    fm: tuple[int, int] = (2, 10)

    def matches(self, r: Scores, f: Scores, m: Scores) -> NDArray[np.bool_]:
        """Which of the scored customers the rule fits."""
        result = np.ones(r.shape, dtype=np.bool_)
        for score, (low, high) in ((r, self.r), (f, self.f), (m, self.m), (f + m, self.fm)):
            result &= (score >= low) & (score <= high)
        return result


RULES = (
    Rule("champions", r=(4, 5), f=(4, 5), m=(4, 5)),
    Rule("loyal", r=(3, 5), f=(3, 5), fm=(6, 10)),
    Rule("potential_loyalist", r=(4, 5), f=(2, 5)),
    Rule("new", r=(5, 5), f=(1, 1)),
    Rule("promising", r=(4, 4), f=(1, 1)),
    Rule("need_attention", r=(3, 3), fm=(4, 10)),
    Rule("about_to_sleep", r=(2, 3), fm=(2, 5)),
    Rule("at_risk", r=(2, 2), fm=(6, 10)),
    Rule("at_risk", r=(1, 1), fm=(6, 7)),
    Rule("cant_lose", r=(1, 1), fm=(8, 10)),
    Rule("lost", r=(1, 1), fm=(2, 5)),
)
"""First match wins. Every one of the 125 combinations of scores has a rule."""

SEGMENTS = tuple(dict.fromkeys(rule.segment for rule in RULES))
CLASSES = (
    "important_value",
    "important_develop",
    "important_keep",
    "important_win_back",
    "general_value",
    "general_develop",
    "general_keep",
    "general_win_back",
)
"""Chinese RFM: important when M is high; value R and F high, develop F low, keep R low, win back both low.

重要价值, 重要发展, 重要保持, 重要挽留, and 一般价值 … 一般挽留.
"""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Fixed bounds in place of the shop's own quintiles, each four of them, ascending.

    `recency` in days: at most the first scores 5, above the last scores 1. `frequency` in occasions and
    `money` in minor units: below the first scores 1, from the last on scores 5.
    """

    recency: tuple[int, int, int, int] = (30, 60, 120, 240)
    frequency: tuple[int, int, int, int] = (2, 3, 5, 10)
    money: tuple[int, int, int, int] = (10_000, 30_000, 100_000, 300_000)

    def __post_init__(self) -> None:
        for bounds in (self.recency, self.frequency, self.money):
            if len(bounds) != 4 or not all(isinstance(bound, int) for bound in bounds):
                raise ValueError(f"thresholds are four whole numbers: {bounds}")
            if list(bounds) != sorted(set(bounds)):
                raise ValueError(f"thresholds must rise: {bounds}")


@dataclass(frozen=True)
class Rfm:
    """Scores 1–5, and the position in SEGMENTS and in CLASSES, one entry a customer."""

    r: Scores
    f: Scores
    m: Scores
    segment: Scores
    chinese: Scores


@dataclass(frozen=True, slots=True)
class SegmentSummary:
    """One segment's customers and net spend, with their shares of the whole; None where the whole is 0."""

    code: str
    customers: int
    share: float | None
    revenue: int
    revenue_share: float | None


def rfm(recency: Ints, frequency: Ints, money: Ints, thresholds: Thresholds | None = None) -> Rfm:
    """Score and classify customers who have bought.

    Arrays of one length: days since the last purchase, occasions, net spend in minor units (negative when
    more was refunded than paid). Without `thresholds` the shop's own quintiles are used.
    """
    if thresholds is None:
        r, f, m = quintiles(-recency), quintiles(frequency), quintiles(money)
    else:
        r = (5 - np.searchsorted(thresholds.recency, recency, side="left")).astype(np.int8)
        f = (1 + np.searchsorted(thresholds.frequency, frequency, side="right")).astype(np.int8)
        m = (1 + np.searchsorted(thresholds.money, money, side="right")).astype(np.int8)
    return Rfm(r, f, m, segments(r, f, m), classes(r, f, m))


def quintiles(values: Ints) -> Scores:
    """Score 1–5 by the share of customers each one beats: 1 below a fifth, 5 from four fifths on.

    Equal values get equal scores, so the fifths are as equal as ties allow, and customers who bought once
    are all at 1 however many they are.
    """
    if values.size == 0:
        return np.zeros(0, dtype=np.int8)
    low, high = int(values.min()), int(values.max())
    if high - low < max(_COUNTED, values.size):
        place = values - low
        counts = np.bincount(place)
    else:
        _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    beaten = np.cumsum(counts) - counts
    # Integers, so that exactly a fifth is a fifth. A value nobody has may beat everybody; nobody looks it up.
    score = (1 + 5 * beaten // values.size).astype(np.int8)
    result: Scores = score[place]
    return result


def spans(values: Ints, scores: Scores) -> list[tuple[int, int] | None]:
    """The least and the greatest value of each score from 1 to 5, None for one that nobody has."""
    inside = [values[scores == score] for score in range(1, 6)]
    return [(int(one.min()), int(one.max())) if one.size else None for one in inside]


def segments(r: Scores, f: Scores, m: Scores) -> Scores:
    """Position in SEGMENTS of each scored customer: the first rule of RULES that matches."""
    place = 25 * (r.astype(np.int64) - 1) + 5 * (f - 1) + (m - 1)
    result: Scores = _table()[place]
    return result


@cache
def _table() -> Scores:
    """The segment of each of the 125 combinations of scores, R first."""
    r, f, m = (1 + np.indices((5, 5, 5)).reshape(3, -1)).astype(np.int8)
    result = np.full(r.shape, -1, dtype=np.int8)
    for rule in reversed(RULES):
        result[rule.matches(r, f, m)] = SEGMENTS.index(rule.segment)
    return result


def classes(r: Scores, f: Scores, m: Scores) -> Scores:
    """Position in CLASSES of each customer: a score is high when it is above the shop's average score."""
    if r.size == 0:
        return np.zeros(0, dtype=np.int8)
    quiet, seldom, small = (score <= score.mean() for score in (r, f, m))
    result: Scores = (4 * small + 2 * quiet + 1 * seldom).astype(np.int8)
    return result


@dataclass(frozen=True)
class Grid:
    """The customers by R and F: arrays of 5 × 5, row R − 1, column F − 1.

    `money` is net spend in minor units, `mean_m` the mean M score, NaN where nobody is.
    """

    customers: Ints
    money: Ints
    mean_m: NDArray[np.float64]


def grid(r: Scores, f: Scores, m: Scores, money: Ints) -> Grid:
    """Customers and money of each pair of R and F; arrays of one length."""
    cell = 5 * (r.astype(np.int64) - 1) + (f - 1)
    customers = np.bincount(cell, minlength=25)
    with np.errstate(invalid="ignore"):
        mean_m = np.bincount(cell, m, 25) / customers
    sums = whole_sums(cell, money, 25)
    return Grid(customers.reshape(5, 5), sums.reshape(5, 5), mean_m.reshape(5, 5))


def moves(before: Scores, now: Scores, codes: int) -> Ints:
    """How many went from which code to which: (codes + 1) × codes, a row for each code before.

    `before` and `now` hold positions of the same customers; -1 before, the last row, is for who was none yet.
    """
    start = np.where(before < 0, codes, before).astype(np.int64)
    return np.bincount(start * codes + now, minlength=(codes + 1) * codes).reshape(codes + 1, codes)


def whole_sums(index: NDArray[np.integer[Any]], money: Ints, size: int) -> Ints:
    """Sums of whole numbers by an index from 0 to size - 1, exact."""
    sums = np.zeros(size, dtype=np.int64)
    # Not bincount's weights: they are floats, and money stays exact.
    np.add.at(sums, index, money)
    return sums


def summary(index: Scores, money: Ints, codes: tuple[str, ...] = SEGMENTS) -> list[SegmentSummary]:
    """Customers and net spend of each code, empty ones included.

    `index` holds positions in `codes` (Rfm.segment with SEGMENTS, Rfm.chinese with CLASSES).
    """
    customers = np.bincount(index, minlength=len(codes))
    revenue = whole_sums(index, money, len(codes))
    everyone, total = int(index.size), int(revenue.sum())
    return [
        SegmentSummary(
            code=code,
            customers=int(customers[i]),
            share=int(customers[i]) / everyone if everyone else None,
            revenue=int(revenue[i]),
            revenue_share=int(revenue[i]) / total if total > 0 else None,
        )
        for i, code in enumerate(codes)
    ]
