"""What the churn warning is worth: replayed on the shop's own past, beside plain recency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desktop.analytics.intervals import Rate, rate
from desktop.analytics.occasions import Occasions
from desktop.analytics.rhythm import rhythms, seen, shop_rhythm


@dataclass(frozen=True, slots=True)
class Warned:
    """How one way of warning did: of the warned, how many left; of the leavers, how many were warned."""

    precision: Rate
    recall: Rate


@dataclass(frozen=True, slots=True)
class Backtest:
    """The warning as it would have stood on the morning of `at`, judged by the days [at, until).

    A leaver is a customer who bought nothing in those days. `churn` is leavers ÷ customers judged,
    `flagged` warned ÷ customers judged. `recency` warns as many, simply the longest silent.
    """

    at: int
    until: int
    factor: float
    churn: Rate
    flagged: Rate
    rhythm: Warned
    recency: Warned


def backtest(
    past: Occasions, at: int, until: int, factors: Sequence[float], min_repeats: int = 1
) -> list[Backtest]:
    """Replay the warning on the morning of `at` for each factor; nothing from `at` on is known to it.

    Customers judged are those with at least `min_repeats` occasions after their first before `at`.
    """
    known = seen(past, at)
    chosen = known.count > min_repeats
    left = (seen(past, until).count == known.count)[chosen]
    # As seen on the evening before, the last day the warning knows.
    silent = (at - 1 - known.last)[chosen]
    rhythm = rhythms(known.count, known.first, known.last, known.rhythm)[chosen]
    # Of the longest silent the first so many, however many a factor warns of: counted once for all.
    longest = np.argsort(-silent, kind="stable")
    by_recency = np.concatenate(([0], np.cumsum(left[longest])))
    judged, leavers = int(left.size), int(np.count_nonzero(left))
    results = []
    for factor in factors:
        warned = silent > factor * rhythm
        flagged, caught = int(np.count_nonzero(warned)), int(np.count_nonzero(warned & left))
        results.append(
            Backtest(
                at=at,
                until=until,
                factor=factor,
                churn=rate(leavers, judged),
                flagged=rate(flagged, judged),
                rhythm=Warned(rate(caught, flagged), rate(caught, leavers)),
                recency=Warned(
                    rate(int(by_recency[flagged]), flagged), rate(int(by_recency[flagged]), leavers)
                ),
            )
        )
    return results


def hold_out(past: Occasions, end: int) -> tuple[int, int] | None:
    """Days (at, until) on which to replay: four shop gaps, at least 90 days, at most half of the history.

    None when the history is too short for both halves to say anything (under 60 days).
    """
    if past.size == 0:
        return None
    span = end - int(past.day.min())
    if span < 60:
        return None
    length = min(span // 2, max(90, round(4 * shop_rhythm(past).median_gap)))
    return end - length, end
