"""Changes to the advice for a mood: the shop's own words, and back to the built-in ones."""

from __future__ import annotations

from typing import Any

from desktop.core import words
from desktop.core.advice import BUILT_IN
from desktop.core.errors import UserError
from desktop.core.settings import to_text
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.queries.guidance import SETTING, own_text

LONGEST = 1200
"""Letters of an advice: it is read beside a complaint, with somebody on the phone."""


def set_guidance(book: Book, *, mood: str, text: str) -> Changes:
    """Write the shop's own advice for a mood; the built-in words, or none, are the built-in advice again.

    Raises UserError for a mood that there is not, or words too long to be read beside a complaint.
    """
    if mood not in BUILT_IN:
        raise UserError(tr("There is no mood “{mood}”.", mood=mood))
    text = "\n".join(line.strip() for line in text.strip().splitlines())
    if len(text) > LONGEST:
        raise UserError(
            tr("This is too long to be read beside a complaint."),
            tr("Write at most {n} letters.", n=LONGEST),
        )
    if text == tr(BUILT_IN[mood].text):
        text = ""
    if text == own_text(book, mood):
        return Changes()
    # Models bring peewee with them, which the window has no use for before something is changed.
    from desktop.models.shop import Setting

    kept: dict[str, Any] = {**book.setting(SETTING)}
    kept.pop(mood, None)
    if text:
        kept[mood] = text
    row = book.value("SELECT id FROM setting WHERE key = ?", (SETTING,))
    named = words.name(words.MOODS, mood)
    with book.step(mark("Change the advice for “{mood}”"), mood=named) as step:
        if row is None:
            step.insert(Setting, key=SETTING, value=to_text(SETTING, kept))
        else:
            step.update(Setting, row, value=to_text(SETTING, kept))
    return step.changes
