"""The customers of a book as columns in memory, read when first asked for and kept in step with the book.

Two conditions over a million customers are two comparisons of arrays, where the tables would have to be
walked for each. A column is read once (tenths of a second), costs one to eight bytes a customer, and is
mended from the journal when a few customers change.
"""

from __future__ import annotations

import re
import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, ref

import numpy as np
import numpy.typing as npt

from desktop.core.folding import fold
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.queries.column_changes import Mark, mark_now, touched_since
from desktop.queries.column_kinds import (
    BLANK,
    MOST_WORDS,
    Coded,
    Figures,
    LongText,
    Mask,
    Order,
    Pairs,
    Places,
)

Column = Figures | Coded | LongText | Pairs | Order
Ids = npt.NDArray[np.int64] | npt.NDArray[np.int32]
C = TypeVar("C", Figures, Coded, LongText, Pairs, Order)

MOST_BYTES = 32_000_000
"""What the columns that are not being used may hold: ten to twenty of them over a million customers."""
MOST_WHILE_ASKED = 100_000_000
"""What they may hold while somebody is trying out conditions: nearly all of them."""
_MOST_MASKS = 48
"""Conditions whose answer is kept: a bit for each customer."""
_PIECE = 50_000
"""Customers read at a time: what is under way stays small, and can be stopped."""
_PARSED = 300_000
"""Characters turned into numbers at a time."""
_PART = "\x1e"
"""Between texts that come together; it stands in no text that a person wrote."""
_SUMMED = frozenset(
    {"orders", "rating", "complaint", "interaction", "service_case", "points_entry", "customer"}
)

_OF_CUSTOMER = re.compile(r"\bc\.[a-z_]")
_PAIRS = {
    "tag": ("SELECT customer_id, 0 FROM customer_tag WHERE tag_id = :of", {"customer_tag"}),
    "tagged": ("SELECT DISTINCT customer_id, 0 FROM customer_tag WHERE :of = :of", {"customer_tag"}),
    "channel": (
        "SELECT customer_id, day FROM orders "
        "WHERE channel = :of AND purchase = 1 AND customer_id IS NOT NULL",
        {"orders"},
    ),
    "product": (
        "SELECT o.customer_id AS customer_id, o.day AS day FROM order_line AS l "
        "CROSS JOIN orders AS o ON o.id = l.order_id "
        "WHERE l.product_id = :of AND o.purchase = 1 AND o.customer_id IS NOT NULL",
        {"orders", "order_line"},
    ),
    **{
        name: (
            f"SELECT customer_id, 0 FROM consent AS n WHERE purpose = :of AND given = {given} "
            "AND NOT EXISTS (SELECT 1 FROM consent AS m WHERE m.customer_id = n.customer_id "
            "AND m.purpose = n.purpose AND (m.at > n.at OR (m.at = n.at AND m.id > n.id)))",
            {"consent"},
        )
        for name, given in (("consent", 1), ("refusal", 0))
    },
}  # fmt: skip

