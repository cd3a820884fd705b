"""Satisfaction as figures in words: perceived, gap, CSAT, NPS, CES and the response rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from desktop.core.figures import number, percent
from desktop.core.translation import mark, tr
from desktop.views.figures.lines import FigureLine, Unit
from desktop.views.figures.period import days_text

if TYPE_CHECKING:
    from desktop.analytics.satisfaction import Measure
    from desktop.queries.insight_satisfaction import SatisfactionReport, Side


class _Told(NamedTuple):
    """A measure: its name, its unit, how it is counted, what is said without it, and whose ratings it is."""

    name: str
    unit: Unit
    sentence: str
    missing: str
    side: Side


_NONE = mark("No ratings yet")
MEASURES: Mapping[Measure, _Told] = {
    "perceived": _Told(
        mark("Satisfaction"), "stars", mark("Mean of the ratings from 1 to 5, with a 95 % interval (t)."),
        _NONE, "all",
    ),
    "gap": _Told(
        mark("Against expectation"), "gap",
        mark("Perceived less expected, over the ratings that have both, with a 95 % interval (t)."),
        mark("No rating has both"), "told",
    ),
    "csat": _Told(
        mark("CSAT"), "share", mark("Ratings of 4 and 5 ÷ all ratings from 1 to 5, with a Wilson interval."),
        _NONE, "happy",
    ),
    "nps": _Told(
        mark("NPS"), "points",
        mark(
            "How likely are you to recommend us, 0 to 10? Share of 9 and 10 less share of 0 to 6, in points "
            "from −100 to 100."
        ),
        _NONE, "all",
    ),
    "effort": _Told(
        mark("CES"), "score",
        mark("How easy was it to get what you needed, 1 to 7? The mean, with a 95 % interval (t)."),
        _NONE, "all",
    ),
}  # fmt: skip
"""The measures that have a tile."""

RESPONSE = "response"


def satisfaction_lines(report: SatisfactionReport, currency: str) -> list[FigureLine]:
    """The figures of a report, the headline first."""
    ended = tr("A rating counts for the day on which the rated thing ended.")
    days = days_text(*report.scope.before)
    lines = [
        FigureLine(
            key, tr(told.name), told.unit, report.now.measure(key), report.before.measure(key),
            report.changes[key], f"{tr(told.sentence)} {ended}", tr(told.missing), currency,
            beside=_beside(report, key), days_before=days, rows=tr("Show the ratings"),
        )
        for key, told in MEASURES.items()
    ]  # fmt: skip
    answered = FigureLine(
        RESPONSE, tr("Response rate"), "share", report.response, report.response_before,
        report.response_change,
        tr("Ratings answered ÷ ratings asked for, about what ended in the period."), tr("Nobody was asked"),
        currency, days_before=days, rows=tr("Show the ratings"),
    )  # fmt: skip
    return [*lines, answered]


def _beside(report: SatisfactionReport, key: Measure) -> str:
    now = report.now
    if key == "perceived" and now.expected.value is not None:
        return tr("expected {score}", score=number(now.expected.value))
    if key == "effort" and now.easy.value is not None:
        return tr("{share} gave 5 or more", share=percent(now.easy.value))
    return ""
