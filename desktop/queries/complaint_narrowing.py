"""What the figures of complaints can be narrowed to: the products, clerks and channels that have some."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.book import Book

MOST_PRODUCTS = 40


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The commonest products as (id, name), every clerk as (id, name), every channel's code."""

    products: tuple[tuple[int, str], ...]
    clerks: tuple[tuple[int, str], ...]
    channels: tuple[str, ...]


def narrowing(book: Book, *, product_id: int | None = None) -> Narrowing:
    """What complaints have, the commonest first; and `product_id`, however rare."""
    products = book.rows(
        "SELECT product.id, product.name FROM (SELECT product_id, count(*) AS n FROM complaint "
        "WHERE product_id IS NOT NULL GROUP BY product_id) AS had "
        "JOIN product ON product.id = had.product_id "
        "ORDER BY product.id IS :also DESC, n DESC, product.name, product.id LIMIT :most",
        {"also": product_id, "most": MOST_PRODUCTS},
    )
    clerks = book.rows(
        "SELECT staff.id, staff.name FROM (SELECT staff_id, count(*) AS n FROM complaint "
        "WHERE staff_id IS NOT NULL GROUP BY staff_id) AS had JOIN staff ON staff.id = had.staff_id "
        "ORDER BY n DESC, staff.name, staff.id"
    )
    channels = book.rows("SELECT channel FROM complaint GROUP BY channel ORDER BY count(*) DESC, channel")
    return Narrowing(
        tuple((int(row), str(name)) for row, name in products),
        tuple((int(row), str(name)) for row, name in clerks),
        tuple(str(channel) for (channel,) in channels),
    )
