"""Text files written by Shuke: what every program reads, what none runs, and what comes back as it was."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.core.progress import Cancelled, Progress
from desktop.exchange.reading.files import read_file
from desktop.exchange.reading.formula_guard import guarded, unguarded
from desktop.exchange.writers.cells import without_controls
from desktop.exchange.writers.columns import ExportColumn, Kind
from desktop.exchange.writers.csv_writing import write_csv
from desktop.exchange.writers.workbook import write_table

RUN = [
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "@SUM(A1)", "-2+3", "+1-1", "\t=1", "\r=1",
    "\n=1", " =1", "'=1", "''=1", "=", "-", "@", "＝1+1", "＠x", "+cmd|x!A0", "-cmd|x!A0", "\u200b=1", "=-1",
]  # fmt: skip
KEPT = [
    "+8613800138000",
    "+86 138 0013 8000",
    "-3.50",
    "-3",
    "+1",
    "13800138000",
    "0012",
    "'quoted'",
    "茶 = tea",
]


def written(path: Path, kind: Kind, values: list[Any], currency: str = "CNY") -> list[str]:
    """The cells of one column as another program finds them."""
    write_csv(path, [ExportColumn("x", "Column", kind, lambda row: row)], values, currency=currency)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[0] if row else "" for row in csv.reader(file)][1:]


def test_the_file_is_what_every_program_reads(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    columns = [
        ExportColumn("0", "客户", value=lambda row: row[0]),
        ExportColumn("1", "b", value=lambda row: row[1]),
    ]
    assert write_csv(path, columns, [("王芳", 'say "hi", twice'), ("two\nlines", None)]) == 2
    assert path.read_bytes() == ('\ufeff客户,b\r\n王芳,"say ""hi"", twice"\r\n"two\nlines",\r\n'.encode())


def test_figures_are_plain_and_days_are_iso(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert written(path, "money", [123456, -5, 0, None]) == ["1234.56", "-0.05", "0.00", ""]
    assert written(path, "money", [1234], "JPY") == ["1234"]
    assert written(path, "price", [10, 35_000, -1]) == ["0.001", "3.50", "-0.0001"]
    assert written(path, "number", [3, 2.5, 1e-7, 10**18, 4.0]) == [
        "3",
        "2.5",
        "0.0000001",
        "1" + "0" * 18,
        "4",
    ]
    assert written(path, "percent", [0.25]) == ["0.25"]
    day = date(2026, 11, 9)
    assert written(path, "date", [day.toordinal(), day, "2026-11-09"]) == ["2026-11-09"] * 3
    moment = datetime(2026, 11, 9, 20, 14, 33)
    assert written(path, "when", ["2026-11-09 20:14:33", moment]) == ["2026-11-09 20:14:33"] * 2


def test_phones_and_numbers_of_orders_are_written_digit_for_digit(tmp_path: Path) -> None:
    texts = ["13800138000", "+8613800138000", "0012", "110101199003071234"]
    assert written(tmp_path / "list.csv", "id", texts) == texts


@pytest.mark.parametrize("text", RUN)
def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    found = written(tmp_path / "list.csv", "text", [text])[0]
    assert found[0] == "'"
    assert unguarded(found) == without_controls(text)


@pytest.mark.parametrize("text", KEPT)
def test_phones_and_plain_numbers_stay_as_they_are(tmp_path: Path, text: str) -> None:
    assert written(tmp_path / "list.csv", "text", [text]) == [text]


def test_a_cell_that_falls_apart_holds_no_formula_either() -> None:
    assert guarded("hello;=cmd|' /C calc'!A0;") == "hello;'=cmd|' /C calc'!A0;"
    assert guarded("hello\n+cmd|' /C calc'!A0") == "hello\n'+cmd|' /C calc'!A0"
    assert guarded("bought\n- tea\n- a cup") == "bought\n- tea\n- a cup"


_TEXTS = st.one_of(
    st.text(),
    st.text(st.sampled_from(list("=+-@'\t\n\r; ＝a1(|!,\"."))),
    st.builds("".join, st.lists(st.sampled_from([*RUN, *KEPT, ";", "\n", "x"]), max_size=4)),
)


@given(_TEXTS)
@example("\n'=1")
@example("';'=1")
def test_the_guard_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(_TEXTS, min_size=1, max_size=5))
@example(["'", "=x", "-2+3"])
def test_a_text_comes_back_from_both_kinds_of_file(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    """But for its control characters; and in neither it is a formula."""
    # A byte order mark is none of a text's own characters: readers drop it.
    texts = [without_controls(text).replace("\ufeff", "") for text in texts]
    folder = tmp_path_factory.mktemp("both")
    columns = [
        ExportColumn("0", "Number", "id", value=lambda row: row[0]),
        ExportColumn("1", "Text", value=lambda row: row[1]),
    ]
    rows = [(f"A{at}", text) for at, text in enumerate(texts)]
    write_csv(folder / "x.csv", columns, rows)
    write_table(folder / "x.xlsx", "x", columns, rows)
    for name in ("x.csv", "x.xlsx"):
        table = read_file(folder / name)
        assert [table.text(row, 1) for row in range(1, table.height)] == texts, name
    sheet = openpyxl.load_workbook(folder / "x.xlsx").worksheets[0]
    assert all(cell.data_type in "sn" and not (cell.data_type == "n" and cell.value) for cell in sheet["B"])
    with (folder / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in list(csv.reader(file))[1:]:
            assert not row[1].lstrip().startswith(("=", "@", "＝", "＠"))


class _Stopping(Progress):
    def report(self, done: int, total: int = 0, text: str = "") -> None:
        if done:
            raise Cancelled


def test_cancelling_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    with pytest.raises(Cancelled):
        write_csv(
            path, [ExportColumn("x", "x", "number", lambda row: row)], range(5000), progress=_Stopping()
        )
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_may_be_as_long_as_systems_take(tmp_path: Path) -> None:
    path = tmp_path / f"{'店' * 83}.csv"
    assert written(path, "text", ["茶"]) == ["茶"]
    assert list(tmp_path.iterdir()) == [path]
