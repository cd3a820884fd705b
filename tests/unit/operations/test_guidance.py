"""The advice for a mood: the shop's own words where there are some, one step each, and back."""

from __future__ import annotations

import pytest

from desktop.core.advice import BUILT_IN
from desktop.core.errors import UserError
from desktop.core.words import MOODS
from desktop.models.book import Book
from desktop.operations.guidance import LONGEST, set_guidance
from desktop.queries.guidance import advice


def test_every_mood_has_advice_that_says_what_to_say_and_what_not(book: Book) -> None:
    assert set(BUILT_IN) == set(MOODS)
    for mood in MOODS:
        title, text = advice(book, mood)
        assert title == BUILT_IN[mood].title
        assert [line.split(":")[0] for line in text.splitlines()] == ["Do", "Say", "Not"]
    assert advice(book, "furious") == advice(book, "")


def test_the_shop_writes_its_own_and_goes_back(book: Book) -> None:
    set_guidance(book, mood="vent", text="  Tea first.\n  Then listen. ")
    set_guidance(book, mood="remedy", text="Two ways.")
    assert advice(book, "vent") == (BUILT_IN["vent"].title, "Tea first.\nThen listen.")
    assert advice(book, "remedy")[1] == "Two ways."
    assert not set_guidance(book, mood="vent", text="Tea first.\nThen listen.")
    set_guidance(book, mood="vent", text="")
    assert advice(book, "vent")[1] == BUILT_IN["vent"].text
    assert advice(book, "remedy")[1] == "Two ways."
    book.undo()
    assert advice(book, "vent")[1] == "Tea first.\nThen listen."
    # The built-in words are no words of the shop's own: a switch of the language still translates them.
    set_guidance(book, mood="vent", text=BUILT_IN["vent"].text)
    assert book.setting("complaints.guidance") == {"remedy": "Two ways."}


def test_what_cannot_be_read_beside_a_complaint_is_refused(book: Book) -> None:
    with pytest.raises(UserError):
        set_guidance(book, mood="vent", text="x" * (LONGEST + 1))
    with pytest.raises(UserError):
        set_guidance(book, mood="furious", text="Run.")
