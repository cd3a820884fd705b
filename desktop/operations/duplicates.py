"""The sweep for duplicates kept in the book, and what the owner says of a pair."""

from __future__ import annotations

from desktop.core.days import now
from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.recognition import NotSame
from desktop.operations.merging import called
from desktop.queries import duplicates


def sweep_duplicates(book: Book, progress: Progress = SILENT) -> Changes:
    """Look through the whole book for customers who may be one, and keep the pairs for the screen.

    What is kept is derived, so this is no undo step: the changes name the table and no step. Raises
    Cancelled; then the pairs of the last sweep stay.
    """
    found = duplicates.sweep(book, progress)
    with book.derive() as db:
        db.execute_sql("DELETE FROM likeness")
        db.many(
            "INSERT INTO likeness (one_id, other_id, score, reasons) VALUES (?, ?, ?, ?)",
            duplicates.rows_to_keep(found),
        )
        db.execute_sql(
            "INSERT OR REPLACE INTO likeness_sweep (one, at, customers, newest) "
            "SELECT 1, ?, count(*), coalesce(max(id), 0) FROM customer",
            (now(),),
        )
    return Changes(frozenset({"likeness"}))


def mark_not_same(book: Book, *, one: int, other: int) -> Changes:
    """Remember that two customers are two people: no sweep and no import puts them together again."""
    first, second = sorted((one, other))
    names = called(book, (first, second))
    if len(names) < 2:
        raise UserError(
            tr("One of these customers is no longer in the book."),
            tr("They were deleted or merged meanwhile; undo brings them back."),
        )
    with book.step(
        mark("{name} and {other} are not the same person"), name=names[one], other=names[other]
    ) as step:
        known = step.execute("SELECT 1 FROM not_same WHERE one_id = ? AND other_id = ?", (first, second))
        if not known.fetchone():
            step.insert(NotSame, one_id=first, other_id=second, at=now())
    return step.changes


def forget_not_same(book: Book, *, not_same: int) -> Changes:
    """Take back that two customers are two people, by the id of the note; they may be offered again."""
    with book.step(mark("Compare two customers again")) as step:
        step.delete(NotSame, [not_same])
    return step.changes
