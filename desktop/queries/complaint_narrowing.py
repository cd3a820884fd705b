"""What the figures of complaints can be narrowed to: the products, clerks and channels that have some."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop.core.pinyin import sort_key
from desktop.models.book import Book
from desktop.queries.complaint_columns import ComplaintMoment
from desktop.queries.complaint_columns_parts import Ints
from desktop.queries.complaint_figures_cohorts import NONE_NOTED

MOST_PRODUCTS = 40


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The commonest products as (id, name), every clerk as (id, name), every channel's code."""

    products: tuple[tuple[int, str], ...]
    more_products: int
    """How many products there are besides."""
    clerks: tuple[tuple[int, str], ...]
    channels: tuple[str, ...]


def narrowing(book: Book, moment: ComplaintMoment, *, product_id: int | None = None) -> Narrowing:
    """What complaints have, the commonest first; and `product_id`, however rare."""
    table = moment.complaints
    products = _commonest(table.product)
    shown = [row for row in products if row != product_id][:MOST_PRODUCTS]
    if product_id is not None:
        shown.insert(0, product_id)
    codes = _commonest(table.channel.astype(np.int64), nothing=-1)
    channels = moment.channels.texts()
    return Narrowing(
        _named(book, "product", shown),
        max(0, len(products) - len(shown)),
        _named(book, "staff", _commonest(table.staff)),
        tuple(channels[code] for code in codes),
    )


def products_with_complaints(book: Book, moment: ComplaintMoment) -> list[tuple[int, str]]:
    """Every product that has complaints as (id, name), by name."""
    found = _named(book, "product", _commonest(moment.complaints.product))
    return sorted(found, key=lambda product: sort_key(product[1]))


def _commonest(values: Ints, nothing: int = NONE_NOTED) -> list[int]:
    """The different values, the commonest first."""
    found, counts = np.unique(values[values != nothing], return_counts=True)
    order = np.lexsort((found, -counts))
    return [int(value) for value in found[order]]


def _named(book: Book, table: str, ids: list[int]) -> tuple[tuple[int, str], ...]:
    """The rows that are still there, with their names."""
    marks = ", ".join(map(str, ids)) or "NULL"
    names = dict(book.rows(f"SELECT id, name FROM {table} WHERE id IN ({marks})"))
    return tuple((row, str(names[row])) for row in ids if row in names)
