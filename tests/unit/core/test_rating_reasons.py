"""Reasons per star: what is offered, what is kept, and that older texts are read."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core import rating_reasons as subject
from desktop.core.translation import set_language


def test_every_star_of_every_kind_has_reasons_that_the_program_knows() -> None:
    for kind in subject.KINDS:
        for stars in subject.STARS:
            offered = subject.built_in(stars, kind)
            assert 4 <= len(offered) <= subject.MOST
            assert len(set(offered)) == len(offered)
            assert all(map(subject.is_built_in, offered))


def test_no_word_stands_for_two_reasons() -> None:
    every = [words for one in subject._BUILT_IN for words in (one.title, *one.also)]
    assert len(every) == len(set(every))
    assert all(subject.kept(words) == one.title for one in subject._BUILT_IN for words in one.also)


def test_the_shop_has_its_own() -> None:
    own = {"5": ["Taste", "口感", "质量好", "Taste"], "complaint.5": [], "4": "damaged"}
    assert subject.reasons(own, 5) == ["Taste", "口感", "Good quality"]
    assert subject.reasons(own, 5, subject.COMPLAINT) == []
    assert subject.reasons(own, 4) == subject.built_in(4)
    assert subject.reasons("damaged", 1) == subject.built_in(1)


def test_without_stars_everything_is_offered_once() -> None:
    every = subject.reasons({}, None)
    assert len(set(every)) == len(every)
    assert every[: len(subject.built_in(5))] == subject.built_in(5)
    assert {one for stars in subject.STARS for one in subject.built_in(stars)} == set(every)


def test_older_texts_are_read_in_either_language() -> None:
    assert subject.split("Quick, Friendly") == ["Quick", "Friendly"]
    assert subject.split("处理快、态度好，口感；QUICK") == ["Quick", "Friendly", "口感"]
    assert subject.split(" \n,、") == []


def test_reasons_are_said_in_the_language_of_the_day() -> None:
    text = subject.join(["Quick", "口感"])
    assert text == "Quick\n口感"
    assert subject.reasons_said(text) == "Quick, 口感"
    set_language("zh_CN")
    try:
        assert subject.reasons_said(text) == "处理快、口感"
    finally:
        set_language("en")


@settings(max_examples=60)
@given(st.lists(st.text(max_size=60)))
def test_what_is_kept_is_read_as_it_was_kept(titles: list[str]) -> None:
    text = subject.join(titles)
    assert subject.join(subject.split(text)) == text
    assert all(0 < len(one) <= subject.LONGEST for one in subject.split(text))
