"""Answers that take their time, kept by book until a thousandth of what they came from has changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from desktop.models.book import Book
from desktop.queries.insight_scope import Scope
from desktop.queries.shop_columns import LineColumns, OrderColumns

T = TypeVar("T")

SHARE = 1000
"""One in so many rows may have changed: the figures' own intervals are wider than that by far."""
_MOST = 6


@dataclass(frozen=True)
class _Answer(Generic[T]):
    """An answer, and the columns it came from; not the moment, which holds on to its book."""

    orders: OrderColumns
    lines: LineColumns | None
    value: T


class Kept(Generic[T]):
    """The last few answers of each book, by what was asked. Ask from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: WeakKeyDictionary[Book, OrderedDict[Hashable, _Answer[T]]] = WeakKeyDictionary()

    def get(self, scope: Scope, asked: Hashable, answer: Callable[[], T], *, lines: bool = False) -> T:
        """The answer to what was asked of a scope, found anew if too much has changed since.

        `lines` says that it hangs on the lines of the orders too.
        """
        key = (scope.only, scope.end, asked)
        orders, of_lines = scope.moment.orders, scope.moment.lines if lines else None
        with self._lock:
            known = self._of.setdefault(scope.book, OrderedDict()).get(key)
        if known is not None and _same(known, orders, of_lines):
            return known.value
        found = answer()
        with self._lock:
            kept = self._of.setdefault(scope.book, OrderedDict())
            kept[key] = _Answer(orders, of_lines, found)
            kept.move_to_end(key)
            while len(kept) > _MOST:
                kept.popitem(last=False)
        return found


def _same(known: _Answer[T], orders: OrderColumns, lines: LineColumns | None) -> bool:
    old, new = known.orders, orders
    if old is not new:
        pairs = [(old.ids, new.ids), (old.customer, new.customer), (old.day, new.day), (old.net, new.net)]
        if not _alike([*pairs, (old.purchase, new.purchase), (old.channel, new.channel)]):
            return False
    if known.lines is None or lines is None or known.lines is lines:
        return known.lines is None or lines is not None
    return _alike([(known.lines.order, lines.order), (known.lines.product, lines.product)])


def _alike(pairs: list[tuple[NDArray[np.generic], NDArray[np.generic]]]) -> bool:
    """Whether all but a thousandth of the rows are what they were; what was added stands at the end."""
    size, other = pairs[0][0].size, pairs[0][1].size
    least = min(size, other)
    differ = np.zeros(least, np.bool_)
    for old, new in pairs:
        # Columns that only grew share what they were.
        if old.ctypes.data != new.ctypes.data:
            differ |= old[:least] != new[:least]
    changed = int(np.count_nonzero(differ)) + abs(size - other)
    return changed * SHARE <= max(size, other)
