"""Columns that never change and still grow without being copied: more is put behind what others see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
_SPARE = 4096


class Growing:
    """Columns of one length, some of whose places are in use. Ask from one thread at a time."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._buffers = list(columns)
        self._used = len(columns[0])

    def appended(self, columns: Sequence[Column], more: Sequence[Column]) -> tuple[list[Column], Growing]:
        """The columns, which began as these, with more behind them, and what they grow in next.

        The columns given stay as they are, for whoever holds them.
        """
        before, after = len(columns[0]), len(columns[0]) + len(more[0])
        home: Growing = self
        if before != self._used or after > len(self._buffers[0]):
            # Somebody else went on from here, or there is no room: elsewhere.
            room = after + after // 64 + _SPARE
            home = Growing([np.empty(room, column.dtype) for column in columns])
            for buffer, column in zip(home._buffers, columns, strict=True):
                buffer[:before] = column
        for buffer, new in zip(home._buffers, more, strict=True):
            buffer[before:after] = new
        home._used = after
        return [buffer[:after] for buffer in home._buffers], home


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
