"""Who is leaving and what is at stake, and what the warning was worth on the shop's own past."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.backtest import Backtest, backtest, hold_out
from desktop.analytics.occasions import Occasions
from desktop.analytics.rhythm import Factors, Seen, ShopRhythm, rhythms, seen
from desktop.models.book import Book
from desktop.models.summaries import shop_rhythm as kept_rhythm
from desktop.queries.drifting_moves import HERE, Moved, leaving_codes, moves
from desktop.queries.drifting_moves import LEAVING as LEAVING
from desktop.queries.drifting_moves import Leaving as Leaving
from desktop.queries.insight_kept import Kept
from desktop.queries.insight_scope import Scope
from desktop.queries.prospects import Basis, Prospects, prospects
from desktop.queries.purchases import rows_of
from desktop.queries.shop_columns import Ints
from desktop.queries.told_values import outside

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MULTIPLIERS = tuple(round(1 + step / 20, 2) for step in range(61))
"""1.0, 1.05 … 4.0: what the slider offers."""
FEWEST_JUDGED = 10
"""A replay over fewer customers than this says nothing."""
WhyNoTest = Literal["", "short", "few"]
"""Why there is no replay: too short a history, or too few customers who had come twice by then."""


@dataclass(frozen=True)
class People:
    """Customers whom the filters leave and who are the shop's, by id: arrays of one length.

    `count` purchase days, `first`, `last` ordinal days, `silent` days since the last, `rhythm` in days (NaN
    for those who came once). Money in minor units, as in `Prospects`; `alive` None without a model.
    """

    ids: Ints
    count: Ints
    first: Ints
    last: Ints
    silent: Ints
    rhythm: Floats
    spent: Ints
    year: Ints
    alive: Floats | None
    expected: Floats
    at_stake: Floats


@dataclass(frozen=True)
class Listed:
    """Who is leaving by one multiplier: places in `People`, most at stake first, and what each is."""

    places: Ints
    leaving: NDArray[np.int8]

    def only(self, wanted: Collection[Leaving]) -> Listed:
        """Those of some kinds."""
        chosen = np.isin(self.leaving, [LEAVING.index(one) for one in wanted])
        return Listed(self.places[chosen], self.leaving[chosen])

    def count(self, kind: Leaving) -> int:
        """How many of a kind."""
        return int(np.count_nonzero(self.leaving == LEAVING.index(kind)))


@dataclass(frozen=True)
class DriftingReport:
    """Who is leaving on the evening of a scope's last day.

    `kept` are the shop's multipliers, `excluded` how many the owner marked as no customers. `moved` holds,
    by key: "drifting" and "alarming" among the regulars who are not lost, "lost" of those that were not at
    the period's start, "returned" of those who were drifting then and bought in the period. `tests` has a
    replay for each of MULTIPLIERS, or `no_test` says why not.
    """

    day: int
    shop: ShopRhythm
    kept: Factors
    people: People
    moved: Mapping[str, Moved]
    tests: tuple[Backtest, ...]
    no_test: WhyNoTest
    excluded: int
    expectations: Prospects

    @property
    def basis(self) -> Basis:
        """Where the money comes from."""
        return self.expectations.basis

    @cached_property
    def _lists(self) -> dict[float, Listed]:
        return {}

    def listed(self, multiplier: float) -> Listed:
        """Everybody who is leaving if silence beyond so many rhythms is a warning."""
        if multiplier not in self._lists:
            self._lists[multiplier] = _listed(
                self.people, self.day, self.shop, with_first(self.kept, multiplier)
            )
        return self._lists[multiplier]

    def total_at_stake(self, places: Ints) -> int:
        """What is at stake with some of `people`, minor units."""
        return round(float(self.people.at_stake[places].sum()))

    def test(self, multiplier: float) -> Backtest | None:
        """The replay at a multiplier (the nearest of MULTIPLIERS)."""
        if not self.tests:
            return None
        return min(self.tests, key=lambda one: abs(one.factor - multiplier))


def kept_factors(book: Book) -> Factors:
    """The shop's multipliers; the program's where they do not rise."""
    try:
        return Factors(*(float(book.setting(f"rhythm.{name}")) for name in ("drifting", "alarming", "lost")))
    except ValueError:
        return Factors()


def with_first(kept: Factors, multiplier: float) -> Factors:
    """The multipliers with another first one, which pushes the others before it."""
    return Factors(multiplier, max(multiplier, kept.alarming), max(multiplier, kept.lost))


def drifting_report(scope: Scope, factors: Factors | None = None) -> DriftingReport:
    """Who is leaving among those whom a scope's filters leave; by the shop's multipliers, or others.

    The rhythm of each is that of all their purchases, whatever the filters. Raises Cancelled.
    """
    kept = factors or kept_factors(scope.book)
    past, hopes = scope.shop.past, prospects(scope)
    chosen = np.ones(past.ids.size, np.bool_)
    if scope.past is not past:
        chosen = rows_of(scope.past.ids, past.ids) >= 0
    nobody = outside(scope.book, past.ids)
    excluded = int(np.count_nonzero(chosen & nobody))
    chosen &= ~nobody
    scope.progress.check()
    known = seen(past)
    shop = _shop_now(scope, known)
    tests, why = _replays.get(scope.shop, "replay", lambda: _replay(past, scope.end))
    scope.progress.check()
    return DriftingReport(
        day=scope.end - 1,
        shop=shop,
        kept=kept,
        people=_people(known, past.ids, hopes, shop, scope.end - 1, chosen),
        moved=moves(scope, past, chosen, shop, kept),
        tests=tests,
        no_test=why,
        excluded=excluded,
        expectations=hopes,
    )


def _shop_now(scope: Scope, known: Seen) -> ShopRhythm:
    """The rhythm that the customer list goes by today, that of the day in the past."""
    if scope.end <= scope.today.toordinal():
        return known.rhythm
    return ShopRhythm(*kept_rhythm(scope.book.db), own=bool((known.count > 1).any()))


def _people(known: Seen, ids: Ints, hopes: Prospects, shop: ShopRhythm, day: int, chosen: Bools) -> People:
    count, first, last = (values[chosen] for values in (known.count, known.first, known.last))
    return People(
        ids=ids[chosen],
        count=count,
        first=first,
        last=last,
        silent=np.maximum(day - last, 0),
        rhythm=rhythms(count, first, last, shop),
        spent=hopes.spent[chosen],
        year=hopes.year[chosen],
        alive=None if hopes.alive is None else hopes.alive[chosen],
        expected=hopes.expected[chosen],
        at_stake=hopes.at_stake[chosen],
    )


def _listed(people: People, day: int, shop: ShopRhythm, factors: Factors) -> Listed:
    codes = leaving_codes(people.count, people.first, people.last, day, shop, factors)
    places = np.flatnonzero(codes != HERE)
    # Most at stake first; what is equal by the longest silent, then by id.
    order = np.lexsort((places, -people.silent[places], -people.at_stake[places]))
    return Listed(places[order], codes[places[order]])


_replays: Kept[tuple[tuple[Backtest, ...], WhyNoTest]] = Kept()


def _replay(past: Occasions, end: int) -> tuple[tuple[Backtest, ...], WhyNoTest]:
    days = hold_out(past, end)
    if days is None:
        return (), "short"
    tests = tuple(backtest(past, *days, MULTIPLIERS))
    return (tests, "") if tests[0].churn.n >= FEWEST_JUDGED else ((), "few")
