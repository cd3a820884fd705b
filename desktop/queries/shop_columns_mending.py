"""What a book's journal says was touched of its trade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from desktop.models.book import Book
from desktop.queries.column_changes import Line
from desktop.queries.shop_tables import Ints, RatingColumns


class Touched(NamedTuple):
    """The orders, the orders whose lines have to be read again, and the ratings; ids, ascending."""

    orders: Ints
    lines_of: Ints
    ratings: Ints

    def __bool__(self) -> bool:
        return any(part.size for part in self)


def touched_by(book: Book, lines: Sequence[Line], ratings: RatingColumns) -> Touched:
    """What some lines of the journal touched; it may be gone since."""
    orders: set[int] = set()
    lines_of: set[int] = set()
    rated: set[int] = set()
    for line in lines:
        rows = range(line.first, line.last + 1)
        if line.table == "orders":
            orders.update(rows)
            if line.op != "U":
                lines_of.update(rows)
        elif line.table == "order_line":
            lines_of.update(_orders_of(book, line))
        elif line.table == "rating":
            rated.update(rows)
    if orders:
        # A rating came through the channel of its order.
        rated.update(ratings.ids[np.isin(ratings.order, list(orders))].tolist())
    return Touched(*(np.array(sorted(ids), np.int64) for ids in (orders, lines_of, rated)))


def _orders_of(book: Book, line: Line) -> set[int]:
    found = {side["order_id"] for side in line.sides if side.get("order_id")}
    if line.op != "D":
        now = "SELECT DISTINCT order_id FROM order_line WHERE id BETWEEN ? AND ?"
        found |= {row for (row,) in book.rows(now, (line.first, line.last))}
    return found
