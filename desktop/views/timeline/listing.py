"""The stream as a list that can be taken out, walked page by page however long it is."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.core import words as names
from desktop.core.translation import tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.queries.timeline import TimelineFilter, pinned_entries, timeline_page
from desktop.queries.timeline_entries import Cursor, TimelineEntry
from desktop.views.exchange.listing import Columns, Ids, Listing
from desktop.views.kit.context import Context
from desktop.views.timeline import words
from desktop.views.timeline.filters import GROUPS

_PAGE = 500


def stream_listing(ctx: Context, title: str, where: TimelineFilter, customer: int | None) -> Listing:
    """Everything that the filters leave of the shop's stream, or of a customer's, pinned notes first."""
    book = ctx.book
    currency = str(book.setting("shop.currency"))

    def rows(_: Ids) -> Iterator[TimelineEntry]:
        if customer is not None:
            yield from pinned_entries(book, customer_id=customer, where=where)
        before: Cursor | None = None
        while True:
            page = timeline_page(book, customer_id=customer, where=where, before=before, limit=_PAGE)
            yield from page.entries
            before = page.following
            if before is None:
                return

    return Listing("timeline", title, Columns(_columns(currency, named=customer is None), rows))


def _columns(currency: str, *, named: bool) -> list[ExportColumn]:
    kinds = {kind: tr(name) for name, of in GROUPS.values() for kind in of}
    customer = [ExportColumn("customer_name", tr("Customer"))] if named else []
    return [
        ExportColumn("at", tr("When"), "when"),
        ExportColumn("kind", tr("Kind"), value=lambda entry: kinds.get(entry.kind, entry.kind)),
        *customer,
        ExportColumn("title", tr("Title"), value=lambda entry: words.title(entry, currency)),
        ExportColumn("text", tr("Text"), value=words.text),
        ExportColumn("channel", tr("Channel"), value=lambda entry: names.name(names.CHANNELS, entry.channel)),
        ExportColumn("number", tr("Number"), "id", lambda entry: entry.number or entry.order_number),
        ExportColumn("amount", tr("Amount"), "money", _amount),
        ExportColumn("staff", tr("Clerk")),
    ]


def _amount(entry: TimelineEntry) -> int | None:
    return entry.amount if entry.kind == "order" else None
