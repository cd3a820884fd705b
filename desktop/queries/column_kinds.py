"""Columns of a large table in memory, each in the leanest form that answers what is asked of it.

A column has one place for each customer, in the order of their ids. `moved(places)` gives the same column
after customers came or went: `places[i]` is where the i-th customer stands now, -1 if they are gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]
Places = npt.NDArray[np.int64]

BLANK = np.iinfo(np.int64).min
MOST_WORDS = 65_535
"""Different texts that a dictionary is made of; a column with more is kept as one long text."""


class Figures:
    """Whole numbers in the smallest type for how far they lie from `base`; its least stands for none.

    Where nearly all are the same, only the others are kept, with their places.
    """

    def __init__(self, values: npt.NDArray[np.int64]) -> None:
        self._keep(values)

    def _keep(self, values: npt.NDArray[np.int64]) -> None:
        dense, self.base = _small(values)
        self._settle(dense)

    def _settle(self, dense: Numbers) -> None:
        self._count = len(dense)
        self._usual = dense.dtype.type(dense[len(dense) // 2]) if len(dense) else 0
        others = np.flatnonzero(dense != self._usual)
        self._at: npt.NDArray[np.int32] | None = None
        if len(others) * (4 + dense.itemsize) < dense.nbytes / 2:
            self._at, dense = others.astype(np.int32), dense[others]
        self._held: Numbers = dense

    @property
    def values(self) -> Numbers:
        """The numbers, less `base`."""
        if self._at is None:
            return self._held
        whole = np.full(self._count, self._usual, self._held.dtype)
        whole[self._at] = self._held
        return whole

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self._held.nbytes) + (0 if self._at is None else int(self._at.nbytes))

    def known(self) -> Mask:
        """Who has one at all."""
        return np.not_equal(self.values, np.iinfo(self._held.dtype).min)

    def wide(self) -> npt.NDArray[np.int64]:
        """The numbers in full, BLANK for none."""
        values = self.values
        none = values == np.iinfo(values.dtype).min
        return np.where(none, BLANK, values.astype(np.int64) + self.base)

    def patch(self, at: Places, values: npt.NDArray[np.int64]) -> None:
        """Put other numbers at some places."""
        limits = np.iinfo(self._held.dtype)
        near = values[values != BLANK] - self.base
        if ((near > limits.min) & (near <= limits.max)).all():
            dense = self.values
            dense[at] = np.where(values == BLANK, limits.min, values - self.base)
            if self._at is not None:
                self._settle(dense)
        else:
            whole = self.wide()
            whole[at] = values
            self._keep(whole)

    def moved(self, places: Places, count: int) -> Figures:
        """As the module says; new customers have none yet."""
        values = np.full(count, BLANK, np.int64)
        values[places[places >= 0]] = self.wide()[places >= 0]
        return Figures(values)


def _small(values: npt.NDArray[np.int64]) -> tuple[Numbers, int]:
    """The numbers in as few bytes as will do, BLANK as the least of the type; and what to add to them."""
    known = values[values != BLANK]
    low, high = (int(known.min()), int(known.max())) if len(known) else (0, 0)
    for kind in (np.int8, np.int16, np.int32):
        limits = np.iinfo(kind)
        # Days lie far from nothing and near to one another.
        base = 0 if limits.min < low and high <= limits.max else (low + high) // 2
        if limits.min < low - base and high - base <= limits.max:
            return np.where(values == BLANK, limits.min, values - base).astype(kind), base
    return values, 0


class Coded:
    """Texts of which many are the same: a number for each customer into a list of words."""

    def __init__(self, codes: npt.NDArray[np.int32], words: list[str]) -> None:
        self.words = words
        self._numbers = {word: number for number, word in enumerate(words)}
        self.codes: Numbers = codes
        self._fit()
        self._tables: dict[str, tuple[object, Numbers]] = {}

    @property
    def nbytes(self) -> int:
        """Bytes held, about."""
        return int(self.codes.nbytes) + 120 * len(self.words)

    def holds(self, test: Callable[[str], bool]) -> Mask:
        """Where the text passes a test, which each different one takes once."""
        table = np.fromiter(map(test, self.words), np.bool_, len(self.words))
        return table[self.codes]

    def figures(self, name: str, read: Callable[[str], float | None], day: object = None) -> Numbers:
        """What the texts say as numbers, NaN for none; kept under a name for as long as `day` is the same."""
        known = self._tables.get(name)
        if known is None or known[0] != day or len(known[1]) != len(self.words):
            values = (read(word) for word in self.words)
            table = np.fromiter((np.nan if v is None else v for v in values), np.float64, len(self.words))
            known = self._tables[name] = (day, table)
        return known[1][self.codes]

    def patch(self, at: Places, texts: Sequence[str]) -> None:
        """Put other texts at some places."""
        codes = []
        for text in texts:
            if text not in self._numbers:
                self._numbers[text] = len(self.words)
                self.words.append(text)
            codes.append(self._numbers[text])
        self._fit()
        self.codes[at] = codes

    def _fit(self) -> None:
        few = len(self.words)
        kind = np.uint8 if few <= 256 else np.uint16 if few <= 65_536 else np.int32
        if self.codes.dtype != kind:
            self.codes = self.codes.astype(kind)

    def moved(self, places: Places, count: int) -> Coded:
        """As the module says; new customers get the first word until they are patched."""
        codes = np.zeros(count, np.int32)
        codes[places[places >= 0]] = self.codes[places >= 0]
        return Coded(codes, self.words)


class LongText:
    """Texts that are nearly all different, and any number for each customer, as one text of lines."""

    def __init__(self, text: bytes, counts: Figures | None, count: int) -> None:
        """`text` is "\n" before each line and at the end; each customer has a line, or `counts` of them."""
        self._bytes = np.frombuffer(text, np.uint8)
        self._counts = counts
        self._count = count
        self._often = np.bincount(self._bytes[:100_000], minlength=256)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self._bytes.nbytes) + (0 if self._counts is None else int(self._counts.nbytes))

    def find(self, text: str) -> Mask:
        """Who has a line in which a text stands; a line break in it is the beginning or end of a line."""
        wanted = np.frombuffer(text.encode(), np.uint8)
        last = len(self._bytes) - len(wanted)
        # Where the rarest of its bytes stands, and there the others: whole columns at a time.
        order = np.argsort(self._often[wanted], kind="stable").tolist()
        at = np.flatnonzero(self._bytes == wanted[order[0]]) - order[0]
        at = at[(at >= 0) & (at <= last)]
        for step in order[1:]:
            at = at[self._bytes[at + step] == wanted[step]]
        found = np.zeros(self._count, np.bool_)
        if len(at):
            ends = np.flatnonzero(self._bytes == ord("\n"))[1:]
            # A leading line break belongs to the line that it begins.
            lines = np.searchsorted(ends, at + (1 if text.startswith("\n") else 0))
            found[lines if self._counts is None else self._owners(self._counts)[lines]] = True
        return found

    def filled(self) -> Mask:
        """Who has a line that is not empty."""
        if self._counts is not None:
            return np.greater(self._counts.wide(), 0)
        breaks = np.flatnonzero(self._bytes == ord("\n"))
        return np.greater(np.diff(breaks), 1)

    def _owners(self, counts: Figures) -> npt.NDArray[np.int32]:
        """The customer of each line."""
        return np.repeat(np.arange(self._count, dtype=np.int32), counts.wide())


class Pairs:
    """Who has a certain thing, and the day of each time where there is one: a customer's place and a day."""

    def __init__(self, rows: npt.NDArray[np.int32], days: npt.NDArray[np.int64] | None) -> None:
        self.rows = rows
        self._days = None if days is None else _small(days)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self.rows.nbytes) + (0 if self._days is None else int(self._days[0].nbytes))

    def mark(self, found: Mask, low: int | None, high: int | None) -> None:
        """Set the place of everybody who has it on a day between two, bounds included."""
        rows = self.rows
        if self._days is not None and (low is not None or high is not None):
            days, base = self._days
            fits = np.ones(len(rows), np.bool_)
            if low is not None:
                fits &= days >= low - base
            if high is not None:
                fits &= days <= high - base
            rows = rows[fits]
        found[rows] = True

    def patch(self, at: Places, fresh: Pairs) -> None:
        """Forget what is known of some customers, and know what `fresh` says of them."""
        stays = ~np.isin(self.rows, at)
        self.rows = np.concatenate((self.rows[stays], fresh.rows))
        if self._days is not None and fresh._days is not None:
            kept, base = self._days
            more, other = fresh._days
            self._days = _small(
                np.concatenate((kept[stays].astype(np.int64) + base, more.astype(np.int64) + other))
            )

    def moved(self, places: Places, count: int) -> Pairs:
        """As the module says."""
        rows = places[self.rows].astype(np.int32)
        stays = rows >= 0
        days = None if self._days is None else self._days[0][stays].astype(np.int64) + self._days[1]
        return Pairs(rows[stays], days)


class Order:
    """Everybody's place in one of the list's orders, the first first."""

    def __init__(self, places: npt.NDArray[np.int32]) -> None:
        self.places = places

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self.places.nbytes)
