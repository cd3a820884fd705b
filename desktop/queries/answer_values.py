"""What an answer may speak of: whom it goes to, about which order, goods and complaint, by when."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.book import Book
from desktop.queries.line_titles import LINE_TITLE


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """The facts; "" for what is not known, `due_at` None without a deadline that lies ahead or behind."""

    name: str = ""
    order: str = ""
    number: str = ""
    product: str = ""
    due_at: str | None = None


def answer_facts(
    book: Book,
    *,
    customer_id: int | None = None,
    order_id: int | None = None,
    complaint_id: int | None = None,
) -> AnswerFacts:
    """The facts of a complaint with its customer and order, or of those alone."""
    number, due_at, product = "", None, None
    if complaint_id is not None:
        found = book.row(
            "SELECT complaint.customer_id, complaint.order_id, number, due_at, product.name FROM complaint "
            "LEFT JOIN product ON product.id = complaint.product_id WHERE complaint.id = ?",
            (complaint_id,),
        )
        if found is not None:
            customer_id, order_id, number, due_at, product = found
    name = book.value("SELECT name FROM customer WHERE id = ?", (customer_id,)) or ""
    order = book.row(
        f"SELECT number, coalesce((SELECT {LINE_TITLE} FROM order_line WHERE order_id = orders.id "
        "ORDER BY position, id LIMIT 1), '') FROM orders WHERE id = ?",
        (order_id,),
    )
    return AnswerFacts(
        name, order[0] if order else "", number, product or (order[1] if order else ""), due_at
    )
