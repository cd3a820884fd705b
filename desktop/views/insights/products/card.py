"""One product: its months, what to offer with it, and what its buyers buy next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout

from desktop.analytics.affinity import Pairs
from desktop.core.days import as_date
from desktop.core.translation import tr
from desktop.queries.insight_products import ProductMonth, ProductReport
from desktop.views.figures.card import FigureCard
from desktop.views.figures.point_chart import PointChart, short_months
from desktop.views.insights.products.words import (
    basis_sentence,
    counted_together,
    following_sentence,
    one_line,
    product_name,
    together_sentence,
)
from desktop.views.insights.told_row import ToldRow
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.charts import Figures, Series
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import clear

COMPANIONS = 3
"""What one can say at the counter in one breath."""
_TITLE_WIDTH = 260
"""As wide as a title may be beside four buttons, where two cards share the narrowest window."""
Ask = Callable[[int, str], object]
OpenPair = Callable[[Pairs, int, bool], object]
"""Shows who bought a pair, by its place; whether the second was bought next."""
OpenMonth = Callable[[int, ProductMonth], object]


class ProductCard(FigureCard):
    """A product's own card; `ask` gets what is wanted of it, `open_pair` shows who bought a pair."""

    def __init__(self, ask: Ask, open_pair: OpenPair, open_month: OpenMonth, currency: str) -> None:
        self._line = PointChart(tr("Month by month"), empty_text=tr("Not sold in this period."))
        self._line.setMinimumHeight(120)
        self.only = IconButton("funnel", tr("Look at this product only"), self._narrow, role="muted")
        self.buyers = IconButton("users", tr("Show who bought it"), self._show_buyers, role="muted")
        super().__init__(
            tr("A product"),
            "",
            self._line,
            (
                tr("Orders of the period that hold it, month by month; the first and the last may be cut."),
                tr("Offered with it are the products that are surest to be bought too, beyond chance."),
                *counted_together(),
            ),
            extra=[self.buyers, self.only],
        )
        self._ask, self._open_pair, self._open_month = ask, open_pair, open_month
        self._currency = currency
        self._line.opened = self._month
        self.product: int | None = None
        self.months: Sequence[ProductMonth] = ()
        self.offers: list[ToldRow] = []
        self.nexts: list[ToldRow] = []
        self._told = label("", size=theme.SMALL, role="muted", wrap=True)
        self.body.insertWidget(0, self._told)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)

    def show_product(self, report: ProductReport, product: int | None) -> None:
        """Show a product of the report, None for nothing yet."""
        self.product = product
        for button in (self.buyers, self.only):
            button.setEnabled(product is not None)
        clear(self._rows)
        self.offers, self.nexts = [], []
        if product is None:
            self.set_title(tr("A product"), tr("choose one in the table"))
            self._told.setText("")
            self._line.set_data((), ())
            self._line.show()
            return
        name, at = report.name(product), report.place(product)
        row = None if at is None else report.row(at)
        self.set_title(_fitting(product_name(name)), tr("orders by month"))
        self._told.setText("" if row is None else one_line(row, self._currency))
        self._draw(report, product)
        companions, followers = report.companions(product), report.followers(product)
        self._heading(tr("Offer with it"))
        for place in range(min(COMPANIONS, companions.size)):
            self.offers.append(self._row(report, companions, place, following=False))
        if not companions.size:
            self._none(tr("Nothing goes with it more often than by chance."))
        self._heading(tr("Bought next"))
        for place in range(min(COMPANIONS, followers.size)):
            self.nexts.append(self._row(report, followers, place, following=True))
        if not followers.size:
            self._none(tr("Nothing follows it more often than by chance."))

    def _draw(self, report: ProductReport, product: int) -> None:
        months = self.months = report.months(product)
        # On paper and in a workbook the chart stands by itself.
        said = tr("{product}: orders by month", product=product_name(report.name(product)))
        self.name = self._line.name = said
        money = Figures(tr("Net amount"), "money", [month.net for month in months])
        pieces = Figures(tr("Pieces"), "number", [month.quantity for month in months])
        self._line.set_data(
            short_months(months), [Series(tr("Orders"), [month.orders for month in months])],
            days=[_first_of_month(month.start) for month in months], least=0, whole=True,
            more=[money, pieces], currency=self._currency,
        )  # fmt: skip
        self._line.show()

    def _row(self, report: ProductReport, pairs: Pairs, at: int, *, following: bool) -> ToldRow:
        sentence = following_sentence if following else together_sentence
        row = ToldRow(
            sentence(report, pairs, at), basis_sentence(pairs, at, following=following),
            tr("A click shows who bought both."),
        )  # fmt: skip
        row.clicked.connect(lambda: self._open_pair(pairs, at, following))
        self._rows.addWidget(row)
        return row

    def _heading(self, text: str) -> None:
        self._rows.addWidget(label(text, size=theme.SMALL, bold=True, role="muted"))

    def _none(self, text: str) -> None:
        self._rows.addWidget(label(text, role="muted", wrap=True))

    def _month(self, place: int) -> None:
        if self.product is not None and place < len(self.months):
            self._open_month(self.product, self.months[place])

    def _show_buyers(self) -> None:
        self._wish("customers")

    def _narrow(self) -> None:
        self._wish("only")

    def _wish(self, what: str) -> None:
        if self.product is not None:
            self._ask(self.product, what)


def _fitting(name: str) -> str:
    metrics = QFontMetrics(theme.font(theme.SECTION, bold=True))
    return metrics.elidedText(name, Qt.TextElideMode.ElideRight, _TITLE_WIDTH)


def _first_of_month(day: int) -> int:
    return as_date(day).replace(day=1).toordinal()
