"""Columns that never change and still grow without being copied: more is put behind what others see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
_SPARE = 4096


class Growing:
    """Columns of one length, of whose places some are in use. Ask from one thread at a time."""

    def __init__(self, buffers: Sequence[Column], used: int) -> None:
        self._buffers = list(buffers)
        self._used = used

    def appended(self, columns: Sequence[Column], more: Sequence[Column]) -> tuple[list[Column], Growing]:
        """The columns, which began as these, with more behind them, and what they grow in next.

        The columns given stay as they are, for whoever holds them.
        """
        before, after = len(columns[0]), len(columns[0]) + len(more[0])
        home: Growing = self
        if before != self._used or after > len(self._buffers[0]):
            # Somebody else went on from here, or there is no room: elsewhere.
            home = Growing([np.empty(with_room(after), column.dtype) for column in columns], after)
            for buffer, column in zip(home._buffers, columns, strict=True):
                buffer[:before] = column
        for buffer, new in zip(home._buffers, more, strict=True):
            buffer[before:after] = new
        home._used = after
        return [buffer[:after] for buffer in home._buffers], home


class Filling:
    """Columns that are read in pieces, each by any thread, into the place where they will stay."""

    def __init__(self, types: Sequence[type[np.generic]], most: Sequence[int]) -> None:
        # Memory is not taken before something is written there.
        self._starts = [0, *np.cumsum(most).tolist()]
        self._most, self._found = list(most), [0] * len(most)
        self._columns: list[Column] = [np.empty(with_room(self._starts[-1]), one) for one in types]

    def put(self, piece: int, columns: Sequence[Column]) -> None:
        """Keep what a piece holds, at most as many rows as were said."""
        start, rows = self._starts[piece], len(columns[0])
        self._found[piece] = rows
        for column, new in zip(self._columns, columns, strict=True):
            column[start : start + rows] = new

    def filled(self) -> tuple[list[Column], Growing]:
        """The columns, and what they grow in."""
        if self._found != self._most:
            end = 0
            for start, rows in zip(self._starts, self._found, strict=False):
                if start != end:
                    for column in self._columns:
                        column[end : end + rows] = column[start : start + rows]
                end += rows
        else:
            end = self._starts[-1]
        return [column[:end] for column in self._columns], Growing(self._columns, end)


def with_room(rows: int) -> int:
    """So many places, and some for what comes."""
    return rows + rows // 64 + _SPARE


def exchanged(
    columns: Sequence[Column], gone: Column, before: Column, fresh: Sequence[Column]
) -> list[Column]:
    """The columns without some places, and with new values before some of those that stay."""
    if not len(gone) and not len(before):
        return list(columns)
    return [np.insert(np.delete(old, gone), before, new) for old, new in zip(columns, fresh, strict=True)]


def overwritten(columns: Sequence[Column], at: Column, fresh: Sequence[Column]) -> list[Column]:
    """The columns with other values at some places; a column that holds them already stays the same."""
    found = []
    for old, new in zip(columns, fresh, strict=True):
        if not np.array_equal(old[at], new):
            old = old.copy()
            old[at] = new
        found.append(old)
    return found
