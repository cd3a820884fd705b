"""Files of every kind, good and bad, end in a table or in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.exchange.reading import files as reading
from desktop.exchange.reading import zip_check
from desktop.exchange.reading.files import read_file
from desktop.exchange.reading.table import Table
from desktop.exchange.whole_book.book import is_whole_book


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write_file(content: bytes | str, name: str = "orders.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write_file


def cells(table: Table) -> list[list[object]]:
    return [[table.cell(row, column) for column in range(table.width)] for row in range(table.height)]


def test_a_workbook_keeps_its_types_and_places(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("empty", 0)
    sheet = book.create_sheet("orders", 1)
    sheet["B3"], sheet["C3"], sheet["D3"] = "number", "paid", "when"
    sheet["B4"], sheet["C4"], sheet["D4"] = "0012", 12.5, datetime(2026, 11, 9, 20, 14, 33)
    sheet["B5"], sheet["C5"] = True, 1
    path = tmp_path / "a.xlsx"
    book.save(path)
    table = read_file(path)
    assert (table.kind, table.sheet, table.sheets) == ("xlsx", "orders", ("empty", "orders", "Sheet"))
    assert cells(table)[2:] == [
        [None, "number", "paid", "when"],
        [None, "0012", 12.5, datetime(2026, 11, 9, 20, 14, 33)],
        [None, "TRUE", 1.0, None],
    ]
    assert len(table.hash) == 64


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_files_in_any_encoding_and_delimiter(
    write: Callable[..., Path], encoding: str, told: str, delimiter: str
) -> None:
    text = '订单编号,买家\r\n1,王丽华\r\n2,"李, ""雷"""\r\n'.replace(",", delimiter)
    table = read_file(write(text, encoding=encoding))
    assert table.encoding == told
    assert cells(table) == [["订单编号", "买家"], ["1", "王丽华"], ["2", f'李{delimiter} "雷"']]


def test_rows_of_different_lengths_and_a_line_for_excel(write: Callable[..., Path]) -> None:
    table = read_file(write("sep=;\na;b\n1\n1;2;3\n"))
    assert cells(table)[1:] == [["a", "b", None], ["1", None, None], ["1", "2", "3"]]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.xlsx", "is not a workbook"),
        (b"<html><p>Log in, please</p></html>", "a.xls", "is a web page"),
        (b"PK\x03\x04 this is no zip", "a.xlsx", "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "is damaged"),
        (bytes.fromhex("09000400") + b"\0" * 60, "a.xls", "before 1997"),
        (b"%PDF-1.4 \0", "a.csv", "is not a workbook"),
    ],
)
def test_what_is_no_table_is_told_in_one_sentence(
    write: Callable[..., Path], content: bytes, name: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        read_file(write(content, name))


@pytest.mark.parametrize("content", ["," * 16_384, "," * 10_000 + "\n1" * 6_000])
def test_a_text_file_may_not_be_too_wide(write: Callable[..., Path], content: str) -> None:
    with pytest.raises(UserError, match="too large"):
        read_file(write(content))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_file(tmp_path / "none.csv")
    with pytest.raises(UserError, match="is not a workbook"):
        read_file(tmp_path)


def _sheet(path: Path, cell_refs: list[str]) -> None:
    rows = "".join(f'<row><c r="{ref}"><v>1</v></c></row>' for ref in cell_refs)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{space}"/>')
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>',
        )


