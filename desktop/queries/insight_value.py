"""What the shop's customers are worth: in all, how it is spread, by group, and each one's four values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.customer_worth import Tenth, tenths
from desktop.analytics.intervals import Change, Mean, change, mean, means
from desktop.analytics.rfm import SEGMENTS
from desktop.queries.insight_kept import Kept
from desktop.queries.insight_scope import YEAR, Scope, tier_of, tiers
from desktop.queries.prospects import Basis, Prospects, prospects, prospects_before
from desktop.queries.purchases import rows_of
from desktop.queries.shop_columns import Ints
from desktop.queries.told_values import ToldValues, outside, told_values

Floats = NDArray[np.float64]

Group = Literal["segment", "tier", "channel"]
GROUPS: tuple[Group, ...] = ("segment", "tier", "channel")
Ranking = Literal["expected", "spent", "crowd", "information", "mouth"]
RANKINGS: tuple[Ranking, ...] = ("expected", "spent", "crowd", "information", "mouth")
"""By what customers are ranked: what they will spend, have spent, what those brought spent, what they told
the shop, and whether they recommend it."""
BINS = 10
"""Parts of a tenth each that the probabilities of still being a customer are counted in."""


@dataclass(frozen=True)
class Part:
    """One group of the customers: a segment, a tier or the channel of the first purchase.

    `code` is one of SEGMENTS, a name of `tiers` or a channel ("" not known). `mean` is the expected spend of
    one of `n`, `total` that of all, `share` of everybody's; `alive` how many are still customers by the
    model, None without one. Money in minor units.
    """

    code: str
    customers: int
    mean: Mean
    total: float
    share: float | None
    alive: float | None


@dataclass(frozen=True)
class ValueReport:
    """The customers whom a scope's filters leave and who are the shop's: arrays in the order of `ids`.

    Money in minor units, as in `Prospects`. `before` is the mean expected spend of those who were customers
    at the end of the period before, as it was to be expected then.
    """

    day: int
    ids: Ints
    spent: Ints
    year: Ints
    alive: Floats | None
    expected: Floats
    told: ToldValues
    mean: Mean
    before: Mean
    total_before: float
    change: Change
    tenths: Sequence[Tenth]
    parts: Mapping[Group, Sequence[Part]]
    excluded: int
    expectations: Prospects
    groups: Mapping[Group, Ints]

    @property
    def basis(self) -> Basis:
        """Where the money comes from."""
        return self.expectations.basis

    @property
    def total(self) -> float:
        """What all of them will spend."""
        return float(self.expected.sum())

    @property
    def still_customers(self) -> float | None:
        """How many of them are still customers by the model: the sum of the probabilities."""
        return None if self.alive is None else float(self.alive.sum())

    @cached_property
    def alive_counts(self) -> Ints:
        """How many customers have a probability of 0–10 %, 10–20 % … 90–100 %; all 0 without a model."""
        if self.alive is None:
            return np.zeros(BINS, np.int64)
        place = np.minimum((self.alive * BINS).astype(np.int64), BINS - 1)
        return np.bincount(place, minlength=BINS).astype(np.int64)

    def of_alive(self, bin_: int) -> Ints:
        """The ids of those in a part of `alive_counts`, the most valuable first."""
        if self.alive is None:
            return np.zeros(0, np.int64)
        place = np.minimum((self.alive * BINS).astype(np.int64), BINS - 1)
        order = self.order("expected")
        return np.asarray(self.ids[order[place[order] == bin_]], np.int64)

    def of_tenth(self, number: int) -> Ints:
        """The ids of a tenth (0 is the best), the most valuable first."""
        order, size = self.order("expected"), self.ids.size
        return np.asarray(self.ids[order[number * size // 10 : (number + 1) * size // 10]], np.int64)

    def of_part(self, group: Group, number: int) -> Ints:
        """The ids of a part (its place in `parts`), the most valuable first."""
        order = self.order("expected")
        return np.asarray(self.ids[order[self.groups[group][order] == number]], np.int64)

    @cached_property
    def _orders(self) -> dict[Ranking, Ints]:
        return {}

    def order(self, ranking: Ranking) -> Ints:
        """The places of everybody by one value, most first; what is equal by expected spend, then by id."""
        if ranking not in self._orders:
            keys = [self.ids, -self.expected, *_keys(self, ranking)]
            self._orders[ranking] = np.lexsort(keys)
        return self._orders[ranking]

    def ranked(self, ranking: Ranking) -> Ints:
        """The places of those who have anything of a value at all, most first."""
        order = self.order(ranking)
        has = {
            "expected": self.expected > 0,
            "spent": self.spent > 0,
            "crowd": self.told.crowd.customers > 0,
            "information": self.told.information > 0,
            "mouth": (self.told.mouth.recommended > 0) | (self.told.mouth.public > 0),
        }[ranking]
        return np.asarray(order[has[order]], np.int64)


def _keys(report: ValueReport, ranking: Ranking) -> list[NDArray[np.generic]]:
    """What the places are ordered by, the last key first."""
    told = report.told
    if ranking == "crowd":
        return [-told.crowd.spend, -told.crowd.customers]
    if ranking == "information":
        return [-told.information]
    if ranking == "mouth":
        # Whoever was never asked comes after a 0, with their public reviews.
        score = np.nan_to_num(told.mouth.recommend, nan=-1.0)
        return [-told.mouth.public, -told.mouth.recommended, -score]
    return [-report.spent] if ranking == "spent" else []


def value_report(scope: Scope) -> ValueReport:
    """What the customers are worth whom a scope's filters leave, as of its end. Raises Cancelled."""
    past, hopes = scope.shop.past, prospects(scope)
    chosen = np.ones(past.ids.size, np.bool_)
    if scope.past is not past:
        chosen = rows_of(scope.past.ids, past.ids) >= 0
    nobody = outside(scope.book, past.ids)
    excluded = int(np.count_nonzero(chosen & nobody))
    chosen &= ~nobody
    scope.progress.check()
    ids, expected = past.ids[chosen], hopes.expected[chosen]
    alive = None if hopes.alive is None else hopes.alive[chosen]
    told = told_values(scope, ids)
    scope.progress.check()
    groups, codes = _groups(scope, chosen)
    asked = (scope.start, hopes.months, hopes.discount, hopes.model, excluded)
    now, (before, total_before) = mean(expected), _kept.get(scope, asked, lambda: _before(scope, chosen))
    return ValueReport(
        day=scope.end - 1,
        ids=ids,
        spent=hopes.spent[chosen],
        year=hopes.year[chosen],
        alive=alive,
        expected=expected,
        told=told,
        mean=now,
        before=before,
        total_before=total_before,
        change=change(now, before, 1),
        tenths=tenths(expected),
        parts={group: _parts(codes[group], groups[group], expected, alive) for group in GROUPS},
        excluded=excluded,
        expectations=hopes,
        groups=groups,
    )


