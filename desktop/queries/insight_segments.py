"""Who keeps the shop: customers by recency, frequency and money, in a grid, ten segments or eight classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.occasions import Ints, Occasions
from desktop.analytics.rfm import (
    CLASSES,
    SEGMENTS,
    Grid,
    Rfm,
    Scores,
    SegmentSummary,
    grid,
    moves,
    rfm,
    summary,
)
from desktop.queries.insight_scope import YEAR, Scope, rfm_bounds

Table = Literal["segments", "classes"]
CODES: dict[Table, tuple[str, ...]] = {"segments": SEGMENTS, "classes": CLASSES}


@dataclass(frozen=True)
class SegmentReport:
    """The customers whom a scope leaves, by id: arrays of one length.

    `recency` in days at the end of the period and `times`, purchase days, are what was scored: within the
    whole shop, as the scores are. `spend` and `year_net` are net minor units of the orders looked at, of all
    and of the last 365 days.
    `before` are the scores at the begin of the period, -1 for who had not bought yet.
    """

    ids: Ints
    recency: Ints
    times: Ints
    spend: Ints
    year_net: Ints
    scores: Rfm
    before: Rfm
    means: tuple[float, float, float]
    """The shop's average R, F and M: above them a score is high for the eight classes."""

    def index(self, table: Table) -> Scores:
        """The position of each customer's code in CODES."""
        return self.scores.chinese if table == "classes" else self.scores.segment

    def parts(self, table: Table) -> list[SegmentSummary]:
        """Customers and their share of the last 365 days' net sales, of the ten or the eight."""
        return summary(self.index(table), self.year_net, CODES[table])

    @cached_property
    def grid(self) -> Grid:
        """The customers by R and F, with the net sales of the last 365 days."""
        return grid(self.scores.r, self.scores.f, self.scores.m, self.year_net)

    def moved(self, table: Table) -> Ints:
        """How many went from which code to which over the period; the last row: who was new."""
        then = self.before.chinese if table == "classes" else self.before.segment
        return moves(then, self.index(table), len(CODES[table]))

    def members(self, table: Table, code: str) -> Ints:
        """The ids of one segment or class, who brought most in 365 days first."""
        return self._by_spend(self.index(table) == CODES[table].index(code))

    def moved_members(self, table: Table, before: str, now: str) -> Ints:
        """The ids of who went from one code ("": had not bought) to another."""
        then = self.before.chinese if table == "classes" else self.before.segment
        codes = CODES[table]
        came = then == (codes.index(before) if before else -1)
        return self._by_spend(came & (self.index(table) == codes.index(now)))

    def were(self, table: Table, before: str) -> Ints:
        """The ids of who had a code ("": had not bought) at the begin of the period."""
        then = self.before.chinese if table == "classes" else self.before.segment
        return self._by_spend(then == (CODES[table].index(before) if before else -1))

    def of_cell(self, r: int, f: int) -> Ints:
        """The ids of who has these scores, who brought most in 365 days first."""
        return self._by_spend((self.scores.r == r) & (self.scores.f == f))

    def _by_spend(self, chosen: NDArray[np.bool_]) -> Ints:
        places = np.flatnonzero(chosen)
        return self.ids[places[np.lexsort((self.ids[places], -self.year_net[places]))]]


def segment_report(scope: Scope) -> SegmentReport:
    """Score the customers whom a scope leaves, at its end and at its begin. Raises Cancelled."""
    shop, past = scope.shop, scope.past
    whole = shop.past
    then = _scores_at(shop, scope.start)
    scope.progress.check()
    now = scope.scores
    means = _means(now)
    recency, times = np.maximum(scope.end - 1 - whole.last, 0), whole.counts
    if past is not whole:
        places = np.searchsorted(whole.ids, past.ids)
        now, then = _taken(now, places), _taken(then, places)
        recency, times = recency[places], times[places]
    bought = scope.purchases
    return SegmentReport(
        ids=past.ids,
        recency=recency,
        times=times,
        spend=bought.spend(past.ids),
        year_net=bought.spend(past.ids, scope.end - YEAR, scope.end),
        scores=now,
        before=then,
        means=means,
    )


def _scores_at(shop: Scope, day: int) -> Rfm:
    """The scores of everybody in `shop.past.ids` as they were that morning; -1 for who had not bought."""
    past = shop.past
    known = past.first < day
    scores = rfm(
        *_past_at(past, known, day), shop.purchases.spend(past.ids[known], 0, day), rfm_bounds(shop.book)
    )
    return Rfm(*(_scattered(one, known) for one in _arrays(scores)))


def _past_at(past: Occasions, known: NDArray[np.bool_], day: int) -> tuple[Ints, Ints]:
    """Days since the last occasion before a day, and how many there were, of the customers known then."""
    if not known.any():
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    before = past.day < day
    times = np.add.reduceat(before, past.starts, dtype=np.int64)[known]
    # Occasions are in the order of days: the last before the day stands so many behind the first.
    last = past.day[past.starts[known] + times - 1]
    return np.maximum(day - 1 - last, 0), times


def _arrays(scores: Rfm) -> Sequence[Scores]:
    return scores.r, scores.f, scores.m, scores.segment, scores.chinese


def _taken(scores: Rfm, places: Ints) -> Rfm:
    return Rfm(*(one[places] for one in _arrays(scores)))


def _scattered(one: Scores, known: NDArray[np.bool_]) -> Scores:
    result = np.full(known.size, -1, dtype=np.int8)
    result[known] = one
    return result


def _means(scores: Rfm) -> tuple[float, float, float]:
    if not scores.r.size:
        return 0.0, 0.0, 0.0
    return float(scores.r.mean()), float(scores.f.mean()), float(scores.m.mean())
