"""What the next months will bring a shop: orders, revenue, new customers and those who come again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.forecast import FEWEST, MOST, REACH, Forecast, Review, forecast, review
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

    `next` are the REACH months after the last whole one, that under way never below `so_far`; `looked_back`
    is how well they would have been told a year ago (None: too short for that).
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
    nobody = _of_nobody(scope, end)
    opened = _opened(scope, nobody, end)
    first = index_of(opened, "month")
    # A month in whose course the shop, or its book, began would tell of a rise that was none.
    if opened - start_of(first, "month") >= _FIRST_WEEK:
        first += 1
    last = index_of(end, "month")
    # One order with a mistyped year would make months of nothing for a century.
    first = max(first, last - MOST)
    whole = max(0, last - first)
    starts = period_start(np.arange(first, first + whole + REACH + 1), "month")
    months, ahead = starts[:whole], starts[whole : whole + REACH]
    under_way = bool(whole) and end > int(ahead[0])
    if whole < FEWEST:
        return ForecastReport(months, ahead, under_way, {}, scope.only.of_customers)
    by_month = _by_month(scope, nobody, starts[: whole + 2], end)
    courses: dict[Told, Course] = {}
    for name in TOLD:
        values, counts = by_month[name], name != "revenue"
        past = values[:whole]
        so_far = float(values[whole])
        next_, looked_back = _told(past.tobytes(), counts)
        if under_way:
            next_ = _at_least(so_far, next_)
        courses[name] = Course(past, so_far, next_, looked_back)
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


@lru_cache(maxsize=32)
def _told(past: bytes, counts: bool) -> tuple[Forecast, Review | None]:
    """What is told of whole months, which today's sales leave as they are."""
    values = np.frombuffer(past, np.float64)
    return forecast(values, counts=counts), review(values, counts=counts)


def _at_least(so_far: float, told: Forecast) -> Forecast:
    """The same, where the month under way brings no less than it has brought already."""
    names = ("middle", "low80", "high80", "low95", "high95")
    ahead = {name: getattr(told, name).copy() for name in names}
    for values in ahead.values():
        values[0] = max(values[0], so_far)
    return replace(told, **ahead)


def _of_nobody(scope: Scope, end: int) -> Ints:
    """Places of the chosen orders before `end` that name no customer."""
    orders = scope.moment.orders
    found = np.flatnonzero(orders.customer == 0)
    return found[scope.chosen[found] & (orders.day[found] < end)]


def _opened(scope: Scope, nobody: Ints, end: int) -> int:
    """The day of the first purchase; `end` without one."""
    orders, known = scope.moment.orders, scope.purchases
    # By day: the first one is the first there is.
    first = int(known.day[known.purchase.argmax()]) if known.purchase.any() else end
    return int(orders.day[nobody[orders.purchase[nobody]]].min(initial=min(first, end)))


def _by_month(scope: Scope, nobody: Ints, starts: Ints, end: int) -> dict[Told, Floats]:
    """Each series over the months that begin at `starts`; the last start ends the last of them."""
    orders, known, past = scope.moment.orders, scope.purchases, scope.past
    size = starts.size - 1
    edges = np.minimum(starts, end)
    # What lies in a month lies together: these orders are in the order of their days.
    places = np.searchsorted(known.day, edges)
    day, purchase = orders.day[nobody], orders.purchase[nobody]

    def months(days: Ints) -> Floats:
        """How many of some days lie in each month."""
        found = np.bincount(days[days >= starts[0]] - starts[0], minlength=int(edges[-1] - starts[0]))
        until = np.append(0, found.cumsum())[edges - starts[0]]
        return np.asarray(np.diff(until), np.float64)

    def sums(values: NDArray[np.generic]) -> Floats:
        """The sum of the known's values in each month."""
        whole = [values[places[month] : places[month + 1]].sum() for month in range(size)]
        return np.array(whole, np.float64)

    month_of = np.searchsorted(edges, day, side="right") - 1
    inside = (month_of >= 0) & (month_of < size)
    net = np.zeros(size, np.int64)
    np.add.at(net, month_of[inside], orders.net[nobody[inside]])
    new = months(past.first)
    return {
        "orders": sums(known.purchase) + months(day[purchase]),
        "revenue": sums(known.net) + net,
        "new": new,
        "returning": months(past.day) - new,
    }
