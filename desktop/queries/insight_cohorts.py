"""Who stays: each month's or quarter's new customers, how many of them buy again, and what they spend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from desktop.analytics.cohort_takings import Takings, takings
from desktop.analytics.cohorts import Retention, retention
from desktop.analytics.intervals import Mean, Rate
from desktop.analytics.occasions import Ints, Occasions
from desktop.analytics.periods import edges
from desktop.analytics.repeat import HORIZONS, CohortRepeat, repeat_by_cohort
from desktop.queries.insight_scope import Scope
from desktop.queries.purchases import rows_of

By = Literal["month", "quarter"]
Measure = Literal["customers", "net"]
LEAST: dict[By, int] = {"month": 12, "quarter": 8}
"""Cohorts shown however short the period: the newest ones can't be judged yet."""
_MOST = 60


@dataclass(frozen=True)
class CohortReport:
    """The cohorts of a period's end.

    `money` is None unless asked for; `second` holds definition (e) of the same cohorts, oldest first, for the
    days of HORIZONS.
    """

    past: Occasions
    end: int
    by: By
    retention: Retention
    money: Takings | None
    second: Sequence[CohortRepeat]

    def cell(self, row: int, column: int) -> Rate | Mean | None:
        """A cell of the triangle with its interval; None in the future or for an empty cohort."""
        if not self.retention.size[row]:
            return None
        return self.money.cell(row, column) if self.money else self.retention.cell(row, column)

    @property
    def average(self) -> Sequence[Rate | Mean]:
        """Each column over all cohorts that have lived through it."""
        return self.money.average if self.money else self.retention.average

    def members(self, row: int, column: int = 0) -> Ints:
        """The ids of a cell's customers; those of column 0 are the cohort. Who bought last comes first."""
        past = self.past
        low, high = self.retention.days(row, 0)
        chosen = (past.first >= low) & (past.first < high)
        if column:
            low, high = self.retention.days(row, column)
            active = np.zeros(past.ids.size, dtype=np.bool_)
            active[past.owner[np.flatnonzero((past.day >= low) & (past.day < high))]] = True
            chosen &= active
        places = np.flatnonzero(chosen)
        return past.ids[places[np.lexsort((past.ids[places], -past.last[places]))]]

    def came_back(self, row: int, days: int) -> Ints:
        """The ids of who of a cohort in `second` bought again within so many days."""
        past, cohort = self.past, self.second[row]
        chosen = (past.first >= cohort.start) & (past.first < cohort.end) & (past.second_gap <= days)
        return past.ids[chosen]


def cohort_report(scope: Scope, by: By = "month", measure: Measure = "customers") -> CohortReport:
    """The cohorts as a scope shows them: those of its period, and no fewer than LEAST. Raises Cancelled."""
    past, end = scope.past, scope.end
    rows = min(_MOST, max(LEAST[by], int(edges(scope.start, end, by).size) - 1))
    found = retention(past, end, rows, by=by)
    scope.progress.check()
    money = None
    if measure == "net":
        bought = scope.purchases
        owner = rows_of(past.ids, bought.customer)
        places = np.flatnonzero(owner >= 0)
        money = takings(found, past.first, owner[places], bought.day[places], bought.net[places])
    oldest = int(found.start[0]) if found.start.size else end
    second = [one for one in repeat_by_cohort(past, end, HORIZONS, by) if one.start >= oldest]
    return CohortReport(past, end, by, found, money, second)
