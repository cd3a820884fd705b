"""The forecast in words: what is told, by which method, how good it was, and its figures as tiles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.core.dates import format_month
from desktop.core.figures import percent
from desktop.core.translation import mark, ntr, tr
from desktop.queries.insight_forecast import Course, ForecastReport, Told
from desktop.views.figures.lines import FigureLine, Unit, written

if TYPE_CHECKING:
    from desktop.analytics.forecast import Review

NAMES: Mapping[Told, str] = {
    "orders": mark("Orders"),
    "revenue": mark("Net revenue"),
    "new": mark("New customers"),
    "returning": mark("Purchases by old customers"),
}
_COUNTED: Mapping[Told, str] = {
    "orders": mark("Purchases of each month, of known customers and others; cancelled and refunded ones are "
                   "not counted."),
    "revenue": mark("What the orders of each month brought, less what was given back."),
    "new": mark("Customers whose first purchase, as far as the filters leave it, fell in the month."),
    "returning": mark("Days in the month on which customers bought who had bought before; several orders of "
                      "one day are one."),
}  # fmt: skip
_METHODS: Mapping[str, str] = {
    "level": mark("the level of the last months"),
    "trend": mark("the level of the last months and a trend that fades"),
    "year": mark("the same months a year before, moved as this year has moved"),
    "season": mark("the level of the last months and the shop's seasons"),
    "season-trend": mark("the level, a trend that fades, and the shop's seasons"),
}
_SMALL_LEAD = 0.97


def unit_of(told: Told) -> Unit:
    """What the values of a series are."""
    return "money" if told == "revenue" else "count"


def missing_words(report: ForecastReport) -> str:
    """What the book lacks for a forecast, "" where it lacks nothing."""
    if not report.missing:
        return ""
    if not report.months.size:
        return tr(
            "A forecast needs {needed} whole months of purchases; there is none before the end of this "
            "period.",
            needed=report.needed,
        )
    return ntr(
        "A forecast needs {needed} whole months of purchases; there is {n} before the end of this period.",
        "A forecast needs {needed} whole months of purchases; there are {n} before the end of this period.",
        int(report.months.size),
        needed=report.needed,
    )


def ahead_words(report: ForecastReport, told: Told, horizon: int, currency: str) -> str:
    """What the months ahead are expected to bring, in a sentence."""
    course, unit = report.courses[told], unit_of(told)
    amount = written(unit, float(course.next.middle[:horizon].sum()), currency)
    first, last = format_month(int(report.ahead[0])), format_month(int(report.ahead[horizon - 1]))
    before = year_before(course, horizon)
    if before is None:
        return tr(
            "{name}, {first} to {last}: about {amount}.", name=tr(NAMES[told]), first=first, last=last,
            amount=amount,
        )  # fmt: skip
    return tr(
        "{name}, {first} to {last}: about {amount}; a year before it was {before}.", name=tr(NAMES[told]),
        first=first, last=last, amount=amount, before=written(unit, before, currency),
    )  # fmt: skip


def year_before(course: Course, horizon: int) -> float | None:
    """What the same months brought a year before; None where not all of them are known."""
    months = course.past[-12:][:horizon]
    return float(months.sum()) if course.past.size >= 12 else None


def good_words(course: Course) -> str:
    """How good the forecast was when the last year was still to come, in a sentence or two."""
    seen = course.looked_back
    if seen is None:
        return tr("Too few months have gone by to hold a forecast against what came.")
    if seen.wape is None:
        return tr("Nothing came in the last months that a forecast could be held against.")
    within = _within(seen)
    off = tr(
        "As it would have stood {months} months ago, it was off by {share} in all.",
        months=seen.actual.size, share=percent(seen.wape),
    )  # fmt: skip
    if seen.plain is None:
        return f"{off} {within}"
    plain = percent(seen.plain)
    if seen.wape < _SMALL_LEAD * seen.plain:
        beside = tr("Merely repeating what had been before would have been off by {share}.", share=plain)
    else:
        beside = tr(
            "Merely repeating what had been before would have been off by {share}: take it with care.",
            share=plain,
        )
    return f"{off} {beside} {within}"


def _within(seen: Review) -> str:
    return tr(
        "{hits} of {n} months lay within the 80 % band.", hits=seen.inside80.hits, n=seen.inside80.n
    )  # fmt: skip


def method_words(course: Course) -> str:
    """By what it is told."""
    return ntr(
        "Told from {n} whole month, by {method}: of five ways the one that was least wrong here.",
        "Told from {n} whole months, by {method}: of five ways the one that was least wrong here.",
        course.next.months,
        method=tr(_METHODS[course.next.method]),
    )


def counted_sentences(told: Told, course: Course) -> list[str]:
    """How the forecast is counted."""
    return [
        tr(_COUNTED[told]),
        method_words(course),
        tr("Each way told, at every month of the past, the months after it from those before it alone; the "
           "bands are as wide as the errors made there: four months of five should lie within the inner one, "
           "nineteen of twenty within the outer one."),
        tr("It knows nothing of what will be new: a campaign, a closed street, a second shop."),
    ]  # fmt: skip


def forecast_lines(report: ForecastReport, told: Told, horizon: int, currency: str) -> list[FigureLine]:
    """The figures of a series as tiles."""
    from desktop.analytics.intervals import Mean, Rate

    course, unit = report.courses[told], unit_of(told)
    next_, seen = course.next, course.looked_back
    rows = tr("Show the rows behind it")
    before = year_before(course, horizon)

    def month(place: int) -> Mean:
        return Mean(
            float(next_.middle[place]), next_.months, float(next_.low95[place]), float(next_.high95[place])
        )

    whole = Mean(float(next_.middle[:horizon].sum()), next_.months, None, None)
    so_far = written(unit, course.so_far, currency)
    short = tr("Too few months to try it.")

    def line(
        key: str, name: str, unit: Unit, now: Mean | Rate, sentence: str, beside: str = ""
    ) -> FigureLine:
        return FigureLine(
            key, name, unit, now, None, None, sentence, short if now.value is None else "", currency,
            beside=beside, rows=rows if key == "next" and report.under_way else "",
        )  # fmt: skip

    return [
        line(
            "next", format_month(int(report.ahead[0])), unit, month(0),
            tr("What this month is expected to bring as a whole."),
            tr("{amount} so far", amount=so_far) if report.under_way else "",
        ),
        line(
            "after", format_month(int(report.ahead[1])), unit, month(1),
            tr("What this month is expected to bring as a whole."),
            _before(float(course.past[-11]) if course.past.size >= 12 else None, currency, unit),
        ),
        line(
            "whole", ntr("{n} month ahead", "{n} months ahead", horizon), unit, whole,
            tr("What these months are expected to bring together."),
            _before(before, currency, unit),
        ),
        line(
            "error", tr("Usual error"), "share", Mean(next_.error, next_.tried, None, None),
            tr("Errors made up to six months ahead, at every month of the past, in shares of what came."),
        ),
        line(
            "year", tr("Off over the last year"), "share",
            Mean(seen.wape if seen else None, int(seen.actual.size) if seen else 0, None, None),
            tr("Errors of the forecast as it would have stood then, as a share of all that came since."),
            tr("{share} by repeating", share=percent(seen.plain)) if seen and seen.plain is not None else "",
        ),
        line(
            "inside", tr("In the 80 % band"), "share",
            seen.inside80 if seen else Rate(None, 0, None, None),
            tr("Months since then that lay within that forecast's inner band; about four of five should."),
        ),
    ]  # fmt: skip


def _before(value: float | None, currency: str, unit: Unit) -> str:
    return "" if value is None else tr("{amount} a year before", amount=written(unit, value, currency))
