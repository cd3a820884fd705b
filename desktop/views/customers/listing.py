"""Customers as a list that can be taken out: as shown, with everything about them, or as contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from desktop.core.progress import Progress
from desktop.core.translation import tr
from desktop.exchange.whole_book.lists import list_columns, list_rows
from desktop.exchange.writers.contacts import PARTS, write_contacts
from desktop.queries.customer_rows import CustomerRow, customer_rows
from desktop.queries.customers import custom_fields
from desktop.views.customers.exported import USUAL, export_columns
from desktop.views.exchange.listing import Columns, Ids, Listing, OwnFormat
from desktop.views.kit.context import Context

_BLOCK = 500
_ON_CARDS = frozenset({"phone", "region", "tags"})
"""The list's columns that a contact's card has a place for."""


def customer_listing(
    ctx: Context,
    *,
    ids: Callable[[], Sequence[int]],
    shown: Sequence[str] | None = None,
    title: str = "",
    count: int = 0,
    selected: Sequence[int] = (),
) -> Listing:
    """The listing of some customers; `shown` are the keys of the columns on screen (None: the usual ones)."""
    book, today = ctx.book, date.today()
    known = export_columns(custom_fields(book))
    visible = [known[key] for key in (USUAL if shown is None else shown) if key in known]

    def rows(wanted: Ids) -> Iterator[CustomerRow]:
        chosen = wanted or ()
        for start in range(0, len(chosen), _BLOCK):
            part = chosen[start : start + _BLOCK]
            found = customer_rows(book, part, today)
            yield from (found[one] for one in part if one in found)

    def everything(wanted: Ids) -> Iterator[tuple[Any, ...]]:
        return list_rows(book, "customers", today=today, ids=wanted)

    on_cards = _ON_CARDS & {column.key for column in visible}

    def cards(path: Path, wanted: Ids, whole: bool, progress: Progress) -> int:
        parts = PARTS if whole else on_cards
        return write_contacts(book, path, ids=wanted, parts=parts, progress=progress)

    titles = [column.title for column in visible if column.key in {"name", *on_cards}]
    whole = tr("Name, every way to reach them, addresses, birthday, tags and notes")
    return Listing(
        "customers",
        title or tr("Customers"),
        Columns(visible, rows),
        Columns(list_columns(book, "customers"), everything),
        ids,
        count,
        selected,
        OwnFormat(".vcf", cards, (tr(", ").join(titles), whole)),
    )
