"""Which products bring the money: the few that make up most of it."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.translation import ntr, tr
from desktop.queries.insight_products import ProductReport
from desktop.views.figures.card import FigureCard
from desktop.views.insights.products.words import product_name
from desktop.views.kit.charts import ParetoBar, ParetoChart, ParetoTitles

_MANY = 12
"""Bars that can be taken in; the rest are one bar."""


class RevenueCard(FigureCard):
    """The Pareto of net amounts; a click on a product looks at it."""

    def __init__(self, choose: Callable[[int], object], currency: str) -> None:
        self._pareto = ParetoChart(
            tr("What brings the money"), empty_text=tr("No product brought anything in this period.")
        )
        super().__init__(
            tr("What brings the money"),
            tr("net amount of the order lines"),
            self._pareto,
            (
                tr(
                    "Amounts of the lines of all purchases of the period. "
                    "Refunded and cancelled orders are none."
                ),
                tr("What was given back for part of an order is not taken off the products."),
                tr("The line adds the shares up; the dark bars together make up the first 80 %."),
                tr("A click on a product shows its months, its companions and what follows it."),
            ),
        )
        self.body.addStretch(0)
        self._currency = currency
        self._pareto.chosen.connect(lambda key: choose(int(key)))

    def show_report(self, report: ProductReport) -> None:
        """Draw the products that brought something."""
        earned = [at for at in report.sold.tolist() if report.now.net[at] > 0]
        shown = earned if len(earned) <= _MANY else earned[: _MANY - 1]
        bars = [
            ParetoBar(
                str(report.trade.products[at]),
                product_name(report.name(int(report.trade.products[at]))),
                int(report.now.net[at]),
            )
            for at in shown
        ]
        rest = earned[len(shown) :]
        if rest:
            name = ntr("{n} more", "{n} more", len(rest))
            bars.append(ParetoBar("", name, int(report.now.net[rest].sum())))
        titles = ParetoTitles(tr("Product"), tr("Net amount"), tr("Share"), tr("Added up"))
        self._pareto.set_bars(bars, titles, money=self._currency)
        self._pareto.show()
