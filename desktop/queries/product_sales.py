"""The counts of products of a period and the one before: kept, and after a sale put right by who bought."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from desktop.models.book import Book
from desktop.queries.growing_columns import Column
from desktop.queries.insight_scope import Narrowing, Scope
from desktop.queries.product_counts import ProductCounts, Trade
from desktop.queries.shop_columns import Ints, ShopMoment
from desktop.queries.shop_pieces import goes_on

Two = tuple[ProductCounts, ProductCounts]
LEAST_ORDERS = 50_000
"""Below so many orders products are counted anew each time: it takes no time."""
_MOST_NEW, _MOST_KEPT = 200, 6


@dataclass(frozen=True)
class _Known:
    """Counts, and what they were counted from."""

    moment: ShopMoment
    counts: Two


_KNOWN: WeakKeyDictionary[Book, OrderedDict[tuple[Narrowing, int, int], _Known]] = WeakKeyDictionary()


def product_counts(scope: Scope, recent: Trade) -> Two:
    """What `recent` counts of the scope's period and of the one before. Raises Cancelled."""
    days = (scope.start, scope.end), scope.before
    if scope.moment.orders.ids.size < LEAST_ORDERS:
        return recent.count(*days[0]), recent.count(*days[1])
    kept = _KNOWN.setdefault(scope.book, OrderedDict())
    key = (scope.only, scope.start, scope.end)
    known = kept.get(key)
    who = None if known is None else _who_bought(known.moment, scope)
    if known is None or who is None:
        scope.progress.check()
        found = recent.count(*days[0]), recent.count(*days[1])
    else:
        then, now = (
            Trade(replace(scope, moment=moment), recent.since, recent.until, who)
            for moment in (known.moment, scope.moment)
        )
        one, other = known.counts
        # Ratings and complaints are few, and are counted again.
        found = recent.answered(_moved(one, then, now)), recent.answered(_moved(other, then, now))
    kept[key] = _Known(scope.moment, found)
    kept.move_to_end(key)
    while len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
    return found


def _moved(counts: ProductCounts, then: Trade, now: Trade) -> ProductCounts:
    """Counts less what some customers came to, and with what they come to."""
    assert now.customers is not None
    if not now.customers.size:
        return counts
    span = counts.start, counts.end
    less, more = then.sold(*span), now.sold(*span)
    return replace(
        counts,
        orders=counts.orders - less[0] + more[0],
        # Thousandths are the least there are; what sums of fractions leave behind must not add up.
        quantity=np.round(counts.quantity - less[1] + more[1], 3),
        net=counts.net - less[2] + more[2],
        buyers=counts.buyers - less[3] + more[3],
        again=counts.again - less[4] + more[4],
        won=counts.won - less[5] + more[5],
    )


def _who_bought(before: ShopMoment, scope: Scope) -> Ints | None:
    """The customers (0: nobody known) of the orders that came since; None where anything else changed."""
    now = scope.moment
    old, new = before.orders, now.orders
    if scope.only.of_customers or new.ids.size - old.ids.size > _MOST_NEW:
        return None
    same = _grew(
        [old.ids, old.customer, old.day, old.net, old.purchase, old.channel],
        [new.ids, new.customer, new.day, new.net, new.purchase, new.channel],
    )
    one, other = before.lines, now.lines
    same = same and _grew(
        [one.order, one.product, one.quantity, one.amount],
        [other.order, other.product, other.quantity, other.amount],
    )
    if not same or not np.array_equal(one.products, other.products):
        return None
    return np.unique(new.customer[old.ids.size :])


def _grew(old: Sequence[Column], new: Sequence[Any]) -> bool:
    return all(goes_on(one, other) for one, other in zip(old, new, strict=True))
