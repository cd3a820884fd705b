"""The retention triangle: of each month's new customers, how many bought again one, two, three months on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Rate, rate
from desktop.analytics.occasions import Ints, Occasions, runs
from desktop.analytics.periods import Period, index_of, period_start, start_of

MOST = 60
"""Cohorts at most: one mistyped date, a purchase in the year 202, must not ask for thousands of rows."""


@dataclass(frozen=True)
class Retention:
    """Rows are cohorts (first purchase in a calendar month), columns the months since: 0 is the month itself.

    `start` (first ordinal day of each cohort's month) and `size` have one entry a row. `active` counts the
    customers who bought in that month, `share` is active ÷ size; both are float and NaN where the future has
    not come, `share` also where a cohort is empty. `running` marks the cells of a month not yet over. `by`
    says which periods the rows and columns are, if not months.
    """

    start: NDArray[np.int64]
    size: NDArray[np.int64]
    active: NDArray[np.float64]
    share: NDArray[np.float64]
    running: NDArray[np.bool_]
    by: Period = "month"

    def cell(self, row: int, column: int) -> Rate | None:
        """One cell with its interval; None in the future."""
        active = float(self.active[row, column])
        return None if np.isnan(active) else rate(int(active), int(self.size[row]))

    def days(self, row: int, column: int) -> tuple[int, int]:
        """The first day of a cell's period, and the first after it."""
        index = index_of(int(self.start[row]), self.by) + column
        return start_of(index, self.by), start_of(index + 1, self.by)

    @cached_property
    def average(self) -> list[Rate]:
        """Each column over all cohorts that have lived through it: active of them ÷ size of them."""
        judged = ~np.isnan(self.active) & ~self.running & (self.size > 0)[:, np.newaxis]
        hits = np.where(judged, np.nan_to_num(self.active), 0).sum(axis=0)
        whole = np.where(judged, self.size[:, np.newaxis], 0).sum(axis=0)
        return [rate(int(one), int(n)) for one, n in zip(hits, whole, strict=True)]


def retention(past: Occasions, end: int, months: int = MOST, *, by: Period = "month") -> Retention:
    """Retention as known at `end`, the first ordinal day not yet seen.

    Only the newest `months` cohorts are shown (quarters, if `by` says so), and nobody who joined before them
    is counted.
    """
    past = past.before(end)
    if past.size == 0:
        nothing = np.zeros((0, 0))
        none = np.zeros(0, dtype=np.int64)
        return Retention(none, none, nothing, nothing, np.zeros((0, 0), dtype=np.bool_), by)
    newest = index_of(end - 1, by)
    found = past.monthly if by == "month" else runs(past, by)
    joined = found.period[found.new]
    oldest = max(int(joined.min()), newest - months + 1)
    months = newest - oldest + 1
    at = np.flatnonzero(found.joined >= oldest)
    # Row and column of each run in one number: (cohort, month − cohort), both counted from the oldest.
    cell = (found.joined[at] - oldest) * (months - 1) + (found.period[at] - oldest)
    active = np.bincount(cell, minlength=months * months).reshape(months, months).astype(np.float64)
    size = np.bincount(joined[joined >= oldest] - oldest, minlength=months).astype(np.int64)
    active[_ahead(months)] = np.nan
    with np.errstate(invalid="ignore", divide="ignore"):
        share = active / size[:, np.newaxis]
    over = start_of(newest + 1, by) <= end
    running = np.zeros((months, months), dtype=np.bool_) if over else _diagonal(months)
    return Retention(period_start(np.arange(oldest, newest + 1), by), size, active, share, running, by)


def _calendar(months: int) -> Ints:
    return np.add.outer(np.arange(months), np.arange(months))


def _ahead(months: int) -> NDArray[np.bool_]:
    return np.asarray(_calendar(months) >= months)


def _diagonal(months: int) -> NDArray[np.bool_]:
    return np.asarray(_calendar(months) == months - 1)
