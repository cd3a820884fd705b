"""What findings compare of customers: who came back, spent, complained, returned things, was content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desktop.analytics.findings import Floats, Outcome
from desktop.analytics.occasions import Occasions
from desktop.queries.column_reading import numbers
from desktop.queries.first_purchases import first_purchases
from desktop.queries.insight_scope import Scope
from desktop.queries.purchases import rows_of
from desktop.queries.shop_columns import Bools, Ints

DAYS = 180
"""Days after the first purchase (or another beginning) that everybody is looked at for: all equally long."""
SOON = 30
"""Days after the first purchase within which complaints and refunds count: who buys more has more of both."""
_LEAST_RATIO = 1.2
_LEAST_STARS = 0.25
_LEAST_SPEND = 0.2
"""Smallest effects worth saying: a ratio of shares, stars, and a part of the mean spend."""
DAY = "CAST(julianday(substr({column}, 1, 10)) - 1721424.5 AS INTEGER)"
"""SQL: the ordinal day of a moment."""


@dataclass(frozen=True)
class Population:
    """Everybody whose very first purchase a scope's filters leave; arrays are in the order of `past.ids`."""

    scope: Scope

    @property
    def past(self) -> Occasions:
        """Every purchase of the shop before the scope's end."""
        return self.scope.shop.past

    @cached_property
    def first_orders(self) -> tuple[Ints, Ints]:
        """Places of the orders of everybody's very first day, ascending, and whose (a place) each is."""
        orders, past = self.scope.moment.orders, self.past
        if not past.ids.size:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        at, of = self.scope.moment.trade.bought(None)
        known, _ = self.scope.moment.trade.firsts
        who = rows_of(past.ids, known)[of]
        first = np.flatnonzero((who >= 0) & (past.first[who] == orders.day[at]))
        # By day as they are: of few of them the places are sooner put in order than of all.
        first = first[np.argsort(at[first], kind="stable")]
        return at[first], who[first]

    @cached_property
    def first_order(self) -> Ints:
        """The place of everybody's very first order: of several on that day the one entered first."""
        return first_purchases(self.scope)

    @cached_property
    def chosen(self) -> Bools:
        """Whose first purchase the filters leave."""
        if not self.past.ids.size:
            return np.zeros(0, np.bool_)
        chosen: Bools = self.scope.chosen[self.first_order]
        return chosen

    @cached_property
    def judged(self) -> Bools:
        """Who can be judged: the first purchase is long enough ago."""
        old: Bools = self.past.first + DAYS < self.scope.end
        return old & self.chosen

    def places(self, customers: Ints) -> Ints:
        """Where customers stand who all have bought."""
        return rows_of(self.past.ids, customers)

    def known(self, customers: Ints) -> tuple[Ints, Bools]:
        """Where customers stand, and which of them are there at all."""
        if not self.past.ids.size:
            return np.zeros(customers.size, np.int64), np.zeros(customers.size, np.bool_)
        at = self.places(customers)
        return np.maximum(at, 0), at >= 0

    def came_after(self, who: Ints, day: Ints) -> Floats:
        """Whether customers (places) bought within DAYS after a day: 1, 0, or NaN while it is too early."""
        past = self.past
        days = self.scope.end + 2
        key = past.owner * days + past.day
        following = np.searchsorted(key, who * days + np.minimum(day, days - 1), side="right")
        there = np.minimum(following, max(0, past.size - 1))
        came = (following < past.size) & (past.owner[there] == who) & (past.day[there] <= day + DAYS)
        return np.where(day + DAYS < self.scope.end, came.astype(np.float64), np.nan)

    # -- outcomes

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What everybody is compared in; what never happened is left out."""
        found = [
            Outcome("back", self._of_judged(self.past.second_gap <= DAYS), True, _LEAST_RATIO, "coming back"),
            self._spend(),
            Outcome("content", self._content(), False, _LEAST_STARS, "content"),
            Outcome("complained", self._of_judged(self._complained()), True, _LEAST_RATIO, "complaining"),
            Outcome("refunded", self._of_judged(self._refunded()), True, _LEAST_RATIO, "refunds"),
        ]
        return [one for one in found if bool(np.any(one.values[~np.isnan(one.values)] > 0))]

    def _of_judged(self, flags: Bools) -> Floats:
        return np.where(self.judged, flags.astype(np.float64), np.nan)

    def _spend(self) -> Outcome:
        """Net spend from the day after the first purchase on, so that a costly first one does not count."""
        bought, past = self.scope.shop.purchases, self.past
        at, there = self.known(bought.customer)
        after = bought.day - past.first[at] if past.ids.size else bought.day
        inside = there & (after > 0) & (after <= DAYS)
        spent = np.bincount(at[inside], bought.net[inside].astype(np.float64), past.ids.size)
        values = np.where(self.judged, spent, np.nan)
        usual = float(spent[self.judged].mean()) if self.judged.any() else 0.0
        return Outcome("spend", values, False, max(1.0, _LEAST_SPEND * usual), "coming back")

    def _content(self) -> Floats:
        """The mean of what each customer answered."""
        ratings = self.scope.moment.ratings
        stars = ratings.answers.perceived
        use = ratings.answered & ~np.isnan(stars) & (ratings.answers.day < self.scope.end)
        at, there = self.known(ratings.customer[use])
        at, stars = at[there], stars[use][there]
        n = np.bincount(at, minlength=self.past.ids.size)
        total = np.bincount(at, stars, self.past.ids.size)
        mean = np.full(n.size, np.nan)
        np.divide(total, n, out=mean, where=(n > 0) & self.chosen)
        return mean

    def _complained(self) -> Bools:
        return self._happened("customer_id", DAY.format(column="received_at"), "complaint")

    def _refunded(self) -> Bools:
        return self._happened("customer_id", "day", "orders", "refunded > 0 AND status <> 'cancelled'")

    def _happened(self, whose: str, day: str, table: str, condition: str = "1") -> Bools:
        """Who has a row of a table within SOON days from the first purchase."""
        source = f"{table} WHERE {whose} IS NOT NULL AND {condition} ORDER BY id"
        found = numbers(self.scope.book, [whose, day], source)
        at, there = self.known(found[:, 0])
        at, on = at[there], found[there, 1]
        after = on - self.past.first[at]
        flags = np.zeros(self.past.ids.size, np.bool_)
        flags[at[(after >= 0) & (after <= SOON)]] = True
        return flags
