"""Takes the monthly report away: a month is read in the background, and written on four pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QWidget

from desktop.core.dates import as_date, format_month
from desktop.core.progress import Progress
from desktop.core.translation import language, ntr, speaking, tr
from desktop.views.kit.context import Context
from desktop.views.kit.file_asking import FileKind, ask_where, show_file

if TYPE_CHECKING:
    from desktop.queries.monthly_report import MonthlyReport
    from desktop.views.insights.report.pages import ReportSheet

_LANGUAGE = "ui.report.language"


def kept_language(ctx: Context) -> str:
    """The language of the last report; the window's at first."""
    return str(ctx.settings.get(_LANGUAGE) or language())


class ReportMaker:
    """The ways out. The month is read in the worker, the charts painted here, the pages laid out there.

    `month` is any day of it; `speak` the language of the report, whatever the window speaks.
    """

    def __init__(
        self, ctx: Context, parent: QWidget, month: int, speak: str, now: Callable[[], datetime]
    ) -> None:
        self._ctx, self._parent, self._month, self._speak, self._now = ctx, parent, month, speak, now
        ctx.settings.set(_LANGUAGE, speak)
        with speaking(speak):
            self.title = tr("Monthly report, {month}", month=format_month(as_date(month)))

    def save_pdf(self) -> None:
        """Ask for a file and write the PDF there."""
        kind = FileKind(tr("PDF document"), "pdf")
        path = ask_where(self._parent, tr("Save as PDF"), self.title, [kind], self._ctx.settings)
        if path is not None:
            self._read(lambda sheet: self._write(sheet, path))

    def print(self) -> None:
        """Show the pages before they are printed; the printer is chosen there."""
        self._read(self._preview)

    # -- work

    def _read(self, then: Callable[[ReportSheet], object]) -> None:
        book, month, now = self._ctx.book, self._month, self._now()

        def work(progress: Progress) -> MonthlyReport:
            from desktop.queries.monthly_report import monthly_report

            return monthly_report(book, month=month, now=now, progress=progress)

        self._ctx.tasks.write(
            tr("Counting the month…"), work, lambda found: then(self.sheet(found)), owner=self._parent
        )

    def sheet(self, report: MonthlyReport) -> ReportSheet:
        """What is to be laid out, its charts painted in its language."""
        from desktop.core.dates import now
        from desktop.views.insights.report.charts import report_charts
        from desktop.views.insights.report.pages import ReportSheet

        get = self._ctx.settings.get
        currency = str(get("shop.currency"))
        with speaking(self._speak):
            charts = report_charts(report, currency)
        return ReportSheet(report, charts, str(get("shop.name")), now(), currency, self._speak)

    def paper_size(self) -> QSizeF:
        """The sheet that the shop's country writes on."""
        from desktop.views.profile.dossier_pages import paper_size

        return paper_size(str(self._ctx.settings.get("shop.country")))

    def _write(self, sheet: ReportSheet, path: Path) -> None:
        from desktop.views.insights.report.pages import write_report
        from desktop.views.kit.pdf_out import write_pdf

        size, title = self.paper_size(), self.title

        def work(progress: Progress) -> int:
            written = write_report(sheet, size, progress=progress)
            write_pdf(path, written, title, progress=progress)
            return len(written.pages)

        def done(pages: int) -> None:
            said = ntr("{n} page saved in “{file}”.", "{n} pages saved in “{file}”.", pages, file=path.name)
            self._ctx.notify(said, tr("Open"), lambda: show_file(path), "done")

        self._ctx.tasks.write(tr("Writing {file}…", file=path.name), work, done, owner=self._parent)

    def _preview(self, sheet: ReportSheet) -> None:
        from desktop.views.insights.report.pages import write_report
        from desktop.views.kit.printout import Written, preview

        size = self.paper_size()

        def write(size: QSizeF, progress: Progress) -> Written:
            return write_report(sheet, size, progress=progress)

        preview(self._ctx, self._parent, self.title, size, lambda _: write)
