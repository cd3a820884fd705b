"""Writes charts to a workbook: the figures as a table, a chart of the spreadsheet's own, and the picture.

openpyxl does all of it: a chart has some dozens of rows, and only it makes charts.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.exchange.reading.table import letters
from desktop.exchange.writers import cells, looks
from desktop.exchange.writers.chart_data import ChartData, Column
from desktop.exchange.writers.columns import Kind
from desktop.exchange.writers.native_charts import COLOURS, native_chart
from desktop.exchange.writers.saving import written_beside
from desktop.exchange.writers.sheet import text_width
from desktop.exchange.writers.workbook import sheet_title

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_EVERY = 500
_WIDEST = 40
_PICTURE_ROW = 21
"""Below the chart, which begins in the second row."""
_MONTH = "yyyy-mm"
_BROKEN = "#,##0.0#"


@dataclass(frozen=True)
class Sheet:
    """A chart for a workbook: its figures, and how it looks on the screen as PNG (b"" for none)."""

    data: ChartData
    picture: bytes = b""


def write_chart_book(path: str | Path, sheets: Sequence[Sheet], *, progress: Progress = SILENT) -> int:
    """Write a workbook of one sheet a chart; returns how many rows of figures it took.

    Raises UserError where the disk refuses and Cancelled; then nothing is written.
    """
    from openpyxl import Workbook

    total = sum(len(one.data.steps.values) for one in sheets)
    done = 0

    def report(rows: int) -> None:
        progress.report(done + rows, total)

    with written_beside(path) as beside:
        book = Workbook()
        book.remove(book.worksheets[0])
        for one in sheets:
            done += _write_sheet(book, one, report)
        book.properties.creator = "Shuke"
        book.save(beside)
    return done


def _write_sheet(book: Workbook, one: Sheet, report: Callable[[int], object]) -> int:
    data = one.data
    sheet = book.create_sheet(sheet_title(data.title, book.sheetnames))
    columns = data.columns()
    formats = looks.number_formats(data.currency)
    rows = len(data.steps.values)
    for place, column in enumerate(columns, 1):
        head = _cell(sheet, 1, place)
        _put_text(head, column.title)
        looks.dress_header(head)
        month = place == 1 and data.monthly
        _write_column(sheet, place, column, {**formats, "date": _MONTH} if month else formats, data, report)
        sheet.column_dimensions[letters(place - 1)].width = _width(column)
    sheet.row_dimensions[1].height = 22
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{letters(len(columns) - 1)}{rows + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = _fit_to_page()
    _draw(sheet, one, columns, rows)
    return rows


def _write_column(
    sheet: Worksheet,
    place: int,
    column: Column,
    formats: Mapping[str, str],
    data: ChartData,
    report: Callable[[int], object],
) -> None:
    for row, value in enumerate(column.values, 2):
        if row % _EVERY == 0 and place == 1:
            report(row)
        if value is None:
            continue
        cell = _cell(sheet, row, place)
        if isinstance(value, str):
            _put_text(cell, value)
            continue
        kind = column.kind_at(row - 2)
        cell.value = _as_number(kind, value, data.currency)
        cell.number_format = _BROKEN if kind == "number" and value != int(value) else formats[kind]


def _as_number(kind: Kind, value: float, currency: str) -> float | int:
    scale = 10 ** looks.decimals(currency) if kind == "money" else 1
    if kind in ("date", "when"):
        serial = cells.serial_of(int(value))
        return value if serial is None else serial
    return value / scale if scale > 1 else value


def _put_text(cell: Cell, text: str) -> None:
    cell.value = cells.clean_text(text)
    # What begins with "=" is a text too.
    cell.data_type = "s"
    cell.number_format = "@"


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    from openpyxl.cell import Cell

    found = sheet.cell(row, column)
    assert isinstance(found, Cell)
    return found


def _width(column: Column) -> int:
    head = text_width(column.title) + 4
    widest = max((text_width(v) for v in column.values if isinstance(v, str)), default=0)
    least = 14 if "money" in (column.kind, *column.kinds) else 10
    return min(max(head, widest + 2, least), max(_WIDEST, head))


def _fit_to_page() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _draw(sheet: Worksheet, one: Sheet, columns: Sequence[Column], rows: int) -> None:
    """The spreadsheet's own chart beside the table, the picture below it; cells get their colour in place."""
    beside = letters(len(columns) + 1)
    picture_row = 2
    if one.data.shape == "heat":
        _colour_cells(sheet, columns, rows)
    elif rows and one.data.shape != "table":
        sheet.add_chart(native_chart(sheet, one.data, columns), f"{beside}2")
        picture_row = _PICTURE_ROW
    if one.picture:
        _put_text(_cell(sheet, picture_row, len(columns) + 2), tr("As shown in Shuke"))
        sheet.add_image(_picture(one.picture), f"{beside}{picture_row + 1}")


def _colour_cells(sheet: Worksheet, columns: Sequence[Column], rows: int) -> None:
    from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
    from openpyxl.styles.colors import Color

    places = [place for place, column in enumerate(columns) if column.role == "value"]
    if places and rows:
        reach = f"{letters(places[0])}2:{letters(places[-1])}{rows + 1}"
        # Small shares are where the eye must tell differences, so the scale is steeper there.
        cells = [v for place in places for v in columns[place].values if isinstance(v, (int, float))]
        most = 1.0 if columns[places[0]].kind == "percent" else max(cells, default=1.0) or 1.0
        stops = ((0.0, "FFFFFF"), (0.3 * most, "9CC7BD"), (most, COLOURS[0]))
        scale = ColorScale(
            cfvo=[FormatObject(type="num", val=value) for value, _ in stops],
            color=[Color(rgb=f"FF{colour}") for _, colour in stops],
        )
        rule = Rule(type="colorScale", colorScale=scale)
        sheet.conditional_formatting.add(reach, rule)


def _picture(png: bytes) -> Any:
    """A picture of twice the pixels it is shown with. openpyxl's own way to one would want Pillow."""
    from openpyxl.drawing.image import Image

    class Png(Image):
        def __init__(self) -> None:
            self.format = "png"
            self.ref = ""
            self.width, self.height = (side // 2 for side in png_size(png))

        def _data(self) -> bytes:
            return png

    return Png()


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG, from its first chunk."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height
