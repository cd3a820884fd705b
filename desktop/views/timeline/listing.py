"""The stream as a list that can be taken out or printed, as the filters leave it, however long it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QWidget

from desktop.core import words as names
from desktop.core.dates import now
from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import ntr, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.models.book import Book
from desktop.queries import timeline_stream
from desktop.queries.timeline import TimelineFilter, pinned_entries
from desktop.queries.timeline_entries import TimelineEntry, read_entries
from desktop.queries.timeline_keys import scope_of
from desktop.views.exchange.listing import Columns, Ids, Listing
from desktop.views.kit.context import Context
from desktop.views.timeline import words
from desktop.views.timeline.filters import GROUPS

_PAGE = 500


def stream_entries(
    book: Book, where: TimelineFilter, customer: int | None, *, most: int = 0, progress: Progress = SILENT
) -> Iterator[TimelineEntry]:
    """Everything the filters leave of the shop's stream, or of a customer's, pinned notes first.

    Raises UserError when that is more than `most` (0: any number), and Cancelled.
    """
    pinned = pinned_entries(book, customer_id=customer, where=where) if customer is not None else []
    with book.db.stoppable(progress):
        stream = timeline_stream.build(book, scope_of(book, customer, where))
    if most and len(pinned) + stream.total > most:
        raise UserError(
            ntr("{n} entry is too much for paper.", "{n} entries are too much for paper.", stream.total),
            tr("Choose fewer by the filters, or export them."),
        )
    yield from pinned
    for first in range(0, stream.total, _PAGE):
        progress.check()
        yield from read_entries(book, [key for key in stream.keys(book, first, first + _PAGE) if key[0]])


def stream_listing(ctx: Context, title: str, where: TimelineFilter, customer: int | None) -> Listing:
    """Everything that the filters leave of the shop's stream, or of a customer's, pinned notes first."""
    book = ctx.book
    currency = str(book.setting("shop.currency"))

    def rows(_: Ids) -> Iterator[TimelineEntry]:
        return stream_entries(book, where, customer)

    return Listing("timeline", title, Columns(_columns(currency, named=customer is None), rows))


def print_stream(
    ctx: Context, title: str, where: TimelineFilter, customer: int | None, parent: QWidget
) -> None:
    """Show the pages of what the filters leave before they are printed."""
    from desktop.views.kit.printout import Written, preview
    from desktop.views.profile.dossier_pages import paper_size
    from desktop.views.timeline.paper import MOST_PRINTED, write_stream

    book, at = ctx.book, now()
    shop, currency = str(ctx.settings.get("shop.name")), str(ctx.settings.get("shop.currency"))
    size = paper_size(str(ctx.settings.get("shop.country")))

    def read(progress: Progress) -> Callable[[QSizeF, Progress], Written]:
        entries = list(stream_entries(book, where, customer, most=MOST_PRINTED, progress=progress))

        def write(size: QSizeF, progress: Progress) -> Written:
            return write_stream(
                title, entries, shop=shop, currency=currency, at=at, named=customer is None, size=size,
                progress=progress,
            )  # fmt: skip

        return write

    preview(ctx, parent, title, size, read)


def _columns(currency: str, *, named: bool) -> list[ExportColumn]:
    kinds = {kind: tr(name) for name, of in GROUPS.values() for kind in of}
    customer = [ExportColumn("customer_name", tr("Customer"))] if named else []
    return [
        ExportColumn("at", tr("When"), "when"),
        ExportColumn("kind", tr("Kind"), value=lambda entry: kinds.get(entry.kind, entry.kind)),
        *customer,
        ExportColumn("title", tr("Title"), value=lambda entry: words.title(entry, currency)),
        ExportColumn("text", tr("Text"), value=words.text),
        ExportColumn("stage", tr("Stage"), value=lambda entry: names.name(names.STAGES, entry.stage)),
        ExportColumn("channel", tr("Channel"), value=lambda entry: names.name(names.CHANNELS, entry.channel)),
        ExportColumn("minutes", tr("Minutes"), "number", _minutes),
        ExportColumn("number", tr("Number"), "id", lambda entry: entry.number or entry.order_number),
        ExportColumn("amount", tr("Amount"), "money", _amount),
        ExportColumn("staff", tr("Clerk")),
    ]


def _amount(entry: TimelineEntry) -> int | None:
    return entry.amount if entry.kind == "order" else None


def _minutes(entry: TimelineEntry) -> int | None:
    return entry.minutes if entry.kind == "interaction" else None
