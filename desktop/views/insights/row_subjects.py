"""The kinds of rows that stand behind figures: customers, ratings, orders, complaints."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from desktop.core.dates import format_day
from desktop.core.translation import mark, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.queries import known
from desktop.queries.complaints import complaint_rows
from desktop.queries.customer_rows import customer_rows
from desktop.queries.orders import OrderRow, order_rows
from desktop.queries.ratings import RatingRow, rating_rows
from desktop.views.customers.columns import columns as customer_columns
from desktop.views.exchange.listing import Listing
from desktop.views.kit.context import Context
from desktop.views.kit.table import Column, TableView

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
    """What kind of rows: how they are fetched, shown, written, and where one leads to."""

    columns: Sequence[Column]
    listing: Callable[[str, array[int], TableView, Sequence[int]], Listing]
    fetch: Callable[[Sequence[int]], Mapping[int, Any]]
    place: Callable[[int], tuple[str, dict[str, object]] | None]
    """The place of a row with its params, None where it leads nowhere."""
    nothing: str
    """What is said of an empty list, marked."""


def customers(ctx: Context) -> Subject:
    """Rows that are customers."""
    today = date.today()
    columns = [
        replace(one, sortable=False) for one in customer_columns(str(ctx.settings.get("shop.currency")))
    ]

    def listing(title: str, ids: array[int], table: TableView, selected: Sequence[int]) -> Listing:
        from desktop.views.customers.listing import customer_listing

        return customer_listing(
            ctx, ids=lambda: ids, shown=table.shown_keys(), title=title, count=len(ids), selected=selected
        )

    return Subject(
        columns,
        listing,
        lambda ids: customer_rows(ctx.book, ids, today),
        lambda row: ("profile", {"customer": row}),
        mark("No customer is in this group at the moment."),
    )


def ratings(ctx: Context) -> Subject:
    """Rows that are ratings."""

    def place(row: int) -> tuple[str, dict[str, object]] | None:
        found: RatingRow | None = rating_rows(ctx.book, [row]).get(row)
        return ("profile", {"customer": found.customer_id}) if found and found.customer_id else None

    def fetch(ids: Sequence[int]) -> Mapping[int, RatingRow]:
        return rating_rows(ctx.book, ids)

    written = (
        ExportColumn("day", tr("Day"), "date"),
        ExportColumn("customer_name", tr("Customer")),
        ExportColumn("perceived", tr("Perceived"), "number"),
        ExportColumn("expected", tr("Expected"), "number"),
        ExportColumn("effort", tr("Effort"), "number"),
        ExportColumn("recommend", tr("Recommend"), "number"),
        ExportColumn("text", tr("What they said")),
    )
    listing = _listing(ctx, "ratings", written, fetch)
    return Subject(RATING_COLUMNS, listing, fetch, place, mark("No rating stands behind this figure."))


@dataclass(frozen=True, slots=True)
class _Bought(OrderRow):
    """An order with the name of who bought."""

    customer_name: str = ""


def orders(ctx: Context) -> Subject:
    """Rows that are orders."""
    from desktop.views.profile.order_columns import COLUMNS, export_columns

    def fetch(ids: Sequence[int]) -> Mapping[int, _Bought]:
        rows = order_rows(ctx.book, ids)
        names = known.names(ctx.book, {row.customer_id for row in rows.values() if row.customer_id})
        return {
            key: _Bought(
                **{name: getattr(row, name) for name in OrderRow.__slots__},
                customer_name=names.get(row.customer_id or 0, ""),
            )
            for key, row in rows.items()
        }

    def place(row: int) -> tuple[str, dict[str, object]] | None:
        found = order_rows(ctx.book, [row]).get(row)
        if found is None or not found.customer_id:
            return None
        return "profile", {"customer": found.customer_id, "tab": "orders", "order": row}

    name = Column(
        "customer_name", mark("Customer"), 130, "avatar", sortable=False,
        value=lambda row: row.customer_name or tr("No name"),
    )  # fmt: skip
    columns = [*COLUMNS[:2], name, *COLUMNS[2:]]
    written = (*export_columns(), ExportColumn("customer_name", tr("Customer")))
    listing = _listing(ctx, "orders", written, fetch)
    return Subject(columns, listing, fetch, place, mark("No order stands behind this figure."))


def complaints(ctx: Context) -> Subject:
    """Rows that are complaints."""
    from desktop.views.complaints.list_columns import export_columns, list_columns

    def fetch(ids: Sequence[int]) -> Mapping[int, Any]:
        return {row.id: row for row in complaint_rows(ctx.book, list(ids))}

    shown = list_columns(datetime.now, str(ctx.settings.get("shop.currency")))
    columns = [replace(one, sortable=False) for one in shown]
    return Subject(
        columns,
        _listing(ctx, "complaints", export_columns(), fetch),
        fetch,
        lambda row: ("complaints", {"complaint": row}),
        mark("No complaint stands behind this figure."),
    )


def _listing(
    ctx: Context,
    what: str,
    written: Sequence[ExportColumn],
    fetch: Callable[[Sequence[int]], Mapping[int, Any]],
) -> Callable[[str, array[int], TableView, Sequence[int]], Listing]:
    def listing(title: str, ids: array[int], table: TableView, selected: Sequence[int]) -> Listing:
        from desktop.views.exchange.lists import book_list

        return book_list(
            ctx, what, title, written, fetch,
            shown=table.shown_keys(), ids=lambda: ids, count=len(ids), selected=selected,
        )  # fmt: skip

    return listing