_FROM_CUSTOMERS = {
    "channel": "SELECT customer_id, day FROM orders WHERE +channel = :of AND purchase = 1",
    "product": (
        "SELECT o.customer_id, o.day FROM orders AS o CROSS JOIN order_line AS l ON l.order_id = o.id "
        "WHERE +l.product_id = :of AND o.purchase = 1"
    ),
}


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
        return self._column(("figures", sql), Figures, _tables(sql), lambda: self._read_figures(sql))

    def coded(self, sql: str) -> Coded:
        """Texts as they are kept, by SQL over `customer AS c`; none is ""."""
        return self._column(("coded", sql), Coded, _tables(sql), lambda: self._read_coded(sql))

    def texts(self, sql: str) -> Coded | LongText:
        """Folded texts by SQL over `customer AS c`, for comparing; none is ""."""
        key, tables = ("texts", sql), _tables(sql)
        if key not in self._kept:
            coded = self._read_coded(sql, folded=True, most=MOST_WORDS)
            self._kept[key] = (coded or self._read_long(sql), tables)
        found = self._use(key)
        assert isinstance(found, (Coded, LongText))
        return found

    def points(self, kind: str) -> LongText:
        """The contact points of a kind, folded."""
        tables = frozenset({"contact_point", "customer"})
        return self._column(("points", kind), LongText, tables, lambda: self._read_points(kind))

    def pairs(self, kind: str, of: str | int) -> Pairs:
        """Who has a tag, bought a product or through a channel, agreed to or refused a purpose."""
        _, tables = _PAIRS[kind]
        key = ("pairs", kind, str(of))
        return self._column(key, Pairs, frozenset(tables), lambda: self._read_pairs(kind, of))

    def knows(self, key: tuple[str, ...]) -> bool:
        """Whether a column of that key is held."""
        return key in self._kept

    def order(self, key: tuple[str, ...], read: Callable[[], Order]) -> Order:
        """An order of everybody; it hangs on names and figures alike."""
        return self._column(key, Order, _SUMMED, read)

    def places(self, ids: Sequence[int] | Ids) -> Places:
        """Where customers stand in every column; all must be there."""
        return np.searchsorted(self.ids, np.asarray(ids, self.ids.dtype))

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

    # -- reading

    def _ids(self, sql: str) -> npt.NDArray[np.int64]:
        """What a query selects as `id`, in its order."""
        return np.frombuffer(id_list(self._book, sql), np.int64)

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """First and last id of some customers after the other."""
        for start in range(0, len(self.ids), _PIECE):
            self._progress.check()
            piece = self.ids[start : start + _PIECE]
            yield int(piece[0]), int(piece[-1])

    def _read_figures(self, sql: str) -> Figures:
        parts = [self._some_figures(sql, "BETWEEN ? AND ?", piece) for piece in self._pieces()]
        values = np.concatenate(parts) if parts else np.zeros(0, np.int64)
        self._check_length(len(values))
        return Figures(values)

    def _some_figures(self, sql: str, which: str, params: Sequence[int]) -> npt.NDArray[np.int64]:
        table, key = _source(sql)
        text = self._book.value(
            f"SELECT group_concat(x) FROM (SELECT coalesce({sql}, {BLANK}) AS x FROM {table} "
            f"WHERE {key} {which} ORDER BY {key})",
            params,
        )
        return _parsed(text or "")

    def _some_texts(self, sql: str, which: str, params: Sequence[int]) -> list[str]:
        table, key = _source(sql)
        # A mark before each: a group of one empty text is not the same as no group.
        text = self._book.value(
            f"SELECT group_concat(x, '') FROM (SELECT '{_PART}' || coalesce({sql}, '') AS x FROM {table} "
            f"WHERE {key} {which} ORDER BY {key})",
            params,
        )
        return str(text).split(_PART)[1:] if text else []

    def _read_coded(self, sql: str, *, folded: bool = False, most: int | None = None) -> Any:
        """A Coded column; None when there are more different words than `most`."""
        numbers: dict[str, int] = {}
        said: dict[str, int] = {}
        codes = array("i")
        for piece in self._pieces():
            texts = self._some_texts(sql, "BETWEEN ? AND ?", piece)
            for text in set(texts) - said.keys():
                said[text] = numbers.setdefault(fold(text) if folded else text, len(numbers))
            if most is not None and len(numbers) > most:
                return None
            codes.extend(map(said.__getitem__, texts))
        self._check_length(len(codes))
        return Coded(np.array(codes, np.int32), list(numbers) or [""])

    def _read_long(self, sql: str) -> LongText:
        made, count = bytearray(b"\n"), 0
        for piece in self._pieces():
            texts = self._some_texts(sql, "BETWEEN ? AND ?", piece)
            count += len(texts)
            made += "".join(fold(text) + "\n" for text in texts).encode()
        self._check_length(count)
        return LongText(bytes(made), None, count)

    def _read_points(self, kind: str) -> LongText:
        made, counts = bytearray(b"\n"), np.zeros(len(self.ids), np.int64)
        for piece in self._pieces():
            ids, texts = self._book.row(
                "SELECT group_concat(customer_id), group_concat(norm, ?1) FROM (SELECT customer_id, norm "
                "FROM contact_point WHERE customer_id BETWEEN ?2 AND ?3 AND kind = ?4 "
                "ORDER BY customer_id, id)",
                (_PART, *piece, kind),
            )
            if ids:
                owners, times = np.unique(self.places(_parsed(ids)), return_counts=True)
                counts[owners] = times
                made += "".join(fold(text) + "\n" for text in texts.split(_PART)).encode()
        return LongText(bytes(made), Figures(counts), len(self.ids))

    def _read_pairs(self, kind: str, of: str | int, only: Sequence[int] = ()) -> Pairs:
        sql, _ = _PAIRS[kind]
        if only:
            # From the customers to what they have: the other way would walk everything of the kind.
            who = "o.customer_id" if kind == "product" else "customer_id"
            sql = _FROM_CUSTOMERS.get(kind, sql) + f" AND {who} IN ({', '.join(map(str, only))})"
        ids, days = self._book.row(
            f"SELECT group_concat(a), group_concat(b) FROM (SELECT 0 AS a, 0 AS b WHERE 0 UNION ALL {sql})",
            {"of": int(of) if kind in ("tag", "product") else of},
        )
        self._progress.check()
        rows = self.places(_parsed(ids or "")).astype(np.int32)
        dated = kind in ("product", "channel")
        return Pairs(rows, _parsed(days or "") if dated else None)

    def _check_length(self, count: int) -> None:
        if count != len(self.ids):
            msg = f"a column has {count} places for {len(self.ids)} customers"
            raise RuntimeError(msg)

    # -- keeping in step

    def _catch_up(self) -> None:
        now = mark_now(self._book)
        if self._mark == now:
            return
        touched = touched_since(self._book, self._mark, now) if self._mark else None
        if touched is None or touched.customers is None:
            self._kept.clear()
            self._masks.clear()
            self.ids = _narrow(np.sort(self._ids("SELECT customer_id AS id FROM customer_summary")))
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
            column.patch(at, self._some_figures(key[1], which, ()))
        elif isinstance(column, Coded):
            texts = self._some_texts(key[1], which, ())
            column.patch(at, [fold(text) for text in texts] if key[0] == "texts" else texts)
        elif isinstance(column, Pairs):
            column.patch(at, self._read_pairs(key[1], key[2], there))

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


def _tables(sql: str) -> frozenset[str]:
    """The tables on which an expression hangs."""
    return frozenset({"customer"}) if _OF_CUSTOMER.search(sql) else _SUMMED


def _source(sql: str) -> tuple[str, str]:
    """The table that an expression is over, and the column of the customer's id."""
    if _tables(sql) is _SUMMED:
        return "customer_summary AS s", "s.customer_id"
    return "customer AS c", "c.id"


def _parsed(text: str) -> npt.NDArray[np.int64]:
    """Numbers parted by commas; by parts, so that a busy window gets its turn in between."""
    parts, start = [np.zeros(0, np.int64)], 0
    while start < len(text):
        end = text.find(",", start + _PARSED)
        end = len(text) if end < 0 else end
        parts.append(np.fromstring(text[start:end], np.int64, sep=","))
        start = end + 1
    return np.concatenate(parts)


_OF: WeakKeyDictionary[Book, Columns] = WeakKeyDictionary()


def columns_of(book: Book) -> Columns:
    """The columns of a book, the same for everybody who asks."""
    if book not in _OF:
        _OF[book] = Columns(book)
    return _OF[book]
