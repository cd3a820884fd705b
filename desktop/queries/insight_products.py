"""Products: what each brings, whom it wins, what is complained of, and what is bought with it and next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.affinity import Pairs, bought_next, bought_together
from desktop.analytics.intervals import Change, Mean, Rate, change, mean_of_sums, per, rate
from desktop.analytics.periods import edges
from desktop.queries.insight_kept import Kept
from desktop.queries.insight_scope import Narrowing, Scope
from desktop.queries.product_counts import ProductCounts, Trade
from desktop.queries.product_sales import product_counts
from desktop.queries.shop_columns import Ints

WITHIN = 90
"""Days within which the next purchase counts as following, if nothing else is chosen."""


@dataclass(frozen=True, slots=True)
class ProductName:
    """What a product is called."""

    id: int
    name: str
    code: str
    category: str


@dataclass(frozen=True, slots=True)
class ProductRow:
    """The figures of a product over the period, and those of the equal period before.

    `orders` purchases that hold it, `quantity` pieces, `net` amounts of its lines (minor units) and `share`
    of all lines' amounts, None where they do not add up to something; `buyers` known customers. `again`:
    buyers who bought it on more than one day ÷ buyers. `satisfaction`: mean perceived of its orders'
    ratings. `complaints`: about it and one of these orders, per 100 of them. `won`: buyers whose very first
    purchase held it ÷ buyers. `back`: of all whose first purchase held it, at least BACK_DAYS ago, the share
    that came back within BACK_DAYS; `others` the same of whose first purchase did not hold it.
    """

    product: ProductName
    orders: int
    quantity: float
    net: int
    share: float | None
    buyers: int
    again: Rate
    satisfaction: Mean
    complaints: Mean
    won: Rate
    back: Rate
    others: Rate
    orders_before: int
    net_before: int
    buyers_before: int
    again_moved: Change
    satisfaction_moved: Change
    complaints_moved: Change
    back_differs: Change


@dataclass(frozen=True, slots=True)
class ProductMonth:
    """A product in one calendar month [start, end), cut by the period."""

    start: int
    end: int
    orders: int
    quantity: float
    net: int


@dataclass(frozen=True)
class ProductReport:
    """The products of a scope, whatever product it is narrowed to."""

    scope: Scope
    within: int
    trade: Trade
    now: ProductCounts
    before: ProductCounts
    names: dict[int, ProductName]
    together: Pairs
    """What is bought on one occasion of the period, each pair once."""
    following: Pairs
    """What is bought next, by the purchases of the period that came within so many days of another."""

    @property
    def narrowed(self) -> Narrowing:
        """The filters besides that for one product."""
        return self.scope.only

    @cached_property
    def sold(self) -> Ints:
        """Places of the products that were sold in the period, those that brought most first."""
        at = np.flatnonzero(self.now.orders > 0)
        return at[np.lexsort((at, -self.now.net[at]))]

    @cached_property
    def _back(self) -> tuple[Ints, Ints, int, int]:
        return self.trade.came_back()

    @cached_property
    def total(self) -> int:
        """What all products brought, minor units."""
        return int(self.now.net.sum())

    def name(self, product: int) -> ProductName:
        """What a product is called; one that is gone has no name."""
        return self.names.get(product) or ProductName(product, "", "", "")

    def row(self, at: int) -> ProductRow:
        """The figures of the product at a place."""
        now, before = self.now, self.before
        firsts, back, all_firsts, all_back = self._back
        own = rate(int(back[at]), int(firsts[at]))
        others = rate(all_back - own.hits, all_firsts - own.n)
        again, was_again = (rate(int(side.again[at]), int(side.buyers[at])) for side in (now, before))
        liked, was_liked = (_satisfaction(side, at) for side in (now, before))
        blamed, was_blamed = (per(int(side.complaints[at]), int(side.orders[at])) for side in (now, before))
        net = int(now.net[at])
        return ProductRow(
            product=self.name(int(self.trade.products[at])),
            orders=int(now.orders[at]),
            quantity=float(now.quantity[at]),
            net=net,
            share=net / self.total if self.total > 0 else None,
            buyers=int(now.buyers[at]),
            again=again,
            satisfaction=liked,
            complaints=blamed,
            won=rate(int(now.won[at]), int(now.buyers[at])),
            back=own,
            others=others,
            orders_before=int(before.orders[at]),
            net_before=int(before.net[at]),
            buyers_before=int(before.buyers[at]),
            again_moved=change(again, was_again, 1),
            satisfaction_moved=change(liked, was_liked, 1),
            complaints_moved=change(blamed, was_blamed, -1),
            back_differs=change(own, others, 1),
        )

    def values(self, column: str) -> NDArray[np.float64]:
        """A figure of all products by its name in ProductRow, for sorting; NaN where there is none."""
        now = self.now
        parts: dict[str, tuple[NDArray[np.generic], Ints]] = {
            "again": (now.again, now.buyers),
            "satisfaction": (now.rated_sum, now.rated),
            "complaints": (now.complaints, now.orders),
            "won": (now.won, now.buyers),
            "back": (self._back[1], self._back[0]),
        }
        if column not in parts:
            found: NDArray[np.float64] = getattr(now, column).astype(np.float64)
            return found
        hits, of = (one.astype(np.float64) for one in parts[column])
        shares = np.full(of.size, np.nan)
        np.divide(hits, of, out=shares, where=of > 0)
        return shares

    def place(self, product: int) -> int | None:
        """Where a product stands, None for one that no order names."""
        at = int(np.searchsorted(self.trade.products, product))
        return at if at < self.trade.products.size and self.trade.products[at] == product else None

    def companions(self, product: int) -> Pairs:
        """What is bought together with a product, the surest first."""
        return self.together.joined(self.together.turned()).after(product)

    def followers(self, product: int) -> Pairs:
        """What is bought next after a product, the surest first; itself too, where it is bought again."""
        return self.following.after(product)

    def months(self, product: int) -> list[ProductMonth]:
        """A product month by month."""
        scope, at = self.scope, self.place(product)
        edge = np.clip(edges(scope.start, scope.end, "month"), scope.start, scope.end)
        if at is None or edge.size < 2:
            return []
        days, quantity, net = self.trade.lines_of(at)
        of_orders = self.trade.days_of(at)
        which, of_which = (np.searchsorted(edge, found, side="right") - 1 for found in (days, of_orders))
        inside = (which >= 0) & (which < edge.size - 1)
        width = edge.size - 1
        orders = np.bincount(of_which[(of_which >= 0) & (of_which < width)], minlength=width)
        pieces = np.bincount(which[inside], quantity[inside], width)
        brought = np.rint(np.bincount(which[inside], net[inside].astype(np.float64), width))
        return [
            ProductMonth(int(edge[i]), int(edge[i + 1]), int(orders[i]), float(pieces[i]), int(brought[i]))
            for i in range(width)
        ]

    # -- the rows behind

    def customers(self, *products: int) -> Ints:
        """The customers who bought all of some products, each on some day of the period, ascending."""
        scope, found = self.scope, None
        orders = scope.moment.orders
        for product in products:
            held = self._held_by(product)
            who = np.unique(orders.customer[held][orders.customer[held] > 0])
            found = who if found is None else np.intersect1d(found, who)
        return np.zeros(0, np.int64) if found is None else found

    def orders(self, product: int, month: ProductMonth | None = None) -> Ints:
        """The ids of the period's orders, or of one month's, that hold a product, the newest first."""
        orders, held = self.scope.moment.orders, self._held_by(product)
        if month is not None:
            held = held[(orders.day[held] >= month.start) & (orders.day[held] < month.end)]
        newest: Ints = orders.ids[held[np.lexsort((-orders.ids[held], -orders.day[held]))]]
        return newest

    def together_customers(self, first: int, second: int) -> Ints:
        """Who bought two products on one occasion of the period, ascending."""
        held = self.trade.baskets
        both = self._in_baskets(first) & self._in_baskets(second)
        both &= (held.day >= self.scope.start) & (held.day < self.scope.end)
        return self._known(held.customer[both])

    def following_customers(self, first: int, second: int) -> Ints:
        """Who bought the second product next after the first, by what `following` counts, ascending."""
        held = self.trade.baskets
        if held.size < 2:
            return np.zeros(0, np.int64)
        inside = (held.day[1:] >= self.scope.start) & (held.day[1:] < self.scope.end)
        inside &= (held.customer[1:] == held.customer[:-1]) & (held.day[1:] - held.day[:-1] <= self.within)
        inside &= self._in_baskets(first)[:-1] & self._in_baskets(second)[1:]
        return self._known(held.customer[1:][inside])

    def _in_baskets(self, product: int) -> NDArray[np.bool_]:
        """Which baskets hold a product."""
        held, at = self.trade.baskets, self.place(product)
        found = np.zeros(held.size, np.bool_)
        if at is not None:
            found[held.owner[self.trade.entries == at]] = True
        return found

    @staticmethod
    def _known(customers: Ints) -> Ints:
        return np.unique(customers[customers > 0])

    def _held_by(self, product: int) -> Ints:
        """Places of the orders of the period that hold a product."""
        at = self.place(product)
        place, item = self.trade.held
        held = place[item == at] if at is not None else np.zeros(0, np.int64)
        day = self.scope.moment.orders.day[held]
        inside: Ints = held[(day >= self.scope.start) & (day < self.scope.end)]
        return inside


def _satisfaction(side: ProductCounts, at: int) -> Mean:
    return mean_of_sums(int(side.rated[at]), float(side.rated_sum[at]), float(side.rated_squares[at]))


_PAIRED: Kept[tuple[Pairs, Pairs]] = Kept()


def product_report(scope: Scope, within: int = WITHIN) -> ProductReport:
    """The products of a scope without its filter for one product. Raises Cancelled.

    What is bought together and next is kept for the day until a thousandth of the orders' lines has changed.
    """
    scope = scope.without("product") if scope.only.product is not None else scope
    trade = Trade.of(scope)
    start, end = scope.start, scope.end
    # One part for all of it: what came before a purchase of the period was at most so many days earlier.
    recent = trade.part(min(scope.before[0], start - within), end)

    def paired() -> tuple[Pairs, Pairs]:
        scope.progress.check()
        together = bought_together(recent.named.during(start, end))
        scope.progress.check()
        return together, bought_next(recent.named, within=within, start=start, end=end)

    now, before = product_counts(scope, recent)
    together, following = _PAIRED.get(scope, (start, scope.today, within), paired, lines=True)
    rows = scope.book.rows("SELECT id, name, coalesce(code, ''), category FROM product")
    names = {row[0]: ProductName(*row) for row in rows}
    return ProductReport(scope, within, trade, now, before, names, together, following)
