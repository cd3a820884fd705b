"""Days, weeks, months, quarters and years of many ordinal days at once."""

from __future__ import annotations

from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Period = Literal["day", "week", "month", "quarter", "year"]

_EPOCH = date(1970, 1, 1).toordinal()
_MANY = 1000
_MONTHS: dict[Period, int] = {"month": 1, "quarter": 3, "year": 12}


def dates(day: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Ordinal days (date.toordinal) as datetime64[D]."""
    return (day - _EPOCH).astype("datetime64[D]")


def period_index(day: NDArray[np.int64], period: Period) -> NDArray[np.int64]:
    """Number of the period each ordinal day lies in; neighbouring periods have neighbouring numbers.

    Weeks begin on Monday. Months, quarters and years are counted from January 1970.
    """
    if period in ("month", "quarter", "year") and day.size > _MANY:
        low, high = int(day.min()), int(day.max())
        if high - low < day.size:
            # Every day between once, and then looked up: dates are slow to take apart.
            return _index(np.arange(low, high + 1), period)[day - low]
    return _index(day, period)


def _index(day: NDArray[np.int64], period: Period) -> NDArray[np.int64]:
    if period == "day":
        return day.astype(np.int64)
    if period == "week":
        # Day 1 of the calendar, 0001-01-01, is a Monday.
        return np.asarray((day - 1) // 7, dtype=np.int64)
    months = dates(day).astype("datetime64[M]").astype(np.int64)
    return np.asarray(months // _MONTHS[period], dtype=np.int64)


def period_start(index: NDArray[np.int64], period: Period) -> NDArray[np.int64]:
    """First ordinal day of each numbered period; that of `index + 1` is its end, exclusive."""
    if period == "day":
        return index.astype(np.int64)
    if period == "week":
        return np.asarray(index * 7 + 1, dtype=np.int64)
    first = (index * _MONTHS[period]).astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(first.astype(np.int64) + _EPOCH, dtype=np.int64)


def index_of(day: int, period: Period) -> int:
    """Number of the period one ordinal day lies in."""
    return int(period_index(np.array([day], dtype=np.int64), period)[0])


def start_of(index: int, period: Period) -> int:
    """First ordinal day of one numbered period."""
    return int(period_start(np.array([index], dtype=np.int64), period)[0])


def edges(start: int, end: int, period: Period) -> NDArray[np.int64]:
    """Starts of the periods that touch [start, end), and the end of the last: one more edge than periods.

    Empty when end is not after start.
    """
    if end <= start:
        return np.zeros(0, dtype=np.int64)
    return period_start(np.arange(index_of(start, period), index_of(end - 1, period) + 2), period)


def period_before(start: int, end: int) -> tuple[int, int]:
    """The equal period before [start, end): whole calendar months give as many months, else as many days."""
    first, after = index_of(start, "month"), index_of(end, "month")
    if start_of(first, "month") == start and start_of(after, "month") == end and after > first:
        return start_of(2 * first - after, "month"), start
    return start - (end - start), start
