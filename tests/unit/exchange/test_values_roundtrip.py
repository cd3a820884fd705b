"""Whatever form a date, an amount, a phone or a number takes in an export, what was meant is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from desktop.exchange.checking.columns import Columns, reading_of
from desktop.exchange.matching.mapping import match_columns
from desktop.exchange.reading.files import read_file
from desktop.exchange.reading.table import Cell, Column
from desktop.exchange.values.reader import Checked, Point, Reading, check, says_something
from desktop.exchange.vocabulary import fields
from tests.unit.exchange.tables import table_of


def read(kind: str, *cells: Cell, reading: Reading | None = None) -> Checked:
    return check(Column(values=[None, *cells]), kind, reading or Reading())


def value(kind: str, cell: Cell, reading: Reading | None = None) -> Any:
    checked = read(kind, cell, reading=reading)
    assert not checked.faults, checked.faults
    return checked.values[1]


_QUIRKS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: f" {text}\t",
    lambda text: f"\t{text}",
    lambda text: f"\ufeff{text}\u3000",
    lambda text: f'="{text}"',
    lambda text: f"'{text}",
)
quirks = st.sampled_from(_QUIRKS)
_WIDE = str.maketrans("0123456789-:/.,¥", "０１２３４５６７８９－：／．，￥")


def wide(text: str) -> str:
    return text.translate(_WIDE)


# --- moments

moments = st.datetimes(datetime(1970, 1, 1), datetime(2069, 12, 31, 23, 59)).map(
    lambda when: when.replace(microsecond=0)
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _half(when: datetime) -> str:
    return f"{'下午' if when.hour >= 12 else '上午'}{when.hour % 12 or 12}:{when:%M:%S}"


_SECONDS: tuple[Callable[[datetime], Cell], ...] = (
    lambda w: w,
    lambda w: f"{w:%Y-%m-%d %H:%M:%S}",
    lambda w: f"{w:%Y-%m-%dT%H:%M:%S}",
    lambda w: f"{w:%Y-%m-%dT%H:%M:%S}.123",
    lambda w: f"{w:%Y-%m-%d %H:%M:%S} +0800",
    lambda w: f"{w:%Y-%m-%d %H:%M:%S} +0000",
    lambda w: f"{w:%Y-%m-%dT%H:%M:%S}-05:00",
    lambda w: f"{w.year}/{w.month}/{w.day} {w.hour}:{w:%M:%S}",
    lambda w: f"{w.year}.{w.month}.{w.day} {w:%H:%M:%S}",
    lambda w: f"{w.year}年{w.month}月{w.day}日 {_half(w)}",
    lambda w: f"{w.year}年{w.month}月{w.day}日 {w.hour}时{w.minute}分{w.second}秒",
    lambda w: f"{w:%Y%m%d%H%M%S}",
    lambda w: f"{w.day} {_MONTHS[w.month - 1]} {w.year} {w:%H:%M:%S}",
    lambda w: f"{_MONTHS[w.month - 1]} {w.day}, {w.year}, {w:%I:%M:%S} {'PM' if w.hour > 11 else 'AM'}",
    lambda w: wide(f"{w:%Y-%m-%d %H:%M:%S}"),
    lambda w: (w - datetime(1899, 12, 30)) / timedelta(days=1),
)
_DAYS: tuple[Callable[[datetime], Cell], ...] = (
    lambda w: f"{w:%Y%m%d}",
    lambda w: float(f"{w:%Y%m%d}"),
    lambda w: f"{_MONTHS[w.month - 1]}-{w.day:02}-{w:%y}",
    lambda w: f"{w.day:02}-{_MONTHS[w.month - 1]}-{w:%y}",
    lambda w: f"{w.year}年{w.month}月{w.day}日",
    lambda w: str((w - datetime(1899, 12, 30)).days),
    lambda w: f"{w:%Y-%m-%d} 星期三",
)


@given(moments, st.sampled_from(_SECONDS), quirks)
def test_a_moment_in_any_form_that_is_one(
    when: datetime, form: Callable[[datetime], Cell], quirk: Callable[[str], str]
) -> None:
    cell = form(when)
    assert value("when", quirk(cell) if isinstance(cell, str) else cell) == when.isoformat(" ")


@given(moments, st.sampled_from(_DAYS), quirks)
def test_a_day_in_any_form_that_is_one(
    when: datetime, form: Callable[[datetime], Cell], quirk: Callable[[str], str]
) -> None:
    cell = form(when)
    cell = quirk(cell) if isinstance(cell, str) else cell
    assert value("when", cell) == f"{when.date()} 00:00:00"
    assert value("birthday", cell) == when.date().isoformat()


@given(st.lists(moments, min_size=1, max_size=8), st.sampled_from("/-."), st.booleans(), st.booleans())
def test_day_and_month_are_asked_about_unless_the_column_tells(
    whens: list[datetime], sign: str, day_first: bool, short: bool
) -> None:
    form = sign.join(("%d", "%m") if day_first else ("%m", "%d")) + sign + ("%y" if short else "%Y")
    cells = [when.strftime(form) for when in whens]
    meant = [f"{when.date()} 00:00:00" for when in whens]
    told = read("when", *cells, reading=Reading(day_first=day_first))
    assert told.values[1:] == meant
    unsaid = read("when", *cells)
    for cell, said, found in zip(cells, meant, unsaid.values[1:], strict=True):
        # Asked about, or right; never wrong.
        assert found in (None, said), cell
    assert unsaid.two_ways == (None in unsaid.values[1:])
    if not short and any(when.day > 12 for when in whens):
        assert unsaid.values[1:] == meant


@given(moments)
def test_a_workbook_that_counts_from_1904(when: datetime) -> None:
    serial = (when - datetime(1904, 1, 1)) / timedelta(days=1)
    assert value("when", serial, Reading(epoch=1904)) == when.isoformat(" ")


def test_bare_numbers_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(["订单号", "下单时间", "付款时间", "金额"])
    when = datetime(2026, 11, 9, 12)
    sheet.append(["1", when, (when - datetime(1904, 1, 1)) / timedelta(days=1), 5])
    book.save(tmp_path / "a.xlsx")
    table = read_file(tmp_path / "a.xlsx")
    mapping = match_columns(table)
    columns = Columns(table, mapping, reading_of(None, mapping, "CNY", "CN"))
    assert [placed.values[placed.codes[0]] for placed in columns.every[1:3]] == ["2026-11-09 12:00:00"] * 2


def test_a_short_year_may_come_first() -> None:
    assert read("when", "26-07-22", "26-11-09").two_ways
    told = read("when", "26-07-22", "26-11-09", reading=Reading(day_first=False))
    assert told.values[1:] == ["2026-07-22 00:00:00", "2026-11-09 00:00:00"]
    # Where months come first, a month of 13 is a slip and no year.
    assert 2 in read("when", "09/25/26", "13/05/26", reading=Reading(day_first=False)).faults
    assert value("when", "99/12/31") == "1999-12-31 00:00:00"


@pytest.mark.parametrize("cell", ["0/0/00", "0000-00-00 00:00:00", "-", "\t", "****"])
def test_no_day_is_no_mistake(cell: str) -> None:
    assert value("when", cell) is None
    assert value("birthday", cell) is None


# --- amounts

cents = st.integers(-(10**12), 10**12)
CNY = Reading()


def _grouped(minor: int, group: str, point: str, digits: int = 2) -> str:
    whole, part = divmod(abs(minor), 100)
    return f"{whole:,}".replace(",", group) + (point + f"{part:02}" if digits else "")


def _signed(minor: int, text: str) -> str:
    return f"-{text}" if minor < 0 else text


_AMOUNTS: tuple[Callable[[int], Cell], ...] = (
    lambda n: n / 100,
    lambda n: f"{n / 100:.2f}",
    lambda n: _signed(n, _grouped(n, ",", ".")),
    lambda n: _signed(n, _grouped(n, ".", ",")),
    lambda n: _signed(n, _grouped(n, "'", ".")),
    lambda n: _signed(n, _grouped(n, " ", ",")),
    lambda n: _signed(n, _grouped(n, "\u202f", ",")),
    lambda n: _signed(n, f"¥{_grouped(n, ',', '.')}"),
    lambda n: f"￥{_signed(n, _grouped(n, ',', '.'))}",
    lambda n: _signed(n, f"{_grouped(n, '', '.')}元"),
    lambda n: _signed(n, f"CNY {_grouped(n, ',', '.')}"),
    lambda n: f"({_grouped(n, ',', '.')})" if n < 0 else _grouped(n, ",", "."),
    lambda n: f"{_grouped(n, ',', '.')}-" if n < 0 else _grouped(n, ",", "."),
    lambda n: _signed(n, wide(_grouped(n, ",", "."))),
)


@given(cents, st.sampled_from(_AMOUNTS), quirks)
def test_an_amount_in_any_form(n: int, form: Callable[[int], Cell], quirk: Callable[[str], str]) -> None:
    cell = form(n)
    assume(not (isinstance(cell, str) and cell.startswith("(") and quirk(cell).startswith("'")))
    assert value("amount", quirk(cell) if isinstance(cell, str) else cell) == n


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.booleans())
@example([123400, 567800], True)
def test_a_column_tells_its_decimal_sign(whole: list[int], comma: bool) -> None:
    group, point = (".", ",") if comma else (",", ".")
    # Amounts without cents: "1.234" alone could be either.
    cells = [_grouped(n * 100, group, point, 0) for n in whole]
    decisive = _grouped(1234_56, group, point)
    found = read("amount", *cells, decisive)
    assert found.values[1:] == [*(n * 100 for n in whole), 1234_56]
    other = read("amount", *cells, reading=Reading(decimal_comma=comma))
    assert other.values[1:] == [n * 100 for n in whole]


def test_what_only_can_be_thousands_or_decimals_alone() -> None:
    assert read("amount", "1,234").values[1] == 123400
    assert read("price", "1.234").values[1] == 12340
    # Both ways in one column: each value for itself.
    assert read("amount", "1.234,56", "1,234.56", "1,234").values[1:] == [123456, 123456, 123400]


def test_another_column_tells_the_decimal_sign_and_the_order_of_the_day() -> None:
    table = table_of(
        [
            ["订单号", "下单时间", "付款时间", "总金额", "实付金额"],
            ["1", "03/04/2026", "25/04/2026", "1.234", "9,50"],
        ]
    )
    mapping = match_columns(table)
    columns = Columns(table, mapping, reading_of(None, mapping, "CNY", "CN"))
    found = {placed.field: placed.values[placed.codes[0]] for placed in columns.every}
    assert (found["order.total"], found["order.paid"]) == (123400, 950)
    assert found["order.placed_at"] == "2026-04-03 00:00:00"


@pytest.mark.parametrize(
    ("cell", "shop", "meant"),
    [("$5.00", "CNY", "USD"), ("5 EUR", "CNY", "EUR"), ("£5", "USD", "GBP"), ("5元", "EUR", "CNY")],
)
def test_another_currency_is_no_amount_of_the_shop(cell: str, shop: str, meant: str) -> None:
    faults = read("amount", cell, reading=Reading(currency=shop)).faults
    assert faults[1] == f"“{cell}” is in {meant} and the book is in {shop}"
    assert not read("amount", "$5.00", reading=Reading(currency="AUD")).faults
    assert not read("amount", "¥5", reading=Reading(currency="JPY")).faults


def test_an_order_in_another_currency_stays_out() -> None:
    table = table_of(
        [
            ["order id", "order date", "total", "currency"],
            ["1", "2026-11-09", 5.0, "USD"],
            ["2", "2026-11-09", 5.0, "cny"],
            ["3", "2026-11-09", 5.0, None],
        ]
    )
    mapping = match_columns(table)
    columns = Columns(table, mapping, reading_of(None, mapping, "CNY", "CN"))
    assert [(problem.row, problem.column, problem.reason) for problem in columns.problems] == [
        (
            2,
            "currency",
            "this order is in USD and the book in CNY (Settings say which currency the shop uses)",
        )
    ]


# --- quantities, phones, numbers


@given(st.integers(-999_999_999, 999_999_999), quirks, st.sampled_from(["", "件", " 盒", "x"]))
def test_a_quantity(n: int, quirk: Callable[[str], str], unit: str) -> None:
    assert value("quantity", quirk(f"{n / 1000:.4f}{unit}")) == n / 1000
    assert value("quantity", n / 1000) == n / 1000


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True).filter(lambda text: not text.endswith("00000000"))
_PHONES: tuple[Callable[[str], Cell], ...] = (
    lambda p: p,
    lambda p: float(p),
    lambda p: f"{p}.0",
    lambda p: f"+86 {p[:3]} {p[3:7]} {p[7:]}",
    lambda p: f"0086{p}",
    lambda p: f"86-{p}",
    lambda p: f"{p[:3]}-{p[3:7]}-{p[7:]}",
    lambda p: wide(p),
    lambda p: f"手机：{p}",
    lambda p: f"({p[:3]}) {p[3:]}",
)


@given(mobiles, st.sampled_from(_PHONES), quirks)
def test_a_phone_in_any_form(phone: str, form: Callable[[str], Cell], quirk: Callable[[str], str]) -> None:
    cell = form(phone)
    points = value("phone", quirk(cell) if isinstance(cell, str) else cell)
    assert [point.norm for point in points] == [phone]


@given(mobiles, st.integers(1, 6))
def test_a_rounded_phone_is_reported(phone: str, digits: int) -> None:
    text = f"{float(phone):.{digits}E}"
    assert "rounded by a spreadsheet" in read("phone", text).faults[1]
    assert "rounded by a spreadsheet" in read("id", text).faults[1]


@given(st.from_regex(r"[2-9][0-9]{9}", fullmatch=True))
def test_a_phone_of_another_country_keeps_its_prefix(phone: str) -> None:
    abroad = Reading(written_in="US")
    for written in (phone, f"+1 {phone}", f"({phone[:3]}) {phone[3:6]}-{phone[6:]}", f"'+1{phone}"):
        assert [point.norm for point in value("phone", written, abroad)] == [f"+1{phone}"]
    assert [point.norm for point in value("phone", "+86 138 0013 8421", abroad)] == ["13800138421"]


numbers = st.from_regex(r"[A-Z]{0,3}[0-9]{1,14}(-[0-9]{1,4})?", fullmatch=True)


@given(numbers, quirks)
def test_a_number_in_any_wrapping(number: str, quirk: Callable[[str], str]) -> None:
    assert value("id", quirk(number)) == number
    assert value("id", wide(number).replace("－", "-")) == number


@given(st.integers(10**15, 10**20))
def test_a_rounded_number_is_reported(number: int) -> None:
    assert "rounded by a spreadsheet" in read("id", float(number)).faults[1]
    assert value("id", str(number)) == str(number)


_NOTHING = ("****", "##5ba3cd", "$$abc==", "\t\t", " ", "-", "--", "—", "/", "***-***", "null")


@pytest.mark.parametrize("cell", _NOTHING)
def test_what_is_hidden_or_empty_says_nothing(cell: str) -> None:
    assert not says_something(cell)
    for kind in ("text", "name", "id", "phone", "email", "wechat", "account", "amount", "when", "quantity"):
        assert value(kind, cell) is None


@pytest.mark.parametrize("name", ["周**", "孙*", "*明", "王＊＊"])
def test_a_name_hidden_in_part_is_nobodys(name: str) -> None:
    assert value("name", name) is None
    assert value("account", "t**3") is None
    assert value("name", "Emma *") == "Emma *"


def test_a_state_behind_a_mark() -> None:
    assert value("status", "(删除)已完成") == "completed"
    assert value("status", "（已删除）交易成功") == "completed"
    whole = Reading(statuses={"(删除)等待出库": "returned", "已退款*": "returned"})
    assert value("status", "(删除)等待出库", whole) == "returned"
    assert value("status", "已退款(￥5.00)", whole) == "returned"


def test_several_values_in_one_cell() -> None:
    google = Reading(multi=":::")
    assert value("email", "a@b.cn ::: c@d.cn", google) == (
        Point("email", "", "a@b.cn", "a@b.cn"), Point("email", "", "c@d.cn", "c@d.cn"),
    )  # fmt: skip
    assert value("text", "* myContacts ::: Friends ::: Tea", google) == "Friends, Tea"
    assert value("name", "Emma ::: Em", google) == "Emma"
    assert value("text", "* myContacts ::: * starred", google) is None


KINDS = sorted({field.kind for field in fields.FIELDS})
readings = st.builds(
    Reading,
    currency=st.sampled_from(["CNY", "JPY", "EUR", "XYZ"]),
    country=st.sampled_from(["CN", "US", "DE", "ZZ"]),
    day_first=st.sampled_from([None, True, False]),
    decimal_comma=st.sampled_from([None, True, False]),
    written_in=st.sampled_from(["", "US", "CN"]),
    multi=st.sampled_from(["", ":::"]),
    epoch=st.sampled_from([1900, 1904]),
)
pieces = st.sampled_from(
    [
        *("1", "12", "2026", "03/04", "-", "/", ".", ",", ":", " ", "¥", "$", "元", "年", "月", "日", "下午"),
        *("E+1", "e", "*", "##", "(", ")", "'", '="', '"', "\t", "万", "+86", "@", ":::", "Z", "Jan", "％"),
        *("²", "٣", "\u202e"),
    ]
)


@given(
    st.sampled_from(KINDS),
    st.lists(
        st.one_of(
            st.text(), st.lists(pieces, max_size=8).map("".join), st.floats(allow_nan=False), st.datetimes()
        ),
        max_size=4,
    ),
    readings,
)
def test_no_cell_breaks_a_reader_whatever_the_file(kind: str, cells: list[Cell], reading: Reading) -> None:
    checked = read(kind, *cells, reading=reading)
    assert len(checked.values) == len(cells) + 1
    assert all(checked.values[code] is None and reason for code, reason in checked.faults.items())
