"""Do they come back: of each month's new customers, how many bought again one, two, three months on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from desktop.core.dates import format_short_month
from desktop.core.translation import tr
from desktop.views.insights.card import InsightCard
from desktop.views.kit.charts import HeatTriangle
from desktop.views.kit.popover import Explanation

if TYPE_CHECKING:
    from desktop.analytics.cohorts import Retention
    from desktop.queries.insights import Insights


class CohortCard(InsightCard):
    """The triangle of shares; the newest diagonal belongs to the month that still runs."""

    def __init__(self, show_new: Callable[[], object]) -> None:
        self._heat = HeatTriangle(
            tr("Do they come back?"),
            empty_text=tr("Nobody bought for the first time in this period."),
        )
        super().__init__(tr("Do they come back?"), tr("% of new customers ordering again"), self._heat)
        self._show_new = show_new
        self._retention: Retention | None = None

    def show_found(self, found: Insights) -> None:
        self._retention = table = found.retention
        if not table.size.any():
            self._heat.set_data([], [], [])
            return
        self._heat.set_data(
            [format_short_month(int(day)) for day in table.start],
            [tr("M{month}", month=month) for month in range(table.start.size)],
            [[None if np.isnan(share) else float(share) for share in line] for line in table.share],
            [int(size) for size in table.size],
            days=[int(day) for day in table.start],
        )

    def explanation(self) -> Explanation:
        facts = []
        if self._retention is not None:
            facts = [
                (tr("New customers"), f"{int(self._retention.size.sum()):,}"),
                (tr("Months"), f"{self._retention.start.size:,}"),
            ]
        return Explanation(
            self.name,
            (
                tr(
                    "A line holds the customers who first bought in that month. M0 is the month itself, M1 "
                    "the one after it; a cell is the share of the line that bought in that month."
                ),
                tr(
                    "Months that have not come are blank. The last cell of each line is the month that "
                    "still runs, so it can only grow. Point at a cell to see how many the line began with."
                ),
                tr(
                    "However short the period, the last twelve months are shown: "
                    "the newest lines tell little."
                ),
            ),
            facts,
            [(tr("Show the new customers"), "users", self._show_new)],
        )
