"""Changes to the answers at hand: written, corrected, put in order, taken away, and counted when used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop.core import answers as core
from desktop.core.answer_book import BUILT_IN, built_in, kept_title
from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.folding import fold
from desktop.core.settings import to_text
from desktop.core.translation import mark, tr
from desktop.core.words import ANSWER_PLACES, MOODS, SUBJECTS
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import Answer
from desktop.models.history import Step
from desktop.models.shop import Setting
from desktop.queries.answers import HIDDEN, AnswerRow, all_answers, hidden

LONGEST_TITLE = 60
LONGEST = 2000
"""Letters of an answer: more is no answer to a message."""


def add_answer(
    book: Book, *, title: str, text: str, place: str = "", subject: str = "", mood: str = ""
) -> Changes:
    """Add an answer at the end. Raises UserError without title or text, or where the title is taken."""
    values = _checked(book, None, title, text, place, subject, mood)
    with book.step(mark("Add the answer “{title}”"), title=title.strip()) as step:
        end = max((row.position for row in all_answers(book)), default=-1) + 1
        step.insert(Answer, position=end, uses=0, **values)
        _unhide(book, step, values["title"])
    return step.changes


def edit_answer(
    book: Book, *, key: str, title: str, text: str, place: str = "", subject: str = "", mood: str = ""
) -> Changes:
    """Write another title or text, or let it fit elsewhere; a built-in one becomes the shop's own.

    Raises UserError likewise, and for one that is gone.
    """
    old = _answer(book, key)
    values = _checked(book, old, title, text, place, subject, mood)
    if old.id is None and built_in(values["title"]) == (
        values["title"], values["text"], values["place"], values["subject"], values["mood"]
    ):  # fmt: skip
        return Changes()
    with book.step(mark("Change the answer “{title}”"), title=old.title) as step:
        if old.id is None:
            step.insert(Answer, position=old.position, uses=old.uses, **values)
        else:
            step.update(Answer, old.id, **values)
        if values["title"] != key and built_in(key):
            # It was given a new title: the built-in one would stand beside it.
            _hide(book, step, key)
    return step.changes


def move_answer(book: Book, *, key: str, to: int) -> Changes:
    """Put an answer at another place among all of them, counted from 0."""
    moved, rows = _answer(book, key), all_answers(book)
    order = [row for row in rows if row.key != key]
    order.insert(min(max(to, 0), len(order)), moved)
    if [row.key for row in order] == [row.key for row in rows]:
        return Changes()
    with book.step(mark("Move the answer “{title}”"), title=moved.title) as step:
        for position, row in enumerate(order):
            if row.id is not None:
                step.update(Answer, row.id, position=position)
            elif row.position != position:
                step.insert(Answer, **_as_built_in(row.key, position), uses=0)
    return step.changes


def delete_answer(book: Book, *, key: str) -> Changes:
    """Take an answer away; a built-in one is no longer offered, and `restore_answers` brings it back."""
    gone = _answer(book, key)
    with book.step(mark("Delete the answer “{title}”"), title=gone.title) as step:
        if gone.id is not None:
            step.delete(Answer, [gone.id])
        if built_in(key):
            _hide(book, step, key)
    return step.changes


def reset_answer(book: Book, *, key: str) -> Changes:
    """Give a built-in answer its own words again; how often it was used stays."""
    row, brought = _answer(book, key), built_in(key)
    if row.id is None or brought is None:
        return Changes()
    with book.step(mark("Go back to the built-in answer “{title}”"), title=row.title) as step:
        step.update(Answer, row.id, **_as_built_in(key, row.position))
    return step.changes


def restore_answers(book: Book) -> Changes:
    """Offer again every built-in answer that was taken away."""
    with book.step(mark("Bring back the built-in answers")) as step:
        _write_hidden(book, step, [])
    return step.changes


def use_answer(book: Book, *, key: str, at: datetime) -> Changes:
    """Count that an answer was used.

    No step: nobody undoes that they wrote something, and what was undone before can still be done again.
    """
    row = _answer(book, key)
    with book.derive() as db:
        if row.id is None:
            # An id that no step knows: what was undone or deleted finds its own free when it comes back.
            (new,) = db.execute_sql(
                "SELECT 1 + max(coalesce((SELECT max(id) FROM answer), 0), "
                "coalesce((SELECT max(last_row) FROM change WHERE tbl = 'answer'), 0))"
            ).fetchone()
            values = {"id": new, **_as_built_in(key, row.position), "uses": 1, "used_at": iso(at)}
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            db.execute_sql(f"INSERT INTO answer ({names}) VALUES ({marks})", tuple(values.values()))
        else:
            db.execute_sql("UPDATE answer SET uses = uses + 1, used_at = ? WHERE id = ?", (iso(at), row.id))
    return Changes(frozenset({"answer"}))


def _answer(book: Book, key: str) -> AnswerRow:
    for row in all_answers(book):
        if row.key == key:
            return row
    raise UserError(
        tr("This answer is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
    )


def _checked(
    book: Book, old: AnswerRow | None, title: str, text: str, place: str, subject: str, mood: str
) -> dict[str, Any]:
    """The values as the book keeps them. Raises UserError."""
    for table, code in ((ANSWER_PLACES, place), ({"": "", **SUBJECTS}, subject), (MOODS, mood)):
        if code not in table:
            raise KeyError(code)
    title, text = kept_title(title), core.kept(text)
    if not title:
        raise UserError(tr("The answer has no title."), tr("Write by what you will find it."))
    if not text:
        raise UserError(tr("The answer has no words."), tr("Write what you would send."))
    if len(title) > LONGEST_TITLE or len(text) > LONGEST:
        raise UserError(
            tr("This is too long for an answer."),
            tr("A title has at most {n} letters, a text {more}.", n=LONGEST_TITLE, more=LONGEST),
        )
    same = {fold(row.key) for row in all_answers(book) if old is None or row.key != old.key}
    if fold(title) in same:
        raise UserError(
            tr("There is an answer with this title already."), tr("Choose another title, or change that one.")
        )
    brought = built_in(title)
    if brought and text == core.kept(tr(brought.text)):
        # What the screen shows in the user's language is the built-in text: it stays translated.
        text = brought.text
    return {"title": title, "text": text, "place": place, "subject": subject, "mood": mood}


def _as_built_in(key: str, position: int) -> dict[str, Any]:
    brought = built_in(key)
    if brought is None:
        raise KeyError(key)
    return {**brought._asdict(), "position": position}


def _hide(book: Book, step: Step, key: str) -> None:
    _write_hidden(book, step, [*(one for one in hidden(book) if one != key), key])


def _unhide(book: Book, step: Step, key: str) -> None:
    if key in hidden(book):
        _write_hidden(book, step, [one for one in hidden(book) if one != key])


def _write_hidden(book: Book, step: Step, titles: Sequence[str]) -> None:
    known = {one.title for one in BUILT_IN}
    value = to_text(HIDDEN, [title for title in titles if title in known])
    row = book.value("SELECT id FROM setting WHERE key = ?", (HIDDEN,))
    if row is not None:
        step.update(Setting, row, value=value)
    elif titles:
        step.insert(Setting, key=HIDDEN, value=value)
