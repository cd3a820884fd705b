"""What the insights look at: days, and what is left of the trade by channel, product, tier and segment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.occasions import Occasions
from desktop.analytics.periods import period_before
from desktop.analytics.rfm import SEGMENTS, Rfm, Thresholds, rfm
from desktop.analytics.satisfaction import Ratings
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.customers import customer_ids, segments
from desktop.queries.purchases import Purchases
from desktop.queries.shop_columns import Ints, ShopMoment, shop_moment

Bools = NDArray[np.bool_]
YEAR = 365


@dataclass(frozen=True)
class Narrowing:
    """What is looked at; None for everything.

    `channel` is a code ("" for not known), `product` an id, `tier` its place in `tiers`, `segment` a code of
    SEGMENTS, `saved` the id of a saved filter. Orders are narrowed by channel and product, customers by the
    rest; all of it must hold.
    """

    channel: str | None = None
    product: int | None = None
    tier: int | None = None
    segment: str | None = None
    saved: int | None = None

    @property
    def of_customers(self) -> bool:
        """Whether it narrows whom, not only what."""
        return (self.tier, self.segment, self.saved) != (None, None, None)


@dataclass(frozen=True)
class Scope:
    """A book's trade at one moment, seen through days [start, end) and filters. Ask it in the worker.

    Everything derived is made when it is first asked for and kept, so that screens share it.
    """

    book: Book
    moment: ShopMoment
    today: date
    start: int
    end: int
    only: Narrowing = Narrowing()
    progress: Progress = SILENT

    @property
    def before(self) -> tuple[int, int]:
        """The equal period before [start, end)."""
        return period_before(self.start, self.end)

    def without(self, *names: str) -> Scope:
        """The same without some of the filters."""
        return replace(self, only=replace(self.only, **dict.fromkeys(names)))

    @cached_property
    def shop(self) -> Scope:
        """The same without any filter: what tiers, segments and rhythm are reckoned from."""
        return self if self.only == Narrowing() else replace(self, only=Narrowing())

    # -- customers

    @cached_property
    def scores(self) -> Rfm:
        """RFM of everybody who bought before `end`, in the order of `shop.past.ids`, by the shop's way."""
        past = self.shop.past
        spend = self.shop.purchases.spend(past.ids)
        bounds = rfm_bounds(self.book)
        return rfm(np.maximum(self.end - 1 - past.last, 0), past.counts, spend, bounds)

    @cached_property
    def members(self) -> Ints | None:
        """The ids of the customers whom the filters leave, ascending; None when they narrow nobody."""
        if not self.only.of_customers:
            return None
        left = self.shop.past.ids
        if self.only.segment is not None:
            left = left[self.scores.segment == SEGMENTS.index(self.only.segment)]
        if self.only.tier is not None:
            spend = self.shop.purchases.spend(left, self.end - YEAR, self.end)
            left = left[tier_of(spend, tiers(self.book)) == self.only.tier]
        if self.only.saved is not None:
            view = next((one.view for one in segments(self.book) if one.id == self.only.saved), None)
            found = customer_ids(self.book, view=view, today=self.today) if view is not None else ()
            left = np.intersect1d(left, np.array(found, np.int64))
        return left

    # -- orders

    @cached_property
    def chosen(self) -> Bools:
        """Which orders (places of `moment.orders`) the filters leave, whenever they were placed."""
        orders = self.moment.orders
        left = np.ones(orders.ids.size, np.bool_)
        if self.only.channel is not None:
            left &= orders.channel == self.moment.channel(self.only.channel)
        if self.only.product is not None:
            lines = self.moment.lines
            holds = np.zeros(orders.ids.size, np.bool_)
            holds[lines.order[lines.product == self.only.product]] = True
            left &= holds
        if self.members is not None:
            left &= np.isin(orders.customer, self.members)
        return left

    @cached_property
    def purchases(self) -> Purchases:
        """The chosen orders of known customers before `end` that are purchases or moved money."""
        narrowed = self.only != Narrowing()
        return self.moment.trade.seen(self.chosen if narrowed else None, self.end)

    @property
    def past(self) -> Occasions:
        """Purchase occasions before `end`."""
        return self.purchases.occasions

    def orders_in(self, start: int, end: int, *, purchases: bool = True) -> Ints:
        """Places of the chosen orders of the days [start, end), by known customers or not."""
        orders, found = self.moment.orders, self.moment.days.among(start, end)
        if found is not None:
            left = orders.purchase[found] if purchases else np.ones(found.size, np.bool_)
            return found[left & self.chosen[found]]
        keep = self.chosen & (orders.day >= start) & (orders.day < end)
        return np.flatnonzero(keep & orders.purchase if purchases else keep)

    # -- ratings

    @cached_property
    def rated(self) -> Bools:
        """Which ratings (places of `moment.ratings`) the filters leave."""
        ratings = self.moment.ratings
        left = np.ones(ratings.ids.size, np.bool_)
        if self.only.channel is not None:
            left &= ratings.channel == self.moment.channel(self.only.channel)
        if self.only.product is not None:
            place = self.moment.orders.places(ratings.order)
            chosen = self.without("channel", "tier", "segment", "saved").chosen
            left &= (place >= 0) & (chosen[place] if chosen.size else False)
        if self.members is not None:
            left &= np.isin(ratings.customer, self.members)
        return left

    @property
    def ratings(self) -> Ratings:
        """The answers of the answered ratings that the filters leave, of all days."""
        # An expectation told before the sale is no rating yet.
        return self.moment.ratings.answers.where(self.rated & self.moment.ratings.answered)


def insight_scope(
    book: Book,
    *,
    start: int,
    end: int,
    today: date,
    only: Narrowing = Narrowing(),
    progress: Progress = SILENT,
) -> Scope:
    """A book's trade over the days [start, end), as far as the filters leave any. Raises Cancelled."""
    return Scope(book, shop_moment(book, progress), today, start, end, only, progress)


def rfm_bounds(book: Book) -> Thresholds | None:
    """The shop's own bounds for RFM scores, None where it scores by fifths."""
    return kept_bounds(book.setting("rfm.bounds")) if book.setting("rfm.way") == "bounds" else None


def kept_bounds(kept: Mapping[str, Sequence[int]]) -> Thresholds:
    """Bounds from the setting that holds them; the program's where something lacks or makes no sense."""
    usual = Thresholds()
    own = {name: tuple(kept.get(name, getattr(usual, name))) for name in ("recency", "frequency", "money")}
    try:
        return Thresholds(**own)
    except (TypeError, ValueError):
        return usual


TIERS: tuple[tuple[str, int], ...] = (
    ("regular", 0),
    ("silver", 100_000),
    ("gold", 500_000),
    ("diamond", 2_000_000),
)
"""The program's tiers: a code of words.TIERS, and from which net spend of the last 365 days, minor units."""


def tiers(book: Book) -> tuple[tuple[str, int], ...]:
    """The tiers, ascending: a name (or a code of words.TIERS), and the net spend from which it is one."""
    kept = book.setting("members.tiers")
    own = [
        (str(one[0]), int(one[1]))
        for one in kept
        if isinstance(one, list) and len(one) == 2 and isinstance(one[1], int)
    ]
    return tuple(sorted(own, key=lambda one: one[1])) or TIERS


def tier_of(spend: Ints, known: tuple[tuple[str, int], ...]) -> Ints:
    """The tier (its place) of net spends of 365 days; below the lowest it is the lowest."""
    bounds = np.array([bound for _, bound in known], np.int64)
    return np.maximum(np.searchsorted(bounds, spend, side="right") - 1, 0)
