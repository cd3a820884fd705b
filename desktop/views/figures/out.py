"""Takes the figures of a screen away: on paper with a preview, as PDF, or as a workbook with charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QWidget

from desktop.core.progress import Progress
from desktop.core.translation import ntr, tr
from desktop.exchange.writers.chart_data import ChartData, Figure, Figures
from desktop.exchange.writers.columns import Kind
from desktop.views.figures.lines import EXPORT_KINDS, FigureLine
from desktop.views.kit.chart_base import ChartWidget
from desktop.views.kit.context import Context
from desktop.views.kit.file_asking import FileKind, ask_where, show_file

if TYPE_CHECKING:
    from desktop.views.figures.pages import FigureSheet, PaperTable


@dataclass(frozen=True)
class Shown:
    """What a screen shows, to be taken away: figures, charts, tables.

    `title` is what it is called, `everything` what is said where no filter is on ("All complaints"). Where
    the screen stands in a window with filters, that fills in the days, the filters (in words) and the
    currency.
    """

    title: str
    lines: Sequence[FigureLine] = ()
    charts: Sequence[ChartWidget] = ()
    tables: Sequence[ChartData] = ()
    paper_tables: Sequence[PaperTable] = ()
    days: str = ""
    filters: Sequence[str] = ()
    everything: str = ""
    currency: str = ""


class FiguresOut:
    """The ways out; the work is done in the background, the charts are painted before it."""

    def __init__(self, ctx: Context, parent: QWidget, shown: Callable[[], Shown | None]) -> None:
        self._ctx, self._parent, self._shown = ctx, parent, shown

    def save_pdf(self) -> None:
        """Ask for a file and write the pages there."""
        from desktop.views.figures.pages import write_figures
        from desktop.views.kit.pdf_out import write_pdf

        shown = self._shown()
        if shown is None:
            return
        path = self._ask(FileKind(tr("PDF document"), "pdf"), tr("Save as PDF"), shown.title)
        if path is None:
            return
        sheet, size = self._sheet(shown), self._paper_size()

        def work(progress: Progress) -> int:
            written = write_figures(sheet, size, progress=progress)
            write_pdf(path, written, shown.title, progress=progress)
            return len(written.pages)

        def done(pages: int) -> None:
            said = ntr("{n} page saved in “{file}”.", "{n} pages saved in “{file}”.", pages, file=path.name)
            self._ctx.notify(said, tr("Open"), lambda: show_file(path), "done")

        self._ctx.tasks.write(tr("Writing {file}…", file=path.name), work, done, owner=self._parent)

    def print(self) -> None:
        """Show the pages before they are printed; the printer is chosen there."""
        from desktop.views.figures.pages import write_figures
        from desktop.views.kit.printout import Written, preview

        shown = self._shown()
        if shown is None:
            return
        sheet, size = self._sheet(shown), self._paper_size()

        def write(size: QSizeF, progress: Progress) -> Written:
            return write_figures(sheet, size, progress=progress)

        preview(self._ctx, self._parent, shown.title, size, lambda _: write)

    def save_workbook(self) -> None:
        """Ask for a file and write a sheet for the figures, for each chart and for each table."""
        from desktop.exchange.writers.chart_book import Sheet
        from desktop.views.kit.chart_out import sheet_of, write_workbook

        shown = self._shown()
        if shown is None:
            return
        path = self._ask(FileKind(tr("Excel workbook"), "xlsx"), tr("Save as a workbook"), shown.title)
        if path is None:
            return
        sheets = [
            *([Sheet(_figures(shown))] if shown.lines else []),
            *(sheet_of(chart) for chart in shown.charts if not chart.is_empty()),
            *(Sheet(table) for table in shown.tables if table.steps.values),
        ]

        def done(rows: int) -> None:
            said = ntr("{n} row saved in “{file}”.", "{n} rows saved in “{file}”.", rows, file=path.name)
            self._ctx.notify(said, tr("Open"), lambda: show_file(path), "done")

        self._ctx.tasks.write(
            tr("Writing {file}…", file=path.name),
            lambda progress: write_workbook(path, sheets, progress),
            done,
            owner=self._parent,
        )

    def _sheet(self, shown: Shown) -> FigureSheet:
        from desktop.core.dates import now
        from desktop.views.figures.pages import Chart, FigureSheet
        from desktop.views.kit.chart_out import svg

        return FigureSheet(
            title=shown.title,
            everything=shown.everything,
            shop=str(self._ctx.settings.get("shop.name")),
            at=now(),
            days=shown.days,
            filters=shown.filters,
            lines=shown.lines,
            charts=[
                Chart(chart.name, svg(chart), QSizeF(chart.size()))
                for chart in shown.charts
                if not chart.is_empty()
            ],
            tables=[table for table in shown.paper_tables if table.rows],
        )

    def _paper_size(self) -> QSizeF:
        from desktop.views.profile.dossier_pages import paper_size

        return paper_size(str(self._ctx.settings.get("shop.country")))

    def _ask(self, kind: FileKind, caption: str, title: str) -> Path | None:
        return ask_where(self._parent, caption, title, [kind], self._ctx.settings)


def _figures(shown: Shown) -> ChartData:
    return lines_data(shown.lines, shown.days, shown.filters, shown.currency)


def lines_data(lines: Sequence[FigureLine], days: str, filters: Sequence[str], currency: str) -> ChartData:
    """The figures as a table: each value of its own kind, what was looked at in the first lines."""
    head = [tr("Days"), tr("Period before"), *[tr("Filter") for _ in filters]]
    said = [days, lines[0].days_before if lines else "", *filters]
    blank: list[Figure] = [None] * len(head)
    text: Kind = "text"
    kinds = [*[text for _ in head], *(EXPORT_KINDS[line.unit] for line in lines)]

    def column(title: str, values: Sequence[Figure]) -> Figures:
        return Figures(title, "number", [*blank, *values], kinds)

    names = [
        tr("{name} (minutes)", name=line.name) if line.unit == "minutes" else line.name for line in lines
    ]
    more = (
        Figures(tr("Value"), "number", [*said, *(line.now.value for line in lines)], kinds),
        column(tr("Interval from"), [line.now.low for line in lines]),
        column(tr("Interval to"), [line.now.high for line in lines]),
        Figures(tr("Counted"), "number", [*blank, *(line.now.n for line in lines)]),
        column(tr("Period before"), [line.before.value if line.before else None for line in lines]),
        Figures(
            tr("Counted before"),
            "number",
            [*blank, *(line.before.n if line.before else None for line in lines)],
        ),
        Figures(tr("The change"), "text", [*blank, *(line.change for line in lines)]),
        Figures(tr("How it is counted"), "text", [*blank, *(line.sentence for line in lines)]),
    )
    return ChartData(
        tr("Figures"), "table", Figures(tr("Figure"), "text", [*head, *names]), (), more=more,
        currency=currency,
    )  # fmt: skip