_kept: Kept[tuple[Mean, float]] = Kept()


def _before(scope: Scope, chosen: NDArray[np.bool_]) -> tuple[Mean, float]:
    """What those who were customers at the period's start were expected to spend then: the mean, and all."""
    then = prospects_before(scope)
    expected = then.expected[chosen & then.here]
    return mean(expected), float(expected.sum())


def _groups(scope: Scope, chosen: NDArray[np.bool_]) -> tuple[dict[Group, Ints], dict[Group, list[str]]]:
    """Of each chosen customer the number of their segment, tier and first channel, and what those are."""
    past, known = scope.shop.past, tiers(scope.book)
    year = scope.shop.purchases.spend(past.ids[chosen], scope.end - YEAR, scope.end)
    numbers: dict[Group, Ints] = {
        "segment": scope.scores.segment[chosen].astype(np.int64),
        "tier": tier_of(year, known),
        "channel": _first_channel(scope)[chosen],
    }
    codes: dict[Group, list[str]] = {
        "segment": list(SEGMENTS),
        "tier": [name for name, _ in known],
        "channel": list(scope.moment.channels),
    }
    return numbers, codes


def _first_channel(scope: Scope) -> Ints:
    """The channel (its number) through which each of `past.ids` bought first; on one day the first order."""
    known, first = scope.moment.trade.firsts
    place = first[rows_of(known, scope.shop.past.ids)]
    return scope.moment.orders.channel[place].astype(np.int64)


def _parts(codes: Sequence[str], number: Ints, expected: Floats, alive: Floats | None) -> list[Part]:
    size = len(codes)
    count = np.bincount(number, minlength=size)
    total = np.bincount(number, expected, size)
    living = None if alive is None else np.bincount(number, alive, size)
    whole = float(expected.sum())
    return [
        Part(
            code=code,
            customers=int(count[at]),
            mean=average,
            total=float(total[at]),
            share=float(total[at]) / whole if whole > 0 else None,
            alive=None if living is None else float(living[at]),
        )
        for at, (code, average) in enumerate(zip(codes, means(expected, number, size), strict=True))
    ]
