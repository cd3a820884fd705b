"""The table of all products: what each brings, who buys it again, how it is liked, whom it wins."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from desktop.analytics.intervals import ENOUGH, Change
from desktop.core.figures import percent, short_money
from desktop.core.pinyin import sort_key
from desktop.core.translation import mark, ntr, tr
from desktop.queries.insight_products import ProductReport, ProductRow
from desktop.queries.product_counts import BACK_DAYS
from desktop.views.figures.lines import Unit, interval_of, written
from desktop.views.insights.products.words import product_name
from desktop.views.kit.columns import Column
from desktop.views.kit.id_list import Index
from desktop.views.kit.row_delegate import ROW_HEIGHT
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import EmptyState

_HEAD_HEIGHT = 46
_MOST_SEEN = 12
"""Rows without scrolling."""


@dataclass(frozen=True)
class Ratio:
    """A column with an interval: its key in ProductRow, its title, what it is, and how it is counted."""

    key: str
    title: str
    unit: Unit
    told: str
    width: int = 90


RATIOS = (
    Ratio("again", mark("Bought again"), "share", mark("Buyers who bought it on more than one day.")),
    Ratio("satisfaction", mark("Rated"), "stars", mark("Mean of the ratings of orders that hold it.")),
    Ratio(
        "complaints", mark("Complaints in 100"), "ratio",
        mark("Complaints about it, for each 100 orders that hold it."), 104,
    ),
    Ratio("won", mark("First purchases"), "share", mark("Buyers whose very first purchase held it.")),
    Ratio(
        "back", mark("Came back"), "share",
        mark("Whose first purchase held it and who came back within {days} days; all who bought first long "
             "enough ago."),
    ),
)  # fmt: skip


def columns(currency: str) -> tuple[Column, ...]:
    """The columns."""

    def ratio(one: Ratio) -> Column:
        def value(row: ProductRow) -> str:
            return written(one.unit, getattr(row, one.key).value, currency)

        def counted(row: ProductRow) -> str:
            figure = getattr(row, one.key)
            return "" if figure.value is None else tr("n {count}", count=f"{figure.n:,}")

        return Column(
            one.key, one.title, one.width, "number", value=value, text=str, sub=counted, high_first=True
        )

    return (
        Column(
            "name", mark("Product"), 150, "strong", stretch=True, value=lambda row: product_name(row.product),
            sub=lambda row: " · ".join(part for part in (row.product.category, row.product.code) if part),
        ),
        Column(
            "orders", mark("Orders"), 92, "number", high_first=True,
            sub=lambda row: tr("{count} before", count=f"{row.orders_before:,}"),
        ),
        Column(
            "net", mark("Net amount"), 104, "number", text=str, high_first=True,
            value=lambda row: short_money(row.net, currency), sub=lambda row: percent(row.share),
        ),
        Column(
            "buyers", mark("Buyers"), 92, "number", high_first=True,
            sub=lambda row: tr("{count} before", count=f"{row.buyers_before:,}"),
        ),
        *(ratio(one) for one in RATIOS),
    )  # fmt: skip


class ProductModel(IdListModel):
    """Titles of two lines; pointing at a figure tells its interval and how it is counted."""

    wraps_titles = True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        asked = role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole)
        if not asked or not index.isValid():
            return super().data(index, role)
        row: ProductRow | None = self.row_at(index.row())
        return None if row is None else told(self.columns[index.column()].key, row, self.currency)


class ProductTable(TablePane):
    """Sorts by any column; `looked_at` carries the product on whose row the keyboard is."""

    looked_at = Signal(object)
    asked_for = Signal(object, str)
    """A product and what is wanted: "customers", "orders" or "only"."""

    def __init__(self, currency: str) -> None:
        self.report: ProductReport | None = None
        self._sort = ("net", True)
        self.model = ProductModel(columns(currency), self._fetch, currency=currency)
        table = TableView(self.model, name=tr("Products"))
        self.model.setParent(table)
        empty = EmptyState(
            "table-2", tr("No product"), tr("Nothing that names a product was bought in this period.")
        )
        super().__init__(table, empty=empty)
        table.horizontalHeader().setFixedHeight(_HEAD_HEIGHT)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        table.sort_requested.connect(self._sort_by)
        table.opened.connect(lambda product: self.asked_for.emit(product, "customers"))
        table.chosen.connect(self._tell)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu)

    def show_report(self, report: ProductReport) -> None:
        """Show the products that were sold."""
        self.report = report
        self._write()

    def products(self) -> Sequence[int]:
        """The ids of the products, in the table's order."""
        return self.model.ids()

    def _write(self) -> None:
        report = self.report
        if report is None:
            return
        self.model.refresh_rows()
        self.model.set_sort(*self._sort)
        ids = report.trade.products[ordered(report, *self._sort)]
        self.set_ids(array("q", ids.tolist()), ntr("{n} product", "{n} products", ids.size))
        rows = min(max(ids.size, 3), _MOST_SEEN)
        self.setFixedHeight(rows * ROW_HEIGHT + _HEAD_HEIGHT + 44)

    def _fetch(self, ids: Sequence[int]) -> dict[int, ProductRow]:
        report = self.report
        if report is None:
            return {}
        places = {one: report.place(one) for one in ids}
        return {one: report.row(at) for one, at in places.items() if at is not None}

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self._write()

    def _tell(self, product: int | None) -> None:
        if product is not None:
            self.looked_at.emit(product)

    def _menu(self, at: QPoint) -> None:
        product = self.table.current_id()
        if product is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, name in WAYS.items():
            menu.addAction(tr(name), partial(self.asked_for.emit, product, key))
        menu.popup(self.table.viewport().mapToGlobal(at))


