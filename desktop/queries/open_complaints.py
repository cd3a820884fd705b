"""The open complaints of a customer, so that one thing is not recorded twice."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.book import Book

MOST = 3
"""So many are offered: who has more has a clerk who knows them by heart."""


@dataclass(frozen=True, slots=True)
class OpenComplaint:
    """One that is open: its number, what it is about, when it came and where it stands."""

    id: int
    number: str
    title: str
    received_at: str
    status: str


def open_complaints(book: Book, customer_id: int, limit: int = MOST) -> list[OpenComplaint]:
    """The newest open complaints of a customer."""
    rows = book.rows(
        "SELECT id, number, title, received_at, status FROM complaint "
        "WHERE customer_id = ? AND open = 1 ORDER BY received_at DESC, id DESC LIMIT ?",
        (customer_id, limit),
    )
    return [OpenComplaint(*row) for row in rows]
