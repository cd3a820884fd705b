"""What the next months will bring a shop: orders, revenue, new customers and those who come again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.forecast import FEWEST, REACH, Forecast, Review, forecast, review
from desktop.analytics.periods import index_of, period_start, start_of
from desktop.queries.insight_scope import Scope
from desktop.queries.shop_columns import Ints

Floats = NDArray[np.float64]
Told = Literal["orders", "revenue", "new", "returning"]
TOLD: tuple[Told, ...] = ("orders", "revenue", "new", "returning")
"""Purchases; net revenue in minor units; customers whose first purchase it was; purchase days of customers
who had bought before."""

_FIRST_WEEK = 7


@dataclass(frozen=True)
class Course:
    """One series: `past` a value a whole month, `so_far` that of the month under way.

    `next` are the REACH months after the last whole one, `looked_back` how well it would have been told a
    year ago (None: too short for that).
    """

    past: Floats
    so_far: float
    next: Forecast
    looked_back: Review | None


@dataclass(frozen=True)
class ForecastReport:
    """The whole months before the scope's end, and what comes after them.

    `months` are the first ordinal days of the whole months, `ahead` those of the months told; where
    `under_way`, the first of these has begun. `courses` is empty where there are fewer than `needed` whole
    months. `picked` says that the filters choose customers by what they did until now, so that the months to
    come differ from the past by that alone.
    """

    months: Ints
    ahead: Ints
    under_way: bool
    courses: Mapping[Told, Course]
    picked: bool
    needed: int = FEWEST

    @property
    def missing(self) -> bool:
        """Whether there are too few months."""
        return not self.courses


def forecast_report(scope: Scope) -> ForecastReport:
    """All four series of the scope's trade until its end, or today's: its beginning cuts nothing off."""
    end = _end(scope)
    purchases = scope.orders_in(0, end)
    opened = int(scope.moment.orders.day[purchases].min()) if purchases.size else end
    first = index_of(opened, "month")
    # A month in whose course the shop, or its book, began would tell of a rise that was none.
    if opened - start_of(first, "month") >= _FIRST_WEEK:
        first += 1
    last = index_of(end, "month")
    whole = max(0, last - first)
    starts = period_start(np.arange(first, first + whole + REACH + 1), "month")
    months, ahead = starts[:whole], starts[whole : whole + REACH]
    under_way = bool(whole) and end > int(ahead[0])
    if whole < FEWEST:
        return ForecastReport(months, ahead, under_way, {}, scope.only.of_customers)
    by_month = _by_month(scope, purchases, starts[: whole + 2], end)
    courses: dict[Told, Course] = {}
    for name in TOLD:
        values, counts = by_month[name], name != "revenue"
        past = values[:whole]
        courses[name] = Course(
            past, float(values[whole]), forecast(past, counts=counts), review(past, counts=counts)
        )
    return ForecastReport(months, ahead, under_way, courses, scope.only.of_customers)


def month_rows(scope: Scope, told: Told, start: int, end: int) -> Ints:
    """What is behind a month [start, end): ids of orders or, of new customers, of customers."""
    end = min(end, _end(scope))
    orders, past = scope.moment.orders, scope.past
    if told == "new":
        return past.ids[(past.first >= start) & (past.first < end)]
    found = scope.orders_in(start, end, purchases=told != "revenue")
    if told == "revenue":
        found = found[orders.net[found] != 0]
    elif told == "returning" and past.ids.size:
        place = np.minimum(np.searchsorted(past.ids, orders.customer[found]), past.ids.size - 1)
        known = past.ids[place] == orders.customer[found]
        found = found[known & (past.first[place] < orders.day[found])]
    return np.take(orders.ids, found)


def _end(scope: Scope) -> int:
    """The end of what has come: a period may reach into the future."""
    return min(scope.end, scope.today.toordinal() + 1)


def _by_month(scope: Scope, purchases: Ints, starts: Ints, end: int) -> dict[Told, Floats]:
    """Each series over the months that begin at `starts`; the last start ends the last of them."""
    orders, past = scope.moment.orders, scope.past
    moved = scope.orders_in(int(starts[0]), end, purchases=False)
    again = past.day[past.rank > 0]

    def sums(day: Ints, weight: Ints | None = None) -> Floats:
        inside = (day >= starts[0]) & (day < min(end, int(starts[-1])))
        # By day first: there are few of them, and a day's place needs no search.
        days = np.bincount(
            day[inside] - starts[0],
            None if weight is None else weight[inside].astype(np.float64),
            minlength=int(starts[-1] - starts[0]),
        )
        return np.add.reduceat(days.astype(np.float64), starts[:-1] - starts[0])

    return {
        "orders": sums(orders.day[purchases]),
        "revenue": sums(orders.day[moved], orders.net[moved]),
        "new": sums(past.first),
        "returning": sums(again),
    }
