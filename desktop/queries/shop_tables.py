"""The columns of orders, of their lines and of ratings, and how they are mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.satisfaction import Ratings
from desktop.queries.growing_columns import Column, Growing, exchanged, overwritten

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Bools = NDArray[np.bool_]

_SPARSE = 4
"""How many times as many ids as orders there may be for a table of all ids to be made."""


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
    growing: Growing | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, columns: Sequence[Column], growing: Growing | None = None) -> OrderColumns:
        """From what `shop_columns_reading` reads."""
        ids, customer, day, net, purchase, channel, staff = columns
        return cls(ids, customer, day, net, purchase, channel, staff, growing)

    def places(self, orders: Ints) -> Ints:
        """Where orders stand, -1 for what is none."""
        if not self.ids.size:
            return np.full(orders.size, -1, np.int64)
        first, last = int(self.ids[0]), int(self.ids[-1])
        if last - first + 1 == self.ids.size:
            return np.where((orders >= first) & (orders <= last), orders - first, -1)
        if orders.size > 1000 and last - first < _SPARSE * self.ids.size:
            inside = (orders >= first) & (orders <= last)
            return np.where(inside, self._by_id[np.where(inside, orders - first, 0)], -1)
        at = np.minimum(np.searchsorted(self.ids, orders), self.ids.size - 1)
        return np.where(self.ids[at] == orders, at, -1)

    @cached_property
    def _by_id(self) -> Ints:
        found = np.full(int(self.ids[-1] - self.ids[0]) + 1, -1, np.int64)
        found[self.ids - self.ids[0]] = np.arange(self.ids.size)
        return found

    @property
    def _columns(self) -> list[Column]:
        return [self.ids, self.customer, self.day, self.net, self.purchase, self.channel, self.staff]

    def mended(self, touched: Ints, fresh: Sequence[Ints]) -> OrderColumns:
        """The same with the touched orders as they are now, which may be gone or new."""
        if not touched.size:
            return self
        new = _typed(fresh)
        places = self.places(touched)
        there = places[places >= 0]
        if not there.size and (not self.ids.size or not new[0].size or new[0][0] > self.ids[-1]):
            columns, growing = (self.growing or Growing(self._columns, -1)).appended(self._columns, new)
            return self.of(columns, growing)
        if np.array_equal(self.ids[there], new[0]):
            return self.of(overwritten(self._columns, there, new))
        before = np.searchsorted(np.delete(self.ids, there), new[0])
        return self.of(exchanged(self._columns, there, before, new))


@dataclass(frozen=True)
class LineColumns:
    """The order lines that name a product, by order: arrays of one length.

    `order` is the place of the order in OrderColumns, `product` an id, `amount` minor units.
    """

    order: Ints
    product: Ints
    quantity: NDArray[np.float64]
    amount: Ints
    growing: Growing | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, columns: Sequence[Column], growing: Growing | None = None) -> LineColumns:
        """From columns by the places of their orders, in any order."""
        place = columns[0]
        if bool((place[1:] < place[:-1]).any()):
            # As one number, for that is sorted several times as fast.
            order = np.sort(place * place.size + np.arange(place.size)) % place.size
            columns, growing = [column[order] for column in columns], None
        order, product, quantity, amount = columns
        return cls(order, product, quantity, amount, growing)

    @property
    def _columns(self) -> list[Column]:
        return [self.order, self.product, self.quantity, self.amount]

    @cached_property
    def products(self) -> Ints:
        """The ids of all products that a line names, ascending."""
        if not self.product.size:
            return self.product
        low, high = int(self.product.min()), int(self.product.max())
        if high - low > _SPARSE * self.product.size + 100_000:
            return np.unique(self.product)
        there = np.zeros(high - low + 1, np.bool_)
        there[self.product - low] = True
        found: Ints = np.flatnonzero(there) + low
        return found

    def mended(
        self, before: OrderColumns, now: OrderColumns, touched: Ints, fresh: Sequence[Ints]
    ) -> LineColumns:
        """The same for orders as they are now, with the lines of the touched ones as they are now."""
        new = placed(fresh, now)
        known = before.places(touched)
        known = known[known >= 0]
        last = int(self.order[-1]) if self.order.size else -1
        behind = np.array_equal(now.ids[: before.ids.size], before.ids)
        if behind and not known.size and (not new[0].size or new[0][0] > last):
            columns, growing = (self.growing or Growing(self._columns, -1)).appended(self._columns, new)
            found = self.of(columns, growing)
            if "products" in self.__dict__:
                found.__dict__["products"] = np.union1d(self.products, new[1])
            return found
        moved = self if behind else self.among(before, now)
        places = now.places(touched)
        gone = np.flatnonzero(np.isin(moved.order, places))
        at = np.searchsorted(np.delete(moved.order, gone), new[0])
        return self.of(exchanged(moved._columns, gone, at, new))

    def among(self, before: OrderColumns, now: OrderColumns) -> LineColumns:
        """The lines by the places of other orders; those of orders that are none are left out."""
        order = now.places(before.ids)[self.order]
        there = order >= 0
        return self.of([column[there] for column in (order, *self._columns[1:])])


@dataclass(frozen=True)
class RatingColumns:
    """Every rating, by id: arrays of one length.

    `answers` holds the days and the four numbers; `customer`, `order` and `staff` are ids, 0 for none;
    `channel` is that of the order, else the rating's own; `asked` whether it was asked for and not skipped.
    What an expectation was told for and nobody answered has no numbers.
    """

    ids: Ints
    customer: Ints
    order: Ints
    staff: Ints
    channel: Codes
    asked: Bools
    answered: Bools
    answers: Ratings

    @classmethod
    def of(cls, columns: Sequence[Ints], orders: OrderColumns) -> RatingColumns:
        """From what `shop_columns_reading` reads."""
        ids, customer, order, staff, flags, day, packed, own = columns
        place = orders.places(order)
        through = orders.channel[place] if orders.ids.size else np.zeros(ids.size, np.int32)
        channel = np.where((place >= 0) & (through > 0), through, own).astype(np.int32)
        answered = flags >= 2
        return cls(
            ids, customer, order, staff, channel, flags & 1 == 1, answered,
            Ratings(day, *_answers(packed, answered)),
        )  # fmt: skip

    @property
    def _columns(self) -> list[Column]:
        said = self.answers
        return [self.ids, self.customer, self.order, self.staff, self.channel, self.asked, self.answered,
                said.day, said.perceived, said.expected, said.effort, said.recommend]  # fmt: skip

    def mended(self, touched: Ints, fresh: Sequence[Ints], orders: OrderColumns) -> RatingColumns:
        """The same with the touched ratings as they are now, which may be gone or new."""
        if not touched.size:
            return self
        new = RatingColumns.of(fresh, orders)
        gone = np.flatnonzero(np.isin(self.ids, touched))
        before = np.searchsorted(np.delete(self.ids, gone), new.ids)
        columns = exchanged(self._columns, gone, before, new._columns)
        ids, customer, order, staff, channel, asked, answered, *said = columns
        return RatingColumns(ids, customer, order, staff, channel, asked, answered, Ratings(*said))


def _answers(packed: Ints, answered: Bools) -> list[NDArray[np.float64]]:
    """Perceived, expected, effort and recommend of ratings, NaN for none."""
    four = [packed // 12**place % 12 for place in range(4)]
    found = [np.where(answered & (one > 0), one.astype(np.float64), np.nan) for one in four]
    return [*found[:3], found[3] - 1]


def _typed(columns: Sequence[Ints]) -> list[Column]:
    """The columns of orders as they are kept."""
    ids, customer, day, net, purchase, channel, staff = columns
    return [ids, customer, day, net, purchase == 1, channel.astype(np.int32), staff]


def placed(columns: Sequence[Ints], orders: OrderColumns) -> list[Column]:
    """The columns of lines by the places of their orders; those of orders that are none are left out."""
    place, (product, quantity, amount) = orders.places(columns[0]), columns[1:]
    found: list[Column] = [place, product, quantity / 1000, amount]
    if place.size and place.min() < 0:
        there = place >= 0
        found = [column[there] for column in found]
    return found
