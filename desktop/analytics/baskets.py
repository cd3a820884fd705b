"""Purchase occasions with the products that were bought on them, ready for counting what goes together.

A basket is a purchase occasion: all that a known customer bought on one day, in one order or several; an
order of nobody known is a basket of its own. Baskets of which no product is known are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

LEAST = 10
"""Baskets in which a product must be, before anything is said of it."""
MOST_PRODUCTS = 3000
"""Products that are paired, those in most baskets: their square is what the counting holds in memory."""


@dataclass(frozen=True)
class Baskets:
    """Baskets ordered by customer, then day (those of nobody known first), each product once in a basket.

    `customer` (0 for nobody known) and `day` have one entry a basket, `starts` one more: basket i holds
    `product[starts[i]:starts[i + 1]]`, ascending places in `products`, which are ids, ascending.
    """

    customer: Ints
    day: Ints
    starts: Ints
    product: Ints
    products: Ints

    @property
    def size(self) -> int:
        """Number of baskets."""
        return int(self.day.size)

    @cached_property
    def owner(self) -> Ints:
        """For each entry of `product` its basket."""
        return np.repeat(np.arange(self.size, dtype=np.int64), np.diff(self.starts))

    @cached_property
    def holding(self) -> Ints:
        """In how many baskets each product is."""
        return np.bincount(self.product, minlength=self.products.size).astype(np.int64)

    def during(self, start: int, end: int) -> Baskets:
        """The baskets of the days [start, end)."""
        inside = (self.day >= start) & (self.day < end)
        if inside.all():
            return self
        sizes = np.diff(self.starts)
        return Baskets(
            self.customer[inside], self.day[inside], starts_of(sizes[inside]),
            self.product[np.repeat(inside, sizes)], self.products,
        )  # fmt: skip

    def frequent(self, least: int = LEAST, most: int = MOST_PRODUCTS) -> Baskets:
        """The same baskets with only the products that are in `least` of them, at most `most` of those."""
        there = self.holding
        order = np.lexsort((np.arange(there.size), -there))[:most]
        keep = np.zeros(there.size, np.bool_)
        keep[order] = there[order] >= least
        if keep.all():
            return self
        stays = keep[self.product]
        sizes = np.bincount(self.owner[stays], minlength=self.size)
        number = np.cumsum(keep) - 1
        return Baskets(
            self.customer, self.day, starts_of(sizes), number[self.product[stays]], self.products[keep]
        )

    def only(self, which: NDArray[np.bool_]) -> Baskets:
        """The same baskets, with nothing left in those that are not of a mask."""
        stays = which[self.owner]
        sizes = np.bincount(self.owner[stays], minlength=self.size)
        return Baskets(self.customer, self.day, starts_of(sizes), self.product[stays], self.products)


def baskets(customer: Ints, day: Ints, order: Ints, product: Ints) -> Baskets:
    """Baskets from orders and their lines.

    `customer` (0 for nobody known) and `day` have one entry an order, `order` (its place) and `product` (an
    id) one a line. Leave refunded and cancelled orders out before.
    """
    products, item = numbered(product)
    who, whose = numbered(customer)
    if not item.size:
        none = np.zeros(0, np.int64)
        return Baskets(none, none, np.zeros(1, np.int64), none, none)
    # An order of nobody known is a basket of its own: its place stands for the customer. These come first.
    nobody = customer == 0
    ours = np.where(nobody, np.arange(customer.size), customer.size + whose)
    first = int(day.min())
    days = int(day.max()) - first + 1
    # One number for customer, day and product, so that one sort does everything.
    key = (ours * days + (day - first))[order] * products.size + item
    key = np.sort(key)
    key = key[np.concatenate(([True], key[1:] != key[:-1]))]
    moment, item = np.divmod(key, products.size)
    fresh = np.flatnonzero(np.concatenate(([True], moment[1:] != moment[:-1])))
    owner, on = np.divmod(moment[fresh], days)
    known = owner >= customer.size
    owner = np.where(known, who[np.where(known, owner - customer.size, 0)], 0)
    return Baskets(owner, on + first, np.append(fresh, item.size).astype(np.int64), item, products)


def starts_of(sizes: Ints) -> Ints:
    """Where each of some runs begins, and where the last ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes).astype(np.int64)))


def numbered(values: Ints) -> tuple[Ints, Ints]:
    """The different values, ascending, and the place of each among them."""
    if not values.size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    low, high = int(values.min()), int(values.max())
    if high - low > 4 * values.size + 100_000:
        known, at = np.unique(values, return_inverse=True)
        return known.astype(np.int64), at.astype(np.int64)
    # Ids lie close together: no sorting.
    there = np.zeros(high - low + 1, np.bool_)
    there[values - low] = True
    return np.flatnonzero(there) + low, (np.cumsum(there) - 1)[values - low]


def spread(starts: Ints, sizes: Ints) -> Ints:
    """For each of some runs its places: starts[0], starts[0] + 1, … sizes[0] of them, and so on."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()), dtype=np.int64)
