"""Phones and accounts as people, platforms and spreadsheets write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.text import (
    Phone,
    PhoneFault,
    format_phone,
    is_masked,
    is_ruined_number,
    normalise_account,
    normalise_email,
    normalise_phone,
    read_phone,
    split_values,
)


@pytest.mark.parametrize(
    "written",
    [
        "13800138421",
        "138 0013 8421",
        "+86 138-0013-8421",
        "0086138 0013 8421",
        "8613800138421",
        "１３８００１３８４２１",
        "'13800138421",
        "`13800138421",
        '="13800138421"',
        "\t13800138421",
        "\u202a13800138421\u202c",
        "13800138421.0",
        "1.3800138421E+10",
        "手机:13800138421",
    ],
)
def test_a_mobile_is_one_number_however_written(written: str) -> None:
    assert normalise_phone(written) == "13800138421"


@pytest.mark.parametrize(
    ("written", "number", "shown"),
    [
        ("(0571) 8888-8888", "057188888888", "0571 8888 8888"),
        ("+86 571 8888 8888", "057188888888", "0571 8888 8888"),
        ("010-62345678转801", "01062345678-801", "010 6234 5678 - 801"),
        ("0571-88888888-801", "057188888888-801", "0571 8888 8888 - 801"),
        ("13800138421-1234", "13800138421-1234", "138 0013 8421 - 1234"),
        ("400-800-1234", "4008001234", "400 800 1234"),
        ("95588", "95588", "95588"),
        ("88888888", "88888888", "8888 8888"),
        ("+44 (0)7911 123456", "+447911123456", "+44 791 112 3456"),
        ("001 415 555 2671", "+14155552671", "+1 415 555 2671"),
    ],
)
def test_other_numbers(written: str, number: str, shown: str) -> None:
    assert normalise_phone(written) == number
    assert format_phone(number) == shown


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", PhoneFault.EMPTY),
        (" \ufeff", PhoneFault.EMPTY),
        ("138****8421", PhoneFault.MASKED),
        ("138xxxx8421", PhoneFault.MASKED),
        ("$$aGVsbG8=$1$", PhoneFault.MASKED),
        ("1.38E+10", PhoneFault.RUINED),
        ("1.38001E+10", PhoneFault.RUINED),
        ("13800000000", PhoneFault.RUINED),
        ("12345678901", PhoneFault.NOT_A_PHONE),
        ("call me", PhoneFault.NOT_A_PHONE),
        ("王丽华", PhoneFault.NOT_A_PHONE),
    ],
)
def test_why_a_text_is_no_phone(written: str, fault: PhoneFault) -> None:
    assert read_phone(written) == Phone(None, fault)
    assert normalise_phone(written) is None


def test_a_shop_abroad() -> None:
    assert normalise_phone("+44 7911 123456", "GB") == "07911123456"
    assert normalise_phone("07911 123456", "GB") == "07911123456"
    assert normalise_phone("+86 13800138421", "GB") == "+8613800138421"


@given(st.text(max_size=30))
def test_phones_never_fail_and_are_stable(text: str) -> None:
    number = normalise_phone(text)
    if number is not None:
        assert normalise_phone(number) == number
        assert number.lstrip("+").replace("-", "").isascii()
        format_phone(number)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_shown_phones_are_read_again(number: str) -> None:
    if not number.endswith("00000000"):
        assert normalise_phone(format_phone(number)) == number


@pytest.mark.parametrize(
    ("kind", "written", "norm"),
    [
        ("email", " Mailto:Wang@Example.COM ", "wang@example.com"),
        ("email", "wang@", None),
        ("email", "w***g@example.com", None),
        ("qq", "QQ: 12345678", "12345678"),
        ("qq", "12345678@qq.com", "12345678"),
        ("qq", "abc", None),
        ("weibo", "https://weibo.com/u/1234567?from=x", "1234567"),
        ("weibo", "@老王的店", "老王的店"),
        ("wechat", "微信：WangLi_88", "wangli_88"),
        ("account", "t**3", None),
        ("account", "Tb12345", "tb12345"),
        ("address", "杭州市 西湖区", "杭州市西湖区"),
        ("phone", "+86 13800138421", "13800138421"),
    ],
)
def test_accounts(kind: str, written: str, norm: str | None) -> None:
    assert normalise_account(kind, written) == norm


@given(
    st.sampled_from(["phone", "email", "qq", "weibo", "wechat", "account", "address"]), st.text(max_size=30)
)
def test_accounts_never_fail(kind: str, text: str) -> None:
    assert normalise_account(kind, text) != ""


def test_email_alone() -> None:
    assert normalise_email("a@b.cn") == "a@b.cn"
    assert normalise_email("a@b") is None


def test_several_in_one_cell() -> None:
    assert split_values("13800138421/13900139421；010-62345678") == [
        "13800138421",
        "13900139421",
        "010-62345678",
    ]
    assert split_values(" ") == []


def test_hidden_and_ruined() -> None:
    assert all(map(is_masked, ("138****8421", "王**", "##aGVsbG8=##", "t***1")))
    assert not any(map(is_masked, ("王丽华", "13800138421", "#1 shop", "xxl")))
    assert is_ruined_number("1.23E+18")
    assert not is_ruined_number("1.3800138421E+10")
    assert not is_ruined_number("123456789012345678")
