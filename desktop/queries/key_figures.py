"""The figures that a shop is judged by at a glance, of any days, and the rows behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import (
    Change,
    Figure,
    Mean,
    Nps,
    Rate,
    Z,
    change,
    counted,
    counts_change,
    mean_of_sums,
    per,
)
from desktop.analytics.repeat import repeat_purchase
from desktop.analytics.satisfaction import overall, response_rate
from desktop.queries.complaint_columns import ComplaintMoment, complaint_columns
from desktop.queries.first_purchases import first_purchases
from desktop.queries.insight_scope import Scope
from desktop.queries.shop_columns import Ints

Key = Literal[
    "net", "orders", "basket", "buyers", "gained", "returning", "perceived", "csat", "nps", "response",
    "per_hundred",
]  # fmt: skip
WANTED: Mapping[Key, int] = {
    "net": 1, "orders": 1, "basket": 1, "buyers": 1, "gained": 1, "returning": 1, "perceived": 1, "csat": 1,
    "nps": 1, "response": 1, "per_hundred": -1,
}  # fmt: skip
"""The figures by name, and where each should go: 1 up, -1 down."""
_COUNTS = ("net", "orders", "buyers", "gained")
Rows = Literal["customers", "orders", "ratings", "complaints"]
ROWS: Mapping[Key, Rows] = {
    "net": "orders", "orders": "orders", "basket": "orders", "buyers": "customers", "gained": "customers",
    "returning": "customers", "perceived": "ratings", "csat": "ratings", "nps": "ratings",
    "response": "ratings", "per_hundred": "complaints",
}  # fmt: skip
"""What stands behind each figure."""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The figures of the days [start, end).

    - `net`: the sum of the net of all orders that moved money, minor units; `orders`: purchases; `basket`:
      their mean net.
    - `buyers`: known customers who bought; `gained`: those of them for whom it was the first time of all;
      `returning`: repeat purchase (b), of the buyers.
    - `perceived`, `csat`, `nps`: of the ratings answered; `response`: answered ÷ asked.
    - `per_hundred`: complaints about these days' orders, whenever they came, per 100 of the orders.
    """

    start: int
    end: int
    net: Mean
    orders: Mean
    basket: Mean
    buyers: Mean
    gained: Mean
    returning: Rate
    perceived: Mean
    csat: Rate
    nps: Nps
    response: Rate
    per_hundred: Mean

    def figure(self, key: Key) -> Figure:
        """A figure by its name in WANTED."""
        found: Figure = getattr(self, key)
        return found

    def changes(self, before: KeyFigures) -> dict[Key, Change]:
        """How each figure moved against other days; counts and sums against what as many days had given."""
        moved: dict[Key, Change] = {}
        for key, wanted in WANTED.items():
            one, other = self.figure(key), before.figure(key)
            if key in _COUNTS and isinstance(one, Mean) and isinstance(other, Mean):
                days, then = self.end - self.start, before.end - before.start
                moved[key] = counts_change(one, other, days, then, wanted)
            else:
                moved[key] = change(one, other, wanted)
        return moved


