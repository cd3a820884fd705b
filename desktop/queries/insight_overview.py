"""The overview of the insights: the key figures, the two trends, the findings, and who keeps the shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from desktop.analytics.intervals import Change
from desktop.analytics.repeat_trend import TrendMonth, repeat_trend
from desktop.analytics.rfm import SEGMENTS, Scores, SegmentSummary, summary
from desktop.analytics.satisfaction import Satisfaction, by_period
from desktop.queries.insight_findings import Findings, findings
from desktop.queries.insight_scope import YEAR, Scope
from desktop.queries.key_figures import Key, KeyCounts, KeyFigures
from desktop.queries.shop_columns import Ints


@dataclass(frozen=True)
class OverviewReport:
    """What the overview shows of a scope; `segments` are the ten with their part of 365 days' net sales."""

    counts: KeyCounts
    now: KeyFigures
    before: KeyFigures
    changes: Mapping[Key, Change]
    satisfaction: tuple[Satisfaction, ...]
    repeat: tuple[TrendMonth, ...]
    findings: Findings
    segments: tuple[SegmentSummary, ...]

    @property
    def scope(self) -> Scope:
        """What was looked at."""
        return self.counts.scope

    def members(self, code: str) -> Ints:
        """The ids of one segment, who bought last first."""
        scope, past = self.scope, self.scope.past
        at = np.flatnonzero(_segments(scope) == SEGMENTS.index(code))
        return past.ids[at[np.argsort(-past.last[at], kind="stable")]]


def overview_report(scope: Scope) -> OverviewReport:
    """Everything the overview shows. Ask in the worker. Raises Cancelled."""
    counts = KeyCounts(scope)
    now, before = counts.figures(scope.start, scope.end), counts.figures(*scope.before)
    scope.progress.check()
    year_net = scope.purchases.spend(scope.past.ids, scope.end - YEAR, scope.end)
    parts = tuple(summary(_segments(scope), year_net, SEGMENTS))
    scope.progress.check()
    return OverviewReport(
        counts=counts,
        now=now,
        before=before,
        changes=now.changes(before),
        satisfaction=tuple(by_period(scope.ratings, scope.start, scope.end, "month")),
        repeat=tuple(repeat_trend(scope.past, scope.start, scope.end, "b")),
        findings=findings(scope),
        segments=parts,
    )


def _segments(scope: Scope) -> Scores:
    """The segment of each of `past.ids`, among the whole shop."""
    past, whole = scope.past, scope.shop.past
    codes = scope.scores.segment
    return codes if past is whole else codes[np.searchsorted(whole.ids, past.ids)]
