"""The tables of the monthly report about the trade: channels, products, segments, the next months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.dates import as_date, format_month
from desktop.core.figures import percent
from desktop.core.translation import tr
from desktop.views.figures.lines import written
from desktop.views.insights.channels.words import channel_name
from desktop.views.insights.forecast.words import NAMES as COURSES
from desktop.views.insights.forecast.words import missing_words, unit_of
from desktop.views.insights.products.words import product_name
from desktop.views.insights.report.parts import nothing, table_rows
from desktop.views.insights.wanted import segment_name
from desktop.views.kit.paper import Paper

if TYPE_CHECKING:
    from desktop.queries.insight_channels import ChannelRow
    from desktop.queries.monthly_report import MonthlyReport

_MONTHS_AHEAD = 3


def first_of(shown: int, every: int) -> str:
    """What is said of a list that is cut: the first 5 of 9; "" where all of it is shown."""
    return tr("the first {n} of {all}", n=shown, all=f"{every:,}") if shown < every else ""


def sold_through(report: MonthlyReport) -> list[ChannelRow]:
    """The channels that anything was sold through in the month."""
    return [row for row in report.channels.rows if row.now.orders.n or row.now.net.n]


def channel_table(paper: Paper, report: MonthlyReport, currency: str, most: int) -> None:
    """The channels of the month, most revenue first."""
    rows = sold_through(report)[:most]
    if not rows:
        nothing(paper, tr("No order in this month."))
        return
    table_rows(
        paper,
        [tr("Channel"), tr("Net revenue"), tr("Share"), tr("Purchases"), tr("Gained"), tr("Repeat purchase"),
         tr("Satisfaction")],
        [
            [
                channel_name(row.channel), written("money", row.now.net.value, currency), percent(row.share),
                written("count", row.now.orders.value, ""), written("count", row.now.gained.value, ""),
                percent(row.now.returning.value), written("stars", row.now.perceived.value, ""),
            ]
            for row in rows
        ],
        (2.6, 1.6, 1.1, 1.4, 1.2, 1.4, 1.5),
    )  # fmt: skip


def product_table(paper: Paper, report: MonthlyReport, currency: str, most: int) -> None:
    """The products of the month, those that brought most first."""
    found = report.products
    places = found.sold[:most].tolist()
    if not places:
        nothing(paper, tr("No order of this month names a product."))
        return
    rows = [found.row(place) for place in places]
    table_rows(
        paper,
        [tr("Product"), tr("Revenue"), tr("Share"), tr("Orders"), tr("Buyers"), tr("Month before")],
        [
            [
                product_name(row.product), written("money", row.net, currency), percent(row.share),
                f"{row.orders:,}", f"{row.buyers:,}", written("money", row.net_before, currency),
            ]
            for row in rows
        ],
        (3.8, 1.5, 1.1, 1.2, 1.2, 1.7),
    )  # fmt: skip


def segment_table(paper: Paper, report: MonthlyReport, currency: str, most: int) -> None:
    """The segments that anybody is in, with their part of the sales of 365 days."""
    some = [one for one in report.segments if one.customers]
    if not some:
        nothing(paper, tr("Nobody has bought yet."))
        return
    some.sort(key=lambda one: -one.revenue)
    table_rows(
        paper,
        [tr("Segment"), tr("Customers"), tr("Share"), tr("Sales of 12 months"), tr("Share of sales")],
        [
            [
                segment_name(one.code), f"{one.customers:,}", percent(one.share),
                written("money", one.revenue, currency), percent(one.revenue_share),
            ]
            for one in some[:most]
        ],
        (3, 1.3, 1.1, 1.9, 1.6),
    )  # fmt: skip


def forecast_table(paper: Paper, report: MonthlyReport, currency: str) -> None:
    """The next months: orders and revenue with the 80 % interval."""
    found = report.forecast
    if not found.courses:
        nothing(paper, missing_words(found))
        return
    orders, revenue = COURSES["orders"], COURSES["revenue"]
    rows = []
    for place in range(_MONTHS_AHEAD):
        texts = [format_month(as_date(int(found.ahead[place])))]
        for told in ("orders", "revenue"):
            unit, next_ = unit_of(told), found.courses[told].next
            low, high = (written(unit, float(edge[place]), currency) for edge in (next_.low80, next_.high80))
            texts += [written(unit, float(next_.middle[place]), currency), f"{low}–{high}"]
        rows.append(texts)
    table_rows(
        paper,
        [
            tr("Month"),
            tr(orders),
            tr("80 % interval"),
            tr(revenue),
            tr("80 % interval"),
        ],
        rows,
        (1.8, 1.3, 1.8, 1.5, 2.2),
    )
