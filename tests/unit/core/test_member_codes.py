"""Members' codes: check digits against every other digit, bars read back, and what a hand makes of a code."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.member_codes import (
    NUMBERS,
    PREFIX,
    bars,
    check_digit,
    is_ean13,
    is_own,
    member_code,
    normalise_code,
    number_of,
)

# GS1's own table, by widths of gap, bar, gap, bar.
WIDTHS = ("3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112")


@pytest.mark.parametrize("code", ["4006381333931", "5901234123457", "9780306406157"])
def test_codes_found_on_goods_are_right(code: str) -> None:
    assert is_ean13(code)
    assert check_digit(code[:12]) == code[12]


@given(st.text("0123456789", min_size=12, max_size=12))
def test_check_digit_is_the_only_one_that_makes_the_weighed_sum_round(body: str) -> None:
    def weighed(code: str) -> int:
        return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(code))

    round_ones = [digit for digit in "0123456789" if weighed(body + digit) % 10 == 0]
    assert round_ones == [check_digit(body)]
    assert [digit for digit in "0123456789" if is_ean13(body + digit)] == round_ones


@given(st.integers(0, NUMBERS - 1), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: int, at: int, off: int) -> None:
    code = member_code(number)
    wrong = code[:at] + str((int(code[at]) + off) % 10) + code[at + 1 :]
    assert is_own(code)
    assert not is_ean13(wrong)


@given(st.integers(0, NUMBERS - 1))
def test_codes_keep_their_number_and_their_range(number: int) -> None:
    code = member_code(number)
    assert number_of(code) == number
    assert code.startswith(PREFIX)
    assert 20 <= int(code[:2]) <= 29


@pytest.mark.parametrize("number", [-1, NUMBERS])
def test_there_is_no_code_beyond_the_range(number: int) -> None:
    with pytest.raises(ValueError, match="no member code"):
        member_code(number)


@pytest.mark.parametrize("text", ["", "1234", "29000000000a5", "２９00000000005", "2900000000005 "])
def test_what_is_no_code_is_no_code(text: str) -> None:
    assert not is_ean13(text)


def read_bars(modules: str) -> str:
    """An EAN-13 read from its modules as a scanner does it, by the widths of bars and gaps."""
    assert modules.startswith("101")
    assert modules.endswith("101")
    assert modules[45:50] == "01010"
    left = [modules[3 + 7 * at : 10 + 7 * at] for at in range(6)]
    right = [modules[50 + 7 * at : 57 + 7 * at] for at in range(6)]
    digits, parity = "", ""
    for part in left:
        widths = _widths(part)
        # Odd parity: an odd number of dark modules.
        odd = part.count("1") % 2 == 1
        parity += "O" if odd else "E"
        digits += str(WIDTHS.index(widths if odd else widths[::-1]))
    first = {"OOOOOO": "0", "OOEOEE": "1", "OOEEOE": "2", "OOEEEO": "3", "OEOOEE": "4",
             "OEEOOE": "5", "OEEEOO": "6", "OEOEOE": "7", "OEOEEO": "8", "OEEOEO": "9"}[parity]  # fmt: skip
    assert all(part.startswith("0") for part in left)
    assert all(part.startswith("1") for part in right)
    return first + digits + "".join(str(WIDTHS.index(_widths(part))) for part in right)


def _widths(modules: str) -> str:
    runs = [1]
    for before, now in pairwise(modules):
        if before == now:
            runs[-1] += 1
        else:
            runs.append(1)
    return "".join(map(str, runs))


@given(st.text("0123456789", min_size=12, max_size=12))
def test_bars_are_read_back(body: str) -> None:
    code = body + check_digit(body)
    assert len(bars(code)) == 95
    assert read_bars(bars(code)) == code


def test_bars_of_no_code_are_refused() -> None:
    with pytest.raises(ValueError, match="not an EAN-13"):
        bars("2900000000000")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("VIP-0042\n", "vip-0042"),
        ("VIP-0042", "vip-0042"),
        ("ＶＩＰ 0042", "vip 0042"),
        ("\ufeffA17\r", "a17"),
        ("", ""),
        ("400-6381-333931", "4006381333931"),
    ],
)
def test_a_code_is_the_same_however_it_comes(text: str, wanted: str) -> None:
    assert normalise_code(text) == wanted


def test_a_code_of_ours_stays_what_it_is() -> None:
    assert normalise_code(f" {member_code(42)}\t") == member_code(42)