@dataclass(frozen=True)
class KeyCounts:
    """What the figures of a scope are counted from, for any days up to its end. Ask it in the worker."""

    scope: Scope

    def figures(self, start: int, end: int) -> KeyFigures:
        """The figures of the days [start, end), which must not reach beyond the scope's."""
        scope = self.scope
        orders = scope.moment.orders
        every = scope.orders_in(start, end, purchases=False)
        net = orders.net[every].astype(np.float64)
        worth = net[orders.purchase[every]]
        found = repeat_purchase(scope.past, start, end)
        rated = overall(scope.ratings, start, end)
        asked, answered = self._asked(start, end)
        scope.progress.check()
        return KeyFigures(
            start=start,
            end=end,
            net=_total(orders.net[every], net),
            orders=counted(worth.size),
            basket=mean_of_sums(worth.size, float(worth.sum()), float(worth @ worth)),
            buyers=counted(found.buyers),
            gained=counted(self._gained(start, end).size),
            returning=found.returning,
            perceived=rated.perceived,
            csat=rated.csat,
            nps=rated.nps,
            response=response_rate(asked.size, answered.size),
            per_hundred=per(self._blamed(start, end).size, every.size),
        )

    def rows_behind(self, key: Key, start: int, end: int) -> Ints:
        """The ids of what stands behind a figure (see ROWS), newest first."""
        moment, past = self.scope.moment, self.scope.past
        if ROWS[key] == "orders":
            at = self.scope.orders_in(start, end, purchases=key != "net")
            if key == "net":
                at = at[moment.orders.net[at] != 0]
            return moment.orders.ids[at[np.argsort(-moment.orders.day[at], kind="stable")]]
        if ROWS[key] == "ratings":
            at = self._asked(start, end)[0] if key == "response" else self._answered(start, end, key)
            return moment.ratings.ids[at[np.argsort(-moment.ratings.answers.day[at], kind="stable")]]
        if key == "per_hundred":
            at = self._blamed(start, end)
            return self._complaints.complaints.ids[at[::-1]]
        if key == "gained":
            return self._gained(start, end)
        inside = (past.day >= start) & (past.day < end)
        if key == "returning":
            inside &= past.rank > 0
        found = np.zeros(past.ids.size, np.bool_)
        found[past.owner[np.flatnonzero(inside)]] = True
        at = np.flatnonzero(found)
        return past.ids[at[np.argsort(-past.last[at], kind="stable")]]

    # -- what counts, as places

    @cached_property
    def _complaints(self) -> ComplaintMoment:
        return complaint_columns(self.scope.book, self.scope.progress)

    @cached_property
    def _about(self) -> tuple[Ints, Ints]:
        """The complaints that are about an order that the filters leave, and the days of these orders."""
        scope, table = self.scope, self._complaints.complaints
        place = scope.moment.orders.places(table.order)
        at = np.flatnonzero(place >= 0)
        at = at[scope.chosen[place[at]]]
        if scope.only.product is not None:
            at = at[table.product[at] == scope.only.product]
        return at, scope.moment.orders.day[place[at]]

    def _blamed(self, start: int, end: int) -> Ints:
        at, day = self._about
        return at[(day >= start) & (day < end)]

    @cached_property
    def _firsts(self) -> tuple[Ints, Ints]:
        """Who came with an order that the filters leave, and the day of that."""
        past = self.scope.shop.past
        if not past.ids.size:
            return past.ids, past.first
        first = first_purchases(self.scope)
        came = self.scope.chosen[first]
        return past.ids[came], past.first[came]

    def _gained(self, start: int, end: int) -> Ints:
        ids, day = self._firsts
        at = np.flatnonzero((day >= start) & (day < end))
        return ids[at[np.argsort(-day[at], kind="stable")]]

    def _answered(self, start: int, end: int, key: Key) -> Ints:
        table = self.scope.moment.ratings
        answer = table.answers.recommend if key == "nps" else table.answers.perceived
        inside = (table.answers.day >= start) & (table.answers.day < end) & ~np.isnan(answer)
        return np.flatnonzero(inside & self.scope.rated & table.answered)

    def _asked(self, start: int, end: int) -> tuple[Ints, Ints]:
        """The ratings asked for, and those of them that were answered."""
        table = self.scope.moment.ratings
        inside = (table.answers.day >= start) & (table.answers.day < end)
        asked = np.flatnonzero(inside & self.scope.rated & table.asked)
        return asked, asked[table.answered[asked]]


def _total(amount: Ints, same: NDArray[np.float64]) -> Mean:
    """The sum of the amounts that are not 0, as `analytics.channels.sums` has it, of one group and quicker.

    `same` are the amounts as floats; the sum itself stays exact.
    """
    n = int(np.count_nonzero(amount))
    value, half = float(amount.sum()), Z * sqrt(float(same @ same))
    if n < 2:
        return Mean(value if n else 0.0, n, None, None)
    return Mean(value, n, value - half, value + half)
