"""The figures of a screen on paper: what was looked at, every figure, the charts, and the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from desktop.core.dates import format_when
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.views.figures.lines import FigureLine
from desktop.views.kit import theme
from desktop.views.kit.paper import (
    A4,
    DPI,
    HEAD,
    PLAIN,
    QUIET,
    RIGHT,
    STRONG,
    Cell,
    Drawing,
    Paper,
    Style,
    Words,
    cell,
)
from desktop.views.kit.paper_drawing import Running
from desktop.views.kit.printout import Written

_TITLE = Style(22, bold=True)
_SHOP = Style(9, bold=True, colour=theme.LIGHT.accent)
_SMALL = Style(7.5)
_SMALL_HEAD = Style(6.5, bold=True, colour=theme.LIGHT.muted)
_HIGHEST, _LARGEST = 300.0, 0.72
"""Points of a chart's height, and of a pixel of the screen: its words are no larger than the others'."""


@dataclass(frozen=True)
class Chart:
    """A chart as vector picture, with the size it has on the screen."""

    name: str
    svg: bytes
    size: QSizeF


@dataclass(frozen=True)
class PaperTable:
    """A table of texts: its first column words, the others figures."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[float] = ()
    """How wide the columns are."""


@dataclass(frozen=True)
class FigureSheet:
    """Everything that is to be printed; days and filters in words."""

    title: str
    everything: str
    """What is said where no filter is on."""
    shop: str
    at: str
    days: str
    filters: Sequence[str]
    lines: Sequence[FigureLine]
    charts: Sequence[Chart] = field(default=())
    tables: Sequence[PaperTable] = field(default=())


def write_figures(sheet: FigureSheet, size: QSizeF = A4, *, progress: Progress = SILENT) -> Written:
    """Lay the figures out. Raises Cancelled."""
    paper = Paper(size, progress=progress)
    paper.row(
        cell(sheet.shop or "Shuke", style=_SHOP),
        cell(sheet.days, style=QUIET, align=RIGHT),
        after=6,
    )
    paper.text(sheet.title, _TITLE)
    before = sheet.lines[0].days_before if sheet.lines else ""
    looked_at = " · ".join(sheet.filters) if sheet.filters else sheet.everything
    compared = tr("compared with {days}", days=before) if before else ""
    paper.row(cell(looked_at, style=QUIET), cell(compared, style=QUIET, align=RIGHT), rule=True, after=8)
    if sheet.lines:
        _write_lines(paper, sheet.lines)
    for chart in sheet.charts:
        paper.section(chart.name)
        scale = min(paper.width / (DPI / 72) / max(1.0, chart.size.width()), _LARGEST)
        height = min(_HIGHEST, scale * chart.size.height())
        paper.picture(drawing(chart), height, before=4, after=4)
    for table in sheet.tables:
        _write_table(paper, table)
    printed = tr("Printed {when}", when=format_when(sheet.at))
    running = Running(
        (sheet.shop, f"{sheet.title} · {sheet.days}"),
        printed,
        lambda page, pages: tr("Page {page} of {pages}", page=page, pages=pages),
    )
    return Written(paper.pages(), size, running)


def _write_lines(paper: Paper, lines: Sequence[FigureLine]) -> None:
    paper.section(tr("Figures"))
    shares = (3.2, 1.9, 3.2, 1.7, 1.9, 3.2)
    heads = (
        tr("Figure"),
        tr("Value"),
        tr("95 % interval"),
        tr("Counted"),
        tr("Period before"),
        tr("The change"),
    )
    paper.table(*(cell(one, share, HEAD) for one, share in zip(heads, shares, strict=True)))
    for line in lines:
        name = Cell((Words(line.name), Words(line.beside, QUIET)), shares[0])
        change = line.change
        if line.clear and change:
            change = tr("{change} (clear)", change=change)
        texts = (
            line.value,
            line.interval,
            f"{line.now.n:,}",
            line.before_value,
            change or line.missing,
        )
        styles = (STRONG, PLAIN, PLAIN, PLAIN, PLAIN)
        rest = (cell(one, share, style) for one, share, style in zip(texts, shares[1:], styles, strict=True))
        paper.row(name, *rest, rule=True, before=3, after=3)
    paper.end_table()


def _write_table(paper: Paper, table: PaperTable) -> None:
    paper.section(table.name)
    many = len(table.heads) > 4
    head, plain = (_SMALL_HEAD, _SMALL) if many else (HEAD, PLAIN)
    shares = table.shares or [6.0, *[1.5] * (len(table.heads) - 1)]

    def cells(texts: Sequence[str], style: Style) -> list[Cell]:
        first, *rest = texts
        return [
            cell(first, shares[0], style),
            *(cell(one, share, style, RIGHT) for one, share in zip(rest, shares[1:], strict=True)),
        ]

    paper.table(*cells(table.heads, head))
    for row in table.rows:
        paper.row(*cells(row, plain), rule=True, before=3, after=3)
    paper.end_table()


def drawing(chart: Chart) -> Drawing:
    """What draws a chart into the room that it has."""

    def draw(painter: QPainter, area: QRectF) -> None:
        from PySide6.QtSvg import QSvgRenderer

        size = chart.size.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        QSvgRenderer(QByteArray(chart.svg)).render(painter, QRectF(area.topLeft(), size))

    return draw
