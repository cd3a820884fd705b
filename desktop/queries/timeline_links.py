"""What a note can be linked to: the customer's recent orders, cases and complaints."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.book import Book
from desktop.queries.line_titles import LINE_TITLE

LINKS: dict[str, str] = {"order": "order_id", "case": "case_id", "complaint": "complaint_id"}
"""What a note can hang on, and the column that says so."""
_SQL = {
    "order": f"SELECT id, placed_at, number, coalesce((SELECT {LINE_TITLE} FROM order_line "
    "WHERE order_id = orders.id ORDER BY position, id LIMIT 1), '') FROM orders WHERE customer_id = ? "
    "ORDER BY day DESC, placed_at DESC, id DESC LIMIT ?",
    "case": "SELECT id, opened_at, number, title FROM service_case WHERE customer_id = ? "
    "ORDER BY opened_at DESC, id DESC LIMIT ?",
    "complaint": "SELECT id, received_at, number, title FROM complaint WHERE customer_id = ? "
    "ORDER BY received_at DESC, id DESC LIMIT ?",
}


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """A thing to link to: `kind` is a key of `LINKS`, `title` its first line or its own title."""

    kind: str
    id: int
    at: str
    number: str
    title: str


def link_choices(book: Book, customer_id: int, *, most: int = 6) -> list[LinkChoice]:
    """The customer's last orders, cases and complaints, up to `most` of each, newest first."""
    return [
        LinkChoice(kind, *row) for kind, sql in _SQL.items() for row in book.rows(sql, (customer_id, most))
    ]
