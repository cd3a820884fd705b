"""Satisfaction month by month: what customers got, what they had expected, and how sure either is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.core.figures import number, signed
from desktop.core.translation import ntr, tr
from desktop.views.insights.card import InsightCard, short_months
from desktop.views.kit.charts import Figures, LineChart, Series
from desktop.views.kit.popover import Explanation

if TYPE_CHECKING:
    from desktop.analytics.satisfaction import Satisfaction
    from desktop.queries.insights import Insights

_AMBER = 2
"""The look's third colour; its second, blue, is the shorter window in the card beside."""


class SatisfactionCard(InsightCard):
    """Perceived with its band, expected dashed."""

    def __init__(self, show_ratings: Callable[[], object]) -> None:
        self._line = LineChart(
            tr("Satisfaction"),
            empty_text=tr(
                "No ratings in this period: ask for one after an order, a case or a complaint, "
                "or import them."
            ),
        )
        super().__init__(tr("Satisfaction"), tr("perceived with 95 % band, expected dashed"), self._line)
        self._show_ratings = show_ratings
        self._now: Satisfaction | None = None

    def show_found(self, found: Insights) -> None:
        self._now = found.satisfaction.now
        perceived = [month.perceived for month in found.months]
        expected = [month.expected for month in found.months]
        lines = [
            Series(
                tr("Perceived"),
                [mean.value for mean in perceived],
                # Of two ratings the interval reaches far beyond what anybody can give.
                low=[None if mean.low is None else max(mean.low, 1.0) for mean in perceived],
                high=[None if mean.high is None else min(mean.high, 5.0) for mean in perceived],
                counts=[mean.n for mean in perceived],
            )
        ]
        if any(mean.n for mean in expected):
            lines.append(
                Series(tr("Expected"), [mean.value for mean in expected], dashed=True, colour=_AMBER)
            )
        self._line.set_data(
            short_months(found.months),
            lines,
            kind="rating",
            days=[month.start for month in found.months],
            more=self._beside(found.months),
        )

    @staticmethod
    def _beside(months: list[Satisfaction]) -> list[Figures]:
        """What the table has besides the lines."""
        return [
            Figures(tr("Ratings"), "number", [month.n for month in months]),
            Figures(tr("Gap"), "rating", [month.gap.value for month in months]),
            Figures(tr("CSAT"), "percent", [month.csat.value for month in months]),
            Figures(tr("NPS"), "number", [month.nps.value for month in months]),
            Figures(tr("CES"), "rating", [month.effort.value for month in months]),
        ]

    def explanation(self) -> Explanation:
        facts = []
        if self._now and self._now.perceived.value is not None:
            now = self._now
            facts = [
                (tr("Perceived"), number(now.perceived.value)),
                (tr("Expected"), number(now.expected.value)),
                (
                    tr("Gap"),
                    ntr(
                        "{gap}, over {n} rating that has both",
                        "{gap}, over {n} ratings that have both",
                        now.gap.n,
                        gap=signed(now.gap.value, 2),
                    )
                    if now.gap.value is not None
                    else tr("No rating has both"),
                ),
                (tr("Ratings"), f"{now.n:,}"),
            ]
        return Explanation(
            self.name,
            (
                tr(
                    "Customers compare what they got with what they had expected. Both are means of ratings "
                    "from 1 to 5; the band is the 95 % interval of the perceived mean (t)."
                ),
                tr(
                    "A rating counts for the day on which the rated thing ended: the order delivered, the "
                    "complaint settled. The gap is perceived less expected, over the ratings that have both."
                ),
            ),
            facts,
            [(tr("Show the ratings"), "star", self._show_ratings)],
        )
