"""Workbooks written by Shuke: real values, harmless texts, and a file that is whole or not there."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.exchange.writers import cells, workbook
from desktop.exchange.writers.columns import ExportColumn, Kind
from desktop.exchange.writers.workbook import sheet_title, write_table


def column(kind: Kind = "text", title: str = "Column") -> ExportColumn:
    """A column of rows that are their own value."""
    return ExportColumn("x", title, kind, lambda row: row)


def written(path: Path, kind: Kind, values: list[Any], currency: str = "CNY") -> list[Any]:
    """The values of one column after a way through a file, with openpyxl's eyes."""
    write_table(path, "List", [column(kind)], values, currency=currency)
    book = openpyxl.load_workbook(path)
    found = [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    book.close()
    return found


def test_every_kind_of_value_is_a_real_one(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    assert written(path, "money", [123456, -5, 0, None]) == [1234.56, -0.05, 0, None][:3]
    assert written(path, "money", [1234], "JPY") == [1234]
    assert written(path, "price", [10, 35_000]) == [0.001, 3.5]
    assert written(path, "number", [3, 2.5, 1 / 3]) == [3, 2.5, 1 / 3]
    assert written(path, "percent", [0.25]) == [0.25]
    day = date(2026, 11, 9)
    midnight = datetime(2026, 11, 9)
    assert written(path, "date", [day.toordinal(), day, "2026-11-09"]) == [midnight] * 3
    moment = datetime(2026, 11, 9, 20, 14, 33)
    assert written(path, "when", ["2026-11-09 20:14:33", moment]) == [moment] * 2
    assert written(path, "date", [date(1899, 5, 1).toordinal()]) == ["1899-05-01"]


def test_phones_and_ids_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    assert written(path, "id", ["13800138000", "0012", 110101199003071234]) == [
        "13800138000",
        "0012",
        "110101199003071234",
    ]


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\t=1", "{=1}"])
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.xlsx"
    write_table(path, "List", [column()], [text])
    book = openpyxl.load_workbook(path)
    cell = book.worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.value == text
    book.close()


def test_control_characters_are_left_out_and_long_texts_cut(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    texts = ["a\x00b\x0bc\r\nd", "<&>", "_x0041_", "茶" * 40_000, "𠮷" * 20_000]
    write_table(path, "List", [column()], texts)
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    found = [row[0] for row in sheet.to_python()[1:]]
    assert found[:3] == ["abc\nd", "<&>", "_x0041_"]
    assert found[3] == "茶" * 32_766 + "…"
    assert cells.units(str(found[4])) <= cells.LONGEST_TEXT


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")))
def test_an_exact_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("exact") / "x.xlsx"
    with workbook.WorkbookWriter(path) as writer:
        writer.sheet("x", [column()], ["first", text, "last"], exact=True)
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    assert [row[0] for row in sheet.to_python()[1:]] == ["first", text, "last"]


def test_the_sheet_is_dressed(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    columns = [column(title="客户名称"), column("money", "Paid")]
    write_table(path, "客户/列表: 2026", columns, [5, 7], currency="USD")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert sheet.title == "客户 列表  2026"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.b
    assert sheet["A1"].fill.fgColor.rgb == "00E0EFEB"
    assert sheet["B2"].number_format == '"$"#,##0.00;-"$"#,##0.00'
    assert sheet.column_dimensions["A"].width >= 12
    book.close()


def test_an_empty_list_is_a_workbook_with_a_header(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    assert write_table(path, "", [column(title="Name")], []) == 0
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book.worksheets[0][1]] == ["Name"]
    book.close()


def test_what_does_not_fit_goes_on_in_another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    path = tmp_path / "list.xlsx"
    assert write_table(path, "List", [column("number")], range(7)) == 7
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["List", "List 2", "List 3"]
    held = [[row[0] for row in s.iter_rows(min_row=2, values_only=True)] for s in book.worksheets]
    assert held == [[0, 1, 2], [3, 4, 5], [6]]
    book.close()
    assert write_table(path, "List", [column("number")], range(6)) == 6
    assert openpyxl.load_workbook(path).sheetnames == ["List", "List 2"]


def test_sheet_titles_are_allowed_ones() -> None:
    assert sheet_title("a[b]:*?/\\", []) == "a b"
    assert sheet_title("Orders", ["orders"]) == "Orders 2"
    assert len(sheet_title("x" * 40, ["x" * 31])) <= 31
    assert sheet_title("'", []) == "Shuke"
    assert sheet_title("History", []) == "History 2"


class _Stopping(Progress):
    def report(self, done: int, total: int = 0, text: str = "") -> None:
        if done:
            raise Cancelled


def test_cancelling_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(Cancelled):
        write_table(path, "List", [column("number")], range(5000), progress=_Stopping())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_fault_in_the_rows_is_no_file(tmp_path: Path) -> None:
    def rows() -> Iterator[int]:
        yield 1
        raise LookupError

    with pytest.raises(LookupError):
        write_table(tmp_path / "list.xlsx", "List", [column("number")], rows())
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_a_sentence_and_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("desktop.exchange.writers.sheet.Pour.row", full)
    with pytest.raises(UserError, match="disk is full"):
        write_table(tmp_path / "list.xlsx", "List", [column("number")], [1])
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk to write to is a Linux thing")
def test_a_really_full_disk_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = zipfile.ZipFile

    def onto_full(path: Path, *arguments: Any, **options: Any) -> Any:
        path.touch()
        return real("/dev/full", *arguments, **options)

    monkeypatch.setattr("zipfile.ZipFile", onto_full)
    with pytest.raises(UserError, match="disk is full"):
        write_table(tmp_path / "list.xlsx", "List", [column("number")], range(100_000))
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no folder"):
        write_table(tmp_path / "gone" / "list.xlsx", "List", [column()], [])
