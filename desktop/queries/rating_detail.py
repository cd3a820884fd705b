"""One rating whole, and what a customer said they expect of what is not rated yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class RatingDetail:
    """A row of ratings with the names of what it is about; moments as stored, None where they were not."""

    id: int
    customer_id: int | None
    customer_name: str
    order_id: int | None
    order_number: str
    case_id: int | None
    case_number: str
    complaint_id: int | None
    complaint_number: str
    channel: str
    asked_at: str | None
    rated_at: str | None
    expected_at: str | None
    expected: int | None
    perceived: int | None
    effort: int | None
    recommend: int | None
    reasons: str
    text: str
    public: bool
    code: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was expected before: stars, the customer's words, and when, as stored."""

    expected: int
    text: str
    at: str


_SELECT = (
    "SELECT r.id, r.customer_id, coalesce(c.name, ''), r.order_id, coalesce(o.number, ''), r.case_id, "
    "coalesce(s.number, ''), r.complaint_id, coalesce(p.number, ''), r.channel, r.asked_at, r.rated_at, "
    "r.expected_at, r.expected, r.perceived, r.effort, r.recommend, r.reasons, r.text, r.public, r.code "
    "FROM rating AS r LEFT JOIN customer AS c ON c.id = r.customer_id "
    "LEFT JOIN orders AS o ON o.id = r.order_id LEFT JOIN service_case AS s ON s.id = r.case_id "
    "LEFT JOIN complaint AS p ON p.id = r.complaint_id"
)


def rating_detail(book: Book, rating_id: int) -> RatingDetail | None:
    """One rating, or None when it is gone."""
    return _detail(book, "r.id = ?", rating_id)


def rating_of_code(book: Book, code: str) -> RatingDetail | None:
    """The rating of a feedback card, answered or not; None for a card of which the book knows nothing."""
    return _detail(book, "r.code = ?", code)


def told_before(book: Book, *, customer_id: int | None, order_id: int | None) -> Told | None:
    """What a customer expects of an order, or of the next purchase, and has not rated yet."""
    if customer_id is None:
        return None
    row = book.row(
        "SELECT expected, text, expected_at FROM rating WHERE customer_id = ?1 AND case_id IS NULL "
        "AND complaint_id IS NULL AND rated_at IS NULL AND expected_at IS NOT NULL AND expected IS NOT NULL "
        "AND skipped_at IS NULL AND (order_id IS NULL OR order_id = ?2) "
        "ORDER BY order_id IS NULL, expected_at DESC, id DESC LIMIT 1",
        (customer_id, order_id),
    )
    return Told(*row) if row else None


def _detail(book: Book, condition: str, value: object) -> RatingDetail | None:
    row = book.row(f"{_SELECT} WHERE {condition}", (value,))
    if row is None:
        return None
    values: tuple[Any, ...] = (*row[:-2], bool(row[-2]), row[-1])
    return RatingDetail(*values)
