"""Takes a chart away: as a picture, on paper, or as a workbook of its figures with a chart of Excel's own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
)

from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import ntr, tr
from desktop.exchange.writers.saving import written_beside
from desktop.views.kit import theme
from desktop.views.kit.chart_base import ChartWidget
from desktop.views.kit.chart_texts import cells
from desktop.views.kit.context import context_of
from desktop.views.kit.file_asking import FileKind, ask_where, show_file
from desktop.views.kit.notices import report_error
from desktop.views.kit.pdf_text import searchable
from desktop.views.kit.theme import Tokens

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter
    from PySide6.QtWidgets import QWidget

    from desktop.exchange.writers.chart_book import Sheet

_SCALE = 2
_DPI = 96
_TITLE = 0.06
"""Of the height of a printed page."""


def picture(chart: ChartWidget, tokens: Tokens | None = None) -> QImage:
    """The chart as an image of twice its size on a sheet of its own; in the look worn if none is said."""
    tokens = tokens or theme.current()
    made = QImage(chart.size() * _SCALE, QImage.Format.Format_ARGB32)
    made.setDevicePixelRatio(_SCALE)
    made.fill(QColor(tokens.surface))
    painter = QPainter(made)
    chart.paint_on(painter, QRectF(chart.rect()), tokens)
    painter.end()
    return made


def copy_picture(chart: ChartWidget) -> None:
    """Put the picture on the clipboard."""
    QGuiApplication.clipboard().setImage(picture(chart))


def copy_data(chart: ChartWidget) -> None:
    """Put the figures on the clipboard, as a spreadsheet takes them."""
    QGuiApplication.clipboard().setText(cells(chart.chart_data()))


def show_data(chart: ChartWidget) -> None:
    """Show the figures in a table that can be copied."""
    from desktop.views.kit.data_dialog import DataDialog

    dialog = DataDialog(chart.chart_data(), chart.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


# -- files


def save(chart: ChartWidget, path: Path) -> None:
    """Write the chart as PNG, SVG, PDF or workbook, by the name's ending. Raises UserError when it cannot."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        write_workbook(path, [sheet_of(chart)])
        return
    made = {".svg": svg, ".pdf": pdf}.get(ending, png)(chart)
    with written_beside(path) as beside:
        beside.write_bytes(made)


def png(chart: ChartWidget, tokens: Tokens | None = None) -> bytes:
    """The chart as a PNG file."""
    return _bytes(lambda device: QImageWriter(device, QByteArray(b"PNG")).write(picture(chart, tokens)))


def svg(chart: ChartWidget) -> bytes:
    """The chart as an SVG file, in the light look."""

    def write(device: QIODevice) -> None:
        from PySide6.QtSvg import QSvgGenerator

        made = QSvgGenerator()
        made.setOutputDevice(device)
        made.setSize(chart.size())
        made.setViewBox(chart.rect())
        made.setTitle(chart.name)
        _paint(chart, made)

    return _bytes(write)


def pdf(chart: ChartWidget) -> bytes:
    """The chart as a PDF file of one page of just its size, in the light look."""

    def write(device: QIODevice) -> None:
        made = QPdfWriter(device)
        made.setTitle(chart.name)
        made.setResolution(_DPI)
        inches = QSizeF(chart.width() / _DPI, chart.height() / _DPI)
        made.setPageSize(QPageSize(inches, QPageSize.Unit.Inch, "", QPageSize.SizeMatchPolicy.ExactMatch))
        # Its own margins would push the chart over the edge of the page.
        made.setPageMargins(QMarginsF(0, 0, 0, 0))
        _paint(chart, made)

    return searchable(_bytes(write))


def _paint(chart: ChartWidget, device: QPaintDevice) -> None:
    painter = QPainter(device)
    chart.paint_on(painter, QRectF(chart.rect()), theme.LIGHT)
    painter.end()


