"""Many rows of whole numbers out of the tables, several packed into one: the cheapest way past the driver.

SQLite joins a number of sixteen digits for each row into one text: no Python object for a row, nothing that
SQLite has to allocate for it (its allocator lets one thread in at a time, so that two would be slower than
one), and digits that always stand in the same place, so that numpy reads eight of them at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.models.book import Book
from desktop.queries.column_reading import numbers

Ints = NDArray[np.int64]

_BITS = 52
_LEAST = 10**15
"""Added to every number, so that it has sixteen digits; 52 bits beside it still have."""
_MOST_ODD = 500
"""Rows of a piece that are read one by one before the whole piece is."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A column: SQL that is never NULL, and the bits that every one of its values fits into.

    Without `bits` it is one that may hold anything: it gets what the others leave of a number, `least` at
    least, and what does not fit, above or below 0 where it is not `signed`, is read as it is.
    """

    sql: str
    bits: int = 0
    least: int = 0
    signed: bool = False
    real: bool = False
    """A real number, to be rounded."""

    @property
    def exact(self) -> str:
        """SQL of the number as it is."""
        return f"CAST(round({self.sql}) AS INTEGER)" if self.real else self.sql


class _Field(NamedTuple):
    """Where a column stands: in which number, above how many bits, how wide, and what was added."""

    number: int
    shift: int
    bits: int
    added: int


def id_bits(book: Book, table: str) -> int:
    """How many bits the ids of a table take."""
    return max(1, int(book.value(f"SELECT coalesce(max(id), 0) FROM {table}")).bit_length())


def packed(
    book: Book, columns: Sequence[Packed], table: str, first: int, last: int, only: str = ""
) -> list[Ints]:
    """The columns of the rows of a table with ids from `first` to `last`, by id; `only` begins with AND.

    The id itself comes first, before them.
    """
    all_columns = (Packed(f"(id - {first})", max(1, (last - first).bit_length())), *columns)
    # In order of the ids: that is how a table lies.
    where = f"{table} NOT INDEXED WHERE id BETWEEN {first} AND {last} {only}"
    exact = ["id", *(column.exact for column in columns)]
    fields = _laid_out(all_columns)
    if fields is None:
        return [*numbers(book, exact, f"{where} ORDER BY id").T.copy()]
    texts = book.row(f"SELECT {', '.join(_sums(all_columns, fields))} FROM {where}")
    if texts[0] is None:
        return [np.zeros(0, np.int64) for _ in all_columns]
    read = [one for text in texts if (one := _parsed(text.encode())) is not None]
    if len(read) < len(texts):
        return [*numbers(book, exact, f"{where} ORDER BY id").T.copy()]
    found = []
    odd: NDArray[np.bool_] | None = None
    for column, field in zip(all_columns, fields, strict=True):
        value = read[field.number] >> field.shift
        if column.bits:
            value &= (1 << field.bits) - 1
        elif value.max() >> field.bits:
            beyond = value >> field.bits > 0
            odd = beyond if odd is None else odd | beyond
        if field.added:
            value -= field.added
        found.append(value)
    found[0] += first
    if odd is None:
        return found
    at = np.flatnonzero(odd)
    if at.size > _MOST_ODD:
        return [*numbers(book, exact, f"{where} ORDER BY id").T.copy()]
    where = f"{table} WHERE id IN ({', '.join(map(str, found[0][at].tolist()))})"
    for value, right in zip(found, numbers(book, exact, f"{where} ORDER BY id").T, strict=True):
        value[at] = right
    return found


def _laid_out(columns: Sequence[Packed]) -> list[_Field] | None:
    """Where each column goes; None where one takes more bits than a number has."""
    free = [_BITS - column.least for column in columns if not column.bits]
    numbers: dict[Packed, tuple[int, int]] = {}
    used = [0] * len(free)
    for column in columns:
        if not column.bits:
            continue
        if column.bits > _BITS:
            return None
        at = next((at for at, room in enumerate(free) if room - used[at] >= column.bits), len(free))
        if at == len(free):
            free.append(_BITS)
            used.append(0)
        numbers[column] = at, used[at]
        used[at] += column.bits
    tops = iter(range(len(free)))
    fields = []
    for column in columns:
        if column.bits:
            fields.append(_Field(*numbers[column], column.bits, 0))
        else:
            top = next(tops)
            bits = _BITS - used[top]
            fields.append(_Field(top, used[top], bits, 1 << (bits - 1) if column.signed else 0))
    return fields


def _sums(columns: Sequence[Packed], fields: Sequence[_Field]) -> list[str]:
    """SQL of the texts, one for each number."""
    parts: list[list[str]] = [[] for _ in range(1 + max(field.number for field in fields))]
    for column, field in zip(columns, fields, strict=True):
        value = f"CAST({column.sql} + {field.added}.5 AS INTEGER)" if column.real else column.sql
        beside = 0 if column.real else field.added << field.shift
        times = f" * {1 << field.shift}" if field.shift else ""
        parts[field.number].append(f"{value}{times}{f' + {beside}' if beside else ''}")
    return [f"group_concat({_LEAST} + {' + '.join(part)})" for part in parts]


def _parsed(text: bytes) -> Ints | None:
    """Numbers of sixteen digits parted by commas, less what was added; None where one has not sixteen."""
    rows, rest = divmod(len(text) + 1, 17)
    if rest:
        return None
    whole = np.frombuffer(text + b",", np.uint8).reshape(rows, 17)
    if not bool((whole[:, 16] == ord(",")).all()):
        return None
    halves = whole[:, :16].copy().view("<u8").astype(np.uint64, copy=False)
    if not bool(((halves & np.uint64(0xF0F0F0F0F0F0F0F0)) == np.uint64(0x3030303030303030)).all()):
        return None
    # Neighbouring digits are joined to numbers of two, of four and of eight.
    halves &= np.uint64(0x0F0F0F0F0F0F0F0F)
    for mask, factor, bits in (
        (0xFFFFFFFFFFFFFFFF, 10 * (1 << 8) + 1, 8),
        (0x00FF00FF00FF00FF, 100 * (1 << 16) + 1, 16),
        (0x0000FFFF0000FFFF, 10_000 * (1 << 32) + 1, 32),
    ):
        halves &= np.uint64(mask)
        halves *= np.uint64(factor)
        halves >>= np.uint64(bits)
    found: Ints = halves[:, 0].view(np.int64) * 100_000_000 + halves[:, 1].view(np.int64)
    found -= _LEAST
    return found if not rows or int(found.min()) >= 0 else None
