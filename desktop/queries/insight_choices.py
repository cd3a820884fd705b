"""What the insights can be narrowed to: the channels, products, tiers and segments that there are."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from desktop.analytics.rfm import SEGMENTS
from desktop.core.pinyin import sort_key
from desktop.models.book import Book
from desktop.queries.customers import segments
from desktop.queries.insight_scope import Scope, tiers

MOST_PRODUCTS = 40
_FEW_LINES = 1024
"""Fewer new order lines don't change which products are the commonest."""


@dataclass(frozen=True, slots=True)
class InsightChoices:
    """Channels by orders, the commonest products (id, name), tiers by place, segments, saved filters."""

    channels: tuple[str, ...]
    products: tuple[tuple[int, str], ...]
    more_products: bool
    """Whether there are products besides."""
    tiers: tuple[str, ...]
    segments: tuple[str, ...]
    saved: tuple[tuple[int, str], ...]


def insight_choices(scope: Scope) -> InsightChoices:
    """What a trade has; and the product that is looked at, however rare."""
    book, orders = scope.book, scope.moment.orders
    number = np.bincount(orders.channel, minlength=len(scope.moment.channels))
    channels = [scope.moment.channels[code] for code in np.argsort(-number, kind="stable") if number[code]]
    products, more = _commonest(book)
    chosen = scope.only.product
    if chosen is not None and all(row != chosen for row, _ in products):
        named = book.value("SELECT name FROM product WHERE id = ?", (chosen,))
        products = ((chosen, named or ""), *products)
    return InsightChoices(
        tuple(channel for channel in channels if channel),
        products,
        more,
        tuple(name for name, _ in tiers(book)),
        SEGMENTS,
        tuple((one.id, one.name) for one in segments(book)),
    )


def sold_products(book: Book) -> list[tuple[int, str]]:
    """Every product as (id, name), by name."""
    rows = book.rows("SELECT id, name FROM product")
    return sorted(((row, name) for row, name in rows), key=lambda product: sort_key(product[1]))


_Products = tuple[tuple[tuple[int, str], ...], bool]
_known: WeakKeyDictionary[Book, tuple[tuple[int, int], _Products]] = WeakKeyDictionary()


def _commonest(book: Book) -> _Products:
    """The products sold most often with their names, and whether there are more."""
    last, products = book.rows(
        "SELECT (SELECT coalesce(max(id), 0) FROM order_line), (SELECT count(*) FROM product)"
    )[0]
    now = (last // _FEW_LINES if last > 100 * _FEW_LINES else last, products)
    kept = _known.get(book)
    if kept is not None and kept[0] == now:
        return kept[1]
    rows = book.rows(
        "SELECT id, name FROM (SELECT product_id, count(*) AS number FROM order_line "
        "WHERE product_id IS NOT NULL GROUP BY product_id ORDER BY number DESC, product_id LIMIT ?) "
        "JOIN product ON product.id = product_id ORDER BY number DESC, id",
        (MOST_PRODUCTS,),
    )
    found: _Products = (tuple((row, name) for row, name in rows), products > len(rows))
    _known[book] = (now, found)
    return found
