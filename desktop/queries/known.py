"""What the book already knows of the things a file speaks of: orders, people, products, clerks, tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from desktop.core.text import fold
from desktop.models.book import Book

T = TypeVar("T")
_AT_ONCE = 900
"""Values asked about in one statement."""


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    stream = iter(values)
    while chunk := list(islice(stream, _AT_ONCE)):
        yield chunk


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def order_numbers(book: Book, *, channel: str, numbers: Iterable[str]) -> set[str]:
    """Which of these order numbers the book has, in a channel."""
    found: set[str] = set()
    for chunk in _chunks(numbers):
        rows = book.rows(
            f"SELECT number FROM orders WHERE number <> '' AND channel = ? AND number IN ({_marks(chunk)})",
            [channel, *chunk],
        )
        found.update(number for (number,) in rows)
    return found


def holders(book: Book, *, kind: str, channel: str, norms: Iterable[str]) -> dict[str, int]:
    """Normal form → customer, for the contact points of a kind and channel that the book has."""
    found: dict[str, int] = {}
    for chunk in _chunks(norms):
        found.update(
            book.rows(
                "SELECT norm, customer_id FROM contact_point WHERE kind <> 'address' AND kind = ? "
                f"AND channel = ? AND norm IN ({_marks(chunk)})",
                [kind, channel, *chunk],
            )
        )
    return found


def accounts(book: Book, *, customers: Iterable[int]) -> dict[tuple[int, str], set[str]]:
    """(customer, channel) → the accounts they have there."""
    found: dict[tuple[int, str], set[str]] = {}
    for chunk in _chunks(customers):
        for customer, channel, norm in book.rows(
            "SELECT customer_id, channel, norm FROM contact_point WHERE kind = 'account' "
            f"AND customer_id IN ({_marks(chunk)})",
            list(chunk),
        ):
            found.setdefault((customer, channel), set()).add(norm)
    return found


def by_name_only(book: Book) -> dict[tuple[str, str], int]:
    """(folded name, folded address or region) → customer, of those whom nothing but their name recognises."""
    found: dict[tuple[str, str], int] = {}
    rows = book.rows(
        "SELECT customer.id, name, coalesce((SELECT norm FROM contact_point AS home WHERE home.customer_id = "
        "customer.id AND home.kind = 'address' ORDER BY home.id LIMIT 1), region) FROM customer "
        "WHERE name <> '' AND NOT EXISTS (SELECT 1 FROM contact_point AS point "
        "WHERE point.customer_id = customer.id AND point.kind <> 'address') ORDER BY customer.id"
    )
    for customer, name, place in rows:
        found.setdefault((fold(name), fold(place).replace(" ", "")), customer)
    return found


def products(book: Book) -> tuple[dict[str, int], dict[str, int], dict[int, str]]:
    """Code → product, name → product without a code, and every product's name."""
    by_code: dict[str, int] = {}
    by_name: dict[str, int] = {}
    names: dict[int, str] = {}
    for product, code, name in book.rows("SELECT id, code, name FROM product ORDER BY id"):
        names[product] = name
        if code:
            by_code[code] = product
        else:
            by_name.setdefault(name, product)
    return by_code, by_name, names


def staff(book: Book) -> dict[str, int]:
    """Name → clerk."""
    return dict(book.rows("SELECT name, id FROM staff"))


def tags(book: Book) -> dict[str, int]:
    """Name → tag."""
    return dict(book.rows("SELECT name, id FROM tag"))


def custom_fields(book: Book) -> set[str]:
    """Names of the fields the shop added to its customers."""
    return {name for (name,) in book.rows("SELECT name FROM custom_field WHERE subject = 'customer'")}