WAYS = {
    "customers": mark("Show who bought it"),
    "orders": mark("Show its orders"),
    "only": mark("Look at this product only"),
}
"""What can be done with a product, by what `asked_for` carries."""


def ordered(report: ProductReport, key: str, descending: bool) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Places of the products sold by a column; what has no figure stands at the end either way."""
    sold = report.sold
    if key == "name":
        names = [sort_key(product_name(report.name(int(one)))) for one in report.trade.products[sold]]
        return sold[np.array(sorted(range(sold.size), key=names.__getitem__, reverse=descending), np.int64)]
    values = report.values(key)[sold]
    by = np.lexsort((sold, -values if descending else values))
    return sold[np.concatenate((by[~np.isnan(values[by])], by[np.isnan(values[by])]))]


def told(key: str, row: ProductRow, currency: str) -> str | None:
    """What a cell says when it is pointed at."""
    if key == "net":
        return tr("In the period before: {value}.", value=short_money(row.net_before, currency))
    ratio = next((one for one in RATIOS if one.key == key), None)
    if ratio is None:
        return None
    figure = getattr(row, key)
    said = [tr(ratio.told, days=BACK_DAYS)]
    if figure.value is None:
        return "\n".join([*said, tr("Nothing to count here.")])
    interval, count = interval_of(ratio.unit, figure, currency), f"{figure.n:,}"
    if interval:
        said.append(tr("95 % interval {interval}, n {count}.", interval=interval, count=count))
    else:
        said.append(tr("n {count}.", count=count))
    moved: Change | None = getattr(row, f"{key}_moved", None)
    if moved is not None and moved.difference.value is not None:
        before = written(ratio.unit, figure.value - moved.difference.value, currency)
        said.append(tr("In the period before: {value}.", value=before))
        if moved.direction is not None:
            said.append(tr("The change is clear: chance hardly explains it."))
        elif moved.difference.n >= ENOUGH:
            said.append(tr("The change may be chance."))
    if key == "back" and row.others.value is not None:
        others = percent(row.others.value)
        said.append(
            tr("Of all other customers: {share}, n {count}.", share=others, count=f"{row.others.n:,}")
        )
        if row.back_differs.direction is not None:
            said.append(tr("The difference is clear: chance hardly explains it."))
    return "\n".join(said)
