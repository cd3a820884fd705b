"""Codes of feedback cards: every slip of one sign and every swap of two is found."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core import card_codes as subject

bodies = st.text(alphabet=subject.SIGNS, min_size=8, max_size=8)
codes = bodies.map(lambda body: body + subject.check_sign(body))


def test_the_signs_are_a_prime_number_of_different_ones() -> None:
    assert len(set(subject.SIGNS)) == len(subject.SIGNS) == 23
    assert not set(subject.SIGNS) & set("01OILQBSZUV")


def test_the_check_is_the_weighted_sum() -> None:
    # 2·1 + 3·2 + … + 9·8 of the signs 3, 4, …, C is 240, 10 more than a multiple of 23: 13 is missing.
    assert subject.check_sign("3456789C") == subject.SIGNS[13]
    assert subject.written("3456789CJ") == "345-678-9CJ"


@settings(max_examples=60)
@given(codes)
def test_every_single_slip_is_found(code: str) -> None:
    assert subject.is_code(code)
    for place in range(len(code)):
        for sign in subject.SIGNS:
            slipped = code[:place] + sign + code[place + 1 :]
            assert subject.is_code(slipped) == (slipped == code)


@settings(max_examples=60)
@given(codes)
def test_every_swap_is_found(code: str) -> None:
    for first in range(len(code)):
        for then in range(first + 1, len(code)):
            signs = list(code)
            signs[first], signs[then] = signs[then], signs[first]
            assert subject.is_code("".join(signs)) == (code[first] == code[then])


@settings(max_examples=60)
@given(codes, st.sampled_from(["{}", " {}\n", "https://s.example/f?c={}", "https://s.example/abc/{}?x=1"]))
def test_codes_are_read_however_they_are_written(code: str, around: str) -> None:
    shown = subject.written(code)
    for text in (code, code.lower(), shown, shown.replace("-", " "), shown.translate({56: 66, 53: 83})):
        assert subject.read_code(around.format(text)) == code


@settings(max_examples=20)
@given(codes)
def test_full_width_signs_of_a_chinese_keyboard_are_read(code: str) -> None:
    wide = {sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)}
    shown = subject.written(code)
    for text in (code, code.lower(), shown, shown.lower()):
        assert subject.read_code(text.translate(wide)) == code
    assert subject.looks_like_code((code[:-1] + "A").translate(wide))


def test_what_is_no_code_is_none() -> None:
    assert subject.read_code("") is None
    assert subject.read_code("345-678-9CK") is None
    assert subject.looks_like_code("345-678-9ck")
    assert not subject.looks_like_code("345")


def test_new_codes_are_codes() -> None:
    assert all(subject.is_code(subject.new_code()) for _ in range(100))
    assert subject.new_code(lambda n: n - 1) == "Y" * 8 + subject.check_sign("Y" * 8)
