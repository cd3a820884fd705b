"""The rows behind a figure: customers or ratings in a table that opens them and goes to a workbook."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.dates import format_day
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.queries.customer_rows import customer_rows
from desktop.queries.ratings import RatingRow, rating_rows
from desktop.views.customers.columns import columns as customer_columns
from desktop.views.exchange.listing import Listing
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.table import Column, IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import EmptyState, PrimaryButton, SecondaryButton, label

RATING_COLUMNS = (
    Column("day", mark("Day"), 132, "muted", sortable=False, text=format_day),
    Column("customer_name", mark("Customer"), 160, "avatar", sortable=False),
    Column("perceived", mark("Perceived"), 84, "number", sortable=False),
    Column("expected", mark("Expected"), 84, "number", sortable=False),
    Column("effort", mark("Effort"), 76, "number", sortable=False),
    Column("recommend", mark("Recommend"), 116, "number", sortable=False),
    Column("text", mark("What they said"), 200, "muted", stretch=True, sortable=False),
)


@dataclass(frozen=True)
class Subject:
    """What kind of rows: how they are fetched, shown, written, and which customer one leads to."""

    columns: Sequence[Column]
    listing: Callable[[str, array[int], TableView, Sequence[int]], Listing]
    fetch: Callable[[Sequence[int]], Mapping[int, Any]]
    customer: Callable[[int], int | None]


class RowsDialog(QDialog):
    """A list of rows by their ids; Enter or a double click opens the customer."""

    def __init__(
        self, ctx: Context, title: str, ids: array[int], subject: Subject, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._title, self._ids, self._subject = ctx, title, ids, subject
        currency = str(ctx.settings.get("shop.currency"))
        model = IdListModel(subject.columns, subject.fetch, currency=currency, parent=self)
        self.table = TableView(model, name=title)
        self.table.opened.connect(self._open)
        empty = EmptyState("users", tr("Nobody here"), tr("No customer is in this group at the moment."))
        pane = TablePane(self.table, empty=empty)
        pane.set_ids(ids, foot=ntr("{n} row", "{n} rows", len(ids)))
        close = PrimaryButton(tr("Close"), on_click=self.accept)
        foot = QHBoxLayout()
        self.excel = SecondaryButton(tr("Export"), "download", self.export)
        self.excel.setEnabled(len(ids) > 0)
        foot.addWidget(self.excel)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label(title, size=theme.TITLE, bold=True))
        layout.addWidget(pane, 1)
        layout.addLayout(foot)
        self.resize(940, 560)

    def export(self) -> None:
        """Take the rows, or those selected, away as a file."""
        from desktop.views.exchange.export import take_out

        chosen = self.table.selected_ids()
        selected = chosen if len(chosen) > 1 else ()
        take_out(self._ctx, self, self._subject.listing(self._title, self._ids, self.table, selected))

    def _open(self, row: int) -> None:
        customer = self._subject.customer(row)
        if customer is not None:
            self.accept()
            self._ctx.navigate("profile", customer=customer)


def customers(ctx: Context) -> Subject:
    """Rows that are customers."""
    today = date.today()
    columns = [
        Column(
            one.key, one.title, one.width, one.kind, value=one.value, text=one.text, tone=one.tone,
            stretch=one.stretch, sortable=False, hidden=one.hidden,
        )
        for one in customer_columns(str(ctx.settings.get("shop.currency")))
    ]  # fmt: skip

    def listing(title: str, ids: array[int], table: TableView, selected: Sequence[int]) -> Listing:
        from desktop.views.customers.listing import customer_listing

        return customer_listing(
            ctx, ids=lambda: ids, shown=table.shown_keys(), title=title, count=len(ids), selected=selected
        )

    return Subject(columns, listing, lambda ids: customer_rows(ctx.book, ids, today), lambda row: row)


def ratings(ctx: Context) -> Subject:
    """Rows that are ratings."""

    def customer(row: int) -> int | None:
        found: RatingRow | None = rating_rows(ctx.book, [row]).get(row)
        return found.customer_id if found else None

    def fetch(ids: Sequence[int]) -> Mapping[int, RatingRow]:
        return rating_rows(ctx.book, ids)

    def listing(title: str, ids: array[int], table: TableView, selected: Sequence[int]) -> Listing:
        from desktop.views.exchange.lists import book_list

        written = (
            ExportColumn("day", tr("Day"), "date"),
            ExportColumn("customer_name", tr("Customer")),
            ExportColumn("perceived", tr("Perceived"), "number"),
            ExportColumn("expected", tr("Expected"), "number"),
            ExportColumn("effort", tr("Effort"), "number"),
            ExportColumn("recommend", tr("Recommend"), "number"),
            ExportColumn("text", tr("What they said")),
        )
        return book_list(
            ctx, "ratings", title, written, fetch,
            shown=table.shown_keys(), ids=lambda: ids, count=len(ids), selected=selected,
        )  # fmt: skip

    return Subject(RATING_COLUMNS, listing, fetch, customer)
