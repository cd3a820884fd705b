"""Columns of codes and what is done to them as wholes: joined, filled down, picked from several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from desktop.core.text import clean_cell
from desktop.exchange.reading.table import Cell, cell_text
from desktop.exchange.values.reader import says_something

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_MOST_KEYS = 1 << 62
_FAMILY = ("last", "family", "surname", "姓")
_ADDRESSES = frozenset({"customer.address", "order.ship_to"})


@dataclass(slots=True)
class Cells:
    """A column: `values[codes[row]]` is a cell, None where there is nothing."""

    header: str
    field: str
    codes: Codes
    values: Sequence[Cell]
    origins: tuple[tuple[int, str], ...] = ()
    """Of a column made of several: from which code on its values are those of which header."""

    def holds(self, test: Callable[[str], bool]) -> Flags:
        """For each code whether its text passes a test."""
        texts = (test(cell_text(value)) for value in self.values)
        return np.fromiter(texts, np.bool_, len(self.values))

    def says(self) -> Flags:
        """For each code whether it says something: a blank, a dash, a masked value do not."""
        return np.fromiter(map(says_something, self.values), np.bool_, len(self.values))

    def taken(self, rows: Ints) -> Cells:
        """The same with those rows only."""
        return replace(self, codes=self.codes[rows])

    def extracted(self, field: str, value_of: Callable[[str], str | None]) -> Cells:
        """What is found within its texts, as a column of another field."""
        found: list[Cell] = [None if value is None else value_of(cell_text(value)) for value in self.values]
        return Cells(self.header, field, self.codes, found)

    def filled_down(self, where: Flags, starts: Flags | None) -> Cells:
        """Rows marked in `where` that say nothing take the last row above that does, not across a start."""
        places = np.arange(len(self.codes))
        said = self.says()[self.codes]
        last = np.maximum.accumulate(np.where(said, places, -1))
        if starts is not None:
            last = np.where(last >= np.maximum.accumulate(np.where(starts, places, 0)), last, -1)
        take = where & ~said & (last >= 0)
        codes = np.where(take, self.codes[last], self.codes).astype(np.int32)
        return replace(self, codes=codes)


def chosen(parts: Sequence[Cells | None], rows: Ints, which: Ints) -> Cells:
    """One column that takes each row from one of several: `which` of them, and of it which row."""
    first = next(part for part in parts if part is not None)
    values: list[Cell] = [None]
    codes = np.zeros(len(rows), np.int32)
    origins: list[tuple[int, str]] = []
    for place, part in enumerate(parts):
        if part is not None:
            here = which == place
            codes[here] = part.codes[rows[here]] + len(values)
            origins.append((len(values), part.header))
            values.extend(part.values)
    return Cells(first.header, first.field, codes, values, tuple(origins))


def first_said(columns: Sequence[Cells]) -> Cells:
    """One column that says in each row what the first of several says there."""
    found = columns[0]
    for other in columns[1:]:
        said = found.says()[found.codes]
        if said.all():
            break
        before = len(found.values)
        theirs_says = other.says()[other.codes]
        codes = np.where(said | ~theirs_says, found.codes, other.codes + np.int32(before))
        theirs = ((before + start, header) for start, header in other.origins or ((0, other.header),))
        origins = (*(found.origins or ((0, found.header),)), *theirs)
        found = Cells(found.header, found.field, codes, [*found.values, *other.values], origins)
    return found


def agreed(group: Codes, holds: Flags, speaks: Flags) -> Flags:
    """The rows of those groups whose rows all hold, of those that speak."""
    size = int(group.max()) + 1
    against = np.bincount(group, speaks & ~holds, size) > 0
    for_it = np.bincount(group, holds, size) > 0
    agreeing: Flags = (for_it & ~against)[group] & (holds | ~speaks)
    # A group of nobody (no number) stands for each row by itself.
    return np.where(group == 0, holds, agreeing)


def joined(parts: Sequence[Cells], names: Sequence[str], field: str, between: str | None) -> Cells:
    """The parts of one value as one column, blanks skipped; `names` are their folded headers."""
    if len(parts) == 1:
        return parts[0]
    key, first = combinations([part.codes for part in parts], [len(part.values) for part in parts])
    texts: list[dict[int, str]] = [{} for _ in parts]
    values: list[Cell] = []
    for row in first.tolist():
        said = [
            (name, text)
            for part, name, known in zip(parts, names, texts, strict=True)
            if (text := _text(part, int(part.codes[row]), known))
        ]
        values.append(_name(said, between) if field == "customer.name" else _line(said, field, between))
    # Code 0 is nothing everywhere.
    return Cells(parts[0].header, parts[0].field, (key + 1).astype(np.int32), [None, *values])


def combinations(codes: Sequence[Codes | Ints], sizes: Sequence[int]) -> tuple[Ints, Ints]:
    """For each row the number of its combination; for each combination its first row."""
    key: Ints = np.zeros(len(codes[0]), np.int64)
    most = 1
    for one, size in zip(codes, sizes, strict=True):
        if most * size >= _MOST_KEYS:
            known, key = np.unique(key, return_inverse=True)
            key, most = key.reshape(-1), len(known)
        key = key * size + one
        most *= size
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    return inverse.reshape(-1), first


def _text(part: Cells, code: int, known: dict[int, str]) -> str:
    text = known.get(code)
    if text is None:
        value = part.values[code]
        known[code] = text = clean_cell(cell_text(value)) if says_something(value) else ""
    return text


def _line(said: Sequence[tuple[str, str]], field: str, between: str | None) -> str | None:
    texts = list(dict.fromkeys(text for _, text in said))
    if between is None:
        western = field in _ADDRESSES and not all(map(_is_cjk, texts[:1]))
        between = ", " if western else " "
    return between.join(texts) or None


def _name(said: Sequence[tuple[str, str]], between: str | None) -> str | None:
    """The family's name comes first where names are written in characters, and last where in letters."""
    family = [text for name, text in said if any(word in name for word in _FAMILY)]
    given = [text for name, text in said if not any(word in name for word in _FAMILY)]
    if not family:
        every = "".join(given)
        return (between if between is not None else "" if _is_cjk(every) else " ").join(given) or None
    if _is_cjk("".join(family + given)):
        return (between or "").join(family + given)
    if said and said[0][1] == family[0]:
        return (" " if between is None else between).join(given + family)
    return (" " if between is None else between).join(text for _, text in said)


def _is_cjk(text: str) -> bool:
    """Whether it is written in Chinese, Japanese or Korean characters (digits and signs aside)."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(
        "\u3040" <= char <= "\u9fff" or char >= "\uac00" for char in letters
    ) * 2 > len(letters)
