"""Satisfaction by period: what customers got, what they expected, and how sure one may be of either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Change, Mean, Nps, Rate, change, mean, means, nps, nps_of_counts, rate
from desktop.analytics.periods import Period, edges, period_before, period_index

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Measure = Literal["perceived", "expected", "gap", "csat", "nps", "effort", "easy"]
MEASURES: tuple[Measure, ...] = ("perceived", "expected", "gap", "csat", "nps", "effort", "easy")
WANTED: Mapping[Measure, int] = {
    "perceived": 1, "expected": 0, "gap": 1, "csat": 1, "nps": 1, "effort": 1, "easy": 1,
}  # fmt: skip
"""Where each measure should go: 1 up, 0 neither way (what customers expect is theirs)."""


@dataclass(frozen=True)
class Ratings:
    """Ratings as arrays of one length; NaN where a question was not answered.

    `day` is the ordinal day the rated thing ended, `perceived` and `expected` 1–5, `effort` 1–7 (CES),
    `recommend` 0–10.
    """

    day: Ints
    perceived: Floats
    expected: Floats
    effort: Floats
    recommend: Floats

    def where(self, chosen: NDArray[np.bool_] | Ints) -> Ratings:
        """The ratings of a mask, or at some places."""
        return Ratings(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def between(self, start: int, end: int) -> Ratings:
        """The ratings with start ≤ day < end."""
        return self.where((self.day >= start) & (self.day < end))

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Which ratings answer at least one question."""
        silent = np.isnan(self.perceived) & np.isnan(self.expected)
        return ~(silent & np.isnan(self.effort) & np.isnan(self.recommend))


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Satisfaction over the days [start, end) from n ratings; each figure has its own n."""

    start: int
    end: int
    n: int
    perceived: Mean
    expected: Mean
    gap: Mean
    csat: Rate
    nps: Nps
    effort: Mean
    easy: Rate

    def measure(self, name: Measure) -> Mean | Rate | Nps:
        """One of the figures by its name in MEASURES."""
        figure: Mean | Rate | Nps = getattr(self, name)
        return figure


@dataclass(frozen=True, slots=True)
class Comparison:
    """A period, the equal period before it, and how each measure moved."""

    now: Satisfaction
    before: Satisfaction
    changes: Mapping[Measure, Change]


@dataclass(frozen=True, slots=True)
class Against:
    """What customers got against what they had expected, over the ratings that have both.

    `counts[e][p]` are the ratings of e + 1 expected and p + 1 perceived; `worse`, `met` and `better` the
    shares that got less than, just what and more than they had expected.
    """

    counts: tuple[tuple[int, ...], ...]
    worse: Rate
    met: Rate
    better: Rate


def overall(ratings: Ratings, start: int, end: int) -> Satisfaction:
    """Satisfaction over the days [start, end)."""
    part = ratings.between(start, end)
    happy = part.perceived[~np.isnan(part.perceived)] >= 4
    easy = part.effort[~np.isnan(part.effort)] >= 5
    return Satisfaction(
        start=start,
        end=end,
        n=int(np.count_nonzero(part.answered)),
        perceived=mean(part.perceived),
        expected=mean(part.expected),
        gap=mean(part.perceived - part.expected),
        csat=rate(int(happy.sum()), happy.size),
        nps=nps(part.recommend),
        effort=mean(part.effort),
        easy=rate(int(easy.sum()), easy.size),
    )


def by_period(ratings: Ratings, start: int, end: int, period: Period) -> list[Satisfaction]:
    """Satisfaction of each calendar period that touches [start, end), in order, empty ones included.

    The first and last are cut at `start` and `end`.
    """
    edge = edges(start, end, period)
    if edge.size == 0:
        return []
    part = ratings.between(start, end)
    group = period_index(part.day, period) - period_index(edge[:1], period)[0]
    bounds = np.clip(edge, start, end)
    return _grouped(part, group, [(int(a), int(b)) for a, b in pairwise(bounds)])


def by_group(ratings: Ratings, group: Ints, groups: int, start: int, end: int) -> list[Satisfaction]:
    """Satisfaction over [start, end) of each group 0 … groups-1 (a channel, product, clerk or tier).

    `group` has an entry a rating; those of -1 belong to none.
    """
    inside = (ratings.day >= start) & (ratings.day < end) & (group >= 0)
    return _grouped(ratings.where(inside), group[inside].astype(np.int64), [(start, end)] * groups)


def compare(ratings: Ratings, start: int, end: int) -> Comparison:
    """Satisfaction over [start, end) against the equal period before it."""
    now, before = overall(ratings, start, end), overall(ratings, *period_before(start, end))
    return Comparison(now, before, changes(now, before))


def changes(now: Satisfaction, before: Satisfaction) -> dict[Measure, Change]:
    """How each measure moved between two periods."""
    return {name: change(now.measure(name), before.measure(name), WANTED[name]) for name in MEASURES}


def stars(perceived: Floats) -> tuple[Rate, ...]:
    """Share of each answer 1 to 5 among the perceived scores, NaN left out, with Wilson intervals."""
    counts = np.bincount(perceived[~np.isnan(perceived)].astype(np.int64), minlength=6)[1:6]
    return tuple(rate(int(count), int(counts.sum())) for count in counts)


def against(ratings: Ratings) -> Against:
    """Perceived against expected, of the ratings that have both."""
    both = ~(np.isnan(ratings.perceived) | np.isnan(ratings.expected))
    got, hoped = ratings.perceived[both].astype(np.int64), ratings.expected[both].astype(np.int64)
    table = np.bincount((hoped - 1) * 5 + got - 1, minlength=25).reshape(5, 5)
    n = int(table.sum())
    above, same = int(np.triu(table, 1).sum()), int(np.trace(table))
    return Against(
        tuple(tuple(int(count) for count in row) for row in table),
        worse=rate(n - above - same, n),
        met=rate(same, n),
        better=rate(above, n),
    )


def response_rate(asked: int, answered: int) -> Rate:
    """Answered ÷ asked, of the same askings."""
    return rate(answered, asked)


def _grouped(ratings: Ratings, group: Ints, spans: list[tuple[int, int]]) -> list[Satisfaction]:
    """Satisfaction of each group 0 … len(spans)-1, where `spans` gives its days."""
    size = len(spans)

    def count(chosen: NDArray[np.bool_]) -> list[int]:
        return [int(n) for n in np.bincount(group[chosen], minlength=size)]

    promoters, detractors = count(ratings.recommend >= 9), count(ratings.recommend <= 6)
    passives = count((ratings.recommend > 6) & (ratings.recommend < 9))
    rated, happy = count(~np.isnan(ratings.perceived)), count(ratings.perceived >= 4)
    felt, easy = count(~np.isnan(ratings.effort)), count(ratings.effort >= 5)
    answered = count(ratings.answered)
    perceived, expected = means(ratings.perceived, group, size), means(ratings.expected, group, size)
    gap = means(ratings.perceived - ratings.expected, group, size)
    effort = means(ratings.effort, group, size)
    return [
        Satisfaction(
            start=start,
            end=end,
            n=answered[i],
            perceived=perceived[i],
            expected=expected[i],
            gap=gap[i],
            csat=rate(happy[i], rated[i]),
            nps=nps_of_counts(promoters[i], passives[i], detractors[i]),
            effort=effort[i],
            easy=rate(easy[i], felt[i]),
        )
        for i, (start, end) in enumerate(spans)
    ]
