"""The monthly report on four pages: at a glance, satisfaction, coming back, and the trade.

Each page is laid out for itself. Where its lists and charts would not fit, it is laid out again with fewer
lines and smaller charts, so that there are always four pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF

from desktop.core.dates import as_date, format_month, format_when
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import ntr, speaking, tr
from desktop.views.figures.pages import Chart, drawing
from desktop.views.insights.report.glance import key_table
from desktop.views.insights.report.parts import PartWriter, heading
from desktop.views.insights.report.people import (
    cohort_words,
    complaint_table,
    leaving_table,
    reason_table,
    returning_table,
    satisfaction_table,
)
from desktop.views.insights.report.trade import (
    channel_table,
    first_of,
    forecast_table,
    product_table,
    segment_table,
    sold_through,
)
from desktop.views.kit import theme
from desktop.views.kit.paper import A4, DPI, QUIET, RIGHT, Page, Paper, Style, cell
from desktop.views.kit.paper_drawing import Running
from desktop.views.kit.printout import Written

if TYPE_CHECKING:
    from desktop.queries.monthly_report import MonthlyReport

_TITLE = Style(22, bold=True)
_SHOP = Style(9, bold=True, colour=theme.LIGHT.accent)
_HEAD_ROOM = 26
"""Points that the running head of a page takes."""
_LARGEST = 0.72
"""Points of a pixel of the screen at most: the words of a chart are no larger than the others'."""
_TRIES = (
    (12, 1.0),
    (10, 1.0),
    (8, 1.0),
    (7, 1.0),
    (6, 0.95),
    (5, 0.9),
    (4, 0.85),
    (4, 0.75),
    (3, 0.6),
    (2, 0.5),
)
"""Lines of a list, and the size of the charts, until a page holds them."""


@dataclass(frozen=True)
class ReportSheet:
    """What is to be laid out: the report, its charts, the shop, and the language."""

    report: MonthlyReport
    charts: Mapping[str, Chart]
    shop: str
    at: str
    currency: str
    language: str


@dataclass(frozen=True)
class _Try:
    """How much a page may hold: lines of a list, and how large the charts are."""

    lines: int
    scale: float


def title_of(sheet: ReportSheet) -> str:
    """What the report is called."""
    return tr("Monthly report, {month}", month=format_month(as_date(sheet.report.start)))


def write_report(sheet: ReportSheet, size: QSizeF = A4, *, progress: Progress = SILENT) -> Written:
    """Lay the report out in its language, on exactly four pages. Raises Cancelled."""
    with speaking(sheet.language):
        pages = [_fitted(sheet, write, size, progress) for write in (_first, _second, _third, _fourth)]
        printed = tr("Printed {when}", when=format_when(sheet.at))

        def number(page: int, count: int) -> str:
            with speaking(sheet.language):
                return tr("Page {page} of {pages}", page=page, pages=count)

        return Written(pages, size, Running((sheet.shop or "Shuke", title_of(sheet)), printed, number))


def _fitted(
    sheet: ReportSheet,
    write: Callable[[Paper, ReportSheet, _Try], None],
    size: QSizeF,
    progress: Progress,
) -> Page:
    """One page, with as much as fits."""
    for lines, scale in _TRIES:
        paper = Paper(size, progress=progress)
        write(paper, sheet, _Try(lines, scale))
        pages = paper.pages()
        if len(pages) == 1:
            break
    return pages[0]


def _first(paper: Paper, sheet: ReportSheet, much: _Try) -> None:
    report = sheet.report
    paper.row(cell(sheet.shop or "Shuke", style=_SHOP), after=6)
    paper.text(title_of(sheet), _TITLE)
    before = format_month(as_date(report.before.start))
    year = format_month(as_date(report.year.start))
    said = tr("compared with {before} and {year}", before=before, year=year)
    so_far = "" if report.whole else tr("The month is not over yet: what is counted is its days so far.")
    paper.row(cell(so_far, 1.4, QUIET), cell(said, 1, QUIET, RIGHT), rule=True, after=8)
    heading(paper, tr("At a glance"))
    key_table(paper, report, sheet.currency)
    _found(paper, sheet, much)


