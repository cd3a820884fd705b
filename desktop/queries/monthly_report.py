"""A month of the shop in figures: everything that its report says, from the queries of the screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.analytics.intervals import Change
from desktop.analytics.periods import index_of, start_of
from desktop.analytics.repeat_trend import TrendMonth, repeat_trend
from desktop.analytics.rfm import SEGMENTS, SegmentSummary, summary
from desktop.analytics.satisfaction import Satisfaction, by_period
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries import known
from desktop.queries.complaint_figures import ComplaintReport, complaint_report
from desktop.queries.insight_channels import ChannelReport, channel_report
from desktop.queries.insight_cohorts import CohortReport, cohort_report
from desktop.queries.insight_days import LONGEST
from desktop.queries.insight_drifting import DriftingReport, Leaving, drifting_report
from desktop.queries.insight_findings import Findings, findings
from desktop.queries.insight_forecast import ForecastReport, forecast_report
from desktop.queries.insight_products import ProductReport, product_report
from desktop.queries.insight_repeat import RepeatReport, repeat_report
from desktop.queries.insight_satisfaction import SatisfactionReport, satisfaction_report
from desktop.queries.insight_scope import YEAR, Scope, insight_scope
from desktop.queries.key_figures import Key, KeyCounts, KeyFigures
from desktop.queries.purchases import first_day

MONTHS = 12
"""Of the trends, the month itself the last."""
MOST_NAMED = 14
_PRESSING: tuple[Leaving, ...] = ("drifting", "alarming")


@dataclass(frozen=True, slots=True)
class AtStake:
    """Somebody who is leaving: the name, days silent, and what is at stake in minor units."""

    id: int
    name: str
    silent: int
    rhythm: float
    at_stake: int


@dataclass(frozen=True)
class MonthlyReport:
    """A month [start, end) of the shop; `year` are the key figures of the same month a year before.

    `trend` and `repeat_trend` are of the twelve months that end with it. `leaving` are the regulars drifting
    or alarming on its last day with the most at stake, of so many in all (`leavers`) with so much
    (`at_stake`).
    """

    start: int
    end: int
    whole: bool
    """Whether the month is over."""
    now: KeyFigures
    before: KeyFigures
    year: KeyFigures
    changes: Mapping[Key, Change]
    changes_year: Mapping[Key, Change]
    findings: Findings
    satisfaction: SatisfactionReport
    trend: tuple[Satisfaction, ...]
    complaints: ComplaintReport
    repeat: RepeatReport
    repeat_trend: tuple[TrendMonth, ...]
    cohorts: CohortReport
    drifting: DriftingReport
    leaving: tuple[AtStake, ...]
    leavers: int
    at_stake: int
    channels: ChannelReport
    products: ProductReport
    segments: tuple[SegmentSummary, ...]
    forecast: ForecastReport


def months(book: Book, today: date) -> list[int]:
    """The first days of the months that can be reported, the newest first; the last is not over yet."""
    opened = first_day(book)
    this = index_of(today.toordinal(), "month")
    first = this if opened is None else max(min(this, index_of(opened, "month")), this - LONGEST + 1)
    # The last whole month can always be had, if only to see that it holds nothing.
    return [start_of(month, "month") for month in range(this, min(first, this - 1) - 1, -1)]


def monthly_report(book: Book, *, month: int, now: datetime, progress: Progress = SILENT) -> MonthlyReport:
    """The report of the month that a day lies in. Ask in the worker. Raises Cancelled."""
    today = now.date()
    index = index_of(month, "month")
    start, after = start_of(index, "month"), start_of(index + 1, "month")
    end = min(after, max(today.toordinal() + 1, start + 1))
    scope = insight_scope(book, start=start, end=end, today=today, progress=progress)
    counts = KeyCounts(scope)
    current = counts.figures(start, end)
    before = counts.figures(start_of(index - 1, "month"), start)
    year = counts.figures(start_of(index - MONTHS, "month"), start_of(index - MONTHS + 1, "month"))
    progress.check()
    since = start_of(index - MONTHS + 1, "month")
    long = insight_scope(book, start=since, end=end, today=today, progress=progress)
    leaving = drifting_report(scope)
    pressing = leaving.listed(leaving.kept.drifting).only(_PRESSING)
    progress.check()
    return MonthlyReport(
        start=start,
        end=end,
        whole=end == after and after <= today.toordinal() + 1,
        now=current,
        before=before,
        year=year,
        changes=current.changes(before),
        changes_year=current.changes(year),
        findings=findings(scope),
        satisfaction=satisfaction_report(scope),
        trend=tuple(by_period(scope.ratings, since, end, "month")),
        complaints=complaint_report(book, start=start, end=end, now=now, progress=progress),
        repeat=repeat_report(scope),
        repeat_trend=tuple(repeat_trend(scope.past, since, end, "b")),
        cohorts=cohort_report(long),
        drifting=leaving,
        leaving=_named(book, leaving, pressing.places[:MOST_NAMED].tolist()),
        leavers=int(pressing.places.size),
        at_stake=leaving.total_at_stake(pressing.places),
        channels=channel_report(scope),
        products=product_report(scope),
        segments=_segments(scope),
        forecast=forecast_report(scope),
    )


def _named(book: Book, report: DriftingReport, places: list[int]) -> tuple[AtStake, ...]:
    people = report.people
    ids = [int(people.ids[place]) for place in places]
    names = known.names(book, ids)
    return tuple(
        AtStake(
            row, names.get(row, ""), int(people.silent[place]), float(people.rhythm[place]),
            round(float(people.at_stake[place])),
        )
        for row, place in zip(ids, places, strict=True)
    )  # fmt: skip


def _segments(scope: Scope) -> tuple[SegmentSummary, ...]:
    year_net = scope.purchases.spend(scope.past.ids, scope.end - YEAR, scope.end)
    return tuple(summary(scope.scores.segment, year_net, SEGMENTS))
