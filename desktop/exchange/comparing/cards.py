"""Feedback cards in a list: what was asked is answered, what was answered stays, the rest is new."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.card_codes import is_code
from desktop.core.translation import ntr, tr
from desktop.exchange.checking.records import Problem, Records
from desktop.exchange.comparing.entry_comparison import EntryComparison
from desktop.models.book import Book
from desktop.queries.known_entries import ratings_of_codes

_SAID = ("expected", "perceived", "effort", "recommend")


def look_at_cards(book: Book, records: Records, found: EntryComparison) -> set[int]:
    """Fills `found.known` and `found.answers` by the codes; the places of rows whose code is wrong.

    A code that the book does not know is that of a blank card and comes in as a rating of its own.
    """
    entries = records.entries
    codes: Sequence[str | None] = entries.values.get("code", ())
    there = ratings_of_codes(book, {code for code in codes if code and is_code(code)})
    wrong: set[int] = set()
    others, seen = 0, set[str]()
    for at, code in enumerate(codes):
        if not code:
            continue
        if not is_code(code):
            wrong.add(at)
            reason = tr("this is not the code of a card: a sign is wrong, or two have changed places")
            found.problems.append(Problem(entries.row[at], "", code, reason))
        elif code in seen:
            wrong.add(at)
            reason = tr("this card stands in the file already, further up")
            found.problems.append(Problem(entries.row[at], "", code, reason))
        elif code in there:
            row, answered, said = there[code]
            if not answered:
                found.answers[at] = row
                seen.add(code)
                continue
            # Their words may stand below what was expected: nothing of it is changed by a file.
            found.known[at] = row
            found.merged.add(at)
            told = (values[at] if (values := entries.values.get(name)) else None for name in _SAID)
            others += any(one is not None and one != had for one, had in zip(told, said, strict=True))
        else:
            seen.add(code)
    if others:
        found.notes.append(
            ntr(
                "{n} card was answered otherwise before; that stays as it is.",
                "{n} cards were answered otherwise before; that stays as it is.",
                others,
            )
        )
    return wrong
