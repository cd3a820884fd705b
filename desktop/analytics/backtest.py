"""What the churn warning is worth: replayed on the shop's own past, beside plain recency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Rate, rate, rate_of
from desktop.analytics.occasions import Occasions
from desktop.analytics.rhythm import rhythms, shop_rhythm


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
    past: Occasions, at: int, until: int, factors: tuple[float, ...], min_repeats: int = 1
) -> list[Backtest]:
    """Replay the warning on the morning of `at` for each factor; nothing from `at` on is known to it.

    Customers judged are those with at least `min_repeats` occasions after their first before `at`.
    """
    known = past.before(at)
    shop = shop_rhythm(known)
    chosen = known.counts > min_repeats
    came = np.isin(known.ids, past.between(at, until).customer)
    left = ~came[chosen]
    # As seen on the evening before, the last day the warning knows.
    silent = (at - 1 - known.last)[chosen]
    rhythm = rhythms(known.counts, known.first, known.last, shop)[chosen]
    longest = np.argsort(-silent, kind="stable")
    results = []
    for factor in factors:
        warned = silent > factor * rhythm
        by_recency = np.zeros(warned.size, dtype=np.bool_)
        by_recency[longest[: np.count_nonzero(warned)]] = True
        results.append(
            Backtest(
                at=at,
                until=until,
                factor=factor,
                churn=rate_of(left),
                flagged=rate_of(warned),
                rhythm=_judge(warned, left),
                recency=_judge(by_recency, left),
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


def _judge(warned: NDArray[np.bool_], left: NDArray[np.bool_]) -> Warned:
    caught = int(np.count_nonzero(warned & left))
    return Warned(
        precision=rate(caught, int(np.count_nonzero(warned))),
        recall=rate(caught, int(np.count_nonzero(left))),
    )
