"""The customers of a book as columns in memory, read when first asked for and kept in step with the book.

Two conditions over a million customers are two comparisons of arrays, where the tables would have to be
walked for each. A column is read once (tenths of a second), costs one to eight bytes a customer, and is
mended from the journal when a few customers change.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TypeVar
from weakref import WeakKeyDictionary, ref

import numpy as np
import numpy.typing as npt

from desktop.core.folding import fold
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.queries.column_changes import Mark, mark_now, touched_since
from desktop.queries.column_kinds import MOST_WORDS, Coded, Figures, LongText, Mask, Order, Pairs, Places
from desktop.queries.column_reading import PAIRS, Ids, Reader, tables_of

Column = Figures | Coded | LongText | Pairs | Order
C = TypeVar("C", Figures, Coded, LongText, Pairs, Order)

MOST_BYTES = 32_000_000
"""What the columns that are not being used may hold: ten to twenty of them over a million customers."""
MOST_WHILE_ASKED = 100_000_000
"""What they may hold while somebody is trying out conditions: nearly all of them."""
_MOST_MASKS = 48
"""Conditions whose answer is kept: a bit for each customer."""
_EVERYBODY = "SELECT customer_id AS id FROM customer_summary"


class Columns:
    """A book's columns. Ask inside `reading()` only: everything in one block is of the same moment."""

    def __init__(self, book: Book) -> None:
        # Kept by the book (columns_of), which must not be kept by them.
        self._of = ref(book)
        self._lock = threading.RLock()
        self._most = MOST_BYTES
        self._mark: Mark | None = None
        self._kept: dict[tuple[str, ...], tuple[Column, frozenset[str]]] = {}
        self._asked: dict[tuple[str, ...], int] = {}
        self._turn = 0
        self._used: dict[tuple[str, ...], frozenset[str]] = {}
        self._masks: OrderedDict[Hashable, tuple[npt.NDArray[np.uint8], frozenset[str]]] = OrderedDict()
        self._progress: Progress = SILENT
        self.ids: Ids = np.zeros(0, np.int32)
        """The ids of all customers in order: place i of every column is the customer `ids[i]`."""

    @contextmanager
    def reading(self, progress: Progress = SILENT) -> Iterator[Columns]:
        """Brings the columns up to date and keeps the book's moment for the block. Raises Cancelled."""
        db = self._book.db
        with self._lock, nullcontext() if db.in_transaction() else db.trial():
            self._progress, self._used = progress, {}
            try:
                self._catch_up()
                yield self
            finally:
                self._progress, self._used = SILENT, {}
                self._make_room()

    @property
    def _book(self) -> Book:
        book = self._of()
        assert book is not None
        return book

    def hold(self, most: int) -> None:
        """Let the columns that are not being used hold so many bytes from now on."""
        with self._lock:
            self._most = most
            self._make_room()

    @property
    def nbytes(self) -> int:
        """Bytes held by all columns."""
        return sum(column.nbytes for column, _ in self._kept.values())

    def mask(self, key: Hashable, beside: Iterable[str], answer: Callable[[], Mask]) -> Mask:
        """The answer to one question, known from the last time if nothing changed that it came from.

        `beside` are tables that it hangs on besides those of the columns that `answer` uses.
        """
        known = self._masks.get(key)
        if known is None:
            before, self._used = self._used, {}
            found = answer()
            tables = frozenset().union(beside, *self._used.values())
            self._used = before | self._used
            known = self._masks[key] = (np.packbits(found), tables)
            if len(self._masks) > _MOST_MASKS:
                self._masks.popitem(last=False)
        self._masks.move_to_end(key)
        return np.unpackbits(known[0], count=len(self.ids)).view(np.bool_)

    # -- columns

    def figures(self, sql: str) -> Figures:
        """Whole numbers by SQL over `customer AS c` or `customer_summary AS s`."""
        return self._column(("figures", sql), Figures, tables_of(sql), lambda: self._reader.figures(sql))

    def coded(self, sql: str) -> Coded:
        """Texts as they are kept, by SQL over `customer AS c`; none is ""."""
        return self._column(("coded", sql), Coded, tables_of(sql), lambda: self._coded(sql))

    def _coded(self, sql: str) -> Coded:
        found = self._reader.coded(sql)
        assert found is not None
        return found

    def texts(self, sql: str) -> Coded | LongText:
        """Folded texts by SQL over `customer AS c`, for comparing; none is ""."""
        key, tables = ("texts", sql), tables_of(sql)
        if key not in self._kept:
            coded = self._reader.coded(sql, folded=True, most=MOST_WORDS)
            self._kept[key] = (coded or self._reader.long_text(sql), tables)
        found = self._use(key)
        assert isinstance(found, (Coded, LongText))
        return found

    def points(self, kind: str) -> LongText:
        """The contact points of a kind, folded."""
        tables = frozenset({"contact_point", "customer"})
        return self._column(("points", kind), LongText, tables, lambda: self._reader.points(kind))

    def pairs(self, kind: str, of: str | int) -> Pairs:
        """Who has a tag, bought a product or through a channel, agreed to or refused a purpose."""
        _, tables = PAIRS[kind]
        key = ("pairs", kind, str(of))
        return self._column(key, Pairs, frozenset(tables), lambda: self._reader.pairs(kind, of))

    def knows(self, key: tuple[str, ...]) -> bool:
        """Whether a column of that key is held."""
        return key in self._kept

    def order(self, key: tuple[str, ...], tables: frozenset[str], read: Callable[[], Order]) -> Order:
        """An order of everybody, which hangs on some tables; it is put together anew when they change."""
        return self._column(key, Order, tables, read)

    def places(self, ids: Sequence[int] | Ids) -> Places:
        """Where customers stand in every column; all must be there."""
        return self._reader.places(ids)

    @property
    def _reader(self) -> Reader:
        return Reader(self._book, self.ids, self._progress)

    def _column(
        self, key: tuple[str, ...], kind: type[C], tables: frozenset[str], read: Callable[[], C]
    ) -> C:
        if key not in self._kept:
            self._kept[key] = (read(), tables)
        found = self._use(key)
        assert isinstance(found, kind)
        return found

    def _use(self, key: tuple[str, ...]) -> Column:
        self._turn += 1
        self._asked[key] = self._turn
        column, self._used[key] = self._kept[key]
        self._make_room()
        return column

    def _make_room(self) -> None:
        """Lets go of what is large and was not asked for in a long time, and is not being used."""
        held = self.nbytes
        spare = {key: column.nbytes for key, (column, _) in self._kept.items() if key not in self._used}
        while held > self._most and spare:
            # One large column makes room for many that would take as long to read again.
            gone = max(spare, key=lambda key: spare[key] * (self._turn - self._asked.get(key, 0)))
            held -= spare.pop(gone)
            del self._kept[gone]

    # -- keeping in step

    def _catch_up(self) -> None:
        now = mark_now(self._book)
        if self._mark == now:
            return
        touched = touched_since(self._book, self._mark, now) if self._mark else None
        if touched is None or touched.customers is None:
            self._kept.clear()
            self._masks.clear()
            self.ids = _narrow(np.sort(np.frombuffer(id_list(self._book, _EVERYBODY), np.int64)))
        elif touched.tables:
            self._mend(touched.tables, touched.customers)
        self._mark = now

    def _mend(self, tables: frozenset[str], customers: frozenset[int]) -> None:
        if "customer" in tables:
            self._stay_or_go(customers)
        for question, (_, hangs_on) in list(self._masks.items()):
            if not hangs_on.isdisjoint(tables):
                del self._masks[question]
        there = sorted(customers.intersection(self.ids[np.isin(self.ids, list(customers))].tolist()))
        at = self.places(there)
        for key, (column, of) in list(self._kept.items()):
            if of.isdisjoint(tables):
                continue
            if isinstance(column, (LongText, Order)):
                del self._kept[key]
            elif there:
                self._patch(key, column, there, at)

    def _patch(self, key: tuple[str, ...], column: Column, there: list[int], at: Places) -> None:
        which = f"IN ({', '.join(map(str, there))})"
        if isinstance(column, Figures):
            column.patch(at, self._reader.some_figures(key[1], which))
        elif isinstance(column, Coded):
            texts = self._reader.some_texts(key[1], which)
            column.patch(at, [fold(text) for text in texts] if key[0] == "texts" else texts)
        elif isinstance(column, Pairs):
            column.patch(at, self._reader.pairs(key[1], key[2], there))

    def _stay_or_go(self, customers: frozenset[int]) -> None:
        """Takes customers in and out of every column."""
        marks = ", ".join(map(str, customers)) or "NULL"
        there = {row for (row,) in self._book.rows(f"SELECT id FROM customer WHERE id IN ({marks})")}
        known = set(self.ids[np.isin(self.ids, list(customers))].tolist())
        if there != known:
            self._masks.clear()
            before = self.ids
            stay = before[~np.isin(before, list(known - there))]
            self.ids = _narrow(np.union1d(stay, np.array(sorted(there - known), np.int64)))
            places = np.where(np.isin(before, self.ids), self.places(before), -1)
            for key, (column, of) in list(self._kept.items()):
                if isinstance(column, (LongText, Order)):
                    del self._kept[key]
                else:
                    self._kept[key] = (column.moved(places, len(self.ids)), of)


def _narrow(ids: npt.NDArray[np.int64]) -> Ids:
    return ids.astype(np.int32) if not len(ids) or ids[-1] < 1 << 31 else ids


_OF: WeakKeyDictionary[Book, Columns] = WeakKeyDictionary()


def columns_of(book: Book) -> Columns:
    """The columns of a book, the same for everybody who asks."""
    if book not in _OF:
        _OF[book] = Columns(book)
    return _OF[book]
