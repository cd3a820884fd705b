"""Orders, ratings, complaints and customers by channel in a period, and the rows behind each count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.channels import AGAIN, came_again
from desktop.analytics.intervals import Figure, Mean, Rate, counted, mean, means, per, quantile
from desktop.queries.channel_trade import ChannelTrade, channel_trade
from desktop.queries.complaint_columns import ComplaintMoment
from desktop.queries.complaint_figures_cohorts import cohort
from desktop.queries.first_purchases import first_purchases, owners
from desktop.queries.insight_scope import Scope
from desktop.queries.shop_columns import Ints

Floats = NDArray[np.float64]
Key = Literal["gained", "orders", "net", "returning", "again", "perceived", "per_hundred", "first_reply"]
WANTED: Mapping[Key, int] = {
    "gained": 1, "orders": 1, "net": 1, "returning": 1, "again": 1, "perceived": 1, "per_hundred": -1,
    "first_reply": -1,
}  # fmt: skip
"""A channel's figures by name, and where each should go: 1 up, -1 down."""
Rows = Literal["customers", "orders", "ratings", "complaints"]
ROWS: Mapping[Key, Rows] = {
    "gained": "customers", "orders": "orders", "net": "orders", "returning": "customers",
    "again": "customers", "perceived": "ratings", "per_hundred": "complaints", "first_reply": "complaints",
}  # fmt: skip
"""What stands behind each figure."""


@dataclass(frozen=True, slots=True)
class ChannelSide:
    """A channel in one period.

    - `gained`: customers whose first purchase of all came through it in the period.
    - `orders`: purchases; `net`: the sum of the net of all orders that moved money, minor units.
    - `returning`: repeat purchase (b) among the purchases of the channel alone.
    - `again`: of those gained at least 90 days ago, who bought again within 90 days, wherever.
    - `perceived`: mean rating of 1 to 5. `per_hundred`: complaints about its orders per 100 of them.
    - `first_reply`: median minutes on the wall to the first word to who complained through it.
    """

    gained: Mean
    orders: Mean
    net: Mean
    returning: Rate
    again: Rate
    perceived: Mean
    per_hundred: Mean
    first_reply: Mean

    def figure(self, key: Key) -> Figure:
        """A figure by its name in WANTED."""
        found: Figure = getattr(self, key)
        return found


