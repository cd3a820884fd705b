"""Complaints on paper: the list as it is filtered and sorted, a few lines for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QWidget

from desktop.core import words as names
from desktop.core.dates import format_near_day, format_when, now
from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import ntr, tr
from desktop.queries.complaints import ComplaintRow, complaint_rows
from desktop.views.complaints.words import SHORT_SUBJECTS, promise_tag, time_tag
from desktop.views.kit.context import Context
from desktop.views.kit.paper import HEAD, QUIET, RIGHT, STRONG, Cell, Paper, Style, Words, cell
from desktop.views.kit.paper_drawing import Running
from desktop.views.kit.printout import Written, preview

MOST_PRINTED = 5_000
"""Complaints on paper, some three hundred pages; a workbook is the place for more."""
_PIECE = 500


def write_complaints(
    title: str, rows: Sequence[ComplaintRow], *, shop: str, currency: str, at: datetime, size: QSizeF,
    progress: Progress = SILENT,
) -> Written:  # fmt: skip
    """Lay complaints out under a title; `at` is when it was printed. Raises Cancelled."""
    paper = Paper(size, progress=progress)
    paper.text(title, Style(20, bold=True), keep=True)
    paper.text(ntr("{n} complaint", "{n} complaints", len(rows)), QUIET, after=4)
    paper.table(
        cell(tr("Received on"), 1.5, HEAD), cell(tr("Complaint"), 4.6, HEAD),
        cell(tr("Status"), 2.2, HEAD), cell(tr("Pressing"), 2.4, HEAD, RIGHT),
    )  # fmt: skip
    for row in rows:
        _write(paper, row, currency, at)
    running = Running(
        (shop, title),
        tr("Printed {when}", when=format_when(at)),
        lambda page, pages: tr("Page {page} of {pages}", page=page, pages=pages),
    )
    return Written(paper.pages(), size, running)


def _write(paper: Paper, row: ComplaintRow, currency: str, at: datetime) -> None:
    subject = tr(SHORT_SUBJECTS[row.subject])
    below = [row.number, row.customer_name, subject, row.detail, row.product]
    pressing = [time_tag(row, at, currency)[0], promise_tag(row, at)[0]]
    status = [names.name(names.COMPLAINT_STATUSES, row.status), names.name(names.SEVERITIES, row.severity)]
    paper.row(
        cell(format_near_day(row.received_at, at), 1.5, QUIET),
        Cell((Words(row.title, STRONG), Words(_joined(below), QUIET)), 4.6),
        Cell((Words(_joined(status)), Words(row.staff, QUIET)), 2.2),
        cell("\n".join(filter(None, pressing)), 2.4, QUIET, RIGHT),
        before=3,
        after=3,
    )


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)


def print_complaints(ctx: Context, title: str, ids: Callable[[], Sequence[int]], parent: QWidget) -> None:
    """Show the pages of these complaints before they are printed."""
    from desktop.core.dates import from_iso
    from desktop.views.profile.dossier_pages import paper_size

    book, at = ctx.book, from_iso(now())
    shop, currency = str(ctx.settings.get("shop.name")), str(ctx.settings.get("shop.currency"))
    size = paper_size(str(ctx.settings.get("shop.country")))

    def read(progress: Progress) -> Callable[[QSizeF, Progress], Written]:
        wanted = ids()
        if len(wanted) > MOST_PRINTED:
            raise UserError(
                ntr("{n} complaint is too much for paper.", "{n} complaints are too much for paper.",
                    len(wanted)),
                tr("Choose fewer by the filters, or export them."),
            )  # fmt: skip
        rows: list[ComplaintRow] = []
        for start in range(0, len(wanted), _PIECE):
            progress.check()
            rows += complaint_rows(book, wanted[start : start + _PIECE])

        def write(size: QSizeF, progress: Progress) -> Written:
            return write_complaints(
                title, rows, shop=shop, currency=currency, at=at, size=size, progress=progress
            )

        return write

    preview(ctx, parent, title, size, read)
