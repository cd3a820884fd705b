"""Segments and classes in words: their names, what each means, and what a square of the grid says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from desktop.analytics.rfm import SEGMENTS, spans
from desktop.core.figures import percent, short_money
from desktop.core.money import format_money
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.writers.chart_data import ChartData, Figures, Series
from desktop.queries.insight_segments import CODES, Table
from desktop.views.insights.wanted import segment_name
from desktop.views.kit.heat_cells import HeatCell

if TYPE_CHECKING:
    from desktop.queries.insight_segments import SegmentReport

CLASSES = {
    "important_value": mark("Important: value"),
    "important_develop": mark("Important: develop"),
    "important_keep": mark("Important: keep"),
    "important_win_back": mark("Important: win back"),
    "general_value": mark("General: value"),
    "general_develop": mark("General: develop"),
    "general_keep": mark("General: keep"),
    "general_win_back": mark("General: win back"),
}
"""The eight classes of the Chinese RFM: important when money is high."""
_MEANT = {
    "champions": mark("Bought lately, often, and for much: thank them, and ask them to tell others."),
    "loyal": mark("Come again and again: offer them what is new, and a tier of their own."),
    "potential_loyalist": mark("Bought lately, more than once: a reason to come back makes them regulars."),
    "new": mark("Bought for the first time a short while ago: make the second purchase easy."),
    "promising": mark("Bought once, not long ago: remind them of you before they forget."),
    "need_attention": mark("Used to buy well and grow quieter: a word now costs little."),
    "about_to_sleep": mark("Bought seldom and not lately: a small occasion may wake them."),
    "at_risk": mark("Bought often or for much, and not for long: ask what went wrong."),
    "cant_lose": mark("Were among the best and stay away: call them yourself."),
    "lost": mark("Seldom, little, and long ago: no effort is worth much here."),
    "important_value": mark("Lately, often, and much: keep them content."),
    "important_develop": mark("Much and lately, but seldom: bring them to come more often."),
    "important_keep": mark("Much and often, but not lately: get in touch before they are gone."),
    "important_win_back": mark("Much, but seldom and not lately: win them back."),
    "general_value": mark("Lately and often, for little: offer them something dearer."),
    "general_develop": mark("Lately, but seldom and little: new ones, let them get to know you."),
    "general_keep": mark("Often, but little and not lately: a reminder will do."),
    "general_win_back": mark("Seldom, little, and not lately: leave them be."),
}


def group_name(table: Table, code: str) -> str:
    """A segment or class in the user's language."""
    return tr(CLASSES[code]) if table == "classes" else segment_name(code)


def meaning(code: str) -> str:
    """What a segment or class means for the shop, in a sentence."""
    return tr(_MEANT[code])


def missing_words(report: SegmentReport) -> str:
    """What lacks for the whole screen; "" when there is something to show."""
    if not report.ids.size:
        return tr("Nobody bought anything up to the end of this period, as far as the filters leave any.")
    return ""


def thin_words(report: SegmentReport) -> str:
    """What keeps the scores from saying much; "" when there is enough."""
    if report.ids.size < 5:
        return ntr(
            "There is {n} customer only: fifths of so few say nothing.",
            "There are {n} customers only: fifths of so few say nothing.",
            int(report.ids.size),
        )
    if int(report.times.max()) == 1:
        return tr("Nobody has bought a second time yet: all have the same frequency.")
    if int(report.year_net.sum()) <= 0:
        return tr("Refunds outweigh the sales of the last 365 days: shares of sales can't be said.")
    return ""


def grid_cells(report: SegmentReport, currency: str) -> list[list[HeatCell | None]]:
    """The square of R and F, the most recent buyers on top."""
    grid = report.grid
    everybody = int(grid.customers.sum())
    total = int(grid.money.sum())
    most = max(1, int(grid.customers.max()))
    return [
        [_square(report, r, f, everybody, total, most, currency) for f in range(1, 6)]
        for r in range(5, 0, -1)
    ]


def _square(
    report: SegmentReport, r: int, f: int, everybody: int, total: int, most: int, currency: str
) -> HeatCell | None:
    grid = report.grid
    count, money = int(grid.customers[r - 1, f - 1]), int(grid.money[r - 1, f - 1])
    if not count:
        return None
    told = [
        f"R{r} · F{f}",
        tr("{customers}, {share} of all", customers=customers(count), share=percent(count / everybody)),
        tr("12 months: {money}", money=format_money(money, currency)),
    ]
    if total > 0:
        told[-1] += f"  {percent(money / total)}"
    told.append(tr("mean M score {score}", score=f"{float(grid.mean_m[r - 1, f - 1]):.1f}"))
    inside = (report.scores.r == r) & (report.scores.f == f)
    codes = np.bincount(report.scores.segment[inside], minlength=len(SEGMENTS))
    for place in np.argsort(-codes)[:3].tolist():
        if codes[place]:
            told.append(f"{segment_name(SEGMENTS[place])} {int(codes[place]):,}")
    return HeatCell(f"{count:,}\n{short_money(money, currency)}", count / most, told)


def recency_names(report: SegmentReport) -> list[str]:
    """The days since the last purchase of each R, from 5 down."""
    found = spans(report.recency, report.scores.r)[::-1]
    return ["" if one is None else tr("{days} d", days=_span(*one)) for one in found]


def frequency_names(report: SegmentReport) -> list[str]:
    """Each F with its number of purchase days."""
    found = spans(report.times, report.scores.f)
    names = [f"F{f}" if one is None else f"F{f}: {_span(*one)}" for f, one in enumerate(found, start=1)]
    if found[-1] is not None:
        names[-1] = f"F5: {found[-1][0]}+"
    return names


def _span(least: int, most: int) -> str:
    return f"{least:,}" if least == most else f"{least:,}–{most:,}"


def customers(count: int) -> str:
    """So many customers."""
    return ntr("{n} customer", "{n} customers", count)


def grid_data(title: str, report: SegmentReport, currency: str) -> ChartData:
    """The square as a table: customers, money and mean M by R and F."""
    grid = report.grid
    names = [f"R{r}" for r in range(5, 0, -1)]
    lines = [Series(f"F{f}", [float(one) for one in grid.customers[::-1, f - 1]]) for f in range(1, 6)]
    money = [
        Figures(tr("F{score}: sales of 12 months", score=f), "money", grid.money[::-1, f - 1].tolist())
        for f in range(1, 6)
    ]
    means = [
        Figures(
            tr("F{score}: mean M", score=f), "rating",
            [None if np.isnan(one) else float(one) for one in grid.mean_m[::-1, f - 1]],
        )
        for f in range(1, 6)
    ]  # fmt: skip
    return ChartData(
        title, "heat", Figures(tr("Recency"), "text", names), lines, more=[*money, *means], currency=currency
    )


def codes_of(table: Table) -> list[tuple[str, str]]:
    """The codes of a table with their names."""
    return [(code, group_name(table, code)) for code in CODES[table]]