class ChannelCounts:
    """Orders, ratings and complaints by channel; `names` are the channels by number."""

    def __init__(self, scope: Scope, complaints: ComplaintMoment) -> None:
        self._scope, self._complaints = scope, complaints
        orders, only = scope.moment.orders, scope.only
        words = complaints.channels.texts()
        self.names = tuple(dict.fromkeys((*scope.moment.channels, *words)))
        number = {name: at for at, name in enumerate(self.names)}
        self.first = first_purchases(scope)
        table = complaints.complaints
        # How they complained, and what the order was that it was about.
        through = np.array([number[name] for name in words] or [0], np.int64)
        self._through = through[table.channel]
        self._about = orders.places(table.order)
        self._told = np.ones(table.ids.size, np.bool_)
        if only.channel is not None:
            self._told &= self._through == number.get(only.channel, -1)
        if only.product is not None:
            self._told &= table.product == only.product
        if scope.members is not None:
            self._told &= np.isin(table.customer, scope.members)
        self._counted = self._about >= 0
        if orders.ids.size:
            self._counted &= scope.chosen[self._about]
        if only.product is not None:
            self._counted &= table.product == only.product

    # -- what counts in a period, as places

    def _orders(self, start: int, end: int) -> Ints:
        return self._scope.orders_in(start, end, purchases=False)

    def _gained(self, start: int, end: int) -> Ints:
        """Places in `shop.past.ids`."""
        if not self.first.size:
            return self.first
        day = self._scope.shop.past.first
        inside = (day >= start) & (day < end)
        return np.flatnonzero(inside & self._scope.chosen[self.first])

    def _ratings(self, start: int, end: int) -> Ints:
        table = self._scope.moment.ratings
        day = table.answers.day
        inside = (day >= start) & (day < end) & ~np.isnan(table.answers.perceived)
        return np.flatnonzero(self._scope.rated & table.answered & inside)

    def _blamed(self, start: int, end: int) -> Ints:
        if not self._counted.any():
            return np.zeros(0, np.int64)
        day = self._scope.moment.orders.day[self._about]
        return np.flatnonzero(self._counted & (day >= start) & (day < end))

    @property
    def _seen(self) -> int:
        """The first day that nobody has seen yet."""
        return min(self._scope.end, self._scope.today.toordinal() + 1)

    # -- figures

    def sides(self, start: int, end: int) -> list[ChannelSide]:
        """Every channel in a period, and all of them together as the last."""
        size, orders = len(self.names), self._trade.period(self._scope, start, end)
        gained = self._gained(start, end)
        fresh = self._via(self.first[gained])
        rated = self._ratings(start, end)
        blamed = self._blamed(start, end)
        told = cohort(self._complaints, start, end, self._now, self._told)

        def counts(group: Ints) -> list[int]:
            return _and_all(np.bincount(group, minlength=size))

        about = counts(self._via(self._about[blamed]))
        each = (
            [counted(n) for n in counts(fresh)],
            [counted(n) for n in _and_all(orders.bought)],
            orders.net.figures(),
            self._trade.visits.returning(start, end),
            self._again(gained, fresh, size),
            self._perceived(rated),
            [per(hits, n) for hits, n in zip(about, _and_all(orders.every), strict=True)],
            self._waits(told.complaints.first_reply, self._through[told.at]),
        )
        return [ChannelSide(*figures) for figures in zip(*each, strict=True)]

    @cached_property
    def _trade(self) -> ChannelTrade:
        return channel_trade(self._scope, len(self.names))

    def _via(self, orders: Ints) -> Ints:
        """The channels of some orders."""
        return self._scope.moment.orders.channel[orders].astype(np.int64)

    def _perceived(self, rated: Ints) -> list[Mean]:
        table = self._scope.moment.ratings
        given = table.answers.perceived[rated]
        return [*means(given, table.channel[rated].astype(np.int64), len(self.names)), mean(given)]

    def _waits(self, minutes: Floats, through: Ints) -> list[Mean]:
        waits = [quantile(_known(minutes[through == at]), 0.5) for at in range(len(self.names))]
        return [*waits, quantile(_known(minutes), 0.5)]

    def _again(self, gained: Ints, group: Ints, size: int) -> list[Rate]:
        past = self._scope.shop.past
        return came_again(past.first[gained], past.second_gap[gained], group, size, self._seen)

    @property
    def _now(self) -> datetime:
        return datetime.combine(self._scope.today, time(23, 59, 59))

    # -- rows

    def behind(self, key: Key, channel: str | None, start: int, end: int) -> Ints:
        """The ids behind a figure, newest first."""
        orders = self._scope.moment.orders
        past, number = self._scope.shop.past, self.names.index(channel) if channel is not None else None

        def mine(places: Ints, group: Ints) -> Ints:
            return places if number is None else places[group == number]

        if key in ("gained", "again"):
            at = self._gained(start, end)
            at = mine(at, self._via(self.first[at]))
            if key == "again":
                at = at[(past.first[at] + AGAIN < self._seen) & (past.second_gap[at] <= AGAIN)]
            return past.ids[_newest(at, past.first[at])]
        if key in ("orders", "net", "returning"):
            at = self._orders(start, end)
            at = mine(at, self._via(at))
            if key == "returning":
                return self._came_back(number, start, end)
            at = at[orders.purchase[at]] if key == "orders" else at[orders.net[at] != 0]
            return orders.ids[_newest(at, orders.day[at])]
        if key == "perceived":
            table = self._scope.moment.ratings
            at = self._ratings(start, end)
            at = mine(at, table.channel[at].astype(np.int64))
            return table.ids[_newest(at, table.answers.day[at])]
        table_of = self._complaints.complaints
        if key == "per_hundred":
            at = self._blamed(start, end)
            at = mine(at, self._via(self._about[at]))
        else:
            told = cohort(self._complaints, start, end, self._now, self._told)
            at = told.at[~np.isnan(told.complaints.first_reply)]
            at = mine(at, self._through[at])
        return table_of.ids[_newest(at, table_of.received_day[at].astype(np.int64))]

    def _came_back(self, number: int | None, start: int, end: int) -> Ints:
        orders, past, every = self._scope.moment.orders, self._scope.shop.past, owners(self._scope)
        keep = self._scope.chosen & orders.purchase & (every >= 0) & (orders.day < end)
        if number is not None:
            keep &= orders.channel == number
        at = np.flatnonzero(keep)
        owner, day = every[at], orders.day[at]
        first = np.full(past.ids.size, np.iinfo(np.int64).max)
        last = np.full(past.ids.size, -1)
        np.minimum.at(first, owner, day)
        np.maximum.at(last, owner, day)
        back = np.flatnonzero((last >= start) & (first < last))
        return past.ids[_newest(back, last[back])]


def _known(minutes: Floats) -> Floats:
    return np.sort(minutes[~np.isnan(minutes)])


def _newest(places: Ints, day: Ints) -> Ints:
    return places[np.argsort(-day, kind="stable")]


def _and_all(counts: Ints) -> list[int]:
    """Counts of the channels, and of all."""
    return [*counts.tolist(), int(counts.sum())]
