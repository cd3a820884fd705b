"""Customers as answers of the command palette."""

from __future__ import annotations

from datetime import date

from desktop.queries.customer_search import search_ids
from desktop.queries.customers import customer_rows
from desktop.views.kit.context import Context
from desktop.views.shell.palette import Offer

MOST = 6


def customer_offers(ctx: Context, typed: str, today: date) -> list[Offer]:
    """The few best customers for what was typed; each opens its profile."""
    ids = search_ids(ctx.book, typed, MOST)
    rows = customer_rows(ctx.book, ids, today)

    def offer(row: int) -> Offer:
        return Offer(rows[row].name, rows[row].phone, "", lambda: ctx.navigate("profile", customer=row))

    return [offer(row) for row in ids if row in rows]
