"""Everything the insights screen shows, counted in one go for a period and a channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.cohorts import Retention, retention
from desktop.analytics.intervals import Change, Mean, Rate, change
from desktop.analytics.occasions import Occasions
from desktop.analytics.periods import edges, index_of, period_before, start_of
from desktop.analytics.repeat import RepeatPurchase, repeat_by_cohort, repeat_by_month, repeat_purchase
from desktop.analytics.repeat_times import Histogram, gap_histogram, time_to_second
from desktop.analytics.rfm import CLASSES, SEGMENTS, Rfm, SegmentSummary, rfm, summary
from desktop.analytics.satisfaction import Comparison, Satisfaction, by_period, compare
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.purchases import Purchases, purchases
from desktop.queries.ratings import ratings, responses

Definition = Literal["a", "b", "c", "d", "e"]
Table = Literal["segments", "classes"]
WINDOWS = (90, 30)
"""Days of the two repeat purchase lines, the headline first."""

YEAR = 365
_GAP_WIDTH, _GAP_BINS = 7, 26
_LEAST_COHORTS = 12
"""Months of new customers shown however short the period: the newest ones cannot be judged yet."""


@dataclass(frozen=True)
class Span:
    """The days [start, end) that a screen looks at."""

    start: int
    end: int

    @property
    def before(self) -> tuple[int, int]:
        """The equal period before it."""
        return period_before(self.start, self.end)


@dataclass(frozen=True, slots=True)
class RepeatMonth:
    """A month's repeat purchase by one definition, a figure for each of WINDOWS; None before there is any."""

    start: int
    end: int
    values: tuple[Rate | Mean | None, ...]


@dataclass(frozen=True)
class CustomerValue:
    """The customers who have bought, by recency, frequency and money; arrays in the order of `ids`.

    `year_net` is what each brought in the last 365 days, minor units.
    """

    ids: NDArray[np.int64]
    scores: Rfm
    year_net: NDArray[np.int64]

    def parts(self, table: Table) -> list[SegmentSummary]:
        """Customers and their share of the last 365 days' sales, of the ten segments or the eight classes."""
        if table == "classes":
            return summary(self.scores.chinese, self.year_net, CLASSES)
        return summary(self.scores.segment, self.year_net, SEGMENTS)

    def members(self, table: Table, code: str) -> NDArray[np.int64]:
        """The ids of one segment or class, who brought most first."""
        codes: tuple[str, ...] = CLASSES if table == "classes" else SEGMENTS
        index = self.scores.chinese if table == "classes" else self.scores.segment
        inside = index == codes.index(code)
        order = np.lexsort((self.ids[inside], -self.year_net[inside]))
        found: NDArray[np.int64] = self.ids[inside][order]
        return found


@dataclass(frozen=True)
class Insights:
    """The figures of a period; `bought` holds every purchase up to its end, for what is counted later."""

    span: Span
    channel: str
    bought: Purchases
    satisfaction: Comparison
    months: list[Satisfaction]
    answered: Rate
    answered_step: Change
    repeat: RepeatPurchase
    repeat_before: RepeatPurchase
    trend: list[RepeatMonth]
    retention: Retention
    gaps: Histogram
    second: Histogram
    value: CustomerValue

    @property
    def repeat_step(self) -> Change:
        """How the headline (b) moved against the equal period before."""
        return change(self.repeat.returning, self.repeat_before.returning, 1)


def span(months: int | None, today: date, opened: int | None, latest: int | None = None) -> Span:
    """The last so many calendar months, this one included and cut after today; None: all since `opened`.

    Everything ends with the month of the `latest` event: the years after it have nothing to say.
    """
    end = today.toordinal() + 1
    this_month = index_of(end - 1, "month")
    if months is not None:
        return Span(start_of(this_month - months + 1, "month"), end)
    if latest is not None and index_of(latest, "month") < this_month:
        this_month = index_of(latest, "month")
        end = start_of(this_month + 1, "month")
    first = min(opened if opened is not None else end - 1, end - 1)
    return Span(start_of(max(index_of(first, "month"), this_month - 119), "month"), end)


def insights(
    book: Book,
    *,
    period: Span,
    channel: str = "",
    definition: Definition = "b",
    progress: Progress = SILENT,
) -> Insights:
    """Count everything for a period, through one channel or all (""). Raises Cancelled."""
    bought = purchases(book, end=period.end, channel=channel, progress=progress)
    past = bought.occasions
    progress.check()
    before = period.before
    rated = ratings(book, start=before[0], end=period.end, channel=channel, progress=progress)
    days = period.start, period.end
    answered = responses(book, start=period.start, end=period.end, channel=channel)
    progress.check()
    return Insights(
        span=period,
        channel=channel,
        bought=bought,
        satisfaction=compare(rated, period.start, period.end),
        months=by_period(rated, period.start, period.end, "month"),
        answered=answered,
        answered_step=change(answered, responses(book, start=before[0], end=before[1], channel=channel), 1),
        repeat=repeat_purchase(past, period.start, period.end),
        repeat_before=repeat_purchase(past, *before),
        trend=repeat_trend(past, period, definition),
        retention=retention(past, period.end, months=max(_LEAST_COHORTS, edges(*days, "month").size - 1)),
        gaps=gap_histogram(_gaps_ending_in(past, period), _GAP_WIDTH, _GAP_BINS),
        second=gap_histogram(time_to_second(past), _GAP_WIDTH, _GAP_BINS),
        value=_value(bought, past, period.end),
    )


def repeat_trend(past: Occasions, period: Span, definition: Definition) -> list[RepeatMonth]:
    """Repeat purchase month by month: of the 90 and the 30 days that end with each month.

    (d) has one line, the share of all buyers so far, whatever the window; (e) follows each month's new
    customers for so many days.
    """
    start, end = period.start, period.end
    if definition == "b":
        return [RepeatMonth(m.start, m.end, m.windows) for m in repeat_by_month(past, start, end, WINDOWS)]
    if definition == "e":
        cohorts = repeat_by_cohort(past, end, WINDOWS)
        return [RepeatMonth(c.start, c.end, c.shares) for c in cohorts if c.end > start]
    if past.size == 0:
        return []
    edge = edges(start, end, "month")
    opened = int(past.day.min())
    months = []
    for low, high in zip(edge[:-1].tolist(), np.minimum(edge[1:], end).tolist(), strict=True):
        seen = past.before(high)
        months.append(
            RepeatMonth(low, high, tuple(_figure(seen, opened, high, w, definition) for w in WINDOWS))
        )
    return months


def _figure(
    past: Occasions, opened: int, end: int, window: int, definition: Definition
) -> Rate | Mean | None:
    if definition == "d":
        return repeat_purchase(past, end - window, end).lifetime if window == WINDOWS[0] else None
    if end - window < opened:
        return None
    found = repeat_purchase(past, end - window, end)
    return found.twice if definition == "a" else found.transactions


def _gaps_ending_in(past: Occasions, period: Span) -> NDArray[np.int64]:
    """Days since the purchase before, of the purchases within a period."""
    inside = (past.rank > 0) & (past.day >= period.start) & (past.day < period.end)
    found: NDArray[np.int64] = np.diff(past.day, prepend=0)[inside]
    return found


def _value(bought: Purchases, past: Occasions, end: int) -> CustomerValue:
    spend = bought.spend(past.ids)
    scores = rfm(np.maximum(end - 1 - past.last, 0), past.counts, spend)
    return CustomerValue(past.ids, scores, bought.spend(past.ids, end - YEAR, end))
