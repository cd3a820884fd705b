"""Do they come back: repeat purchase by the five definitions, its trend, and how long customers take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Change, Mean, Rate, change
from desktop.analytics.occasions import NEVER, Ints, Occasions
from desktop.analytics.periods import index_of, start_of
from desktop.analytics.repeat import repeat_purchase, second_within
from desktop.analytics.repeat_times import (
    Curve,
    Histogram,
    gap_histogram,
    gaps_in,
    repeat_curve,
    time_to_second,
)
from desktop.analytics.repeat_trend import (
    COHORT_DAYS,
    BuyersMonth,
    Definition,
    TrendMonth,
    buyers_by_month,
    repeat_trend,
)
from desktop.queries.insight_scope import Scope

GAPS = "gaps"
"""The key of the sixth figure, the median of days between purchases."""
WITHIN = COHORT_DAYS[0]
"""Days in which definition (e) looks for the second purchase."""
LEAST_MONTHS = 12
"""Months of the trend however short the period, as far as the shop is as old."""
_WIDTH, _BINS = 7, 26


@dataclass(frozen=True, slots=True)
class RepeatFigure:
    """One figure of the period and of the equal one before; `key` is a definition, or GAPS."""

    key: str
    now: Rate | Mean
    before: Rate | Mean
    moved: Change


@dataclass(frozen=True)
class RepeatReport:
    """Repeat purchase over the days [start, end) and the equal period before.

    `curve` is of everybody, `newcomers` of who first bought in the period: None where that is everybody, or
    nobody. `gaps` are those that ended in the period, `second` the times to second purchases in it.
    """

    past: Occasions
    start: int
    end: int
    before: tuple[int, int]
    definition: Definition
    buyers: int
    figures: Sequence[RepeatFigure]
    trend: Sequence[TrendMonth]
    months: Sequence[BuyersMonth]
    curve: Curve
    newcomers: Curve | None
    gaps: Histogram
    second: Histogram

    # -- the rows behind

    @cached_property
    def _owner(self) -> Ints:
        return self.past.owner

    def _ids(self, chosen: NDArray[np.bool_]) -> Ints:
        """The customers marked, who bought last first."""
        places = np.flatnonzero(chosen)
        return self.past.ids[places[np.lexsort((self.past.ids[places], -self.past.last[places]))]]

    def _owners(self, occasions: NDArray[np.bool_]) -> Ints:
        marked = np.zeros(self.past.ids.size, dtype=np.bool_)
        marked[self._owner[np.flatnonzero(occasions)]] = True
        return self._ids(marked)

    def buyers_in(self, start: int, end: int) -> Ints:
        """The ids of who bought in the days [start, end)."""
        return self._owners((self.past.day >= start) & (self.past.day < end))

    def back(self, definition: str, start: int, end: int) -> Ints:
        """The ids of who came back by a definition in the days [start, end).

        By (e) they are those among the new customers of these days who bought again within 90 days.
        """
        past = self.past
        inside = (past.day >= start) & (past.day < end)
        if definition in ("a", "c"):
            return self._owners(inside & (past.previous >= start))
        if definition == "d":
            return self._ids(past.following[past.starts] < end)
        if definition == "e":
            return self._ids((past.first >= start) & (past.first < end) & (past.second_gap <= WITHIN))
        return self._owners(inside & (past.previous >= 0))

    def behind(self, key: str) -> Ints:
        """The ids of who came back, behind a figure; behind GAPS who bought again in the period."""
        if key == "e":
            return self.back("e", self.start - WITHIN, self.end - WITHIN)
        return self.back("b" if key == GAPS else key, self.start, self.end)

    def of_gaps(self, low: int, high: int | None) -> Ints:
        """The ids of who came back in the period after low to high - 1 days (None: or longer)."""
        past = self.past
        gap = past.day - past.previous
        chosen = (past.previous >= 0) & (past.day >= self.start) & (past.day < self.end) & (gap >= low)
        return self._owners(chosen if high is None else chosen & (gap < high))

    def of_seconds(self, low: int, high: int | None) -> Ints:
        """The ids of who bought a second time in the period, low to high - 1 days after the first."""
        past = self.past
        second = past.following[past.starts]
        chosen = (second >= self.start) & (second < self.end) & (past.second_gap >= low)
        return self._ids(chosen & (past.second_gap < (NEVER if high is None else high)))


def repeat_report(scope: Scope, definition: Definition = "b") -> RepeatReport:
    """Count repeat purchase as a scope shows it. Raises Cancelled."""
    past, start, end = scope.past, scope.start, scope.end
    before = scope.before
    then, now = (repeat_purchase(past, *days) for days in (before, (start, end)))
    scope.progress.check()
    gaps = gap_histogram(gaps_in(past, start, end), _WIDTH, _BINS)
    gaps_then = gap_histogram(gaps_in(past, *before), _WIDTH, _BINS)
    pairs: dict[str, tuple[Rate, Rate] | tuple[Mean, Mean]] = {
        "b": (now.returning, then.returning),
        "a": (now.twice, then.twice),
        "c": (now.transactions, then.transactions),
        "d": (now.lifetime, then.lifetime),
        "e": (second_within(past, start, end, WITHIN), second_within(past, *before, WITHIN)),
        GAPS: (gaps.middle, gaps_then.middle),
    }
    scope.progress.check()
    fresh = int(np.count_nonzero(past.first >= start))
    return RepeatReport(
        past=past,
        start=start,
        end=end,
        before=before,
        definition=definition,
        buyers=now.buyers,
        figures=[
            RepeatFigure(key, one, other, change(one, other, -1 if key == GAPS else 1))
            for key, (one, other) in pairs.items()
        ],
        trend=repeat_trend(past, _trend_start(past, start, end), end, definition),
        months=buyers_by_month(past, _trend_start(past, start, end), end),
        curve=repeat_curve(past, end),
        newcomers=repeat_curve(past, end, since=start) if 0 < fresh < past.ids.size else None,
        gaps=gaps,
        second=gap_histogram(time_to_second(past, start, end), _WIDTH, _BINS),
    )


def _trend_start(past: Occasions, start: int, end: int) -> int:
    """Where the trend begins: with the period, or twelve months before its end, or with the shop."""
    year = start_of(index_of(end - 1, "month") - LEAST_MONTHS + 1, "month")
    if year >= start or not past.size:
        return start
    return min(start, max(year, start_of(index_of(int(past.first.min()), "month"), "month")))
