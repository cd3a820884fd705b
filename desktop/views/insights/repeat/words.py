"""Repeat purchase in the owner's words: the five definitions, the tiles, and what lacks for a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

from desktop.analytics.repeat_trend import Definition
from desktop.core.figures import percent
from desktop.core.translation import mark, ntr, tr
from desktop.views.figures.lines import FigureLine, Unit
from desktop.views.figures.period import days_text
from desktop.views.kit.chips import ChipItem

if TYPE_CHECKING:
    from desktop.queries.insight_repeat import RepeatReport

ALL: tuple[Definition, ...] = get_args(Definition)


class _Words(NamedTuple):
    name: str
    unit: Unit
    sentence: str
    missing: str
    rows: str


_NO_BUYERS = mark("no buyers in the period")
_SHOW = mark("Show the customers")
_FIGURES = {
    "b": _Words(
        mark("(b) Bought before"), "share",
        mark("Buyers of the period who had bought before it, or earlier in it ÷ buyers of the period. "
             "This is the headline."),
        _NO_BUYERS, _SHOW,
    ),
    "a": _Words(
        mark("(a) Bought twice"), "share",
        mark("Customers with two or more purchase days in the period ÷ buyers of the period."),
        _NO_BUYERS, _SHOW,
    ),
    "c": _Words(
        mark("(c) Repeats each"), "score",
        mark("Purchase days after each buyer's first one in the period ÷ buyers of the period. "
             "It can exceed 1."),
        _NO_BUYERS, _SHOW,
    ),
    "d": _Words(
        mark("(d) Ever twice"), "share",
        mark("Customers with two or more purchase days up to the end of the period ÷ everybody who had "
             "bought by then."),
        mark("nobody has bought yet"), _SHOW,
    ),
    "e": _Words(
        mark("(e) Back in 90 d"), "share",
        mark("Of the new customers whose first 90 days ended in the period, those who bought a second time "
             "within them."),
        mark("nobody's 90 days ended"), _SHOW,
    ),
    "gaps": _Words(
        mark("Days in between"), "days",
        mark("The median of the days between two purchase days of a customer, of those that ended in the "
             "period."),
        mark("nobody came back"), _SHOW,
    ),
}  # fmt: skip
_TREND: dict[Definition, tuple[str, str]] = {
    "a": (
        mark("bought twice, by month"),
        mark("Customers with two or more purchase days in a month ÷ buyers of that month."),
    ),
    "b": (
        mark("had bought before, by month"),
        mark("Buyers of a month who had bought before it, or earlier in it ÷ buyers of that month."),
    ),
    "c": (
        mark("repeats per buyer, by month"),
        mark("Purchase days after each buyer's first one in a month ÷ buyers of that month."),
    ),
    "d": (
        mark("ever bought twice, by month"),
        mark("Customers with two or more purchase days up to a month's end ÷ everybody who had bought."),
    ),
    "e": (
        mark("newcomers back, by month"),
        mark("Of the customers who first bought in a month, those with a second purchase day within 90 days, "
             "and within 30. Months too young to judge are left blank."),
    ),
}  # fmt: skip
_CHIPS: dict[Definition, str] = {
    "a": mark("(a) Bought twice"),
    "b": mark("(b) Had bought before"),
    "c": mark("(c) Repeats per buyer"),
    "d": mark("(d) Ever twice"),
    "e": mark("(e) Newcomers back"),
}
_SAME_DAY = mark("Orders of one day are one purchase; refunded and cancelled orders are none.")


def chip(definition: Definition) -> ChipItem:
    """The chip of a definition; its tip is the whole sentence."""
    return ChipItem(definition, tr(_CHIPS[definition]), tip=tr(_FIGURES[definition].sentence))


def trend_title(definition: Definition) -> str:
    """What the trend counts, below its title."""
    return tr(_TREND[definition][0])


def trend_sentences(definition: Definition) -> list[str]:
    """How the trend is counted."""
    smooth = {
        "d": "",
        "e": "",
    }.get(definition, tr("The dashed line takes three months together, which is steadier."))
    said = [
        tr(_TREND[definition][1]),
        tr(_SAME_DAY),
        tr("The band is the 95 % interval; the last month may be cut by the period."),
        tr("However short the period, twelve months are shown, if the shop is as old."),
        smooth,
    ]
    return [one for one in said if one]


def repeat_lines(report: RepeatReport, currency: str) -> list[FigureLine]:
    """The six figures of the period."""
    before = days_text(*report.before)
    lines = []
    for one in report.figures:
        words = _FIGURES[one.key]
        line = FigureLine(
                one.key,
                tr(words.name),
                words.unit,
                one.now,
                one.before,
                one.moved,
                f"{tr(words.sentence)} {tr(_SAME_DAY)}",
                tr(words.missing),
                currency,
                days_before=before,
                rows=tr(words.rows),
        )  # fmt: skip
        lines.append(line)
    return lines


def rows_title(key: str) -> str:
    """What the list behind a figure is called."""
    return tr(_FIGURES[key].name)


def missing_words(report: RepeatReport) -> str:
    """What lacks for the whole screen; "" when there is something to show."""
    if not report.past.size:
        return tr("Nobody bought anything up to the end of this period, as far as the filters leave any.")
    if not report.buyers:
        return tr("Nobody bought anything in this period, as far as the filters leave any.")
    return ""


def thin_words(report: RepeatReport) -> str:
    """What keeps the figures from saying much; "" when there is enough."""
    if report.past.ids.size == 1:
        return tr("There is one customer only: shares of one say nothing.")
    days = report.past.day
    if int(days.min()) == int(days.max()):
        return tr("All purchases are of one day: whether anybody comes back will only show later.")
    if report.past.size == report.past.ids.size:
        return tr("Nobody has bought a second time yet.")
    return ""


def curve_facts(report: RepeatReport) -> list[tuple[str, str]]:
    """How many are back after so many days, of all customers."""
    found = []
    for days in (30, 60, 90, 180, 365):
        within = report.curve.within(days)
        if within.value is not None:
            said = percent(within.value, 1)
            if within.low is not None and within.high is not None:
                said += f"  ({percent(within.low, 1)}–{percent(within.high, 1)})"
            found.append((ntr("Within {n} day", "Within {n} days", days), said))
    return found
