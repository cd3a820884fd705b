"""How often the words of notes were corrected: read from the book's own memory of its changes."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models.book import Book

CORRECTED = ("text", "title", "happened_at", "stage", "channel", "minutes")
"""Columns whose change is a correction; a pin or a link is none."""


def corrections(book: Book, notes: Sequence[int]) -> dict[int, int]:
    """How often each of these notes was corrected, those never left out; what was undone does not count."""
    if not notes:
        return {}
    touched = " OR ".join(f"json_type(old, '$.{column}') IS NOT NULL" for column in CORRECTED)
    marks = ", ".join("?" for _ in notes)
    return dict(
        book.rows(
            "SELECT first_row, count(DISTINCT step.id) FROM change JOIN step ON step.id = change.step_id "
            f"WHERE tbl = 'interaction' AND first_row IN ({marks}) AND op = 'U' AND ({touched}) "
            "AND step.kind = 'do' AND step.undone = 0 GROUP BY first_row",
            list(notes),
        )
    )