def _bytes(write: Callable[[QIODevice], object]) -> bytes:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    write(held)
    return bytes(held.data().data())


def ask_and_save(chart: ChartWidget) -> None:
    """Ask for a file and save the picture there."""
    kinds = [FileKind(tr("{format} picture", format=name), name.lower()) for name in ("PNG", "SVG")]
    kinds.append(FileKind(tr("PDF document"), "pdf"))
    ctx = context_of(chart)
    path = ask_where(chart, tr("Save picture"), chart.name, kinds, ctx.settings if ctx else None)
    if path is None:
        return
    try:
        save(chart, path)
    except UserError as error:
        report_error(error, chart.window())


# -- workbooks


def sheet_of(chart: ChartWidget) -> Sheet:
    """The chart's figures and its picture in the light look, which a workbook's white page wants."""
    from desktop.exchange.writers.chart_book import Sheet

    return Sheet(chart.chart_data(), png(chart, theme.LIGHT))


def write_workbook(path: Path, sheets: Sequence[Sheet], progress: Progress = SILENT) -> int:
    """Write a workbook of charts; returns how many rows of figures it took."""
    from desktop.exchange.writers.chart_book import write_chart_book

    return write_chart_book(path, sheets, progress=progress)


def ask_and_write(charts: Sequence[ChartWidget], title: str, parent: QWidget) -> None:
    """Ask for a workbook and write those charts to it that show something, each on a sheet of its own."""
    ctx = context_of(parent)
    kinds = [FileKind(tr("Excel workbook"), "xlsx")]
    path = ask_where(parent, tr("Save as a workbook"), title, kinds, ctx.settings if ctx else None)
    if path is None:
        return
    sheets = [sheet_of(chart) for chart in charts if not chart.is_empty()]
    if ctx is None:
        try:
            write_workbook(path, sheets)
        except UserError as error:
            report_error(error, parent.window())
        return

    def done(rows: int) -> None:
        text = ntr("{n} row saved in “{file}”.", "{n} rows saved in “{file}”.", rows, file=path.name)
        ctx.notify(text, tr("Open"), lambda: show_file(path), "done")

    ctx.tasks.write(
        tr("Writing {file}…", file=path.name),
        lambda progress: write_workbook(path, sheets, progress),
        done,
        owner=parent,
    )


# -- paper


def ask_and_print(chart: ChartWidget) -> QPrintDialog | None:
    """Ask for a printer and print the chart, as wide as the page, below its name; None without one."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if sys.platform != "linux" and printer.outputFormat() != QPrinter.OutputFormat.NativeFormat:
        # Only Linux asks in a dialog of Qt's own, which offers a file in a printer's place.
        missing = UserError(
            tr("This computer has no printer."),
            tr("Add one in the system's settings, or save the picture as a PDF document."),
        )
        report_error(missing, chart.window())
        return None
    printer.setDocName(chart.name)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    dialog = QPrintDialog(printer, chart)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Print the chart"))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.accepted.connect(lambda: print_chart(chart, printer))
    dialog.show()
    return dialog


def print_chart(chart: ChartWidget, printer: QPrinter) -> None:
    """Print the chart on one page."""
    from PySide6.QtSvg import QSvgRenderer

    painter = QPainter()
    if not painter.begin(printer):
        return
    page = QRectF(painter.viewport())
    font = theme.font(max(1, round(page.height() * _TITLE * 0.5)), bold=True)
    painter.setFont(font)
    painter.setPen(QColor(theme.LIGHT.text))
    head = QRectF(page.left(), page.top(), page.width(), page.height() * _TITLE)
    painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, chart.name)
    room = page.adjusted(0, head.height(), 0, 0)
    size = QSizeF(chart.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    # By way of SVG: the library draws a plot's marks in the device's own dots, specks on a fine printer.
    QSvgRenderer(QByteArray(svg(chart))).render(painter, QRectF(room.topLeft(), size))
    painter.end()
