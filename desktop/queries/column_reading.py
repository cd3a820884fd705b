"""Reading columns out of the tables: whole, or for some customers."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop.core.folding import fold
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.column_kinds import BLANK, Coded, Figures, LongText, Pairs, Places
from desktop.queries.promotions import WITHHELD

Ids = npt.NDArray[np.int64] | npt.NDArray[np.int32]

_PIECE = 50_000
"""Customers read at a time: what is under way stays small, and can be stopped."""
_PARSED = 300_000
"""Characters turned into numbers at a time."""
_PART = "\x1e"
"""Between texts that come together; where a text holds one itself, it becomes a space."""
SUMMED = frozenset(
    {"orders", "rating", "complaint", "promise", "interaction", "service_case", "points_entry", "customer"}
)
"""The tables that customer_summary is made from."""
_OF_CUSTOMER = re.compile(r"\bc\.[a-z_]")
PAIRS: Mapping[str, tuple[str, set[str]]] = {
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
    "withheld": (
        "SELECT customer_id, 0 FROM privacy_request AS r "
        f"WHERE kind = :of AND {WITHHELD}",
        {"privacy_request", "consent"},
    ),
}  # fmt: skip

_FROM_CUSTOMERS = {
    "channel": "SELECT customer_id, day FROM orders WHERE +channel = :of AND purchase = 1",
    "product": (
        "SELECT o.customer_id, o.day FROM orders AS o CROSS JOIN order_line AS l ON l.order_id = o.id "
        "WHERE +l.product_id = :of AND o.purchase = 1"
    ),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads columns for the customers `ids`, which are all there are, in order."""

    book: Book
    ids: Ids
    progress: Progress = SILENT

    def places(self, ids: Sequence[int] | Ids) -> Places:
        """Where customers stand in every column; all must be there."""
        return np.searchsorted(self.ids, np.asarray(ids, self.ids.dtype))

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """First and last id of some customers after the other."""
        for start in range(0, len(self.ids), _PIECE):
            self.progress.check()
            piece = self.ids[start : start + _PIECE]
            yield int(piece[0]), int(piece[-1])

    def figures(self, sql: str) -> Figures:
        """Whole numbers by SQL over `customer AS c` or `customer_summary AS s`."""
        parts = [self.some_figures(sql, "BETWEEN ? AND ?", piece) for piece in self._pieces()]
        values = np.concatenate(parts) if parts else np.zeros(0, np.int64)
        self._check_length(len(values))
        return Figures(values)

    def some_figures(self, sql: str, which: str, params: Sequence[int] = ()) -> npt.NDArray[np.int64]:
        """The numbers of the customers whose id is `which` (BETWEEN … or IN …), in order of their ids."""
        table, key = _source(sql)
        return numbers(self.book, [sql], f"{table} WHERE {key} {which} ORDER BY {key}", params)[:, 0]

    def some_texts(self, sql: str, which: str, params: Sequence[int] = ()) -> list[str]:
        """As `some_figures`, texts."""
        table, key = _source(sql)
        return texts(self.book, sql, f"{table} WHERE {key} {which} ORDER BY {key}", params)

    def coded(self, sql: str, *, folded: bool = False, most: int | None = None) -> Coded | None:
        """A Coded column; None when there are more different words than `most`."""
        numbers: dict[str, int] = {}
        said: dict[str, int] = {}
        codes = array("i")
        for piece in self._pieces():
            texts = self.some_texts(sql, "BETWEEN ? AND ?", piece)
            for text in set(texts) - said.keys():
                said[text] = numbers.setdefault(fold(text) if folded else text, len(numbers))
            if most is not None and len(numbers) > most:
                return None
            codes.extend(map(said.__getitem__, texts))
        self._check_length(len(codes))
        return Coded(np.array(codes, np.int32), list(numbers) or [""])

    def long_text(self, sql: str) -> LongText:
        """Folded texts, nearly all of them different."""
        made, count = bytearray(b"\n"), 0
        for piece in self._pieces():
            texts = self.some_texts(sql, "BETWEEN ? AND ?", piece)
            count += len(texts)
            made += "".join(fold(text) + "\n" for text in texts).encode()
        self._check_length(count)
        return LongText(bytes(made), None, count)

    def points(self, kind: str) -> LongText:
        """The contact points of a kind, folded."""
        made, counts = bytearray(b"\n"), np.zeros(len(self.ids), np.int64)
        for piece in self._pieces():
            ids, texts = self.book.row(
                "SELECT group_concat(customer_id), group_concat(norm, ?1) FROM ("
                "SELECT customer_id, replace(norm, ?1, ' ') AS norm FROM contact_point "
                "WHERE customer_id BETWEEN ?2 AND ?3 AND kind = ?4 ORDER BY customer_id, id)",
                (_PART, *piece, kind),
            )
            if ids:
                owners, times = np.unique(self.places(_parsed(ids)), return_counts=True)
                counts[owners] = times
                made += "".join(fold(text) + "\n" for text in texts.split(_PART)).encode()
        return LongText(bytes(made), Figures(counts), len(self.ids))

    def pairs(self, kind: str, of: str | int, only: Sequence[int] = ()) -> Pairs:
        """Who has something (a kind of PAIRS), among all or only some."""
        sql, _ = PAIRS[kind]
        if only:
            # From the customers to what they have: the other way would walk everything of the kind.
            who = "o.customer_id" if kind == "product" else "customer_id"
            sql = _FROM_CUSTOMERS.get(kind, sql) + f" AND {who} IN ({', '.join(map(str, only))})"
        ids, days = self.book.row(
            f"SELECT group_concat(a), group_concat(b) FROM (SELECT 0 AS a, 0 AS b WHERE 0 UNION ALL {sql})",
            {"of": int(of) if kind in ("tag", "product") else of},
        )
        self.progress.check()
        rows = self.places(_parsed(ids or "")).astype(np.int32)
        dated = kind in ("product", "channel")
        return Pairs(rows, _parsed(days or "") if dated else None)

    def _check_length(self, count: int) -> None:
        if count != len(self.ids):
            msg = f"a column has {count} places for {len(self.ids)} customers"
            raise RuntimeError(msg)


def numbers(
    book: Book, columns: Sequence[str], source: str, params: Sequence[int] = ()
) -> npt.NDArray[np.int64]:
    """Whole numbers by SQL over a source, a row for each of its rows; BLANK for none.

    `source` is what follows FROM, with its condition and order.
    """
    row = " || ',' || ".join(f"coalesce({column}, {BLANK})" for column in columns)
    text = book.value(f"SELECT group_concat(x) FROM (SELECT {row} AS x FROM {source})", params)
    return _parsed(text or "").reshape(-1, len(columns))


def texts(book: Book, column: str, source: str, params: Sequence[int] = ()) -> list[str]:
    """As `numbers`, one column of texts; none is ""."""
    # A mark before each: a group of one empty text is not the same as no group.
    part = f"'{_PART}' || replace(coalesce({column}, ''), '{_PART}', ' ')"
    text = book.value(f"SELECT group_concat(x, '') FROM (SELECT {part} AS x FROM {source})", params)
    return str(text).split(_PART)[1:] if text else []


def tables_of(sql: str) -> frozenset[str]:
    """The tables on which an expression hangs."""
    return frozenset({"customer"}) if _OF_CUSTOMER.search(sql) else SUMMED


def _source(sql: str) -> tuple[str, str]:
    """The table that an expression is over, and the column of the customer's id."""
    if tables_of(sql) is SUMMED:
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
