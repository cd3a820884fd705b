"""The timeline on paper: months with their entries, as the filters leave them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import QSizeF

from desktop.core import words as names
from desktop.core.dates import format_month, format_short_day, format_when
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import ntr, tr
from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.kit.paper import HEAD, QUIET, RIGHT, STRONG, Cell, Paper, Style, Words, cell
from desktop.views.kit.paper_drawing import Running
from desktop.views.kit.printout import Written
from desktop.views.timeline import words

MOST_PRINTED = 5_000
"""Entries on paper, some six hundred pages; a workbook is the place for more."""
_TITLE = Style(20, bold=True)


def write_months(
    paper: Paper, entries: Iterable[TimelineEntry], currency: str, *, named: bool = False
) -> None:
    """Add entries, newest first, each month under its title; `named`: with the customer's name."""
    for month, some in groupby(entries, key=lambda entry: format_month(entry.at)):
        paper.end_table()
        paper.table(cell(month, style=HEAD))
        for entry in some:
            _write_entry(paper, entry, currency, named=named)


def _write_entry(paper: Paper, entry: TimelineEntry, currency: str, *, named: bool) -> None:
    title = words.title(entry, currency)
    if named and entry.customer_name:
        title = " · ".join((entry.customer_name, title))
    linked = ", ".join(said for _, said in words.hangs_on(entry))
    said = (Words(title, STRONG), Words(words.text(entry)), Words(linked, QUIET))
    beside = [names.name(names.CHANNELS, entry.channel) if entry.channel else "", entry.staff]
    paper.row(
        cell(tr("{day} {time}", day=format_short_day(entry.at), time=entry.at[11:16]), 1.9, QUIET),
        Cell(said, 6.2),
        cell(" · ".join(part for part in beside if part), 2.6, QUIET, RIGHT),
        before=3,
        after=3,
    )


def write_stream(
    title: str,
    entries: Sequence[TimelineEntry],
    *,
    shop: str,
    currency: str,
    at: str,
    named: bool,
    size: QSizeF,
    progress: Progress = SILENT,
) -> Written:
    """Lay a stream out under a title; `at` is when it was printed. Raises Cancelled."""
    paper = Paper(size, progress=progress)
    paper.text(title, _TITLE, keep=True)
    paper.text(ntr("{n} entry", "{n} entries", len(entries)), QUIET, after=4)
    write_months(paper, entries, currency, named=named)
    running = Running(
        (shop, title),
        tr("Printed {when}", when=format_when(at)),
        lambda page, pages: tr("Page {page} of {pages}", page=page, pages=pages),
    )
    return Written(paper.pages(), size, running)
