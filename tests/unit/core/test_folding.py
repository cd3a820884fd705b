"""Folding and cleaning text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.folding import clean_typed
from desktop.core.text import clean_cell, fold, initials_of_avatar


@pytest.mark.parametrize(
    ("written", "folded"),
    [("ＡＢＣ　１２３", "abc 123"), ("Straße", "strasse"), ("  a \n b ", "a b"), ("王 丽华", "王 丽华")],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_the_short_cut_for_ascii_agrees(text: str) -> None:
    assert fold(text) == fold(text + "\u00a0")


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("\ufeff订单号", "订单号"),
        ("'00123", "00123"),
        ("`1000049801", "1000049801"),
        ("\t123", "123"),
        ('="0012"', "0012"),
        ('="say ""hi"""', 'say "hi"'),
        ("a\u00a0b\u3000c", "a b c"),
        ("王\u200b丽\u200d华", "王丽华"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("line 1_x000D_\r\nline 2", "line 1\nline 2"),
        ("a\x00b\x1f", "ab"),
        ("'twas", "'twas"),
        ("", ""),
    ],
)
def test_clean_cell(cell: str, meant: str) -> None:
    assert clean_cell(cell) == meant


@given(st.text())
def test_cleaning_never_fails(text: str) -> None:
    cleaned = clean_cell(text)
    assert cleaned == cleaned.strip()
    assert "\x00" not in cleaned


@pytest.mark.parametrize(
    ("name", "letter"),
    [("王丽华", "王"), ("emma", "E"), ("~小鱼", "小"), ("", "?"), ("🌸", "🌸"), ("ß", "S")],
)
def test_avatar(name: str, letter: str) -> None:
    assert initials_of_avatar(name) == letter


def test_what_nobody_sees_is_not_typed() -> None:
    assert clean_typed(" 王\u202e丽\x00华\u200b ") == "王丽华"
    assert clean_typed("第一段\n　　第二段 ") == "第一段\n　　第二段"
    assert clean_typed(" Emma  Carter ") == "Emma  Carter"