def test_two_cells_at_opposite_corners(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    _sheet(path, ["A1", "XFD1048576"])
    with pytest.raises(UserError, match="too large"):
        read_file(path)


def test_a_styled_cell_far_away_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "styled.xlsx"
    _sheet(path, ["A1"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "xl/worksheets/sheet2.xml", '<row><c r="A1"><v>1</v></c><c r="XFD1048576" s="1"/></row>'
        )
    assert zip_check.kind_of(path) == "xlsx"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/media/zeros", b"\0" * 150_000_000)
    begun = time.monotonic()
    with pytest.raises(UserError, match="too large"):
        read_file(path)
    assert time.monotonic() - begun < 5


class _StopAt(Progress):
    def __init__(self, calls: int) -> None:
        self.left = calls

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        self.check()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_byte_order_mark(write: Callable[..., Path], encoding: str) -> None:
    table = read_file(write("编号,姓名\nT1,王丽华\n", encoding=encoding))
    assert (table.encoding, cells(table)) == ("UTF-16", [["编号", "姓名"], ["T1", "王丽华"]])


def test_stray_bytes_do_not_spoil_a_text_file(write: Callable[..., Path]) -> None:
    rows = "编号,姓名\n" + "T1,王丽华\n" * 40
    table = read_file(write(rows.replace("T1", "T\0001", 1)))
    assert (table.height, table.cell(1, 0)) == (41, "T1")
    broken = rows.encode().replace("王".encode(), b"\xe7\x8e", 1)
    table = read_file(write(broken))
    assert (table.encoding, table.cell(1, 1), table.cell(2, 1)) == ("UTF-8", "\ufffd丽华", "王丽华")


@pytest.mark.parametrize("rows", [1, 5000])
def test_a_quotation_mark_never_closed_is_told(write: Callable[..., Path], rows: int) -> None:
    with pytest.raises(UserError, match="quotation mark"):
        read_file(write('number,name\n1,"two lines\nin one"\n2,"open\n' + "3,x\n" * rows))
    table = read_file(write('number,name\n1,"two lines\nin one"\n2,5" pipe\n3,6"\n4,"a\nb"\n'))
    assert table.height == 5


def test_openpyxl_reads_what_calamine_refuses(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("cover", 0)["A1"] = "Orders"
    for row in (["number", "paid"], ["T1", 12.5], ["王", None]):
        book["Sheet"].append(row)
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if "/sheet" in name:
                part = f'<?xml version="1.0" encoding="utf-16"?>{part.decode()}'.encode("utf-16")
            new.writestr(name, part)
    table = read_file(tmp_path / "b.xlsx")
    assert (table.sheet, table.sheets) == ("Sheet", ("cover", "Sheet"))
    assert cells(table) == [["number", "paid"], ["T1", 12.5], ["王", None]]
    assert read_file(tmp_path / "b.xlsx", sheet="cover").cell(0, 0) == "Orders"
    with pytest.raises(UserError, match="no such sheet"):
        read_file(tmp_path / "b.xlsx", sheet="other")


def test_a_folder_that_may_not_be_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", refuse)
    assert not is_whole_book(tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="may not be read"):
        read_file(tmp_path / "a.xlsx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    assert not is_whole_book(tmp_path / "a.xlsx")


def test_reading_can_be_cancelled(write: Callable[..., Path]) -> None:
    path = write("a,b\n" + "1,2\n" * 200_000)
    with pytest.raises(Cancelled):
        read_file(path, progress=_StopAt(3))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import os; os.abort()", "is damaged"),
        ("import sys; sys.stdout.write('C'); sys.stdout.flush()", "is damaged"),
        ("import time; time.sleep(60)", "took too long"),
        ("x = bytearray(150_000_000); import time; time.sleep(60)", "too large"),
    ],
)
def test_a_reading_process_that_dies_hangs_or_swells(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    python = reading.reader_command()[0]
    monkeypatch.setattr(reading, "reader_command", lambda: [python, "-c", script])
    # A busy machine may need seconds to start a process.
    monkeypatch.setattr(reading, "MOST_SILENCE", 1.0 if "long" in said else 60.0)
    monkeypatch.setattr(reading, "MOST_MEMORY", 100_000_000)
    with pytest.raises(UserError, match=said):
        read_file(write("a,b\n1,2\n"))


def test_the_process_that_is_watched_is_the_one_that_reads() -> None:
    python, *_ = reading.reader_command()
    code = "import os, sys; print(os.getpid(), sys.prefix)"
    with subprocess.Popen(
        [python, "-c", code], env=reading._environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        said, _ = process.communicate(timeout=30)
    assert said.split(maxsplit=1) == [str(process.pid), f"{sys.prefix}\n"]


def test_the_packaged_program_reads_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert reading.reader_command() == [sys.executable, reading.READER_WORD]
