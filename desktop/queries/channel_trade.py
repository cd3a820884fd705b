"""The orders of each channel and who came back through it, kept between askings: a sale is added to them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from desktop.analytics.channels import Sums, Visits
from desktop.models.book import Book
from desktop.queries.insight_scope import Narrowing, Scope
from desktop.queries.shop_pieces import goes_on
from desktop.queries.shop_tables import Ints, OrderColumns

_MOST_NEW = 50
"""Orders beyond which everything is put together anew sooner than added to."""
_MOST_PERIODS = 8


@dataclass(frozen=True)
class PeriodOrders:
    """The orders of the days [start, end) by channel: all, those that are purchases, and what came in."""

    start: int
    end: int
    every: Ints
    bought: Ints
    net: Sums

    def added(self, orders: OrderColumns, place: int) -> PeriodOrders:
        """With one order more."""
        day, through, net = int(orders.day[place]), int(orders.channel[place]), int(orders.net[place])
        if not self.start <= day < self.end:
            return self
        one = np.zeros_like(self.every)
        one[through] = 1
        bought = self.bought + one if orders.purchase[place] else self.bought
        money = self.net.added(net, through) if net else self.net
        return PeriodOrders(self.start, self.end, self.every + one, bought, money)


class ChannelTrade:
    """The trade of a scope by the numbers of its channels. Ask in one thread at a time."""

    def __init__(self, scope: Scope, channels: int) -> None:
        self._orders, self._channels = scope.moment.orders, channels
        orders = self._orders
        at, who = scope.moment.trade.bought(scope.chosen if scope.only != Narrowing() else None)
        self._visits = Visits(who, orders.day[at], orders.channel[at].astype(np.int64), channels)
        self._periods: OrderedDict[tuple[int, int], PeriodOrders] = OrderedDict()

    @property
    def visits(self) -> Visits:
        """The purchases of known customers."""
        return self._visits

    def period(self, scope: Scope, start: int, end: int) -> PeriodOrders:
        """The orders of some days."""
        key = (start, end)
        if key not in self._periods:
            orders, size = self._orders, self._channels
            every = scope.orders_in(start, end, purchases=False)
            through, net = orders.channel[every].astype(np.int64), orders.net[every]
            paid = net != 0
            self._periods[key] = PeriodOrders(
                start,
                end,
                np.bincount(through, minlength=size),
                np.bincount(through[orders.purchase[every]], minlength=size),
                Sums.of(net[paid], through[paid], size),
            )
            while len(self._periods) > _MOST_PERIODS:
                self._periods.popitem(last=False)
        return self._periods[key]

    def goes_on(self, scope: Scope, channels: int) -> bool:
        """Whether it could be brought up to date: orders came behind, and nothing else changed."""
        old, new = self._orders, scope.moment.orders
        if channels != self._channels or new.ids.size - old.ids.size > _MOST_NEW:
            return False
        columns = (
            (old.ids, new.ids), (old.customer, new.customer), (old.day, new.day), (old.net, new.net),
            (old.purchase, new.purchase), (old.channel, new.channel),
        )  # fmt: skip
        return old is new or (
            all(goes_on(before, now) for before, now in columns) and self._add(scope, old.ids.size)
        )

    def _add(self, scope: Scope, size: int) -> bool:
        new, visits = scope.moment.orders, self._visits
        who = scope.moment.trade.purchases.who
        assert who is not None
        for place in range(size, new.ids.size):
            if new.purchase[place] and new.customer[place] > 0:
                # Those who are new stand behind those who were known, so that these keep their numbers.
                code = int(np.flatnonzero(who[0] == new.customer[place])[0])
                more = visits.added(code, int(new.day[place]), int(new.channel[place]))
                if more is None:
                    return False
                visits = more
            for key, one in self._periods.items():
                self._periods[key] = one.added(new, place)
        self._orders, self._visits = new, visits
        return True


_OF: WeakKeyDictionary[Book, ChannelTrade] = WeakKeyDictionary()
_LOCK = threading.Lock()


def channel_trade(scope: Scope, channels: int) -> ChannelTrade:
    """The trade of a scope by channel, of which there are so many; that of the whole shop is kept."""
    if scope.only != Narrowing():
        return ChannelTrade(scope, channels)
    with _LOCK:
        kept = _OF.get(scope.book)
        if kept is None or not kept.goes_on(scope, channels):
            kept = _OF[scope.book] = ChannelTrade(scope, channels)
        return kept
