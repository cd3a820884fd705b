"""What the trade of a moment comes to: its purchases, sorted once, and after a sale only added to."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.occasions import Occasions
from desktop.queries.growing_columns import Filling, Growing
from desktop.queries.purchases import Purchases
from desktop.queries.shop_tables import Bools, Ints, OrderColumns

_BITS = 63


@dataclass(frozen=True)
class Trade:
    """The orders of known customers that are purchases or moved money, of all days.

    `purchases` in order of the orders' ids, `at` their places in OrderColumns; `order` those of the purchases
    alone, by customer and day.
    """

    orders: OrderColumns
    purchases: Purchases
    at: Ints
    order: Ints
    occasions: Occasions
    last_day: int
    growing: Growing

    def seen(self, chosen: Bools | None, end: int) -> Purchases:
        """Of the orders of a mask (None for all) those before `end`, with their occasions at hand."""
        bought = self.purchases
        if chosen is None and self.last_day < end:
            found, past = replace(bought), self.occasions
        else:
            keep = bought.day < end
            if chosen is not None:
                keep &= chosen[self.at]
            found = Purchases(
                bought.customer[keep], bought.day[keep], bought.net[keep], bought.purchase[keep]
            )
            past = self.occasions.before(end)
            if chosen is not None:
                left = self.order[chosen[self.order] & (self.orders.day < end)[self.order]]
                past = _once_a_day(self.orders.customer[left], self.orders.day[left])
        # Sorting them again would take longer than all else.
        found.__dict__["occasions"] = past
        return found

    def mended(self, orders: OrderColumns) -> Trade | None:
        """The same with the orders that came behind; None where others changed too."""
        before = self.orders.ids.size
        if not goes_on(self.orders.ids, orders.ids) or not all(
            goes_on(old, new) for old, new in zip(_figures(self.orders), _figures(orders), strict=True)
        ):
            return None
        new = _kept(orders, slice(before, None)) + before
        bought = self.purchases
        columns, growing = self.growing.appended(
            [bought.customer, bought.day, bought.net, bought.purchase, self.at],
            [orders.customer[new], orders.day[new], orders.net[new], orders.purchase[new], new],
        )
        customer, day, net, purchase, at = columns
        order, occasions = self.order, self.occasions
        for place in new[orders.purchase[new]].tolist():
            order = _put(order, place, orders)
            occasions = _came(occasions, int(orders.customer[place]), int(orders.day[place]))
        last = max(self.last_day, int(orders.day[new].max(initial=0)))
        return Trade(orders, Purchases(customer, day, net, purchase), at, order, occasions, last, growing)


def trade_of(orders: OrderColumns) -> Trade:
    """The trade of all orders."""
    found = _kept(orders, slice(None))
    home = Filling((np.int64, np.int64, np.int64, np.bool_, np.int64), [found.size])
    home.put(0, [*(column[found] for column in _figures(orders)), found])
    (customer, day, net, purchase, at), growing = home.filled()
    order = _by_customer(at[purchase], customer[purchase], day[purchase])
    past = _once_a_day(orders.customer[order], orders.day[order])
    last = int(day.max(initial=0))
    return Trade(orders, Purchases(customer, day, net, purchase), at, order, past, last, growing)


def _kept(orders: OrderColumns, part: slice) -> Ints:
    known = (orders.customer[part] > 0) & (orders.purchase[part] | (orders.net[part] != 0))
    return np.flatnonzero(known)


def _by_customer(at: Ints, customer: Ints, day: Ints) -> Ints:
    """Places of orders, by customer and day."""
    if not at.size:
        return at
    size, days = int(at[-1]) + 1, int(day.max()) + 1
    if (int(customer.max()) + 1) * days << size.bit_length() < 1 << _BITS:
        # One number is sorted several times as fast as three, and its end says where it came from.
        bits = size.bit_length()
        found: Ints = np.sort(((customer * days + day) << bits) + at) & ((1 << bits) - 1)
        return found
    return at[np.lexsort((at, day, customer))]


def _put(order: Ints, place: int, orders: OrderColumns) -> Ints:
    """Places by customer and day, with one more."""

    def key(one: int) -> tuple[int, int]:
        return int(orders.customer[one]), int(orders.day[one])

    return np.insert(order, bisect_right(order, key(place), key=key), place)


def _came(past: Occasions, customer: int, day: int) -> Occasions:
    """Occasions with one more, if it is one."""
    low, high = (int(np.searchsorted(past.customer, customer, side=side)) for side in ("left", "right"))
    at = low + int(np.searchsorted(past.day[low:high], day))
    if at < high and past.day[at] == day:
        return past
    return Occasions(np.insert(past.customer, at, customer), np.insert(past.day, at, day))


def _once_a_day(customer: Ints, day: Ints) -> Occasions:
    """Occasions of purchases in order of customer and day."""
    fresh = np.ones(day.size, np.bool_)
    fresh[1:] = (customer[1:] != customer[:-1]) | (day[1:] != day[:-1])
    return Occasions(customer, day) if bool(fresh.all()) else Occasions(customer[fresh], day[fresh])


def _figures(orders: OrderColumns) -> list[NDArray[Any]]:
    """What purchases are made of."""
    return [orders.customer, orders.day, orders.net, orders.purchase]


def goes_on(before: NDArray[Any], now: NDArray[Any]) -> bool:
    """Whether a column is another one with more behind it."""
    if before.size > now.size:
        return False
    return before.ctypes.data == now.ctypes.data or np.array_equal(before, now[: before.size])
