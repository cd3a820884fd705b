"""Open time between many pairs of moments at once, with the answers of `OpeningHours.between`."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from desktop.core.clock_changes import stretches
from desktop.core.working_hours import OpeningHours

Seconds = NDArray[np.int64]
"""Wall-clock moments in seconds since 0001-01-01 00:00:00; negative ones don't exist."""

EPOCH = datetime(1, 1, 1)
_SECOND = timedelta(seconds=1)
_YEAR = 366 * 86400


def between_many(hours: OpeningHours, start: Seconds, end: Seconds) -> Seconds:
    """Open time from each `start` to its `end` in whole minutes, rounded towards zero; negative if earlier.

    Both have the same shape (n,), in wall-clock seconds since 0001-01-01. What is skipped or shown twice when
    the clock is changed counts as `OpeningHours` says; every moment shown twice is the first of the two.
    """
    if not start.size:
        return np.zeros(start.shape, np.int64)
    low = int(min(start.min(), end.min()))
    high = int(max(start.max(), end.max()))
    # Whole years are kept, so that the next question about the same years finds them made.
    table = _table(hours, low // _YEAR, high // _YEAR + 1)
    worked = _worked(table, _real(table, end)) - _worked(table, _real(table, start))
    minutes: Seconds = np.sign(worked) * (np.abs(worked) // 60)
    return minutes


class _Table:
    """The clock's changes and the open stretches of some years, as arrays in seconds of real time."""

    def __init__(self, hours: OpeningHours, begin: datetime, until: datetime) -> None:
        cut = []
        for stretch in stretches(hours.zone, begin):
            cut.append((_seconds(stretch.begin), _seconds(stretch.end), stretch.offset // _SECOND))
            if stretch.end > until:
                break
        self.begins, ends, self.offsets = np.array(cut, np.int64).T
        self.shown_until = ends + self.offsets
        found = [(_seconds(opens), _seconds(closes)) for opens, closes in hours.open_from(begin, until)]
        self.opens, self.closes = np.array(found, np.int64).reshape(-1, 2).T
        self.before = np.concatenate(([0], np.cumsum(self.closes - self.opens)))


@lru_cache(maxsize=8)
def _table(hours: OpeningHours, first: int, last: int) -> _Table:
    """For moments of the years [first, last) after 0001, with room for what a clock is changed by."""
    begin = EPOCH + timedelta(seconds=max(0, first * _YEAR - 2 * 86400))
    until = min(last * _YEAR + 2 * 86400, _seconds(datetime.max) - 4 * 86400)
    return _Table(hours, begin, EPOCH + timedelta(seconds=until))


def _real(table: _Table, wall: Seconds) -> Seconds:
    """Real time of wall-clock moments: the first stretch that shows one, or the change that skipped it."""
    at = np.searchsorted(table.shown_until, wall, side="right")
    real: Seconds = np.maximum(wall - table.offsets[at], table.begins[at])
    return real


def _worked(table: _Table, real: Seconds) -> Seconds:
    """Open seconds of the table's years until each moment."""
    at = np.searchsorted(table.opens, real, side="right")
    # Of the stretch that began last, only what is over.
    over = np.maximum(table.closes[at - 1] - real, 0) if table.closes.size else 0
    return table.before[at] - np.where(at > 0, over, 0)


def _seconds(moment: datetime) -> int:
    return (moment - EPOCH) // _SECOND
