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
    """Whole numbers in the smallest type for how far they lie from `base`; its least stands for none."""

    def __init__(self, values: npt.NDArray[np.int64]) -> None:
        self.values, self.base = _small(values)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self.values.nbytes)

    def known(self) -> Mask:
        """Who has one at all."""
        return np.not_equal(self.values, np.iinfo(self.values.dtype).min)

    def wide(self) -> npt.NDArray[np.int64]:
        """The numbers in full, BLANK for none."""
        return np.where(self.known(), self.values.astype(np.int64) + self.base, BLANK)

    def patch(self, at: Places, values: npt.NDArray[np.int64]) -> None:
        """Put other numbers at some places."""
        whole = self.wide()
        whole[at] = values
        self.values, self.base = _small(whole)

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

    def __init__(self, text: bytes, rows: npt.NDArray[np.int32] | None, count: int) -> None:
        """`text` is "\\n" before each line and at the end; line i is of customer i, or of `rows[i]`."""
        self._bytes = np.frombuffer(text, np.uint8)
        self._ends = np.flatnonzero(self._bytes == ord("\n"))[1:].astype(np.int32)
        self._rows = rows
        self._count = count
        self._often = np.bincount(self._bytes[:100_000], minlength=256)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self._bytes.nbytes + self._ends.nbytes + (0 if self._rows is None else self._rows.nbytes))

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
        # A leading line break belongs to the line that it begins.
        lines = np.searchsorted(self._ends, at + (1 if text.startswith("\n") else 0))
        found = np.zeros(self._count, np.bool_)
        found[lines if self._rows is None else self._rows[lines]] = True
        return found

    def filled(self) -> Mask:
        """Who has a line that is not empty."""
        if self._rows is None:
            starts = np.concatenate(([0], self._ends[:-1])) if len(self._ends) else self._ends
            return np.greater(self._ends - starts, 1)
        found = np.zeros(self._count, np.bool_)
        found[self._rows] = True
        return found


class Pairs:
    """Who has a certain thing, and the day of each time where there is one: a customer's place and a day."""

    def __init__(self, rows: npt.NDArray[np.int32], days: npt.NDArray[np.int32] | None) -> None:
        self.rows, self.days = rows, days

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self.rows.nbytes + (0 if self.days is None else self.days.nbytes))

    def mark(self, found: Mask, low: int | None, high: int | None) -> None:
        """Set the place of everybody who has it on a day between two, bounds included."""
        rows = self.rows
        if self.days is not None and (low is not None or high is not None):
            fits = np.ones(len(rows), np.bool_)
            if low is not None:
                fits &= self.days >= low
            if high is not None:
                fits &= self.days <= high
            rows = rows[fits]
        found[rows] = True

    def patch(self, at: Places, fresh: Pairs) -> None:
        """Forget what is known of some customers, and know what `fresh` says of them."""
        stays = ~np.isin(self.rows, at)
        self.rows = np.concatenate((self.rows[stays], fresh.rows))
        if self.days is not None and fresh.days is not None:
            self.days = np.concatenate((self.days[stays], fresh.days))

    def moved(self, places: Places, count: int) -> Pairs:
        """As the module says."""
        rows = places[self.rows].astype(np.int32)
        stays = rows >= 0
        return Pairs(rows[stays], None if self.days is None else self.days[stays])


class Order:
    """Everybody's place in one of the list's orders, the first first."""

    def __init__(self, places: npt.NDArray[np.int32]) -> None:
        self.places = places

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self.places.nbytes)
