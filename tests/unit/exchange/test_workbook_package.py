"""What Excel is strict about in a workbook: its parts, their order, the numbers of styles; nothing runs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import python_calamine
from openpyxl.utils.escape import unescape

from desktop.core.translation import set_language
from desktop.exchange.reading.table import letters
from desktop.exchange.templates import write_template
from desktop.exchange.whole_book.book import export_book
from desktop.exchange.whole_book.lists import write_list
from desktop.exchange.writers.columns import ExportColumn, Kind
from desktop.exchange.writers.workbook import WorkbookWriter, write_table
from desktop.models.book import Book
from desktop.operations.demo import make_demo

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "tableParts", "extLst",
)  # fmt: skip
"""The only order in which Excel takes the elements of a sheet."""
HOSTILE = (
    "=cmd|' /C calc'!A0", "+1", "-2+3", "@x", '=HYPERLINK("http://x")', '=DDE("cmd";"/C calc")', "http://x.example",
    "mailto:a@b.example", "<script>&amp;", "_x000D_", "\ufeff=1", "a\r\nb\x07", "]]>", "'=1",
)  # fmt: skip


def strict(path: Path) -> list[str]:
    """Looks a package through as Excel does; returns the names of its sheets."""
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        names = file.namelist()
        parts = {name: ElementTree.fromstring(file.read(name)) for name in names if not name.endswith(".vml")}
        raw = b"".join(file.read(name) for name in names)
    assert len(set(names)) == len(names)
    types = parts["[Content_Types].xml"]
    told = {one.get("PartName", "").lstrip("/") for one in types if one.get("PartName")}
    endings = {one.get("Extension") for one in types if one.get("Extension")}
    assert told <= set(names)
    assert all(name in told or name.rsplit(".", 1)[-1] in endings for name in names)
    # Nothing leads out of the file, and nothing in it runs.
    assert b'TargetMode="External"' not in raw
    assert not any(word in name for name in names for word in ("vbaProject", "externalLink", "connections"))
    styles = parts["xl/styles.xml"].find(f"{MAIN}cellXfs")
    assert styles is not None
    assert styles.get("count") == str(len(styles))
    for name, part in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            _strict_sheet(part, len(styles))
    sheets = [one.get("name", "") for one in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    assert len({name.casefold() for name in sheets}) == len(sheets)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in sheets)
    properties = openpyxl.load_workbook(path, read_only=True).properties
    assert (properties.creator, properties.lastModifiedBy, properties.title) == ("Shuke", None, None)
    return sheets


def _strict_sheet(sheet: ElementTree.Element, styles: int) -> None:
    elements = [one.tag.removeprefix(MAIN) for one in sheet]
    assert [ORDER.index(one) for one in elements] == sorted({ORDER.index(one) for one in elements})
    assert sheet.find(f"{MAIN}hyperlinks") is None
    assert next(sheet.iter(f"{MAIN}f"), None) is None
    above = 0
    for row in sheet.iter(f"{MAIN}row"):
        number = int(row.get("r", ""))
        assert number > above
        above, before = number, ""
        for cell in row:
            place = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
            assert place is not None
            assert (int(place[2]), len(place[1]), place[1]) > (number, len(before), before)
            before = place[1]
            assert int(cell.get("s", "0")) < styles
            assert cell.get("t", "n") in ("n", "inlineStr", "s")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_list_and_template_and_the_whole_book(book: Book, tmp_path: Path, language: str) -> None:
    set_language(language)
    today = date(2026, 11, 22)
    make_demo(book, customers=40, today=today, language=language)
    written: dict[str, Callable[[Path], object]] = {
        "customers": lambda path: write_list(book, path, "customers", today=today),
        "orders": lambda path: write_list(book, path, "orders", today=today),
        "birthdays": lambda path: write_list(book, path, "birthdays", today=today),
        "book": lambda path: export_book(book, path),
        "template": lambda path: write_template(path, "orders"),
    }
    for name, write in written.items():
        path = tmp_path / f"{name}.xlsx"
        write(path)
        assert python_calamine.CalamineWorkbook.from_path(path).sheet_names == strict(path)


def test_hostile_texts_are_texts_to_both_readers(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    kinds: tuple[Kind, ...] = ("text", "id", "date", "when", "number", "money")
    columns = [ExportColumn(kind, f"={kind}", kind, lambda row: row) for kind in kinds]
    write_table(path, "=1+1", columns, HOSTILE)
    strict(path)
    seen = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    book = openpyxl.load_workbook(path)
    for line, text in enumerate(HOSTILE, 2):
        plain = text.replace("\r\n", "\n").replace("\x07", "")
        assert seen[line - 1] == [plain] * len(kinds)
        for cell in book.worksheets[0][line]:
            assert cell.data_type == "s"
            assert cell.hyperlink is None
            assert unescape(str(cell.value)) == plain
    book.close()


def test_wide_lists_and_many_sheets(tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    columns = [ExportColumn(str(at), f"c{at}", "number", lambda row: row) for at in range(800)]
    with WorkbookWriter(path) as writer:
        for title in ("History", "history", "A" * 40, "a" * 40, "'x'", "", "[客户]:*?"):
            writer.sheet(title, columns, [1])
    assert len(strict(path)) == 7
    assert letters(799) == "ADT"
