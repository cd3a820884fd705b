"""What was typed goes into the field where it belongs; a contact gets the stage that its words speak of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.folding import clean_cell
from desktop.core.member_codes import member_code
from desktop.core.stage_guess import guess_stage
from desktop.core.typed_person import TypedPerson, read_typed


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", TypedPerson()),
        ("王丽华", TypedPerson(name="王丽华")),
        ("8421", TypedPerson(phone="8421")),
        ("138 0013 8421", TypedPerson(phone="138 0013 8421")),
        ("王丽华13800138421", TypedPerson(name="王丽华", phone="13800138421")),
        ("13800138421 王丽华", TypedPerson(name="王丽华", phone="13800138421")),
        ("0571-8888 6666", TypedPerson(phone="0571-8888 6666")),
        ("Emma Carter +44 7911 123456", TypedPerson(name="Emma Carter", phone="+44 7911 123456")),
        ("lihua_88", TypedPerson(wechat="lihua_88")),
        ("lihua1984", TypedPerson(wechat="lihua1984")),
        ("Emma", TypedPerson(name="Emma")),
        ("Jean-Luc", TypedPerson(name="Jean-Luc")),
        ("emma@example.com", TypedPerson(email="emma@example.com")),
        (member_code(7), TypedPerson(code=member_code(7))),
        ("王 123", TypedPerson(name="王 123")),
        ("  ３号桌  ", TypedPerson(name="３号桌")),
    ],
)
def test_what_was_typed_goes_where_it_belongs(typed: str, wanted: TypedPerson) -> None:
    assert read_typed(typed) == wanted


@given(st.text(max_size=40))
def test_nothing_typed_is_lost_and_nothing_added(typed: str) -> None:
    def letters(text: str) -> list[str]:
        return sorted(char for char in text if char.isalnum())

    assert letters("".join(read_typed(typed))) == letters(clean_cell(typed))


@pytest.mark.parametrize(
    ("text", "troubled", "underway", "days", "wanted"),
    [
        ("问今年雨前茶", False, False, None, "pre-sale"),
        ("Asked for the price of oolong", True, False, None, "pre-sale"),
        ("茶壶坏了", False, False, None, "after-sale"),
        ("问什么时候发货", False, False, None, "in-sale"),
        ("wants to return the pot", False, True, None, "after-sale"),
        ("来坐了坐", True, True, None, "after-sale"),
        ("来坐了坐", False, True, None, "in-sale"),
        ("来坐了坐", False, False, 3, "after-sale"),
        ("来坐了坐", False, False, 41, "pre-sale"),
        ("", False, False, None, "pre-sale"),
    ],
)
def test_the_words_decide_then_what_is_going_on(
    text: str, troubled: bool, underway: bool, days: int | None, wanted: str
) -> None:
    found = guess_stage(text, troubled=troubled, underway=underway, days_since_purchase=days)
    assert found == wanted
