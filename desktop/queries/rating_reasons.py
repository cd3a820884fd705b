"""The reasons given with ratings, kept as numbers in memory and mended from the journal."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from desktop.core.rating_reasons import split
from desktop.models.book import Book
from desktop.queries.column_changes import Mark, lines_since, mark_now
from desktop.queries.column_reading import numbers, texts

Ints = NDArray[np.int64]


@dataclass
class _Kept:
    """Which ratings give which reasons, as they are written: `code` numbers `said`; 0 is none."""

    mark: Mark
    ids: Ints
    code: Ints
    said: dict[str, int]
    titles: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class Namings:
    """Each reason of each rating once: two arrays of one length, `rating` ids and numbers of `titles`."""

    rating: Ints
    title: Ints
    titles: tuple[str, ...]


_OF: WeakKeyDictionary[Book, _Kept] = WeakKeyDictionary()
_LOCK = threading.RLock()


def namings(book: Book, ids: Ints) -> Namings:
    """The reasons of some ratings (ids, ascending); those that are gone by now give none."""
    with _LOCK:
        kept = _kept(book)
        at = np.minimum(np.searchsorted(kept.ids, ids), max(kept.ids.size - 1, 0))
        known = kept.ids[at] == ids if kept.ids.size else np.zeros(ids.size, np.bool_)
        ids, code = ids[known], kept.code[at[known]]
        for text in list(kept.said)[len(kept.titles) :]:
            kept.titles.append(tuple(split(text)))
        ids, code = ids[code > 0], code[code > 0]
        # Each way of naming several is taken apart once, however many ratings share it.
        numbers_of: dict[str, int] = {}
        listed = [
            [numbers_of.setdefault(title, len(numbers_of)) for title in titles] for titles in kept.titles
        ]
        times = np.array([len(one) for one in listed], np.int64)
        starts = np.cumsum(times) - times
        flat = np.array([one for some in listed for one in some], np.int64)
        each = times[code]
        rating = np.repeat(ids, each)
        within = np.arange(rating.size) - np.repeat(np.cumsum(each) - each, each)
        return Namings(rating, flat[np.repeat(starts[code], each) + within], tuple(numbers_of))


def _kept(book: Book) -> _Kept:
    with nullcontext() if book.db.in_transaction() else book.db.trial():
        mark = mark_now(book)
        kept = _OF.get(book)
        if kept is not None and kept.mark != mark:
            lines = lines_since(book, kept.mark, mark)
            touched = [line for line in lines or () if line.table == "rating"]
            if lines is None:
                kept = None
            elif touched:
                _mend(
                    book, kept, sorted({row for line in touched for row in range(line.first, line.last + 1)})
                )
            if kept is not None:
                kept.mark = mark
        if kept is None:
            said = {"": 0}
            kept = _Kept(mark, *_read(book, "reasons <> ''", said), said)
        _OF[book] = kept
        return kept


def _mend(book: Book, kept: _Kept, touched: list[int]) -> None:
    which = f"id IN ({', '.join(map(str, touched))}) AND reasons <> ''"
    ids, code = _read(book, which, kept.said)
    stay = ~np.isin(kept.ids, touched)
    ids, code = np.concatenate((kept.ids[stay], ids)), np.concatenate((kept.code[stay], code))
    order = np.argsort(ids, kind="stable")
    kept.ids, kept.code = ids[order], code[order]


def _read(book: Book, which: str, said: dict[str, int]) -> tuple[Ints, Ints]:
    source = f"rating WHERE {which} ORDER BY id"
    found = texts(book, "reasons", source)
    codes = np.fromiter((said.setdefault(text, len(said)) for text in found), np.int64, len(found))
    return numbers(book, ["id"], source)[:, 0].copy(), codes
