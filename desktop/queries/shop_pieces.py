"""What the trade of a moment comes to: its purchases, sorted once, and after a sale only added to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.occasions import Occasions
from desktop.queries.growing_columns import Column, Filling, Growing, exchanged
from desktop.queries.purchases import Purchases, rows_of
from desktop.queries.shop_tables import Bools, Ints, OrderColumns

_BITS = 63
_MOST_SUMS, _MOST_LATER = 16, 50


@dataclass(frozen=True)
class Trade:
    """The orders of known customers that are purchases or moved money, of all days.

    `purchases` by day, `at` their places in OrderColumns; `sorted_once` those of the purchases alone, by
    customer and day, without the few that came `later`.
    """

    orders: OrderColumns
    purchases: Purchases
    at: Ints
    sorted_once: Ints
    later: tuple[int, ...]
    occasions: Occasions
    growing: Growing

    @cached_property
    def order(self) -> Ints:
        """The places of the purchases alone, by customer and day."""
        found = self.sorted_once
        for place in self.later:
            found = _put(found, place, self.orders)
        return found

    def seen(self, chosen: Bools | None, end: int) -> Purchases:
        """Of the orders of a mask (None for all) those before `end`, with their occasions at hand."""
        bought, past = self.purchases, self.occasions
        until = int(np.searchsorted(bought.day, end))
        if chosen is None and until == bought.day.size:
            found = replace(bought)
        elif chosen is None:
            found, past = _taken(bought, slice(until)), past.before(end)
        else:
            found = _taken(bought, np.flatnonzero(chosen[self.at[:until]]))
            left = self.order[chosen[self.order]]
            day = self.orders.day[left]
            if until < bought.day.size:
                left, day = left[day < end], day[day < end]
            past = _once_a_day(self.orders.customer[left], day)
        # Sorting them again would take longer than all else.
        found.__dict__["occasions"] = past
        return found

    @cached_property
    def firsts(self) -> tuple[Ints, Ints]:
        """All customers, and the place of the first purchase of each, -1 without any; the lowest of a day."""
        at, who = self.bought(None)
        assert self.purchases.who is not None
        known = self.purchases.who[0]
        first = np.full(known.size, -1, np.int64)
        # Of what is written to one place the last stays: the first purchase, when written backwards.
        first[who[::-1]] = at[::-1]
        return known, first

    def bought(self, chosen: Bools | None) -> tuple[Ints, Ints]:
        """The purchases that a mask of orders leaves, by day: places of orders, and of their customers."""
        assert self.purchases.who is not None
        left = self.purchases.purchase if chosen is None else self.purchases.purchase & chosen[self.at]
        if bool(left.all()):
            return self.at, self.purchases.who[1]
        return self.at[left], self.purchases.who[1][left]

    def mended(self, orders: OrderColumns) -> Trade | None:
        """The same with the orders that came behind; None where others changed too."""
        before = self.orders.ids.size
        if not only_more(self.orders, orders):
            return None
        new = _kept(orders, slice(before, None)) + before
        new = new[np.argsort(orders.day[new], kind="stable")]
        known, code = _known(self.purchases, orders.customer[new])
        old = _columns(self.purchases, self.at)
        more = [*(column[new] for column in figures(orders)), new, code]
        if not new.size or not old[1].size or orders.day[new[0]] >= old[1][-1]:
            columns, growing = self.growing.appended(old, more)
        else:
            # An order of an earlier day than the newest.
            where = np.searchsorted(old[1], orders.day[new], side="right")
            columns, growing = exchanged(old, new[:0], where, more), Growing(old, -1)
        spent = {
            days: _added(total, known.size, days, orders.day[new], orders.net[new], code)
            for days, total in [*self.purchases.spent.items()][-_MOST_SUMS:]
        }
        came, occasions = new[orders.purchase[new]].tolist(), self.occasions
        for place in came:
            occasions = _came(occasions, int(orders.customer[place]), int(orders.day[place]))
        bought, at = _purchases(columns, known, spent)
        # What was put in order once, for a filter, is not put there again.
        order, later = (self.order, ()) if "order" in self.__dict__ else (self.sorted_once, self.later)
        mended = Trade(orders, bought, at, order, (*later, *came), occasions, growing)
        if len(mended.later) > _MOST_LATER:
            mended = replace(mended, sorted_once=mended.order, later=())
        if "firsts" in self.__dict__:
            mended.__dict__["firsts"] = known, _first(self.firsts[1], known.size, new, code, orders)
        return mended


def trade_of(orders: OrderColumns) -> Trade:
    """The trade of all orders."""
    found = _kept(orders, slice(None))
    day = orders.day[found]
    if bool((day[1:] < day[:-1]).any()):
        found = found[sorted_places([day], np.arange(found.size))]
    known, code = _numbered(orders.customer[found])
    home = Filling((np.int64, np.int64, np.int64, np.bool_, np.int64, np.int64), [found.size])
    home.put(0, [*(column[found] for column in figures(orders)), found, code])
    columns, growing = home.filled()
    bought, at = _purchases(columns, known, {})
    places = at[bought.purchase]
    order = sorted_places([orders.customer[places], orders.day[places]], places)
    past = _once_a_day(orders.customer[order], orders.day[order])
    return Trade(orders, bought, at, order, (), past, growing)


def _purchases(
    columns: Sequence[Column], known: Ints, spent: dict[tuple[int, int], Ints]
) -> tuple[Purchases, Ints]:
    customer, day, net, purchase, at, code = columns
    return Purchases(customer, day, net, purchase, (known, code), spent), at


def _columns(bought: Purchases, at: Ints) -> list[Column]:
    assert bought.who is not None
    return [bought.customer, bought.day, bought.net, bought.purchase, at, bought.who[1]]


def _taken(bought: Purchases, which: Ints | slice) -> Purchases:
    """Some of the purchases."""
    assert bought.who is not None
    known, code = bought.who
    return Purchases(
        bought.customer[which], bought.day[which], bought.net[which], bought.purchase[which],
        (known, code[which]),
    )  # fmt: skip


def _numbered(customer: Ints) -> tuple[Ints, Ints]:
    """The different customers, and the place of each of the given among them."""
    highest = int(customer.max(initial=0))
    if highest > 4 * customer.size + 100_000:
        known, code = np.unique(customer, return_inverse=True)
        return known, code.astype(np.int64)
    there = np.zeros(highest + 1, np.bool_)
    there[customer] = True
    known = np.flatnonzero(there)
    return known, (np.cumsum(there) - 1)[customer]


def _known(bought: Purchases, customer: Ints) -> tuple[Ints, Ints]:
    """The customers with those who are new behind them, and the places of some."""
    assert bought.who is not None
    known = bought.who[0]
    code = rows_of(known, customer)
    if customer.size and code.min() < 0:
        known = np.concatenate((known, np.unique(customer[code < 0])))
        code = rows_of(known, customer)
    return known, code


def _first(first: Ints, size: int, new: Ints, code: Ints, orders: OrderColumns) -> Ints:
    """The place of each customer's first purchase with the orders at `new` places, of customers `code`."""
    found = np.full(size, -1, np.int64)
    found[: first.size] = first
    for place, who in zip(new.tolist(), code.tolist(), strict=True):
        before = found[who]
        if orders.purchase[place] and (before < 0 or orders.day[place] < orders.day[before]):
            found[who] = place
    return found


