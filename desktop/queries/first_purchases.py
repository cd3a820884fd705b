"""The purchase with which each customer came: their first of all, whatever is looked at."""

from __future__ import annotations

import numpy as np

from desktop.queries.insight_scope import Scope
from desktop.queries.purchases import rows_of
from desktop.queries.shop_columns import Ints


def owners(scope: Scope) -> Ints:
    """For each order (place of `moment.orders`) the place of its customer in `shop.past.ids`, -1 for none."""
    ids, orders = scope.shop.past.ids, scope.moment.orders
    if not ids.size or not orders.ids.size:
        return np.full(orders.ids.size, -1, np.int64)
    # A table from ids to places: a search for each of a million orders would take longer than all else.
    table = np.full(max(int(ids[-1]), int(orders.customer.max())) + 1, -1, np.int64)
    table[ids] = np.arange(ids.size)
    return table[orders.customer]


def first_purchases(scope: Scope) -> Ints:
    """The place of the first purchase of each of `shop.past.ids`; on one day that of the lowest id."""
    trade = scope.moment.trade
    known, first = trade.firsts
    return first[rows_of(known, scope.shop.past.ids)]
