"""What stands below the seven subjects in this shop: the built-in details and its own, and who bears them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.complaint_subjects import BUILT_IN, is_built_in, shown
from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Entry:
    """A detail of a subject: `title` as complaints keep it; `id` None where the book has no row of it.

    One that is not `active` is no longer offered; one that is not `listed` only stands on complaints.
    """

    id: int | None
    title: str
    name: str
    active: bool = True
    built_in: bool = False
    listed: bool = True


def entries(book: Book, subject: str) -> list[Entry]:
    """The list of a subject in its order, retired ones at the end; without any row the built-in one."""
    rows = book.rows(
        "SELECT id, title, active FROM complaint_subject WHERE subject = ? ORDER BY position, id", (subject,)
    )
    found = [
        Entry(row, title, shown(subject, title), bool(active), is_built_in(subject, title))
        for row, title, active in rows
    ]
    known = {entry.title for entry in found}
    brought = [
        Entry(None, one.title, shown(subject, one.title), built_in=True)
        for one in BUILT_IN[subject]
        if one.title not in known
    ]
    # Before what the shop added; behind a list that the shop has made its own, which a later version adds to.
    found = found + brought if any(entry.built_in for entry in found) else brought + found
    return [entry for entry in found if entry.active] + [entry for entry in found if not entry.active]


def details(book: Book, subject: str) -> list[str]:
    """What is offered below a subject, in the user's language: the shop's own and the built-in ones."""
    return [entry.name for entry in entries(book, subject) if entry.active]


def uses(book: Book) -> dict[tuple[str, str], int]:
    """How many complaints bear each (subject, detail)."""
    rows = book.rows(
        "SELECT subject, detail, count(*) FROM complaint WHERE detail <> '' GROUP BY subject, detail"
    )
    return {(subject, detail): count for subject, detail, count in rows}


def loose(book: Book, subject: str, used: dict[tuple[str, str], int]) -> list[Entry]:
    """Details that complaints bear without being on the list, most used first: from files and by hand."""
    known = {entry.title for entry in entries(book, subject)}
    found = [(-count, title) for (one, title), count in used.items() if one == subject and title not in known]
    return [Entry(None, title, shown(subject, title), listed=False) for _, title in sorted(found)]