def _added(total: Ints, size: int, days: tuple[int, int], day: Ints, net: Ints, code: Ints) -> Ints:
    """Sums with what came to them."""
    found = np.zeros(size, np.int64)
    found[: total.size] = total
    inside = (day >= days[0]) & (day < days[1])
    np.add.at(found, code[inside], net[inside])
    return found


def _kept(orders: OrderColumns, part: slice) -> Ints:
    known = (orders.customer[part] > 0) & (orders.purchase[part] | (orders.net[part] != 0))
    return np.flatnonzero(known)


def sorted_places(keys: Sequence[Ints], places: Ints) -> Ints:
    """Places in order of their keys (none below 0), then of themselves."""
    if not places.size:
        return places
    bits = [int(column.max()).bit_length() for column in (*keys, places)]
    if sum(bits) >= _BITS or min(int(key.min()) for key in keys) < 0:
        return places[np.lexsort((places, *reversed(keys)))]
    # One number is sorted several times as fast as three, and its end says where it came from.
    whole = keys[0]
    for column, width in zip((*keys[1:], places), bits[1:], strict=True):
        whole = (whole << width) + column
    whole.sort()
    found: Ints = whole & ((1 << bits[-1]) - 1)
    return found


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


def figures(orders: OrderColumns) -> list[Column]:
    """What purchases are made of."""
    return [orders.customer, orders.day, orders.net, orders.purchase]


def only_more(before: OrderColumns, now: OrderColumns) -> bool:
    """Whether orders are others with more behind them."""
    pairs = zip((before.ids, *figures(before)), (now.ids, *figures(now)), strict=True)
    return all(goes_on(old, new) for old, new in pairs)


def goes_on(before: NDArray[Any], now: NDArray[Any]) -> bool:
    """Whether a column is another one with more behind it."""
    if before.size > now.size:
        return False
    return before.ctypes.data == now.ctypes.data or np.array_equal(before, now[: before.size])
