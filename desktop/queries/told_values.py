"""What customers gave besides money, of all of them at once: who brought whom, what they told, what they say.

The figures are those of `customer_values` and `relations`, which give one customer's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.customer_worth import Crowd, WordOfMouth, crowd, word_of_mouth
from desktop.models.book import Book
from desktop.queries.column_changes import Mark, mark_now, touched_since
from desktop.queries.column_kinds import BLANK
from desktop.queries.column_reading import numbers
from desktop.queries.insight_scope import Scope
from desktop.queries.purchases import rows_of
from desktop.queries.shop_columns import Ints, RatingColumns

N = TypeVar("N", bound=np.generic)
_TABLES = frozenset({"customer", "rating", "interaction"})
NOBODY = "not-a-customer"
"""The relation by which the owner says that somebody is none of the shop's customers."""


@dataclass(frozen=True)
class Kept:
    """Beside the trade: every customer by id and who brought them (0: nobody), whom the owner marked as no
    customer, the public reviews by id, and whose notes hold suggestions and interviews."""

    customers: Ints
    referrers: Ints
    outside: Ints
    public: Ints
    suggestions: Ints
    interviews: Ints

    @cached_property
    def places(self) -> Ints:
        """The place among `customers` of who brought each, -1 for nobody."""
        return rows_of(self.customers, self.referrers)


@dataclass(frozen=True)
class ToldValues:
    """Crowd, information and word of mouth of each customer asked for; one entry each."""

    crowd: Crowd
    ratings: Ints
    suggestions: Ints
    interviews: Ints
    mouth: WordOfMouth

    @property
    def information(self) -> Ints:
        """Ratings, suggestions and interviews given, together."""
        return self.ratings + self.suggestions + self.interviews


@dataclass(frozen=True)
class _Said:
    """What all customers of `Kept` told us and others."""

    ratings: Ints
    suggestions: Ints
    interviews: Ints
    mouth: WordOfMouth


_kept: WeakKeyDictionary[Book, tuple[Mark, Kept]] = WeakKeyDictionary()
_told: WeakKeyDictionary[Book, tuple[RatingColumns, Kept, _Said]] = WeakKeyDictionary()


def kept(book: Book) -> Kept:
    """What stands beside the trade; read anew only when one of its tables changed."""
    now = mark_now(book)
    known = _kept.get(book)
    if known is not None:
        touched = touched_since(book, known[0], now)
        if touched.customers is not None and touched.tables.isdisjoint(_TABLES):
            _kept[book] = (now, known[1])
            return known[1]
    found = _read(book)
    _kept[book] = (now, found)
    return found


def outside(book: Book, ids: Ints) -> NDArray[np.bool_]:
    """Whom of `ids` the owner marked as no customer."""
    return np.isin(ids, kept(book).outside)


def told_values(scope: Scope, ids: Ints) -> ToldValues:
    """The three values of customers (ids, ascending), whatever the filters; a crowd's spend is that before
    the scope's end."""
    beside = kept(scope.book)
    everybody = beside.customers
    through = crowd(beside.places, scope.shop.purchases.spend(everybody))
    said = _said(scope, beside)
    row = rows_of(everybody, ids)

    def of_each(values: NDArray[N], missing: float = 0) -> NDArray[N]:
        found = np.append(values, np.array([missing], values.dtype))
        return np.asarray(found[row], values.dtype)

    mouth = said.mouth
    return ToldValues(
        crowd=Crowd(of_each(through.straight), of_each(through.customers), of_each(through.spend)),
        ratings=of_each(said.ratings),
        suggestions=of_each(said.suggestions),
        interviews=of_each(said.interviews),
        mouth=WordOfMouth(
            of_each(mouth.recommend, np.nan), of_each(mouth.recommended), of_each(mouth.public),
            of_each(mouth.public_mean, np.nan),
        ),
    )  # fmt: skip


def _said(scope: Scope, beside: Kept) -> _Said:
    """What everybody told us and others, made anew only when ratings or notes changed."""
    known, ratings = _told.get(scope.book), scope.moment.ratings
    if known is not None and known[0] is ratings and known[1] is beside:
        return known[2]
    everybody = beside.customers
    owner = rows_of(everybody, ratings.customer)
    mine = (owner >= 0) & ratings.answered
    owner = owner[mine]
    found = _Said(
        ratings=np.bincount(owner, minlength=everybody.size).astype(np.int64),
        suggestions=_count(everybody, beside.suggestions),
        interviews=_count(everybody, beside.interviews),
        mouth=word_of_mouth(
            owner,
            ratings.answers.recommend[mine],
            ratings.answers.perceived[mine],
            np.isin(ratings.ids[mine], beside.public),
            everybody.size,
        ),
    )
    _told[scope.book] = (ratings, beside, found)
    return found


def _count(ids: Ints, owners: Ints) -> Ints:
    row = rows_of(ids, owners)
    return np.bincount(row[row >= 0], minlength=ids.size).astype(np.int64)


def _read(book: Book) -> Kept:
    people = numbers(book, ["id", "referred_by"], "customer ORDER BY id")
    people[people == BLANK] = 0

    def ids(column: str, source: str) -> Ints:
        return numbers(book, [column], source)[:, 0].copy()

    def gave(what: str) -> Ints:
        return ids("customer_id", f"interaction WHERE gave = '{what}' AND customer_id IS NOT NULL")

    return Kept(
        customers=people[:, 0].copy(),
        referrers=people[:, 1].copy(),
        outside=ids("id", f"customer WHERE relation = '{NOBODY}' ORDER BY id"),
        public=ids("id", "rating WHERE public = 1 AND answered = 1"),
        suggestions=gave("suggestion"),
        interviews=gave("interview"),
    )
