"""The products screen: what brings the money, one product's card, all of them, what sells together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.analytics.affinity import Pairs
from desktop.core.days import as_date
from desktop.core.translation import tr
from desktop.queries.insight_products import ProductMonth, ProductReport, product_report
from desktop.queries.insight_scope import Scope
from desktop.views.figures.out import Shown
from desktop.views.insights.products.card import ProductCard
from desktop.views.insights.products.pairs import PairList, way_of, within_of
from desktop.views.insights.products.pareto import RevenueCard
from desktop.views.insights.products.table import ProductTable
from desktop.views.insights.products.words import pair_name, product_name
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.kit.layouts import ScrollColumn


class ProductsScreen(InsightScreen):
    """What brings the money beside the chosen product, the table of all, the list of pairs."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        self.report: ProductReport | None = None
        chosen = kept.get("product")
        self._chosen = chosen if isinstance(chosen, int) else None
        self._filtered: int | None = None
        self.revenue = RevenueCard(self.look_at, frame.currency)
        self.card = ProductCard(self._wish, self._open_pair, self._open_month, frame.currency)
        self.table = ProductTable(frame.currency)
        self.table.looked_at.connect(self.look_at)
        self.table.asked_for.connect(self._wish)
        within = within_of(kept.get("within"))
        self.pairs = PairList(self._open_pair, frame.reload, way_of(kept.get("way")), within)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.revenue, 1)
        top.addWidget(self.card, 1)
        self.column = ScrollColumn()
        self.column.column.addLayout(top)
        self.column.column.addWidget(self.table)
        self.column.column.addWidget(self.pairs)
        self.column.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.column)

    # -- as a screen

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> tuple[ProductReport, int | None]:
        report = product_report(scope, within_of(now_kept.get("within")))
        # What the table asks of every row is counted here, not on the window's thread.
        report.values("back")
        return report, scope.only.product

    def show_answer(self, answer: tuple[ProductReport, int | None], scope: Scope) -> None:
        report, filtered = answer
        self.report = report
        self.missing = _missing(report)
        if self.missing:
            return
        if filtered is not None and filtered != self._filtered:
            self._chosen = filtered
        self._filtered = filtered
        if self._chosen is None or report.place(self._chosen) is None:
            self._chosen = int(report.trade.products[report.sold[0]])
        self.revenue.show_report(report)
        self.card.show_product(report, self._chosen)
        self.table.show_report(report)
        self.pairs.show_report(report)

    def kept(self) -> dict[str, Any]:
        return {"product": self._chosen, "way": self.pairs.way, "within": self.pairs.within}

    def shown(self) -> Shown | None:
        from desktop.views.insights.products.out import pair_data, pair_paper, product_data, product_paper

        report = self.report
        if report is None or self.missing:
            return None
        return Shown(
            title=tr("Products"),
            charts=[self.revenue.chart, self.card.chart],
            tables=[product_data(report, self.frame.currency), pair_data(report, "together"),
                    pair_data(report, "next")],
            paper_tables=[product_paper(report, self.frame.currency), pair_paper(report, "together"),
                          pair_paper(report, "next")],
        )  # fmt: skip

    # -- choosing and opening

    def look_at(self, product: int) -> None:
        """Show a product's own card."""
        self._chosen = product
        if self.report is not None and self.card.product != product:
            self.card.show_product(self.report, product)

    def _wish(self, product: int, what: str) -> None:
        report = self.report
        if report is None:
            return
        name = product_name(report.name(product))
        if what == "customers":
            self.frame.open_customers(tr("Who bought {product}", product=name), report.customers(product))
        elif what == "orders":
            self.frame.open_orders(tr("Orders with {product}", product=name), report.orders(product))
        else:
            self.frame.narrow(replace(report.narrowed, product=product))

    def _open_month(self, product: int, month: ProductMonth) -> None:
        if self.report is not None:
            title = tr(
                "Orders with {product}, {month}",
                product=product_name(self.report.name(product)), month=f"{as_date(month.start):%Y-%m}",
            )  # fmt: skip
            self.frame.open_orders(title, self.report.orders(product, month))

    def _open_pair(self, pairs: Pairs, at: int, following: bool) -> None:
        report = self.report
        if report is None:
            return
        first, second = int(pairs.first[at]), int(pairs.second[at])
        behind = report.following_customers if following else report.together_customers
        self.frame.open_customers(
            tr("Who bought {pair}", pair=pair_name(report, pairs, at, following=following)),
            behind(first, second),
        )


def _missing(report: ProductReport) -> str:
    if report.sold.size:
        return ""
    if not report.scope.moment.lines.product.size:
        return tr("No order says which products were bought. Import a file that has a line for each product.")
    return tr("Nothing that names a product was bought in this period, as far as the filters leave any.")
