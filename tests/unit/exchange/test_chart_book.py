"""Charts as workbooks: real dates and shares, a chart over the very cells, the picture, and no formulas."""

from __future__ import annotations

import struct
import zipfile
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from desktop.core.days import ordinal
from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.exchange.writers.chart_book import Sheet, png_size, write_chart_book
from desktop.exchange.writers.chart_data import ChartData, Figures, Series

MONTHS = [ordinal(f"2026-{month:02}-01") for month in range(1, 7)]
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def lines() -> ChartData:
    return ChartData(
        "Repeat purchase",
        "line",
        Figures("Month", "date", MONTHS),
        [
            Series(
                "90 d", [0.3, 0.31, None, 0.35, 0.4, 0.41], [0.2] * 6, [0.5] * 6, [10, 20, 30, 40, 50, 60]
            ),
            Series("30 d", [0.1, float("nan"), 0.2, 0.2, 0.2, 0.2], dashed=True),
        ],
        "percent",
        more=(Figures("Sales", "money", [123_450, None, 0, 1, 2, 3]),),
    )


def png(width: int = 8, height: int = 6) -> bytes:
    """A small white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\xff" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as parts:
        return parts.read(name)


def references(path: Path, number: int = 1) -> list[str]:
    """What the chart's formulas point at."""
    tree = ElementTree.fromstring(part(path, f"xl/charts/chart{number}.xml"))
    return [str(found.text) for found in tree.iter(f"{CHART}f")]


def test_lines_become_a_table_with_a_chart_over_it(tmp_path: Path) -> None:
    path = tmp_path / "chart.xlsx"
    assert write_chart_book(path, [Sheet(lines(), png())]) == 6
    sheet = load_workbook(path).worksheets[0]
    rows: list[tuple[Any, ...]] = list(sheet.iter_rows(min_col=1, max_col=7, max_row=7, values_only=True))
    assert rows[0] == ("Month", "90 d", "90 d: from", "90 d: to", "90 d: number", "30 d", "Sales")
    assert rows[1] == (datetime(2026, 1, 1), 0.3, 0.2, 0.5, 10, 0.1, 1234.5)
    assert rows[3][1] is None
    assert rows[2][5] is None
    assert [sheet.cell(2, place).number_format for place in (1, 2, 5, 7)] == [
        "yyyy-mm",
        "0.0%",
        "#,##0",
        '"¥"#,##0.00;-"¥"#,##0.00',
    ]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:G7"
    name = "'Repeat purchase'"
    pointed = references(path)
    assert f"{name}!$A$2:$A$7" in pointed
    for column in "BCDF":
        assert f"{name}!${column}$2:${column}$7" in pointed
        assert f"{name}!{column}1" in pointed
    assert f"{name}!$E$2:$E$7" not in pointed
    assert b"lineChart" in part(path, "xl/charts/chart1.xml")
    assert part(path, "xl/media/image1.png") == png()


def test_bars_stand_and_parts_lie(tmp_path: Path) -> None:
    bars = ChartData(
        "Gaps", "bars", Figures("Days", "text", ["0–6 d", "7–13 d"]), [Series("Number", [3, 9])], marked=1
    )
    parts = ChartData(
        "Groups", "parts", Figures("Group", "text", ["Core", "Once"]), [Series("Share", [0.4, 0.1])],
        "percent", before=(Figures("Customers", "number", [4, 9]),),
    )  # fmt: skip
    path = tmp_path / "bars.xlsx"
    write_chart_book(path, [Sheet(bars), Sheet(parts)])
    up, across = (part(path, f"xl/charts/chart{number}.xml") for number in (1, 2))
    assert b'barDir val="col"' in up
    assert b'<dPt><idx val="1"' in up
    assert b'barDir val="bar"' in across
    assert "'Groups'!$C$2:$C$3" in references(path, 2)


def test_a_heat_map_is_coloured_cells(tmp_path: Path) -> None:
    heat = ChartData(
        "Cohorts", "heat", Figures("First bought", "date", MONTHS[:2]),
        [Series("M0", [1.0, 1.0]), Series("M1", [0.4, None])], "percent",
        before=(Figures("Customers", "number", [50, 60]),),
    )  # fmt: skip
    path = tmp_path / "heat.xlsx"
    write_chart_book(path, [Sheet(heat, png())])
    sheet = load_workbook(path).worksheets[0]
    (reach,) = sheet.conditional_formatting
    assert str(reach.sqref) == "C2:D3"
    assert reach.rules[0].type == "colorScale"
    assert [cell.value for cell in sheet[3]][:4] == [datetime(2026, 2, 1), 60, 1, None]


def test_no_text_becomes_a_formula_and_no_two_sheets_share_a_name(tmp_path: Path) -> None:
    evil = ChartData(
        "=1+1", "bars", Figures("@x", "text", ["=HYPERLINK(1)", "a\x07b"]), [Series("+n", [1, 2])]
    )
    path = tmp_path / "evil.xlsx"
    write_chart_book(path, [Sheet(evil), Sheet(evil)])
    book = load_workbook(path)
    assert len(set(book.sheetnames)) == 2
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [book.worksheets[0].cell(row, 1).value for row in (1, 2, 3)] == ["@x", "=HYPERLINK(1)", "ab"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    class Stopped(Progress):
        def report(self, done: int, total: int = 0, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(UserError):
        write_chart_book(tmp_path / "nowhere" / "chart.xlsx", [Sheet(lines())])
    long = ChartData("L", "line", Figures("n", "number", range(2_000)), [Series("v", range(2_000))])
    with pytest.raises(Cancelled):
        write_chart_book(tmp_path / "chart.xlsx", [Sheet(long)], progress=Stopped())
    assert not list(tmp_path.iterdir())


def test_the_size_of_a_picture_is_read_from_it() -> None:
    assert png_size(png(20, 7)) == (20, 7)
