"""What the customers are worth, in words: the tiles, the groups, and how each figure is counted."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.analytics.intervals import Mean
from desktop.core.figures import short_money
from desktop.core.translation import mark, tr
from desktop.core.words import TIERS
from desktop.queries.insight_value import Group, Part, ValueReport
from desktop.views.figures.lines import FigureLine
from desktop.views.insights.wanted import channel_name, segment_name

GROUP_NAMES: Mapping[Group, str] = {
    "segment": mark("By segment"),
    "tier": mark("By tier"),
    "channel": mark("By first channel"),
}


def value_lines(report: ValueReport, currency: str, days_before: str) -> list[FigureLine]:
    """The tiles."""
    size = int(report.ids.size)
    yearly = report.basis == "year"
    nobody = tr("nobody has bought")
    total = Mean(report.total if size else None, size, None, None)
    before = ""
    if report.before.n:
        amount = short_money(round(report.total_before), currency)
        before = tr("{amount} before", amount=amount)
    best = report.tenths[0] if report.tenths else None
    lines = [
        FigureLine(
            key="total", name=tr("Spend of 365 days") if yearly else tr("Expected in all"), unit="money",
            now=total, before=None, moved=None, beside=before,
            sentence=tr("What all spent in the last 365 days: there is no model to look ahead with.")
            if yearly
            else tr("What all customers together will spend within the horizon, worth today."),
            missing=nobody, currency=currency, rows=tr("Show the customers"),
        ),
        FigureLine(
            key="mean", name=tr("Per customer"), unit="money", now=report.mean, before=report.before,
            moved=report.change,
            sentence=tr("The same for one customer, on average over everybody who has ever bought."),
            missing=nobody, currency=currency, days_before=days_before,
        ),
        FigureLine(
            key="alive", name=tr("Still customers"), unit="count",
            now=Mean(report.still_customers, size, None, None), before=None, moved=None,
            sentence=tr(
                "The sum of everybody's probability of still being a customer, by the MBG/NBD model."
            ),
            missing=tr("no model"), currency=currency,
        ),
        FigureLine(
            key="best", name=tr("Best tenth holds"), unit="share",
            now=Mean(best.share if best else None, best.customers if best else 0, None, None), before=None,
            moved=None, sentence=tr("The share of the value that the best tenth of the customers has."),
            missing=tr("fewer than 10 customers"), currency=currency, rows=tr("Show the customers"),
        ),
    ]  # fmt: skip
    for key, name, sentence, places in (
        (
            "crowd",
            tr("Brought others"),
            tr("Customers through whom at least one other customer came."),
            report.ranked("crowd"),
        ),
        (
            "information",
            tr("Told us something"),
            tr("Customers who rated something, made a suggestion or gave an interview."),
            report.ranked("information"),
        ),
    ):
        lines.append(
            FigureLine(
                key=key, name=name, unit="count",
                now=Mean(float(places.size) if size else None, size, None, None), before=None, moved=None,
                sentence=sentence, missing=nobody, currency=currency, rows=tr("Show the customers"),
            )
        )  # fmt: skip
    return lines


def part_name(group: Group, part: Part) -> str:
    """What a part of the customers is called."""
    if group == "segment":
        return segment_name(part.code)
    if group == "channel":
        return channel_name(part.code)
    return tr(TIERS[part.code]) if part.code in TIERS else part.code
