"""Reading a book's trade into columns: all of it on every core at once, or some orders and ratings."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Sequence

import numpy as np

from desktop.core.progress import Progress
from desktop.models.book import Book
from desktop.queries.column_changes import Mark, mark_now
from desktop.queries.column_reading import numbers, texts
from desktop.queries.growing_columns import Column, Filling
from desktop.queries.packed_reading import Ints, Packed, id_bits, packed

_PIECE = 125_000
"""Ids gone through at a time: often enough to be stopped, and for the cores to share the work evenly."""
_NAMED = 16
"""Channels that SQLite itself turns into numbers; the orders through rarer ones are asked for apart."""
_MOST_CORES, _MOST_PIECES, _WORTH = 4, 1000, 2
_MOST_ROOM = 50_000_000
"""Ids from the first to the last for which room is kept without asking how many there are."""
ORDER_TYPES = (np.int64, np.int64, np.int64, np.int64, np.bool_, np.int32, np.int64)
LINE_TYPES = (np.int64, np.int64, np.float64, np.int64)
_DAY = Packed("day", least=22)

Piece = Callable[[Book], None]
_Read = Callable[[Book, int, int], Sequence[Column]]


class Channels:
    """Channels by number, as they turn up; the first is "" (not known)."""

    def __init__(self, known: Sequence[str] = ("",)) -> None:
        self.known = {text: at for at, text in enumerate(known)}

    def number(self, text: str) -> int:
        """The number of a channel."""
        return self.known.setdefault(text, len(self.known))

    @property
    def names(self) -> tuple[str, ...]:
        """All there are."""
        return tuple(self.known)


def together(book: Book, pieces: Sequence[Piece], progress: Progress, *, alone: bool = False) -> None:
    """Reads every piece, on every core; all of them of the moment of this thread's transaction.

    `alone` where that transaction has written what no other connection sees yet. Raises Cancelled.
    """
    left = deque(pieces)

    def work(check: Callable[[], None]) -> None:
        while left:
            check()
            try:
                piece = left.popleft()
            except IndexError:
                return
            piece(book)

    progress.check()
    # A connection takes its time to be opened, above all to an encrypted book.
    others = 0 if alone else min(os.cpu_count() or 1, _MOST_CORES, len(pieces) // _WORTH) - 1
    mark = mark_now(book)
    helpers = [_Helper(book, mark, work) for _ in range(others)]
    try:
        work(progress.check)
    finally:
        left.clear()
        for helper in helpers:
            helper.join()
    for helper in helpers:
        if helper.fault is not None:
            raise helper.fault


class _Helper(threading.Thread):
    """Takes its share of the pieces, on a connection of its own, unless the book has changed meanwhile."""

    def __init__(self, book: Book, mark: Mark, work: Callable[[Callable[[], None]], None]) -> None:
        super().__init__(name="reading", daemon=True)
        self._book, self._mark, self._work = book, mark, work
        self.fault: Exception | None = None
        self.start()

    def run(self) -> None:
        """In the thread."""
        db = self._book.db
        try:
            with db.trial():
                if mark_now(self._book) == self._mark:
                    self._work(lambda: None)
        except Exception as fault:  # noqa: BLE001 - who waits for the thread raises it
            self.fault = fault
        finally:
            db.let_go()


def order_pieces(book: Book, known: Channels) -> tuple[Filling, list[Piece]]:
    """All orders once the pieces are read: id, customer, day, net, purchase, channel, staff; 0 is nobody."""
    columns, named = _order_columns(book, known)
    apart = ", ".join(_quoted(known.names[number]) for number in named)
    others = f"AND channel NOT IN ({apart}) ORDER BY id"

    def read(book: Book, first: int, last: int) -> list[Ints]:
        ids, customer, day, net, staff, through = packed(book, columns, "orders", first, last)
        channel, purchase = through >> 1, through & 1
        rare = np.flatnonzero(channel == len(named))
        channel = np.array([*named, -1], np.int64)[channel]
        if rare.size:
            some = texts(book, "channel", f"orders NOT INDEXED WHERE id BETWEEN {first} AND {last} {others}")
            with _NUMBERING:
                channel[rare] = [known.number(text) for text in some]
        return [ids, customer, day, net, purchase, channel, staff]

    return _spread(book, "orders", ORDER_TYPES, read)


def some_orders(book: Book, ids: Ints, known: Channels) -> list[Ints]:
    """The same of some orders, those that are there."""
    source = f"orders WHERE id {_among(ids)} ORDER BY id"
    names = ["id", "coalesce(customer_id, 0)", "day", "net", "purchase", "coalesce(staff_id, 0)"]
    found, customer, day, net, purchase, staff = numbers(book, names, source).T.copy()
    channel = np.array([known.number(text) for text in texts(book, "channel", source)], np.int64)
    return [found, customer, day, net, purchase, channel, staff]


def line_pieces(book: Book, placed: Callable[[list[Ints]], list[Column]]) -> tuple[Filling, list[Piece]]:
    """All lines that name a product, once the pieces are read.

    `placed` makes the columns that are kept of order (its id), product, quantity in thousandths and amount.
    """
    columns = (
        Packed("order_id", id_bits(book, "orders")),
        Packed("product_id", id_bits(book, "product")),
        Packed("quantity * 1000", least=20, signed=True, real=True),
        Packed("amount", least=28, signed=True),
    )

    def read(book: Book, first: int, last: int) -> list[Column]:
        return placed(packed(book, columns, "order_line", first, last, "AND product_id IS NOT NULL")[1:])

    return _spread(book, "order_line", LINE_TYPES, read)


def some_lines(book: Book, orders: Ints) -> list[Ints]:
    """The same of the lines of some orders, by order."""
    names = ["order_id", "product_id", "CAST(round(quantity * 1000) AS INTEGER)", "amount"]
    source = f"order_line WHERE order_id {_among(orders)} AND product_id IS NOT NULL ORDER BY order_id, id"
    return [*numbers(book, names, source).T.copy()]


def rating_pieces(book: Book, known: Channels) -> tuple[Filling, list[Piece]]:
    """All ratings once the pieces are read: the columns of `some_ratings`."""
    columns = (
        Packed("coalesce(customer_id, 0)", id_bits(book, "customer")),
        Packed("coalesce(order_id, 0)", id_bits(book, "orders")),
        Packed("coalesce(staff_id, 0)", id_bits(book, "staff")),
        Packed(_FLAGS, 2),
        _DAY,
        Packed(_ANSWERS, 15),
    )

    def read(book: Book, first: int, last: int) -> list[Ints]:
        found = packed(book, columns, "rating", first, last)
        channel = np.zeros(found[0].size, np.int64)
        # Nearly every rating is of an order, whose channel counts.
        named = f"rating NOT INDEXED WHERE id BETWEEN {first} AND {last} AND channel <> '' ORDER BY id"
        at = np.searchsorted(found[0], numbers(book, ["id"], named)[:, 0])
        with _NUMBERING:
            channel[at] = [known.number(text) for text in texts(book, "channel", named)]
        return [*found, channel]

    return _spread(book, "rating", [np.int64] * 8, read)


def some_ratings(book: Book, ids: Ints, known: Channels) -> list[Ints]:
    """Some ratings: id, customer, order, staff, flags, day, the answers in one number, the own channel."""
    source = f"rating WHERE id {_among(ids)} ORDER BY id"
    names = ["id", *(f"coalesce({name}_id, 0)" for name in ("customer", "order", "staff"))]
    found = numbers(book, [*names, _FLAGS, "day", _ANSWERS], source)
    channel = np.array([known.number(text) for text in texts(book, "channel", source)], np.int64)
    return [*found.T.copy(), channel]


# 1: asked for and not skipped; 2: answered.
_FLAGS = "((asked_at IS NOT NULL AND skipped_at IS NULL) + 2 * answered)"
# Four numbers of 0 to 11 in one, 0 for none.
_ANSWERS = (
    "(coalesce(perceived, 0) + 12 * coalesce(expected, 0) + 144 * coalesce(effort, 0) "
    "+ 1728 * (coalesce(recommend, -1) + 1))"
)
_NUMBERING = threading.Lock()


def _order_columns(book: Book, known: Channels) -> tuple[tuple[Packed, ...], list[int]]:
    """The columns of orders, and the numbers of the channels that SQLite knows by number."""
    # The commonest first: each order is compared with one after the other.
    some = texts(book, "channel", "(SELECT channel FROM orders ORDER BY id DESC LIMIT 500)")
    some += texts(book, "channel", "(SELECT channel FROM orders ORDER BY id LIMIT 500)")
    names = sorted({*some}, key=some.count, reverse=True)[:_NAMED]
    cases = " ".join(f"WHEN {_quoted(name)} THEN {2 * at}" for at, name in enumerate(names))
    through = f"CASE channel {cases} ELSE {2 * len(names)} END" if names else "0"
    columns = (
        Packed("coalesce(customer_id, 0)", id_bits(book, "customer")),
        _DAY,
        Packed("net", least=28, signed=True),
        Packed("coalesce(staff_id, 0)", id_bits(book, "staff")),
        Packed(f"({through} + purchase)", (2 * len(names) + 1).bit_length()),
    )
    return columns, [known.number(name) for name in names]


def _spread(
    book: Book, table: str, types: Sequence[type[np.generic]], read: _Read
) -> tuple[Filling, list[Piece]]:
    """A table's ids in pieces, and where what is read of each goes."""
    # Asked together they would be looked for from end to end.
    oldest, newest = (book.value(f"SELECT {which}(id) FROM {table}") for which in ("min", "max"))
    if newest is None:
        return Filling(types, []), []
    # However far apart ids lie, there are not more pieces than can be gone through.
    size = max(_PIECE, (newest - oldest) // _MOST_PIECES + 1)
    spans = [(first, min(newest, first + size - 1)) for first in range(oldest, newest + 1, size)]
    most = [last - first + 1 for first, last in spans]
    if sum(most) > _MOST_ROOM:
        most = [
            int(book.value(f"SELECT count(*) FROM {table} WHERE id BETWEEN ? AND ?", span)) for span in spans
        ]
    home = Filling(types, most)

    def piece(at: int, first: int, last: int) -> Piece:
        return lambda book: home.put(at, read(book, first, last))

    return home, [piece(at, *span) for at, span in enumerate(spans)]


def _among(ids: Ints) -> str:
    return f"IN ({', '.join(map(str, ids.tolist()))})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
