"""Whether there is anything of a kind in the book at all: cheap to ask, and nothing heavy to load."""

from __future__ import annotations

from desktop.models.book import Book


def is_empty(book: Book) -> bool:
    """Whether neither a customer nor an order has been entered yet."""
    return not book.value("SELECT EXISTS (SELECT 1 FROM customer) OR EXISTS (SELECT 1 FROM orders)")


def has_ratings(book: Book) -> bool:
    """Whether anybody was ever asked for a rating."""
    return bool(book.value("SELECT EXISTS (SELECT 1 FROM rating)"))


def is_untouched(book: Book) -> bool:
    """Whether nobody has done anything with the book yet: the moment for a first start."""
    return book.value("SELECT 1 FROM step LIMIT 1") is None and is_empty(book)
