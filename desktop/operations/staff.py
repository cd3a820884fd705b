"""The people who work in the shop."""

from __future__ import annotations

from desktop.core.translation import mark
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.shop import Staff


def add_clerk(book: Book, *, name: str, role: str = "") -> Changes:
    """Adds a clerk; one of that name who left works here again. Falsy Changes when they work here already."""
    there = book.row("SELECT id, active FROM staff WHERE name = ?", (name,))
    with book.step(mark("Add clerk {name}"), name=name) as step:
        if there is None:
            step.insert(Staff, name=name, role=role, active=True)
        else:
            step.update(Staff, there[0], active=True)
    return step.changes
