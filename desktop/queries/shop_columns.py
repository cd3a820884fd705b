"""A book's trade as columns in memory: orders, their lines, ratings; what every figure is counted from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.satisfaction import Ratings
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.column_kinds import BLANK
from desktop.queries.column_reading import numbers, texts

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class OrderColumns:
    """Every order, by id: arrays of one length.

    `customer` and `staff` are ids, 0 for none; `day` ordinals, `net` minor units, `purchase` whether it
    counts as one; `channel` numbers of `ShopMoment.channels`.
    """

    ids: Ints
    customer: Ints
    day: Ints
    net: Ints
    purchase: Bools
    channel: Codes
    staff: Ints

    def places(self, orders: Ints) -> Ints:
        """Where orders stand, -1 for what is none."""
        if not self.ids.size:
            return np.full(orders.size, -1, np.int64)
        at = np.minimum(np.searchsorted(self.ids, orders), self.ids.size - 1)
        return np.where(self.ids[at] == orders, at, -1)


@dataclass(frozen=True)
class LineColumns:
    """The order lines that name a product, by order: arrays of one length.

    `order` is the place of the order in OrderColumns, `product` an id, `amount` minor units.
    """

    order: Ints
    product: Ints
    quantity: NDArray[np.float64]
    amount: Ints


@dataclass(frozen=True)
class RatingColumns:
    """Every rating, by id: arrays of one length.

    `answers` holds the days and the four numbers; `customer`, `order` and `staff` are ids, 0 for none;
    `channel` is that of the order, else the rating's own; `asked` whether it was asked for and not skipped.
    """

    ids: Ints
    customer: Ints
    order: Ints
    staff: Ints
    channel: Codes
    asked: Bools
    answered: Bools
    answers: Ratings


@dataclass(frozen=True)
class ShopMoment:
    """A book's trade at one moment; it never changes, whatever happens to the book."""

    orders: OrderColumns
    ratings: RatingColumns
    channels: tuple[str, ...]
    """Channels by number; the first is "" (not known)."""
    book: Book

    @cached_property
    def lines(self) -> LineColumns:
        """The lines of the orders; read when they are first asked for."""
        return _read_lines(self.book, self.orders)

    def channel(self, code: str) -> int:
        """The number of a channel, -1 for one that nothing came through."""
        return self.channels.index(code) if code in self.channels else -1


def shop_moment(book: Book, progress: Progress = SILENT) -> ShopMoment:
    """The trade of a book as it is now. Raises Cancelled."""
    known = {"": 0}
    orders = _read_orders(book, known)
    progress.check()
    ratings = _read_ratings(book, orders, known)
    return ShopMoment(orders, ratings, tuple(known), book)


def _codes(found: list[str], known: dict[str, int]) -> Codes:
    return np.fromiter((known.setdefault(text, len(known)) for text in found), np.int32, len(found))


def _read_orders(book: Book, known: dict[str, int]) -> OrderColumns:
    source = "orders ORDER BY id"
    table = numbers(book, ["id", "customer_id", "day", "net", "purchase", "staff_id"], source)
    table[table == BLANK] = 0
    ids, customer, day, net, purchase, staff = (table[:, at].copy() for at in range(6))
    channel = _codes(texts(book, "channel", source), known)
    return OrderColumns(ids, customer, day, net, purchase == 1, channel, staff)


def _read_lines(book: Book, orders: OrderColumns) -> LineColumns:
    # Quantities may be fractions: thousandths are whole numbers.
    table = numbers(
        book,
        ["order_id", "product_id", "CAST(round(quantity * 1000) AS INTEGER)", "amount"],
        "order_line WHERE product_id IS NOT NULL ORDER BY order_id, id",
    )
    place = orders.places(table[:, 0])
    table, place = table[place >= 0], place[place >= 0]
    return LineColumns(place, table[:, 1].copy(), table[:, 2] / 1000, table[:, 3].copy())


def _read_ratings(book: Book, orders: OrderColumns, known: dict[str, int]) -> RatingColumns:
    source = "rating ORDER BY id"
    columns = ["id", "customer_id", "order_id", "staff_id", "asked_at IS NOT NULL AND skipped_at IS NULL",
               "answered", "day", "perceived", "expected", "effort", "recommend"]  # fmt: skip
    table = numbers(book, columns, source)
    answers = [
        np.where(table[:, at] == BLANK, np.nan, table[:, at].astype(np.float64)) for at in range(7, 11)
    ]
    table[table == BLANK] = 0
    ids, customer, order, staff, asked, answered, day = (table[:, at].copy() for at in range(7))
    own = _codes(texts(book, "channel", source), known)
    place = orders.places(order)
    through = np.where(place >= 0, orders.channel[place] if orders.ids.size else 0, 0).astype(np.int32)
    return RatingColumns(
        ids, customer, order, staff, np.where(through > 0, through, own).astype(np.int32), asked == 1,
        answered == 1, Ratings(day, *answers),
    )  # fmt: skip
