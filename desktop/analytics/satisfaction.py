"""Satisfaction by period: what customers got, what they expected, and how sure one may be of either."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import ENOUGH, Mean, Nps, Rate, mean, means, nps, nps_of_counts, rate
from desktop.analytics.periods import Period, edges, period_before, period_index

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Measure = Literal["perceived", "expected", "gap", "csat", "nps", "effort", "easy"]
MEASURES: tuple[Measure, ...] = ("perceived", "expected", "gap", "csat", "nps", "effort", "easy")


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

    def where(self, chosen: NDArray[np.bool_]) -> Ratings:
        """The ratings of a mask."""
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
class Step:
    """How one figure moved: now − before, None when one side has no value.

    `direction` is None when either side has fewer than 30 ratings: then no arrow is drawn. `clear` says
    that the two 95 % intervals do not touch.
    """

    difference: float | None
    direction: Literal["up", "down", "level"] | None
    clear: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A period, the equal period before it, and how each measure moved."""

    now: Satisfaction
    before: Satisfaction
    steps: dict[Measure, Step]


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


def by_group(ratings: Ratings, group: Ints, start: int, end: int) -> dict[int, Satisfaction]:
    """Satisfaction over [start, end) of each value of `group` (a channel, product, clerk or tier code)."""
    inside = (ratings.day >= start) & (ratings.day < end)
    codes, index = np.unique(group[inside], return_inverse=True)
    rows = _grouped(ratings.where(inside), index.astype(np.int64), [(start, end)] * codes.size)
    return dict(zip((int(code) for code in codes), rows, strict=True))


def compare(ratings: Ratings, start: int, end: int) -> Comparison:
    """Satisfaction over [start, end) against the equal period before it."""
    now, before = overall(ratings, start, end), overall(ratings, *period_before(start, end))
    return Comparison(now, before, {name: step(now.measure(name), before.measure(name)) for name in MEASURES})


def step(now: Mean | Rate | Nps, before: Mean | Rate | Nps) -> Step:
    """How a figure moved; an arrow only when both sides rest on at least 30 observations."""
    if now.value is None or before.value is None:
        return Step(None, None, False)
    change = now.value - before.value
    if min(now.n, before.n) < ENOUGH:
        return Step(change, None, False)
    # Means of equal answers may differ in the last bit; nobody should see an arrow for that.
    direction: Literal["up", "down", "level"] = (
        "level" if abs(change) < 1e-9 else "up" if change > 0 else "down"
    )
    return Step(change, direction, _apart(now, before))


def response_rate(asked: int, answered: int) -> Rate:
    """Answered ÷ asked, of the same askings."""
    return rate(answered, asked)


def _apart(now: Mean | Rate | Nps, before: Mean | Rate | Nps) -> bool:
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return False
    return now.low > before.high or now.high < before.low


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
