"""A book's trade as columns in memory: orders, their lines, ratings; what every figure is counted from.

They are read when they are first asked for and kept in step with the book's journal.
"""

from __future__ import annotations

import threading
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from weakref import WeakKeyDictionary, ref

from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.column_changes import Line, Mark, lines_since, mark_now
from desktop.queries.shop_columns_mending import touched_by
from desktop.queries.shop_columns_reading import (
    Channels,
    line_pieces,
    order_pieces,
    rating_pieces,
    some_lines,
    some_orders,
    some_ratings,
    together,
)
from desktop.queries.shop_days import Days, days_of
from desktop.queries.shop_pieces import Trade, trade_of
from desktop.queries.shop_tables import Bools, Codes, Ints, LineColumns, OrderColumns, RatingColumns, placed

__all__ = ["Bools", "Codes", "Ints", "LineColumns", "OrderColumns", "RatingColumns", "ShopMoment",
           "shop_moment"]  # fmt: skip


@dataclass(frozen=True)
class ShopMoment:
    """A book's trade at one moment; it never changes, whatever happens to the book."""

    orders: OrderColumns
    ratings: RatingColumns
    channels: tuple[str, ...]
    """Channels by number; the first is "" (not known)."""
    _store: ShopColumns = field(repr=False)

    @cached_property
    def lines(self) -> LineColumns:
        """The lines of the orders; read when they are first asked for."""
        return self._store.lines(self)

    @cached_property
    def trade(self) -> Trade:
        """The purchases of known customers; sorted once, and after a sale only added to."""
        return self._store.trade(self)

    @cached_property
    def days(self) -> Days:
        """The orders by day."""
        return self._store.days(self)

    def channel(self, code: str) -> int:
        """The number of a channel, -1 for one that nothing came through."""
        return self.channels.index(code) if code in self.channels else -1


class ShopColumns:
    """Keeps the columns of one book. Ask from any thread; one at a time is served."""

    def __init__(self, book: Book) -> None:
        # Kept by the book, which must not be kept by them.
        self._of = ref(book)
        self._lock = threading.RLock()
        self._mark: Mark | None = None
        self._kept: ShopMoment | None = None
        self._lines: LineColumns | None = None
        self._trade: Trade | None = None
        self._days: Days | None = None

    def now(self, progress: Progress = SILENT) -> ShopMoment:
        """The trade as it is. Raises Cancelled."""
        book = self._book
        alone = book.db.in_transaction()
        with self._lock, nullcontext() if alone else book.db.trial():
            mark, kept = _mark(book), self._kept
            if kept is None or self._mark is None:
                kept = self._anew(progress, alone=alone)
            elif mark != self._mark:
                lines = lines_since(book, self._mark, mark)
                kept = self._anew(progress, alone=alone) if lines is None else self._mended(kept, lines)
            self._mark, self._kept = mark, kept
            return kept

    def lines(self, moment: ShopMoment) -> LineColumns:
        """The lines of a moment's orders, by those orders."""
        book = self._book
        with self._lock:
            if moment is not self._kept:
                # The book went on before they were asked for: the lines of those orders that are still there.
                self.now()
            if self._lines is None:
                alone = book.db.in_transaction()
                assert self._kept is not None
                orders = self._kept.orders
                with nullcontext() if alone else book.db.trial():
                    home, pieces = line_pieces(book, lambda columns: placed(columns, orders))
                    together(book, pieces, SILENT, alone=alone)
                self._lines = LineColumns.of(*home.filled())
            kept = self._kept
            assert kept is not None
            return self._lines if moment is kept else self._lines.among(kept.orders, moment.orders)

    def trade(self, moment: ShopMoment) -> Trade:
        """The purchases of a moment's orders."""
        with self._lock:
            known = self._trade
            if known is None or known.orders is not moment.orders:
                known = (known.mended(moment.orders) if known is not None else None) or trade_of(
                    moment.orders
                )
            if moment is self._kept:
                self._trade = known
            return known

    def days(self, moment: ShopMoment) -> Days:
        """A moment's orders by day."""
        with self._lock:
            known = self._days
            if known is None or known.orders is not moment.orders:
                known = (known.mended(moment.orders) if known is not None else None) or days_of(moment.orders)
            if moment is self._kept:
                self._days = known
            return known

    @property
    def _book(self) -> Book:
        book = self._of()
        assert book is not None
        return book

    def _anew(self, progress: Progress, *, alone: bool) -> ShopMoment:
        book, known = self._book, Channels()
        orders, pieces = order_pieces(book, known)
        ratings, more = rating_pieces(book, known)
        together(book, [*pieces, *more], progress, alone=alone)
        table = OrderColumns.of(*orders.filled())
        self._lines = None
        return ShopMoment(table, RatingColumns.of(ratings.filled()[0], table), known.names, self)

    def _mended(self, kept: ShopMoment, lines: list[Line]) -> ShopMoment:
        book = self._book
        touched = touched_by(book, lines, kept.ratings)
        if not touched:
            return kept
        known = Channels(kept.channels)
        orders = kept.orders.mended(touched.orders, some_orders(book, touched.orders, known))
        ratings = kept.ratings.mended(touched.ratings, some_ratings(book, touched.ratings, known), orders)
        if self._lines is not None:
            self._lines = self._lines.mended(
                kept.orders, orders, touched.lines_of, some_lines(book, touched.lines_of)
            )
        return ShopMoment(orders, ratings, known.names, self)


def _mark(book: Book) -> Mark:
    """Where the journal stands; the shop's rhythm, which no column hangs on, is left out."""
    mark = mark_now(book)
    return replace(mark, beside=mark.beside[-2:])


_OF: WeakKeyDictionary[Book, ShopColumns] = WeakKeyDictionary()


def shop_moment(book: Book, progress: Progress = SILENT) -> ShopMoment:
    """The trade of a book as it is now. The first reading takes its time. Raises Cancelled."""
    if book not in _OF:
        _OF[book] = ShopColumns(book)
    return _OF[book].now(progress)
