"""The retention triangle: of each month's new customers, how many bought again one, two, three months on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Rate, rate
from desktop.analytics.occasions import Occasions
from desktop.analytics.periods import index_of, period_index, period_start, start_of


@dataclass(frozen=True)
class Retention:
    """Rows are cohorts (first purchase in a calendar month), columns the months since: 0 is the month itself.

    `start` (first ordinal day of each cohort's month) and `size` have one entry a row. `active` counts the
    customers who bought in that month, `share` is active ÷ size; both are float and NaN where the future has
    not come, `share` also where a cohort is empty. `running` marks the cells of a month not yet over.
    """

    start: NDArray[np.int64]
    size: NDArray[np.int64]
    active: NDArray[np.float64]
    share: NDArray[np.float64]
    running: NDArray[np.bool_]

    def cell(self, row: int, column: int) -> Rate | None:
        """One cell with its interval; None in the future."""
        active = float(self.active[row, column])
        return None if np.isnan(active) else rate(int(active), int(self.size[row]))


def retention(past: Occasions, end: int, months: int = 60) -> Retention:
    """Retention as known at `end`, the first ordinal day not yet seen.

    Only the newest `months` cohorts are shown, and nobody who joined before them is counted. The bound keeps
    one mistyped date, a purchase in the year 202, from asking for thousands of rows.
    """
    past = past.before(end)
    if past.size == 0:
        nothing = np.zeros((0, 0))
        none = np.zeros(0, dtype=np.int64)
        return Retention(none, none, nothing, nothing, np.zeros((0, 0), dtype=np.bool_))
    month = period_index(past.day, "month")
    joined = month[past.starts]
    newest = index_of(end - 1, "month")
    oldest = max(int(joined.min()), newest - months + 1)
    months = newest - oldest + 1
    # Several occasions of a customer in one month are one active customer.
    fresh = np.ones(past.size, dtype=np.bool_)
    fresh[1:] = (month[1:] != month[:-1]) | (past.rank[1:] == 0)
    fresh &= joined[past.owner] >= oldest
    cohort = joined[past.owner][fresh]
    cell = (cohort - oldest) * months + (month[fresh] - cohort)
    active = np.bincount(cell, minlength=months * months).reshape(months, months).astype(np.float64)
    size = np.bincount(joined[joined >= oldest] - oldest, minlength=months).astype(np.int64)
    calendar = np.add.outer(np.arange(months), np.arange(months))
    active[calendar >= months] = np.nan
    with np.errstate(invalid="ignore", divide="ignore"):
        share = active / size[:, np.newaxis]
    over = start_of(newest + 1, "month") <= end
    running = (calendar == months - 1) & (not over)
    return Retention(
        period_start(np.arange(oldest, newest + 1), "month"), size, active, share, np.asarray(running)
    )
