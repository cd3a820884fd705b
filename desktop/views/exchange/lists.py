"""A screen's list of records as one that can be taken out: as shown, or with all that the book knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from desktop.core.progress import Progress
from desktop.exchange.whole_book.lists import OWN_FORMATS, list_columns, list_rows
from desktop.exchange.writers.calendars import write_birthdays, write_tasks
from desktop.exchange.writers.columns import ExportColumn
from desktop.exchange.writers.contacts import write_contacts
from desktop.views.exchange.listing import Columns, Ids, Listing, OwnFormat
from desktop.views.kit.context import Context

_BLOCK = 500


def book_list(
    ctx: Context,
    what: str,
    title: str,
    columns: Sequence[ExportColumn],
    fetch: Callable[[Sequence[int]], Mapping[int, Any]],
    *,
    ids: Callable[[], Sequence[int]],
    shown: Sequence[str],
    count: int = 0,
    selected: Sequence[int] = (),
) -> Listing:
    """The listing of some records of a list of the book (a word of LISTS).

    `columns` have the keys of the screen's columns, of which `shown` names those to see, in their order;
    `fetch` gives the rows of a block of ids, as the screen itself asks for them.
    """
    book, today = ctx.book, date.today()
    known = {column.key: column for column in columns}

    def rows(wanted: Ids) -> Iterator[Any]:
        chosen = wanted or ()
        for start in range(0, len(chosen), _BLOCK):
            part = chosen[start : start + _BLOCK]
            found = fetch(part)
            yield from (found[one] for one in part if one in found)

    def everything(wanted: Ids) -> Iterator[Any]:
        return list_rows(book, what, today=today, ids=wanted)

    visible = Columns([known[key] for key in shown if key in known], rows)
    return Listing(what, title, visible, Columns(list_columns(book, what), everything), ids, count, selected)


def whole_list(ctx: Context, what: str, title: str, count: int) -> Listing:
    """The listing of a whole list of the book, every column of it."""
    book, today = ctx.book, date.today()
    columns = Columns(list_columns(book, what), lambda wanted: list_rows(book, what, today=today, ids=wanted))
    return Listing(
        f"all-{what}",
        title,
        columns,
        count=count,
        own=_own_format(ctx, what, today),
        first=".ics" if what == "birthdays" else ".xlsx",
    )


def _own_format(ctx: Context, what: str, today: date) -> OwnFormat | None:
    book = ctx.book

    def write(path: Path, ids: Ids, _: bool, progress: Progress) -> int:
        if what == "customers":
            return write_contacts(book, path, ids=ids, progress=progress)
        if what == "tasks":
            return write_tasks(book, path, ids=ids, progress=progress)
        return write_birthdays(book, path, today=today, ids=ids, progress=progress)

    return OwnFormat(OWN_FORMATS[what], write) if what in OWN_FORMATS else None
