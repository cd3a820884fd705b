"""Cells are read as what their field means, or a reason says why they cannot be."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.reading.table import Cell, Column
from desktop.exchange.values.reader import Checked, Point, Reading, check
from desktop.exchange.vocabulary import fields


def read(kind: str, *cells: Cell, reading: Reading | None = None) -> Checked:
    return check(Column(values=[None, *cells]), kind, reading or Reading())


def value(kind: str, cell: Cell, reading: Reading | None = None) -> object:
    checked = read(kind, cell, reading=reading)
    assert not checked.faults
    return checked.values[1]


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        ("id", 13800138421.0, "13800138421"),
        ("id", '="0012"', "0012"),
        ("id", "\t6917000000000000001", "6917000000000000001"),
        ("id", "-", None),
        ("when", datetime(2026, 11, 9, 20, 14), "2026-11-09 20:14:00"),
        ("when", "2020/2/21 0:00", "2020-02-21 00:00:00"),
        ("when", 40513.35138888889, "2010-12-01 08:26:00"),
        ("when", "  ", None),
        ("amount", "￥1,234.50元", 123450),
        ("amount", 0.1, 10),
        ("price", 0.001, 10),
        ("quantity", "3件", 3.0),
        ("quantity", "0.35", 0.35),
        ("phone", "'13800138421", (Point("phone", "", "13800138421", "13800138421"),)),
        ("phone", "138****8421", None),
        ("phone", "##3a9f##", None),
        ("account", 17850.0, (Point("account", "", "17850", "17850"),)),
        ("account", "17850.0", (Point("account", "", "17850", "17850"),)),
        ("account", "t**3", None),
        ("email", "A@B.CN ", (Point("email", "", "A@B.CN", "a@b.cn"),)),
        ("gender", "女士", "female"),
        ("gender", "M", "male"),
        ("birthday", "9-15", "09-15"),
        ("birthday", "1988/9/15", "1988-09-15"),
        ("status", "买家已付款，等待卖家发货", "paid"),
        ("status", "Cancelled", "cancelled"),
        ("channel", "天猫", "taobao"),
        ("channel", "街边摊", "街边摊"),
        ("customer_kind", "代理商", "distributor"),
        ("name", "王  丽华", "王 丽华"),
    ],
)
def test_what_cells_mean(kind: str, cell: Cell, expected: object) -> None:
    assert value(kind, cell) == expected


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        ("id", "1.38E+10", "was rounded by a spreadsheet"),
        ("id", 2.19388410027e18, "was rounded by a spreadsheet"),
        ("phone", "1.38E+10", "was rounded by a spreadsheet"),
        ("phone", "138001384", "11 digits expected, 9 found"),
        ("phone", "abc", "is not a phone number"),
        ("when", "2026-13-05", "“2026-13-05” is not a date"),
        ("when", "03/04/2026", "can mean two days"),
        ("amount", "免单", "“免单” is not an amount"),
        ("status", "玄学", "is not a known order status"),
        ("qq", "abc", "is not a QQ number"),
        ("gender", "robot", "is not a known gender"),
    ],
)
def test_what_cannot_be_read_says_why(kind: str, cell: Cell, said: str) -> None:
    checked = read(kind, cell)
    assert said in checked.faults[1]
    assert checked.values[1] is None


def test_two_phones_in_a_cell() -> None:
    points = value("phone", "13800138421/13900139000")
    assert isinstance(points, tuple)
    assert [point.norm for point in points] == ["13800138421", "13900139000"]


def test_a_column_tells_which_number_is_the_day() -> None:
    assert read("when", "03/04/2026", "25/04/2026").values[1] == "2026-04-03 00:00:00"
    assert read("when", "03/04/2026", "04/25/2026").values[1] == "2026-03-04 00:00:00"
    assert value("when", "03/04/2026", Reading(day_first=True)) == "2026-04-03 00:00:00"


KINDS = sorted({field.kind for field in fields.FIELDS})


@given(
    st.sampled_from(KINDS),
    st.one_of(st.text(), st.floats(allow_nan=False, allow_infinity=False), st.datetimes()),
)
def test_no_cell_breaks_a_reader(kind: str, cell: Cell) -> None:
    checked = read(kind, cell)
    assert (checked.values[1] is None) or not checked.faults
