"""What the shop may expect of each customer: whether they are still one, and what they will spend.

Drifting and value rank by it. Where the shop is too small for a model, the last year's spend stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.rhythm import seen
from desktop.models.book import Book
from desktop.queries.insight_scope import YEAR, Scope
from desktop.queries.lifetime import NoModel, ShopModel, horizon, shop_model
from desktop.queries.shop_columns import Ints, ShopMoment

if TYPE_CHECKING:
    from desktop.analytics.lifetime import Histories

Floats = NDArray[np.float64]
Basis = Literal["model", "average", "year"]
"""Where the money comes from: the models of purchases and of spend; the model of purchases and each
customer's own average, where spend follows no model; the net spend of the last 365 days, without a model."""


@dataclass(frozen=True)
class Prospects:
    """Everybody who bought before a scope's end, in the order of `ids`, which are the shop's `past.ids`.

    `here` says who had bought by the day that is spoken of; of nobody else anything is expected. `spent` is
    all net spend until then and `year` that of the last 365 days, minor units. `alive` is the probability of
    still being a customer, None without a model. `expected` is the spend within the next `months` months in
    minor units of today, each month's lessened by `discount` percent more; on the basis "year" it is `year`,
    and none below 0.
    """

    ids: Ints
    here: NDArray[np.bool_]
    spent: Ints
    year: Ints
    alive: Floats | None
    expected: Floats
    basis: Basis
    model: ShopModel | NoModel
    months: int
    discount: float

    @property
    def at_stake(self) -> Floats:
        """(1 − P(alive)) × expected spend, minor units; without a model the whole year's spend."""
        return self.expected if self.alive is None else (1 - self.alive) * self.expected


def prospects(scope: Scope) -> Prospects:
    """What may be expected of everybody as of a scope's end, whatever its filters; kept between askings."""
    return _known(scope, scope.end)


def prospects_before(scope: Scope) -> Prospects:
    """The same as it was to be expected at the period's start, by the model of its end."""
    return _known(scope, scope.start)


def _known(scope: Scope, end: int) -> Prospects:
    months, discount = horizon(scope.book)
    model = shop_model(scope.book, scope)
    kept = _kept.get(scope.book)
    if kept is None or kept.moment is not scope.moment or kept.model is not model:
        kept = _kept[scope.book] = _Kept(scope.moment, model, {})
    key = (scope.end, end, months, discount)
    if key not in kept.found:
        kept.found[key] = _prospects(scope.shop, model, months, discount, end)
        # Of the periods looked at before, the last few.
        for old in list(kept.found)[:-_MOST_KEPT]:
            del kept.found[old]
    return kept.found[key]


@dataclass(frozen=True)
class _Kept:
    """What was reckoned from a moment of the trade and a model, by the days and the horizon."""

    moment: ShopMoment
    model: ShopModel | NoModel
    found: dict[tuple[int, int, int, float], Prospects]


_MOST_KEPT = 4
_kept: WeakKeyDictionary[Book, _Kept] = WeakKeyDictionary()
_tables: WeakKeyDictionary[Book, tuple[ShopModel, int, float, Ints, Floats]] = WeakKeyDictionary()


def _prospects(scope: Scope, model: ShopModel | NoModel, months: int, discount: float, end: int) -> Prospects:
    past = scope.past
    known = seen(past, end)
    here = known.count > 0
    spent = scope.purchases.spend(past.ids, 0, end)
    year = scope.purchases.spend(past.ids, end - YEAR, end)
    if isinstance(model, NoModel):
        expected = np.maximum(year, 0).astype(np.float64)
        return Prospects(past.ids, here, spent, year, None, expected, "year", model, months, discount)
    from desktop.analytics.lifetime import Histories

    scope.progress.check()
    count = np.maximum(known.count, 1).astype(np.float64)
    lasted = (known.last - known.first).astype(np.float64)
    age = np.maximum(end - 1 - known.first, 0).astype(np.float64)
    histories = Histories(count - 1, lasted, age)
    alive = np.where(here, model.alive(histories), 0.0)
    average = np.maximum(spent / count, 0.0)
    each = model.spend(count, average)
    worth = alive * _worth_of_one(scope.book, model, histories, months, discount)
    return Prospects(
        past.ids, here, spent, year, alive, worth * (average if each is None else each),
        "average" if each is None else "model", model, months, discount,
    )  # fmt: skip


def _worth_of_one(book: Book, model: ShopModel, seen: Histories, months: int, discount: float) -> Floats:
    """Discounted purchases to expect of each customer if they are one still.

    Which hangs on the number of purchases and the age alone, of which a shop has few: they are reckoned once
    for each pair, and those of yesterday's pairs are remembered.
    """
    from desktop.analytics.lifetime import Histories

    pairs, place = np.unique((seen.age.astype(np.int64) << 32) | seen.x.astype(np.int64), return_inverse=True)
    known = _tables.get(book)
    if known is None or (known[0], known[1], known[2]) != (model, months, discount):
        known = (model, months, discount, np.zeros(0, np.int64), np.zeros(0))
    fresh = np.setdiff1d(pairs, known[3], assume_unique=True)
    if fresh.size:
        age, x = (fresh >> 32).astype(np.float64), (fresh & 0xFFFFFFFF).astype(np.float64)
        some = Histories(x, np.where(x > 0, age, 0.0), age)
        worth = model.value(some, np.ones(fresh.size), months, discount / 100) / model.alive(some)
        both = np.concatenate((known[3], fresh))
        order = np.argsort(both)
        known = (model, months, discount, both[order], np.concatenate((known[4], worth))[order])
        _tables[book] = known
    return np.asarray(known[4][np.searchsorted(known[3], pairs)][place], np.float64)
