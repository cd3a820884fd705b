"""Ratings parted by channel, product, clerk, tier or reason: which rating belongs to which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from desktop.queries.insight_scope import YEAR, Scope, tier_of, tiers
from desktop.queries.rating_reasons import namings
from desktop.queries.shop_columns import Bools, Ints

PartBy = Literal["channel", "product", "clerk", "tier", "reason"]
_MOST = 40
"""Parts that are listed; of more, those with most ratings."""


@dataclass(frozen=True)
class Parts:
    """Which ratings are of which part: `place` (of `moment.ratings`) and `group`, a number of `keys`.

    A rating of an order of three products is of each of them; none is of a part twice. `names` are as
    stored; `left_off` parts with fewer ratings are not among them.
    """

    place: Ints
    group: Ints
    keys: tuple[str | int, ...]
    names: tuple[str, ...]
    left_off: int = 0

    def holding(self, key: str | int, size: int) -> Bools:
        """Which of `size` ratings are of a part."""
        found = np.zeros(size, np.bool_)
        if key in self.keys:
            found[self.place[self.group == self.keys.index(key)]] = True
        return found


def parts(scope: Scope, by: PartBy, places: Ints) -> Parts:
    """The parts of some ratings (places, ascending)."""
    return _WAYS[by](scope, places)


def _by_channel(scope: Scope, places: Ints) -> Parts:
    codes = scope.moment.ratings.channel[places].astype(np.int64)
    return _commonest(places, codes, lambda code: scope.moment.channels[code])


def _by_clerk(scope: Scope, places: Ints) -> Parts:
    """Who sold what was rated; who took the rating where that is not known."""
    own = scope.moment.ratings.staff[places]
    at = scope.moment.orders.places(scope.moment.ratings.order[places])
    sold = np.where(at >= 0, scope.moment.orders.staff[at], 0) if scope.moment.orders.ids.size else own * 0
    return _of_ids(scope, places, np.where(sold > 0, sold, own), "staff")


def _by_product(scope: Scope, places: Ints) -> Parts:
    """The products of the order that was rated."""
    at = scope.moment.orders.places(scope.moment.ratings.order[places])
    lines = scope.moment.lines
    first, last = np.searchsorted(lines.order, at), np.searchsorted(lines.order, at + 1)
    times = np.where(at >= 0, last - first, 0)
    rating = np.repeat(places, times)
    within = np.arange(rating.size) - np.repeat(np.cumsum(times) - times, times)
    product = lines.product[np.repeat(first, times) + within]
    if rating.size:
        # An order may hold a product in two lines.
        room = int(product.max()) + 1
        pair = np.unique(rating * room + product)
        rating, product = pair // room, pair % room
    none = places[times == 0]
    return _of_ids(
        scope,
        np.concatenate((rating, none)),
        np.concatenate((product, np.zeros(none.size, np.int64))),
        "product",
    )


def _by_tier(scope: Scope, places: Ints) -> Parts:
    """What tier the customer had at the period's end; -1 where nobody knows them to have bought."""
    past = scope.shop.past.ids
    who = scope.moment.ratings.customer[places]
    known = tiers(scope.book)
    tier = np.full(places.size, -1, np.int64)
    if past.size:
        at = np.minimum(np.searchsorted(past, who), past.size - 1)
        bought = past[at] == who
        tier[bought] = tier_of(scope.shop.purchases.spend(past, scope.end - YEAR, scope.end), known)[
            at[bought]
        ]
    names = dict(enumerate(name for name, _ in known))
    found = _commonest(places, tier + 1, lambda code: code - 1)
    return Parts(found.place, found.group, found.keys, tuple(names.get(int(key), "") for key in found.keys))


def _by_reason(scope: Scope, places: Ints) -> Parts:
    named = namings(scope.book, scope.moment.ratings.ids[places])
    place = np.searchsorted(scope.moment.ratings.ids, named.rating)
    none = np.setdiff1d(places, place)
    titles = ("", *named.titles)
    return _commonest(
        np.concatenate((place, none)),
        np.concatenate((named.title + 1, np.zeros(none.size, np.int64))),
        lambda code: titles[code],
    )


_WAYS: Mapping[PartBy, Callable[[Scope, Ints], Parts]] = {
    "channel": _by_channel, "product": _by_product, "clerk": _by_clerk, "tier": _by_tier,
    "reason": _by_reason,
}  # fmt: skip


def _of_ids(scope: Scope, places: Ints, ids: Ints, table: str) -> Parts:
    """Parts that are rows of a table with names."""
    # Ids may be far apart, but there are few of them: numbered, they index an array.
    known, codes = np.unique(ids, return_inverse=True)
    found = _commonest(places, codes.astype(np.int64), lambda code: int(known[code]))
    marks = ", ".join("?" * len(found.keys))
    names = dict(scope.book.rows(f"SELECT id, name FROM {table} WHERE id IN ({marks})", found.keys))
    return Parts(
        found.place, found.group, found.keys, tuple(names.get(key, "") for key in found.keys), found.left_off
    )


def _commonest(places: Ints, codes: Ints, key: Callable[[int], str | int]) -> Parts:
    """The parts with most ratings, by codes from 0."""
    counts = np.bincount(codes)
    order = np.argsort(-counts, kind="stable")[: int(np.count_nonzero(counts))]
    kept = order[:_MOST]
    number = np.full(counts.size, -1, np.int64)
    number[kept] = np.arange(kept.size)
    group = number[codes]
    keys = tuple(key(int(code)) for code in kept)
    return Parts(places[group >= 0], group[group >= 0], keys, tuple(map(str, keys)), order.size - kept.size)
