"""What the shop's model is fitted to: a row a customer, from the summaries or from the trade in memory."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from desktop.models.book import Book

if TYPE_CHECKING:
    from desktop.analytics.lifetime import Floats
    from desktop.queries.insight_scope import Scope

DRAWN = 20_000
"""Customers a model is fitted to at most: more would change the third digit."""
_BLOCK = 5_000


def rows_now(book: Book, day: int) -> Floats:
    """(occasions, days from first to last, days from first to `day`, spend) of customers who have bought.

    In a large book those of the draw. One whose first purchase lies ahead has an age below 0; those of whom
    only some do are left out, for their summary doesn't say what they had bought by `day`.
    """
    import numpy as np

    from desktop.queries.column_reading import numbers

    columns = ["occasions", "last_day - first_day", f"{int(day)} - first_day", "spend"]
    source = (
        "customer_summary WHERE occasions > 0 "
        f"AND (last_day <= {int(day)} OR first_day > {int(day)})"
    )  # fmt: skip
    last = book.value("SELECT max(customer_id) FROM customer_summary") or 0
    if last <= 2 * DRAWN:
        return numbers(book, columns, source).astype(np.float64)
    ids = _draw(last)
    blocks = (ids[start : start + _BLOCK] for start in range(0, len(ids), _BLOCK))
    return np.concatenate(
        [
            numbers(book, columns, f"{source} AND customer_id IN ({', '.join(map(str, block))})")
            for block in blocks
        ]
    ).astype(np.float64)


def rows_before(scope: Scope) -> Floats:
    """The same as it stood on the last day of a scope, for the whole shop."""
    import numpy as np

    past = scope.shop.past
    keep = np.ones(past.ids.size, dtype=np.bool_)
    if past.ids.size and past.ids[-1] > 2 * DRAWN:
        keep = np.isin(past.ids, np.array(_draw(int(past.ids[-1])), np.int64))
    spend = scope.shop.purchases.spend(past.ids[keep])
    return np.stack(
        (past.counts[keep], (past.last - past.first)[keep], scope.end - 1 - past.first[keep], spend), axis=1
    ).astype(np.float64)


def _draw(last: int) -> list[int]:
    """The same ids each time, so that figures do not change from one look to the next."""
    return sorted(random.Random(1).sample(range(1, last + 1), DRAWN))
