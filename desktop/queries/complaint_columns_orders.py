"""The orders that complaints are counted against: the day and channel of each, and what it was of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.column_reading import numbers
from desktop.queries.complaint_columns_parts import Codes, Ints
from desktop.queries.complaint_columns_reading import Words
from desktop.queries.shop_columns import ShopMoment, shop_moment


@dataclass(frozen=True)
class OrderTable:
    """All orders in order of their ids: the ordinal day and the channel's number in `channels`.

    `of_product` remembers which orders hold a product, once it was asked for.
    """

    moment: ShopMoment
    channels: Words
    of_product: dict[int, Ints] = field(default_factory=dict)
    _found: dict[int, tuple[Ints, Codes]] = field(default_factory=dict)

    @property
    def ids(self) -> Ints:
        """The ids, ascending."""
        return self.moment.orders.ids

    @property
    def day(self) -> Ints:
        """The ordinal days."""
        return self.moment.orders.day

    @property
    def channel(self) -> Codes:
        """Numbers of `channels`."""
        return self.moment.orders.channel

    def about(self, orders: Ints) -> tuple[Ints, Ints]:
        """The day and the channel's number of some orders; 0 and -1 for what is none."""
        if not len(self.ids):
            return np.zeros(len(orders), np.int64), np.full(len(orders), -1, np.int64)
        at = self._places(orders)
        return np.where(at < 0, 0, self.day[at]), np.where(at < 0, -1, self.channel[at])

    def chosen(self, book: Book, *, channel: str | None, product: int | None) -> Ints:
        """The days of the orders through a channel and with a product, None for all."""
        day, via = self.day, self.channel
        if product is not None:
            if product not in self._found:
                at = self._places(self.with_product(book, product))
                self._found[product] = day[at[at >= 0]], via[at[at >= 0]]
            day, via = self._found[product]
        return day if channel is None else day[via == self.channels.code(channel)]

    def with_product(self, book: Book, product: int) -> Ints:
        """The ids of the orders with a line of a product."""
        if product not in self.of_product:
            source = f"order_line WHERE product_id = {int(product)} GROUP BY order_id"
            self.of_product[product] = np.sort(numbers(book, ["order_id"], source)[:, 0])
        return self.of_product[product]

    def mended(self, book: Book, lines_of: Ints) -> OrderTable:
        """The orders as they are now, with the products of those whose lines were touched."""
        return replace(read_orders(book), of_product=self._products(book, lines_of))

    def _products(self, book: Book, lines_of: Ints) -> dict[int, Ints]:
        if not len(lines_of) or not self.of_product:
            return self.of_product
        which = f"IN ({', '.join(map(str, lines_of.tolist()))})"
        fresh = numbers(
            book, ["product_id", "order_id"], f"order_line WHERE order_id {which} AND product_id IS NOT NULL"
        )
        return {
            product: np.union1d(orders[~np.isin(orders, lines_of)], fresh[fresh[:, 0] == product, 1])
            for product, orders in self.of_product.items()
        }

    def _places(self, orders: Ints) -> Ints:
        """Where orders stand, -1 for what is none."""
        return self.moment.orders.places(orders)


def read_orders(book: Book, progress: Progress = SILENT) -> OrderTable:
    """All orders of a book, from the columns that the figures of the trade share."""
    moment, words = shop_moment(book, progress), Words()
    words.codes(moment.channels)
    return OrderTable(moment, words)
