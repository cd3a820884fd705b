"""What is counted of every product at once: orders, money, buyers, ratings, complaints, first purchases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.baskets import Baskets, baskets, spread
from desktop.analytics.occasions import Occasions
from desktop.queries.column_reading import numbers
from desktop.queries.insight_scope import Narrowing, Scope
from desktop.queries.purchases import rows_of
from desktop.queries.shop_columns import Ints

Floats = NDArray[np.float64]

BACK_DAYS = 180
"""Within so many days of the first purchase a second one counts as having come back."""


@dataclass(frozen=True)
class ProductCounts:
    """Of each product (arrays in the order of `Trade.products`) what was counted over the days [start, end).

    `orders` purchases that hold it, `quantity` pieces, `net` its lines' amounts in minor units, `buyers`
    known customers and `again` those who bought it on more than one day, `won` those whose very first
    purchase held it; of ratings of such orders the number, sum and sum of squares of what was perceived;
    `complaints` about it and one of these orders.
    """

    start: int
    end: int
    orders: Ints
    quantity: Floats
    net: Ints
    buyers: Ints
    again: Ints
    won: Ints
    rated: Ints
    rated_sum: Floats
    rated_squares: Floats
    complaints: Ints


_NOTHING = (np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0, np.int64))


@dataclass(frozen=True)
class Trade:
    """The purchases of some days [since, until) of a scope, product by product, whatever product it is of."""

    scope: Scope
    since: int
    until: int
    customers: Ints | None = None
    """Only what these bought (0: nobody known), None for everybody."""

    @classmethod
    def of(cls, scope: Scope) -> Trade:
        """All purchases before the end of a scope."""
        return cls(scope, 0, scope.end)

    def part(self, start: int, end: int) -> Trade:
        """Those of some days alone, so that only as much is gone through."""
        return Trade(self.scope, max(start, self.since), min(end, self.until))

    @cached_property
    def _lines(self) -> tuple[Ints, Ints, Ints]:
        """Places of lines of chosen purchases, their order's place and their product's."""
        orders, lines = self.scope.moment.orders, self.scope.moment.lines
        if self.customers is not None:
            return self._lines_of(self.customers)
        keep = orders.purchase & (orders.day < self.until)
        if self.since:
            keep &= orders.day >= self.since
        if self.scope.only != Narrowing():
            keep &= self.scope.chosen
        at = np.flatnonzero(keep[lines.order])
        return at, lines.order[at], places_among(self.products, lines.product[at])

    def _lines_of(self, customers: Ints) -> tuple[Ints, Ints, Ints]:
        orders, lines = self.scope.moment.orders, self.scope.moment.lines
        order = np.flatnonzero(np.isin(orders.customer, customers))
        inside = orders.purchase[order] & (orders.day[order] >= self.since) & (orders.day[order] < self.until)
        order = order[inside & self.scope.chosen[order]]
        low, high = np.searchsorted(lines.order, order), np.searchsorted(lines.order, order, side="right")
        at = spread(low, high - low)
        return at, lines.order[at], places_among(self.products, lines.product[at])

    @property
    def products(self) -> Ints:
        """The ids of all products that any order names, ascending."""
        return self.scope.moment.lines.products

    @cached_property
    def held(self) -> tuple[Ints, Ints]:
        """Each product of each order once: the order's place, ascending, and the product's."""
        _, order, product = self._lines
        # Lines come by order; only within one are products to be put in order.
        key = np.sort(order * max(1, self.products.size) + product)
        key = key[np.concatenate(([True], key[1:] != key[:-1]))] if key.size else key
        return np.divmod(key, max(1, self.products.size))

    @cached_property
    def baskets(self) -> Baskets:
        """The purchase occasions; their products are places in `products`."""
        orders = self.scope.moment.orders
        _, line, product = self._lines
        # Only the orders that there are lines of, so that a quarter does not go through all years.
        there = np.ones(line.size, np.bool_)
        there[1:] = line[1:] != line[:-1]
        places = line[there]
        found = baskets(orders.customer[places], orders.day[places], np.cumsum(there) - 1, product)
        # What this part does not hold has a place all the same.
        return replace(found, product=found.products[found.product], products=np.arange(self.products.size))

    @property
    def named(self) -> Baskets:
        """The same with the products' ids."""
        return replace(self.baskets, products=self.products)

    @cached_property
    def entries(self) -> Ints:
        """For each entry of `baskets` its product."""
        return self.baskets.product

    @cached_property
    def past(self) -> Occasions:
        """Every purchase of the whole shop: who was there before is known whatever is looked at."""
        return self.scope.shop.past

    @cached_property
    def customer(self) -> Ints:
        """For each basket the place of its customer in `past.ids`, -1 for nobody known."""
        return rows_of(self.past.ids, self.baskets.customer)

    @cached_property
    def first(self) -> NDArray[np.bool_]:
        """Which baskets are their customer's very first purchase."""
        if not self.past.ids.size:
            return np.zeros(self.baskets.size, np.bool_)
        first: NDArray[np.bool_] = self.past.first[self.customer] == self.baskets.day
        return first & (self.customer >= 0)

    def count(self, start: int, end: int) -> ProductCounts:
        """What was counted over the days [start, end)."""
        return self.answered(ProductCounts(start, end, *self.sold(start, end), *_NOTHING))

    def answered(self, counts: ProductCounts) -> ProductCounts:
        """Counts with what was rated and complained of by now."""
        start, end = counts.start, counts.end
        rated, total, squares = self._rated(start, end)
        return replace(counts, rated=rated, rated_sum=total, rated_squares=squares,
                       complaints=self._complaints(start, end))  # fmt: skip

    def sold(self, start: int, end: int) -> tuple[Ints, Floats, Ints, Ints, Ints, Ints]:
        """Orders, pieces, money, buyers, who bought again and who was won over the days [start, end)."""
        width, orders, lines = self.products.size, self.scope.moment.orders, self.scope.moment.lines
        at, order, product = self._lines
        inside = (orders.day[order] >= start) & (orders.day[order] < end)
        at, product = at[inside], product[inside]
        place, item = self.held
        of_days = (orders.day[place] >= start) & (orders.day[place] < end)
        return (
            _times(item[of_days], width),
            _sums(product, lines.quantity[at], width),
            # Whole numbers far below 2**53 stay exact as floats.
            np.rint(_sums(product, lines.amount[at].astype(np.float64), width)).astype(np.int64),
            *self._people(start, end),
        )

    def lines_of(self, at: int) -> tuple[Ints, Floats, Ints]:
        """The day, pieces and amount of each line of one product."""
        lines, (place, order, product) = self.scope.moment.lines, self._lines
        own = product == at
        return (
            self.scope.moment.orders.day[order[own]], lines.quantity[place[own]], lines.amount[place[own]]
        )  # fmt: skip

    def days_of(self, at: int) -> Ints:
        """The day of each order that holds a product."""
        place, item = self.held
        day: Ints = self.scope.moment.orders.day[place[item == at]]
        return day

    def came_back(self) -> tuple[Ints, Ints, int, int]:
        """Of those whose first purchase held a product, whoever could be seen long enough.

        For each product how many, and how many of them came back within BACK_DAYS; and the same of everybody.
        """
        held, past = self.baskets, self.past
        seen = self.first & (held.day + BACK_DAYS < self.scope.end)
        entry = seen[held.owner]
        product, who = self.entries[entry], self.customer[held.owner[entry]]
        back = past.second_gap[who] <= BACK_DAYS
        width = self.products.size
        everybody = past.second_gap[self.customer[seen]] <= BACK_DAYS
        return (
            _times(product, width), _times(product[back], width), int(everybody.size),
            int(np.count_nonzero(everybody)),
        )  # fmt: skip

    def _people(self, start: int, end: int) -> tuple[Ints, Ints, Ints]:
        held, width = self.baskets, self.products.size
        entry = ((held.day >= start) & (held.day < end) & (held.customer > 0))[held.owner]
        owner, product = held.owner[entry], self.entries[entry]
        key = np.sort(self.customer[owner] * max(1, width) + product)
        fresh = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))) if key.size else key
        times = np.diff(fresh, append=key.size)
        whose = key[fresh] % max(1, width)
        return (
            _times(whose, width),
            _times(whose[times > 1], width),
            _times(product[self.first[owner]], width),
        )

    def _rated(self, start: int, end: int) -> tuple[Ints, Floats, Floats]:
        """Ratings of the days, each for every product of its order."""
        ratings, width = self.scope.moment.ratings, self.products.size
        perceived, day = ratings.answers.perceived, ratings.answers.day
        keep = self.scope.rated & ratings.answered & ~np.isnan(perceived) & (day >= start) & (day < end)
        scope, orders, lines = self.scope, self.scope.moment.orders, self.scope.moment.lines
        order, value = orders.places(ratings.order[keep]), perceived[keep]
        there = order >= 0
        if orders.ids.size:
            # The order may be of days before.
            there &= orders.purchase[order] & scope.chosen[order] & (orders.day[order] < scope.end)
        order, value = order[there], value[there]
        low, high = np.searchsorted(lines.order, order), np.searchsorted(lines.order, order, side="right")
        which = np.repeat(np.arange(order.size), high - low)
        product = places_among(self.products, lines.product[spread(low, high - low)])
        # Each product of an order once.
        which, product = np.divmod(np.unique(which * max(1, width) + product), max(1, width))
        value = value[which]
        return (
            _times(product, width),
            _sums(product, value, width),
            _sums(product, value * value, width),
        )

    def _complaints(self, start: int, end: int) -> Ints:
        """Complaints about a product and an order of the days: those are what they are counted against."""
        source = "complaint WHERE order_id IS NOT NULL AND product_id IS NOT NULL ORDER BY id"
        table = numbers(self.scope.book, ["order_id", "product_id"], source)
        orders, width = self.scope.moment.orders, self.products.size
        place = orders.places(table[:, 0])
        table, place = table[place >= 0], place[place >= 0]
        at = np.minimum(np.searchsorted(self.products, table[:, 1]), max(0, width - 1))
        inside = (orders.day[place] >= start) & (orders.day[place] < end)
        inside &= self.scope.chosen[place] & orders.purchase[place]
        if width:
            inside &= self.products[at] == table[:, 1]
        return _times(at[inside], width)


def places_among(known: Ints, values: Ints) -> Ints:
    """The place of each of `values`, all of which are among `known` (ascending)."""
    return rows_of(known, values) if known.size else values


def _times(at: Ints, width: int) -> Ints:
    return np.bincount(at, minlength=width).astype(np.int64)


def _sums(at: Ints, values: Floats, width: int) -> Floats:
    return np.bincount(at, values, width).astype(np.float64)
