"""What complaints say, as one text in memory: a word is found among hundreds of thousands in milliseconds."""

from __future__ import annotations

import re
import threading
from contextlib import nullcontext
from weakref import WeakKeyDictionary, ref

import numpy as np
import numpy.typing as npt

from desktop.models.book import Book
from desktop.queries.column_changes import Mark, lines_since, mark_now
from desktop.queries.complaint_filter import WHOLE

Ints = npt.NDArray[np.int64]
_SHORT = 2
"""Bytes of what stands in nearly every complaint, and many times."""
_MOST_MENDED = 2000


class ComplaintTexts:
    """The texts of one book's complaints, small letters for capitals. Ask from any thread."""

    def __init__(self, book: Book) -> None:
        # Kept by the book, which must not be kept by them.
        self._of = ref(book)
        self._lock = threading.Lock()
        self._mark: Mark | None = None
        self._blob = b""
        self._ids: Ints = np.zeros(0, np.int64)
        self._starts: Ints = np.zeros(0, np.int64)
        self._mended: dict[int, bytes] = {}
        """The complaints changed since all were read, b"" for those gone."""

    def find(self, typed: str) -> Ints:
        """The ids of the complaints that say what was typed, in no order."""
        book = self._of()
        assert book is not None
        needle = _small(typed)
        with self._lock:
            with nullcontext() if book.db.in_transaction() else book.db.trial():
                self._catch_up(book)
            found = self._ids[self._places(needle)]
            if not self._mended:
                return found
            touched = np.fromiter(self._mended, np.int64, len(self._mended))
            also = [row for row, said in self._mended.items() if said and needle in said]
            return np.concatenate((found[~np.isin(found, touched)], np.array(also, np.int64)))

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return len(self._blob) + int(self._ids.nbytes) + int(self._starts.nbytes)

    def _places(self, needle: bytes) -> Ints:
        blob, starts = self._blob, self._starts
        if len(needle) > _SHORT:
            hits = [match.start() for match in re.finditer(re.escape(needle), blob)]
            return np.unique(np.searchsorted(starts, np.array(hits, np.int64), side="right") - 1)
        # A short one stands in nearly every text: from one to the next text, not from hit to hit.
        edges = [*starts.tolist(), len(blob) + 1]
        places = [
            place
            for place in range(len(starts))
            if blob.find(needle, edges[place], edges[place + 1] - 1) >= 0
        ]
        return np.array(places, np.int64)

    def _catch_up(self, book: Book) -> None:
        mark = mark_now(book)
        if mark == self._mark:
            return
        lines = lines_since(book, self._mark, mark) if self._mark is not None else None
        touched = {
            row
            for line in lines or ()
            if line.table == "complaint"
            for row in range(line.first, line.last + 1)
        }
        if lines is None or len(self._mended.keys() | touched) > _MOST_MENDED:
            self._read(book)
        elif touched:
            among = ", ".join(map(str, touched))
            rows = dict(book.rows(f"SELECT id, {WHOLE} FROM complaint WHERE id IN ({among})"))
            self._mended.update({row: _small(rows.get(row, "")) for row in touched})
        self._mark = mark

    def _read(self, book: Book) -> None:
        rows = book.rows(f"SELECT id, {WHOLE} FROM complaint ORDER BY id")
        texts = [_small(text) for _, text in rows]
        self._ids = np.fromiter((row for row, _ in rows), np.int64, len(rows))
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        self._starts = np.cumsum(lengths + 1) - lengths - 1
        self._blob = b"\n".join(texts)
        self._mended = {}


def _small(text: str) -> bytes:
    """As LIKE compares: capitals without marks are as their small letters, nothing else is."""
    return text.encode("utf-8", "surrogatepass").lower()


_OF: WeakKeyDictionary[Book, ComplaintTexts] = WeakKeyDictionary()


def complaint_texts(book: Book) -> ComplaintTexts:
    """The texts of a book's complaints, read when something is first looked for."""
    if book not in _OF:
        _OF[book] = ComplaintTexts(book)
    return _OF[book]
