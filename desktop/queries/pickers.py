"""Short lists to choose from while typing: customers for what was typed, the last orders of a customer."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.pinyin import sort_key
from desktop.models.book import Book
from desktop.queries.customer_search import search_ids
from desktop.queries.line_titles import LINE_TITLE


@dataclass(frozen=True, slots=True)
class CustomerChoice:
    """A customer as a picker offers it; `phone` "" where none is known."""

    id: int
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class OrderChoice:
    """An order as a picker offers it; `amount` in minor units."""

    id: int
    number: str
    placed_at: str
    amount: int
    first_line: str


def customer_choices(book: Book, text: str, limit: int = 12) -> list[CustomerChoice]:
    """Customers for what was typed, the likeliest first."""
    found = (customer_choice(book, row) for row in search_ids(book, text, limit))
    return [choice for choice in found if choice]


def customer_choice(book: Book, customer_id: int) -> CustomerChoice | None:
    """One customer, or None when it is gone."""
    row = book.row(
        "SELECT id, name, coalesce((SELECT value FROM contact_point WHERE customer_id = customer.id "
        "AND kind = 'phone' ORDER BY main DESC, id LIMIT 1), '') FROM customer WHERE id = ?",
        (customer_id,),
    )
    return CustomerChoice(*row) if row else None


def namesakes(book: Book, name: str, *, but: int | None = None, limit: int = 3) -> list[CustomerChoice]:
    """Customers of exactly that name besides `but`, who bought last first."""
    if not name.strip():
        return []
    rows = book.rows(
        "SELECT s.customer_id FROM customer_summary AS s JOIN customer AS c ON c.id = s.customer_id "
        "WHERE s.sort_name = ? AND c.name = ? AND c.id IS NOT ? "
        "ORDER BY s.last_day DESC NULLS LAST, c.id LIMIT ?",
        (sort_key(name.strip()), name.strip(), but, limit),
    )
    return [choice for (row,) in rows if (choice := customer_choice(book, row))]


def order_choices(
    book: Book, customer_id: int | None, limit: int = 30, *, also: int | None = None
) -> list[OrderChoice]:
    """A customer's last orders, newest first, and the order `also`, however old and whoever's."""
    sql = (
        f"SELECT id, number, placed_at, total, coalesce((SELECT {LINE_TITLE} FROM order_line "
        "WHERE order_id = orders.id ORDER BY position, id LIMIT 1), '') FROM orders "
        "WHERE id = :also OR id IN (SELECT id FROM orders WHERE customer_id = :customer "
        "ORDER BY placed_at DESC, id DESC LIMIT :limit) ORDER BY placed_at DESC, id DESC"
    )
    wanted = {"customer": customer_id, "limit": limit, "also": also}
    return [OrderChoice(*row) for row in book.rows(sql, wanted)]
