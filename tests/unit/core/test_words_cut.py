"""A title out of words written in one breath, and the subject they speak of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.subject_guess import guess_subject
from desktop.core.words import SUBJECTS
from desktop.core.words_cut import LONGEST, title_of


@pytest.mark.parametrize(
    ("words", "title", "text"),
    [
        ("  Lid   leaks ", "Lid leaks", ""),
        ("茶叶有霉味", "茶叶有霉味", ""),
        (
            "The lid leaks. She has used it twice and both times the table was wet afterwards",
            "The lid leaks",
            "The lid leaks. She has used it twice and both times the table was wet afterwards",
        ),
        (
            "昨天收到的茶叶罐盖子是裂的，里面的茶叶撒了一箱子，客户要求今天之内给个说法",
            "昨天收到的茶叶罐盖子是裂的…",
            "昨天收到的茶叶罐盖子是裂的，里面的茶叶撒了一箱子，客户要求今天之内给个说法",
        ),
        ("x" * 60, "x" * 47 + "…", "x" * 60),
        ("", "", ""),
    ],
)
def test_a_title_is_the_beginning_of_the_words(words: str, title: str, text: str) -> None:
    assert title_of(words) == (title, text)


@given(st.text(max_size=120))
def test_no_word_is_lost_and_no_title_too_long(words: str) -> None:
    title, text = title_of(words)
    assert text in ("", words.strip())
    assert bool(title) == bool(words.strip())
    assert "\n" not in title
    assert sum(2 if char >= "\u1100" and char != "…" else 1 for char in title) <= LONGEST
    if not text:
        assert title == " ".join(words.split())


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Parcel not arrived after a week", "delivery"),
        ("快递把箱子压坏了", "delivery"),
        ("店员态度很凶", "attitude"),
        ("发票没开", "contract"),
        ("杯子是裂的", "quality"),
        ("等了半小时没人回", "service"),
        ("吃了过敏", "incident"),
        ("The toilet is dirty", "equipment"),
        ("Chocolate plate cracked later", "quality"),
        ("嗯", ""),
        ("", ""),
    ],
)
def test_the_subject_is_guessed_from_the_words(words: str, subject: str) -> None:
    assert guess_subject(words) == subject
    assert not subject or subject in SUBJECTS
