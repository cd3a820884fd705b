"""Amounts as exports write them, and as we show them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.money import (
    CURRENCIES,
    LARGEST,
    AmountError,
    currency_symbol,
    format_money,
    format_price,
    parse_amount,
    parse_price,
    plain_amount,
)
from desktop.core.translation import set_language


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("1,234.50", 123450),
        ("¥ 1,234.5", 123450),
        ("￥99", 9900),
        ("12.5元", 1250),
        ("$1,433.66", 143366),
        ("HK$20", 2000),
        ("CNY 20.00", 2000),
        ("20.00 RMB", 2000),
        ("€1.234,56", 123456),
        ("1 234,56 €", 123456),
        ("1.234.567,8", 123456780),
        ("12,5", 1250),
        ("1,234", 123400),
        ("1,234,567", 123456700),
        ("12,34,567.89", 123456789),
        ("1'234.50", 123450),
        ("(12.00)", -1200),
        ("-12", -1200),
        ("¥-12.30", -1230),
        ("-¥12.30", -1230),
        ("12.00-", -1200),
        ("１２．５０", 1250),
        ("1.5e3", 150000),
        ("1.2E+4", 1200000),
        ("1.2万", 1200000),
        ("0.005", 1),
        ("1.005", 101),
        ("-1.005", -101),
        (".5", 50),
        ("'12.50", 1250),
        (1.005, 101),
        (2.675, 268),
        (0.1 + 0.2, 30),
        (541909.0, 54190900),
        (3, 300),
        (Decimal("12.345"), 1235),
        (float("nan"), None),
        ("", None),
        ("-", None),
        ("--", None),
        (None, None),
    ],
)
def test_parse_amount(written: object, minor: int | None) -> None:
    assert parse_amount(written) == minor


@pytest.mark.parametrize(
    "written",
    ["abc", "1,2,3", "12%", "1.2.3", "12 34", "王丽华", float("inf"), "9" * 30, True, [], "1e99", "--5x"],
)
def test_what_is_no_amount_says_why(written: object) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(written)
    assert caught.value.reason


def test_prices_are_finer_than_a_cent() -> None:
    assert parse_price("0.001") == 10
    assert parse_price(0.0612) == 612
    assert format_price(10) == "¥0.001"
    assert format_price(12500) == "¥1.25"
    assert format_price(12512, "JPY") == "JP¥1.2512"
    assert format_price(10000, "JPY") == "JP¥1"


def test_amounts_shown() -> None:
    assert format_money(123450) == "¥1,234.50"
    assert format_money(-300) == "-¥3.00"
    assert format_money(1234, "JPY") == "JP¥1,234"
    assert format_money(123450, "USD") == "$1,234.50"
    assert format_money(123450, decimals=0) == "¥1,235"
    assert format_money(-149, decimals=0) == "-¥1"
    assert format_money(5, "XAU") == "XAU 0.05"
    assert plain_amount(-123450) == "-1234.50"
    assert plain_amount(7, "JPY") == "7"


def test_the_dollar_says_whose_it_is_in_chinese() -> None:
    set_language("zh_CN")
    assert format_money(100, "USD") == "US$1.00"
    assert currency_symbol("USD") == "US$"


@given(st.integers(-LARGEST, LARGEST), st.sampled_from(sorted(CURRENCIES)))
def test_what_we_show_is_read_again(minor: int, currency: str) -> None:
    assert parse_amount(format_money(minor, currency), currency) == minor
    assert parse_amount(plain_amount(minor, currency), currency) == minor


@given(st.integers(-(10**13), 10**13))
def test_prices_shown_are_read_again(price: int) -> None:
    assert parse_price(format_price(price)) == price


@given(st.floats(-1e10, 1e10))
def test_floats_round_as_their_decimals(value: float) -> None:
    exact = Decimal(repr(value)).scaleb(2).to_integral_value(ROUND_HALF_UP)
    assert parse_amount(value) == int(exact)


@given(
    st.one_of(
        st.text(), st.text(alphabet="0123456789.,-+() ¥€'e万元%"), st.floats(), st.integers(), st.decimals()
    )
)
def test_nothing_but_the_declared_error(value: object) -> None:
    try:
        minor = parse_amount(value)
    except AmountError:
        return
    assert minor is None or abs(minor) <= LARGEST
