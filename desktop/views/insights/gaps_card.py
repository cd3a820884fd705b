"""How long customers take: the days between purchases, and the days until the second one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.core.translation import ntr, tr
from desktop.views.insights.card import InsightCard
from desktop.views.kit.charts import BarChart, Figures
from desktop.views.kit.popover import Explanation

if TYPE_CHECKING:
    from desktop.analytics.repeat_times import Histogram
    from desktop.queries.insights import Insights


class GapsCard(InsightCard):
    """A histogram by weeks, the median's week marked."""

    def __init__(
        self,
        title: str,
        definition: str,
        pick: Callable[[Insights], Histogram],
        empty: str,
    ) -> None:
        self._bars = BarChart(title, empty_text=empty)
        super().__init__(title, "", self._bars)
        self._definition = definition
        self._pick = pick
        self._histogram: Histogram | None = None

    def show_found(self, found: Insights) -> None:
        self._histogram = table = self._pick(found)
        edges = table.edges.tolist()
        last = len(edges) - 2
        labels = [f"{edge:,}" for edge in edges[:-1]]
        long = [
            tr("{days} d and more", days=low)
            if place == last
            else tr("{first}–{last} d", first=low, last=high - 1)
            for place, (low, high) in enumerate(pairwise(edges))
        ]
        marked = None
        subtitle = ""
        if table.median is not None:
            marked = min(int(table.median // (edges[1] - edges[0])), last)
            subtitle = tr("median {median} d · n {count}", median=round(table.median), count=f"{table.n:,}")
        self.set_title(self.name, subtitle)
        self._bars.set_data(
            labels,
            table.counts.tolist(),
            long_labels=long,
            marked=marked,
            titles=(tr("Days"), tr("Number")),
            more=(
                Figures(tr("From day"), "number", edges[:-1]),
                Figures(tr("To day"), "number", [*(edge - 1 for edge in edges[1:-1]), None]),
            ),
        )

    def explanation(self) -> Explanation:
        table = self._histogram
        facts = []
        if table is not None and table.median is not None:
            facts = [
                (tr("Median"), ntr("{n} d", "{n} d", round(table.median))),
                (
                    tr("Half of all"),
                    tr(
                        "{low}–{high} d",
                        low=round(table.lower_quartile or 0),
                        high=round(table.upper_quartile or 0),
                    ),
                ),
                (tr("Counted"), f"{table.n:,}"),
            ]
        return Explanation(
            self.name,
            (
                self._definition,
                tr("A bar is a week; the last one holds everything longer. The median's week stands out."),
            ),
            facts,
        )