def _found(paper: Paper, sheet: ReportSheet, much: _Try) -> None:
    from desktop.views.insights.findings import words as findings_words

    found = sheet.report.findings
    heading(paper, tr("What stands out"), findings_words.looked(found) if found.found else "")
    for one in found.found[: much.lines]:
        paper.text(findings_words.sentence(one, sheet.currency), before=4)
        paper.text(findings_words.basis(one, sheet.currency), QUIET, after=3)
    if not found.found:
        paper.text(findings_words.nothing(found), QUIET, before=4)


def _second(paper: Paper, sheet: ReportSheet, much: _Try) -> None:
    report = sheet.report
    part = _begin(paper, tr("Satisfaction"))
    nothing = tr("No ratings in the last 12 months: ask for one after an order, a case or a complaint.")
    _chart(paper, sheet, "satisfaction", tr("Perceived and expected, by month"), much, nothing)
    part.table(tr("By channel"), lambda: satisfaction_table(paper, report, much.lines))
    part.table(tr("Reasons given"), lambda: reason_table(paper, report, much.lines))
    part.table(tr("Complaints"), lambda: complaint_table(paper, report, sheet.currency))


def _third(paper: Paper, sheet: ReportSheet, much: _Try) -> None:
    report = sheet.report
    part = _begin(paper, tr("Coming back"))
    nothing = tr("Nobody bought in the last 12 months.")
    _chart(paper, sheet, "repeat", tr("Repeat purchase (b), by month"), much, nothing)
    part.table(tr("New, returning and lost"), lambda: returning_table(paper, report))
    _chart(paper, sheet, "cohorts", tr("Do they come back?"), much, cohort_words())
    note = ntr("{n} customer in all", "{n} customers in all", report.leavers) if report.leavers else ""
    part.table(tr("Drifting away"), lambda: leaving_table(paper, report, sheet.currency, much.lines), note)


def _fourth(paper: Paper, sheet: ReportSheet, much: _Try) -> None:
    report = sheet.report
    part = _begin(paper, tr("The trade"))
    channels, products, segments = min(6, much.lines), min(8, much.lines), much.lines
    part.table(
        tr("Channels"),
        lambda: channel_table(paper, report, sheet.currency, channels),
        first_of(channels, len(sold_through(report))),
    )
    part.table(
        tr("Products"),
        lambda: product_table(paper, report, sheet.currency, products),
        first_of(products, report.products.sold.size),
    )
    part.table(
        tr("Who keeps the shop"),
        lambda: segment_table(paper, report, sheet.currency, segments),
        first_of(segments, sum(one.customers > 0 for one in report.segments)),
    )
    _chart(paper, sheet, "forecast", tr("Net revenue, and what is to be expected"), much, "")
    part.table(tr("The next months"), lambda: forecast_table(paper, report, sheet.currency))


def _begin(paper: Paper, title: str) -> PartWriter:
    paper.row(cell(title, style=Style(16, bold=True)), before=_HEAD_ROOM - 6, after=0, keep=True)
    return PartWriter(paper)


def _chart(paper: Paper, sheet: ReportSheet, name: str, title: str, much: _Try, nothing: str) -> None:
    """A chart under its title, or what is said where there is none."""
    chart = sheet.charts.get(name)
    if chart is None and not nothing:
        return
    heading(paper, title)
    if chart is None:
        paper.text(nothing, QUIET, before=4)
        return
    wide = paper.width / (DPI / 72) / max(1.0, chart.size.width())
    scale = much.scale * min(wide, _LARGEST)
    paper.picture(drawing(chart), scale * chart.size.height(), before=4, after=2)


def texts(written: Written) -> Sequence[Sequence[str]]:
    """What is said on each page, line by line."""
    return [[line.text for placed in page.placed for line in placed.row.lines] for page in written.pages]
