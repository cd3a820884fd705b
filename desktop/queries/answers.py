"""Answers at hand: the shop's own and the built-in ones, those that fit and are used most first."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core import answers as core
from desktop.core.answer_book import BUILT_IN, built_in
from desktop.core.folding import fold
from desktop.core.pinyin import name_readings
from desktop.core.translation import tr
from desktop.models.book import Book

HIDDEN = "answers.hidden"
"""The setting with the titles of built-in answers that this shop does not want."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer: `key` is its title as the book keeps it, `title` and `text` as the user reads them.

    `id` is None for a built-in one that the book has no row of; `own` says that the words are the shop's.
    """

    id: int | None
    key: str
    title: str
    text: str
    place: str
    subject: str
    mood: str
    position: int
    uses: int
    own: bool


def all_answers(book: Book) -> list[AnswerRow]:
    """Every answer in the shop's order."""
    found = book.rows(
        "SELECT id, title, text, place, subject, mood, position, uses FROM answer ORDER BY id DESC"
    )
    # Undo may bring back a built-in one's row beside the row that a use made since: the older one counts.
    rows = {row[1]: _row(*row) for row in found}
    gone = hidden(book)
    for position, one in enumerate(BUILT_IN):
        if one.title not in rows and one.title not in gone:
            rows[one.title] = _row(None, *one[:2], one.place, one.subject, one.mood, position, 0)
    return sorted(rows.values(), key=_place)


def _place(row: AnswerRow) -> tuple[int, int, int]:
    """Where an answer stands: the same, whether a use has made a row of a built-in one or not."""
    brought = next((at for at, one in enumerate(BUILT_IN) if one.title == row.key), len(BUILT_IN))
    return row.position, brought, row.id or 0


def hidden(book: Book) -> list[str]:
    """The titles of built-in answers that this shop took away."""
    return [str(title) for title in book.setting(HIDDEN)]


def answers(
    book: Book, place: str = "", subject: str = "", mood: str = "", text: str = ""
) -> list[AnswerRow]:
    """The answers that hold what is looked for (words, or initials of the title), the most fitting first.

    What is named so comes before what only speaks of it; then what is for this place, subject and mood before
    what is for any, and that before what is for others; among equals, what is used most.
    """
    asked = fold(text).split()
    found = [(held, row) for row in all_answers(book) if (held := _holds(row, asked))]
    found.sort(key=lambda pair: (-pair[0], -_fit(pair[1], place, subject, mood), -pair[1].uses))
    return [row for _, row in found]


def _row(
    row: int | None, key: str, text: str, place: str, subject: str, mood: str, position: int, uses: int
) -> AnswerRow:
    brought = built_in(key)
    ours = brought is not None and brought.text == text
    return AnswerRow(
        row,
        key,
        tr(key) if brought else key,
        core.shown(tr(text) if ours else text),
        place,
        subject,
        mood,
        position,
        uses,
        not ours,
    )


def _fit(row: AnswerRow, place: str, subject: str, mood: str) -> int:
    """How well an answer fits: what is meant for something else loses as much as a fit wins."""
    fit = 0
    for weight, own, asked in ((9, row.place, place), (3, row.subject, subject), (1, row.mood, mood)):
        if own and asked:
            fit += weight if own == asked else -weight
    return fit


def _holds(row: AnswerRow, asked: list[str]) -> int:
    """How surely an answer is the one looked for: 2 by its title, 1 by its words, 0 not at all."""
    title = fold(row.title)
    missing = [one for one in asked if one not in title]
    if not missing:
        return 2
    readings = name_readings(row.title)
    latin = [*readings.full, *readings.initials]
    if all(one.isascii() and any(one in reading for reading in latin) for one in missing):
        return 2
    words = f"{title} {fold(row.text)} {' '.join(latin)}"
    return int(all(one in words for one in asked))
