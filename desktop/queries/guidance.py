"""The advice for a mood: the shop's own words where it wrote some, the built-in ones elsewhere."""

from __future__ import annotations

from desktop.core.advice import BUILT_IN
from desktop.core.translation import tr
from desktop.models.book import Book

SETTING = "complaints.guidance"


def advice(book: Book, mood: str) -> tuple[str, str]:
    """A title and the text on how to meet somebody in this mood, in the user's language."""
    mood = mood if mood in BUILT_IN else ""
    return tr(BUILT_IN[mood].title), own_text(book, mood) or tr(BUILT_IN[mood].text)


def own_text(book: Book, mood: str) -> str:
    """The shop's own words for a mood; "" where it goes by the built-in ones."""
    written = book.setting(SETTING).get(mood, "")
    return written if isinstance(written, str) else ""
