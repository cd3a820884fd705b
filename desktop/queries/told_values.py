"""What customers gave besides money, of all of them at once: who brought whom, what they told, what they say.

The figures are those of `customer_values` and `relations`, which give one customer's.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.customer_worth import Crowd, WordOfMouth, crowd, word_of_mouth
from desktop.models.book import Book
from desktop.queries.column_changes import Mark, mark_now, touched_since
from desktop.queries.column_kinds import BLANK
from desktop.queries.column_reading import numbers
from desktop.queries.insight_scope import Scope
from desktop.queries.shop_columns import Ints

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


_kept: WeakKeyDictionary[Book, tuple[Mark, Kept]] = WeakKeyDictionary()


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
    through = crowd(_places(everybody, beside.referrers), scope.shop.purchases.spend(everybody))
    row = _places(everybody, ids)
    here = row >= 0

    def of_each(values: Ints) -> Ints:
        found = np.zeros(ids.size, np.int64)
        found[here] = values[row[here]]
        return found

    ratings = scope.moment.ratings
    owner = _places(ids, ratings.customer)
    mine = (owner >= 0) & ratings.answered
    owner = owner[mine]
    return ToldValues(
        crowd=Crowd(of_each(through.straight), of_each(through.customers), of_each(through.spend)),
        ratings=np.bincount(owner, minlength=ids.size).astype(np.int64),
        suggestions=_count(ids, beside.suggestions),
        interviews=_count(ids, beside.interviews),
        mouth=word_of_mouth(
            owner,
            ratings.answers.recommend[mine],
            ratings.answers.perceived[mine],
            np.isin(ratings.ids[mine], beside.public),
            ids.size,
        ),
    )


def _places(ids: Ints, wanted: Ints) -> Ints:
    """Where each of `wanted` stands in `ids`, which ascend; -1 for those that do not."""
    if not ids.size:
        return np.full(wanted.size, -1, np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), ids.size - 1)
    return np.where(ids[at] == wanted, at, -1).astype(np.int64)


def _count(ids: Ints, owners: Ints) -> Ints:
    row = _places(ids, owners)
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
