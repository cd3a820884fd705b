"""What sells together and what is bought next: pairs of products beyond what chance would put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.association import benjamini_hochberg, lift_interval, log_likelihood
from desktop.analytics.baskets import LEAST, Baskets, numbered, spread
from desktop.analytics.intervals import Mean, Rate, rate

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BUYERS = 5
"""Different customers at least whom a pair comes from: one who always orders the same proves nothing."""
MOST_PAIRS, EACH = 10_000, 10
"""Pairs that are described: the surest, and of each product those with the most purchases besides. Where
purchases are large, nearly everything goes together."""
ALPHA = 0.05
_BLOCK = 4_000_000


@dataclass(frozen=True)
class Pairs:
    """Pairs of products that go together more often than by chance, the surest first: arrays of one length.

    There are at most MOST_PAIRS of them, and EACH of every product besides.

    `first` and `second` are ids. Of `total` baskets `of_first` hold the first, `of_second` the second and
    `n` both; in what is bought next they are the steps from one basket to the next, and the first product
    is looked for in the one, the second in the other. `lift` = n·total ÷ (of_first·of_second) is how many
    times as often as by chance, with its 95 % interval `low` and `high`; `p` is that of the log-likelihood
    ratio test (Dunning 1993), two-sided, corrected for all pairs of frequent products (Benjamini &
    Hochberg). `buyers` are different customers (each basket of nobody known is one), `days` the median
    until the next (NaN for the same one).
    """

    first: Ints
    second: Ints
    n: Ints
    of_first: Ints
    of_second: Ints
    total: int
    lift: Floats
    low: Floats
    high: Floats
    p: Floats
    buyers: Ints
    days: Floats
    looked: int
    """How many pairs were looked at."""

    @property
    def size(self) -> int:
        """Number of pairs."""
        return int(self.n.size)

    def share(self, at: int) -> Rate:
        """Of the baskets with the first product the share with the second (confidence), Wilson interval."""
        return rate(int(self.n[at]), int(self.of_first[at]))

    def back(self, at: int) -> Rate:
        """Of the baskets with the second product the share with the first."""
        return rate(int(self.n[at]), int(self.of_second[at]))

    def chance(self, at: int) -> float:
        """The share of all baskets that hold the second product: what chance would give."""
        return float(self.of_second[at]) / self.total

    def times(self, at: int) -> Mean:
        """How many times as often as by chance, with its interval."""
        return Mean(float(self.lift[at]), int(self.n[at]), float(self.low[at]), float(self.high[at]))

    def taken(self, at: NDArray[np.bool_] | Ints) -> Pairs:
        """Some of the pairs."""
        return replace(self, **{name: getattr(self, name)[at] for name in _ARRAYS})

    def turned(self) -> Pairs:
        """The same pairs with first and second exchanged."""
        return Pairs(
            self.second, self.first, self.n, self.of_second, self.of_first, self.total, self.lift, self.low,
            self.high, self.p, self.buyers, self.days, self.looked,
        )  # fmt: skip

    def joined(self, other: Pairs) -> Pairs:
        """Both lists one after the other."""
        values: dict[str, Any] = {
            name: np.concatenate((getattr(self, name), getattr(other, name))) for name in _ARRAYS
        }
        return replace(self, **values)

    def after(self, product: int) -> Pairs:
        """The pairs whose first is a product, those whose second is surest to be bought too first."""
        own = self.taken(self.first == product)
        if not own.size:
            return own
        sure = np.array([own.share(at).low for at in range(own.size)])
        return own.taken(np.lexsort((own.second, -sure)))


_ARRAYS = ("first", "second", "n", "of_first", "of_second", "lift", "low", "high", "p", "buyers", "days")


def bought_together(held: Baskets, *, least: int = LEAST, buyers: int = BUYERS) -> Pairs:
    """Pairs of products in one basket, the first with the smaller id."""
    held = held.frequent(least)
    width = held.products.size
    counts = np.zeros(width * width, np.int64)
    for key, _ in _within(held, width):
        counts += np.bincount(key, minlength=counts.size)
    there = held.holding
    found = _beyond_chance(counts, there, there, held.size, width * (width - 1) // 2, least)
    _, who = numbered(np.where(held.customer > 0, held.customer, -1 - np.arange(held.size)))
    some = ((key, who[basket], None) for key, basket in _within(held, width))
    return _described(found, held.products, some, buyers)


def bought_next(
    held: Baskets, *, within: int, start: int, end: int, least: int = LEAST, buyers: int = BUYERS
) -> Pairs:
    """From each product to those in the same customer's next basket, at most `within` days later.

    Counted are the steps whose later basket is of the days [start, end): so each was seen whole, and none is
    missing because it takes long. A product may be followed by itself.
    """
    if held.size < 2:
        return _none(0)
    same = (held.customer[1:] == held.customer[:-1]) & (held.customer[1:] > 0)
    gap = held.day[1:] - held.day[:-1]
    inside = (held.day[1:] >= start) & (held.day[1:] < end)
    source = np.flatnonzero(same & inside & (gap <= within))
    if not source.size:
        return _none(0)
    # Which products are frequent is asked of what is counted: the baskets before, and those after.
    taken = np.zeros(held.size, np.bool_)
    taken[source] = taken[source + 1] = True
    held = held.only(taken).frequent(least)
    width = held.products.size
    sizes = np.diff(held.starts)
    of_first = _counted(held, source, sizes, width)
    of_second = _counted(held, source + 1, sizes, width)
    counts = np.zeros(width * width, np.int64)
    for key, _ in _across(held, source, sizes, width):
        counts += np.bincount(key, minlength=counts.size)
    found = _beyond_chance(counts, of_first, of_second, source.size, width * width, least)
    some = ((key, held.customer[basket], gap[basket]) for key, basket in _across(held, source, sizes, width))
    return _described(found, held.products, some, buyers)


# -- counting


def _within(held: Baskets, width: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of each basket, by blocks: first · width + second, and the basket."""
    place = np.arange(held.product.size)
    left = held.starts[1:][held.owner] - 1 - place
    at, step = place, 1
    keys, owners, ready = [], [], 0
    while (at := at[left[at] >= step]).size:
        # Everything with what stands `step` places behind it in the same basket.
        keys.append(held.product[at] * width + held.product[at + step])
        owners.append(held.owner[at])
        ready, step = ready + at.size, step + 1
        if ready >= _BLOCK:
            yield np.concatenate(keys), np.concatenate(owners)
            keys, owners, ready = [], [], 0
    if keys:
        yield np.concatenate(keys), np.concatenate(owners)


