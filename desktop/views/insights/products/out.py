"""Products and pairs on paper and in a workbook."""

from __future__ import annotations

from desktop.analytics.affinity import Pairs
from desktop.core.figures import percent
from desktop.core.money import format_money
from desktop.core.translation import tr
from desktop.exchange.writers.chart_data import ChartData, Figures
from desktop.queries.insight_products import ProductReport, ProductRow
from desktop.views.figures.lines import EXPORT_KINDS, written
from desktop.views.figures.pages import PaperTable
from desktop.views.insights.products.pairs import WAYS, WRITTEN, Way
from desktop.views.insights.products.table import RATIOS
from desktop.views.insights.products.words import (
    pair_name,
    product_name,
    times_interval,
    times_text,
)

_MOST_WRITTEN, _MOST_PRINTED = 5000, 40


def product_data(report: ProductReport, currency: str) -> ChartData:
    """Every product with n and intervals, for a workbook."""
    rows = _rows(report, _MOST_WRITTEN)
    more = [
        Figures(tr("Code"), "text", [row.product.code for row in rows]),
        Figures(tr("Category"), "text", [row.product.category for row in rows]),
        Figures(tr("Orders"), "number", [row.orders for row in rows]),
        Figures(tr("Orders before"), "number", [row.orders_before for row in rows]),
        Figures(tr("Pieces"), "number", [row.quantity for row in rows]),
        Figures(tr("Net amount"), "money", [row.net for row in rows]),
        Figures(tr("Net amount before"), "money", [row.net_before for row in rows]),
        Figures(tr("Share"), "percent", [row.share for row in rows]),
        Figures(tr("Buyers"), "number", [row.buyers for row in rows]),
        Figures(tr("Buyers before"), "number", [row.buyers_before for row in rows]),
    ]
    for ratio in RATIOS:
        figures, kind, said = (
            [getattr(row, ratio.key) for row in rows],
            EXPORT_KINDS[ratio.unit],
            tr(ratio.title),
        )
        more += [
            Figures(said, kind, [figure.value for figure in figures]),
            Figures(tr("{name}: from", name=said), kind, [figure.low for figure in figures]),
            Figures(tr("{name}: to", name=said), kind, [figure.high for figure in figures]),
            Figures(tr("{name}: number", name=said), "number", [figure.n for figure in figures]),
        ]
    names = Figures(tr("Product"), "text", [product_name(row.product) for row in rows])
    return ChartData(tr("Products"), "table", names, (), more=more, currency=currency)


def pair_data(report: ProductReport, way: Way) -> ChartData:
    """The pairs bought together or next, for a workbook."""
    pairs, following = _pairs(report, way), way == "next"
    places = range(min(pairs.size, WRITTEN))
    shares = [pairs.share(at) for at in places]
    more = [
        Figures(tr("Times"), "number", [int(pairs.n[at]) for at in places]),
        Figures(tr("Customers"), "number", [int(pairs.buyers[at]) for at in places]),
        Figures(tr("With the first"), "number", [int(pairs.of_first[at]) for at in places]),
        Figures(tr("With the second"), "number", [int(pairs.of_second[at]) for at in places]),
        Figures(tr("Share of the first"), "percent", [one.value for one in shares]),
        Figures(tr("{name}: from", name=tr("Share of the first")), "percent", [one.low for one in shares]),
        Figures(tr("{name}: to", name=tr("Share of the first")), "percent", [one.high for one in shares]),
        Figures(tr("By chance"), "percent", [pairs.chance(at) for at in places]),
        Figures(tr("As often as by chance"), "number", [float(pairs.lift[at]) for at in places]),
        Figures(
            tr("{name}: from", name=tr("As often as by chance")), "number",
            [float(pairs.low[at]) for at in places],
        ),
        Figures(
            tr("{name}: to", name=tr("As often as by chance")), "number",
            [float(pairs.high[at]) for at in places],
        ),
    ]  # fmt: skip
    if following:
        more.append(Figures(tr("Days until then"), "number", [float(pairs.days[at]) for at in places]))
    names = Figures(
        tr("Products"), "text", [pair_name(report, pairs, at, following=following) for at in places]
    )
    return ChartData(tr(WAYS[way]), "table", names, (), more=more)


def product_paper(report: ProductReport, currency: str) -> PaperTable:
    """The products that brought most, as texts."""
    rows = [
        [
            product_name(row.product), f"{row.orders:,}", format_money(row.net, currency), f"{row.buyers:,}",
            *(written(ratio.unit, getattr(row, ratio.key).value, currency) for ratio in RATIOS),
        ]
        for row in _rows(report, _MOST_PRINTED)
    ]  # fmt: skip
    heads = [tr("Product"), tr("Orders"), tr("Net amount"), tr("Buyers"), *(tr(one.title) for one in RATIOS)]
    return PaperTable(tr("Products"), heads, rows, [2.8, 1.0, 1.7, 1.0, *[1.25] * len(RATIOS)])


def pair_paper(report: ProductReport, way: Way) -> PaperTable:
    """The surest pairs, as texts."""
    pairs = _pairs(report, way)
    rows = [
        [
            pair_name(report, pairs, at, following=way == "next"), f"{pairs.n[at]:,}",
            percent(pairs.share(at).value), times_text(float(pairs.lift[at])), times_interval(pairs, at),
        ]
        for at in range(min(pairs.size, _MOST_PRINTED))
    ]  # fmt: skip
    heads = [
        tr("Products"), tr("Times"), tr("Of those with the first"), tr("As often as by chance"),
        tr("95 % interval"),
    ]  # fmt: skip
    return PaperTable(tr(WAYS[way]), heads, rows, [4.2, 0.8, 1.4, 1.4, 1.2])


def _pairs(report: ProductReport, way: Way) -> Pairs:
    return report.following if way == "next" else report.together


def _rows(report: ProductReport, most: int) -> list[ProductRow]:
    return [report.row(at) for at in report.sold[:most].tolist()]