def _across(held: Baskets, source: Ints, sizes: Ints, width: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs from each basket of `source` to the next one, by blocks: the key, and the basket before."""
    pairs = np.cumsum(sizes[source] * sizes[source + 1])
    edges = np.searchsorted(pairs, np.arange(0, max(1, int(pairs[-1])), _BLOCK), side="left")
    for low, high in zip(edges, [*edges[1:], source.size], strict=True):
        before = source[low:high]
        entry = spread(held.starts[before], sizes[before])
        basket = np.repeat(before, sizes[before])
        after = sizes[basket + 1]
        following = spread(held.starts[basket + 1], after)
        yield (
            np.repeat(held.product[entry], after) * width + held.product[following],
            np.repeat(basket, after),
        )


def _counted(held: Baskets, which: Ints, sizes: Ints, width: int) -> Ints:
    """How many of some baskets hold each product."""
    entries = spread(held.starts[which], sizes[which])
    return np.bincount(held.product[entries], minlength=width).astype(np.int64)


# -- judging


@dataclass(frozen=True)
class _Found:
    """Pairs as they were judged: `key` is first · width + second."""

    key: Ints
    pairs: Pairs


def _none(looked: int, total: int = 0) -> Pairs:
    whole, parts = np.zeros(0, np.int64), np.zeros(0)
    return Pairs(
        whole, whole, whole, whole, whole, total, parts, parts, parts, parts, whole, parts, looked
    )  # fmt: skip


def _beyond_chance(
    counts: Ints, of_first: Ints, of_second: Ints, total: int, looked: int, least: int
) -> _Found:
    """The pairs that are there often enough and more often than chance explains, not yet described."""
    key = np.flatnonzero(counts >= least)
    if not key.size:
        return _Found(key, _none(looked, total))
    # scipy is slow to load and not every start of the program needs it.
    from scipy.special import erfc

    first, second = np.divmod(key, of_first.size)
    n, a, b = counts[key], of_first[first], of_second[second]
    chance = erfc(np.sqrt(log_likelihood(n, a, b, total) / 2))
    p = benjamini_hochberg(chance, looked)
    lift, low, high = lift_interval(n, a, b, total)
    sure = np.flatnonzero((p <= ALPHA) & (low > 1))
    if sure.size > MOST_PAIRS:
        sure = sure[_weightiest(first[sure], second[sure], n[sure], low[sure])]
    pairs = Pairs(first, second, n, a, b, total, lift, low, high, p, n, np.full(n.size, np.nan), looked)
    return _Found(key[sure], pairs.taken(sure))


def _weightiest(first: Ints, second: Ints, n: Ints, low: Floats) -> Ints:
    """Places of the MOST_PAIRS surest pairs, and of the EACH most frequent of every product on a side."""
    chosen = np.zeros(n.size, np.bool_)
    place = np.arange(n.size)
    chosen[np.lexsort((place, -low))[:MOST_PAIRS]] = True
    for side in (first, second):
        order = np.lexsort((place, -n, side))
        ordered = side[order]
        begins = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
        rank = place - np.repeat(begins, np.diff(begins, append=n.size))
        chosen[order[rank < EACH]] = True
    return np.flatnonzero(chosen)


def _described(
    found: _Found, products: Ints, some: Iterator[tuple[Ints, Ints, Ints | None]], buyers: int
) -> Pairs:
    """The pairs with their products, different customers and median days, the surest first.

    `some` gives all pairs once more, by blocks: the key, whose it is, and the days until it.
    """
    pairs = found.pairs
    if not pairs.size:
        return pairs
    row_of = np.full(int(found.key.max()) + 1, -1, np.int32)
    row_of[found.key] = np.arange(pairs.size)
    rows, who, gaps = [], [], []
    for key, owner, gap in some:
        inside = key < row_of.size
        row = row_of[key[inside]].astype(np.int64)
        rows.append(row[row >= 0])
        who.append(owner[inside][row >= 0])
        if gap is not None:
            gaps.append(gap[inside][row >= 0])
    row, owner = np.concatenate(rows), np.concatenate(who)
    width = int(owner.max()) + 1
    each = np.sort(row * width + owner)
    fresh = np.concatenate(([True], each[1:] != each[:-1]))
    different = np.bincount(each[fresh] // width, minlength=pairs.size)
    days = _medians(row, np.concatenate(gaps), pairs.n) if gaps else pairs.days
    pairs = Pairs(
        products[pairs.first], products[pairs.second], pairs.n, pairs.of_first, pairs.of_second, pairs.total,
        pairs.lift, pairs.low, pairs.high, pairs.p, different.astype(np.int64), days, pairs.looked,
    )  # fmt: skip
    pairs = pairs.taken(different >= buyers)
    return pairs.taken(np.lexsort((pairs.second, pairs.first, -pairs.low)))


def _medians(row: Ints, gap: Ints, n: Ints) -> Floats:
    """The median gap of each row, which has n of them."""
    order = np.lexsort((gap, row))
    gap, start = gap[order], np.cumsum(n) - n
    middle: Floats = (gap[start + (n - 1) // 2] + gap[start + n // 2]) / 2
    return middle
