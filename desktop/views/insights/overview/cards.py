"""The cards of the overview: two trends and the parts of the shop, each with the way to its own tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.analytics.periods import index_of, start_of
from desktop.analytics.repeat_trend import TrendMonth
from desktop.analytics.rfm import SegmentSummary
from desktop.analytics.satisfaction import Satisfaction
from desktop.core.translation import mark, tr
from desktop.views.figures.card import FigureCard
from desktop.views.figures.point_chart import HasStart, OpenPoint, PointChart, short_months
from desktop.views.insights.satisfaction.trend import fill_satisfaction
from desktop.views.insights.wanted import segment_name
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.charts import Figures, HBarList, Part, Series

Go = Callable[[str], object]
"""Shows another tab, by its key."""
_NAMES = {
    "satisfaction": mark("Satisfaction"),
    "repeat": mark("Repeat purchase"),
    "segments": mark("Segments"),
}


def leading(key: str, go: Go) -> IconButton:
    """The button that leads from a card to a tab."""
    name = tr("Look closer: {tab}", tab=tr(_NAMES[key]))
    return IconButton("chevron-right", name, lambda: go(key), role="muted")


class SatisfactionTrend(FigureCard):
    """What customers got, what they had expected, month by month."""

    def __init__(self, opened: OpenPoint, go: Go) -> None:
        self._line = PointChart(
            tr("Satisfaction"),
            empty_text=tr(
                "No ratings in this period: ask for one after an order, a case or a complaint, "
                "or import them."
            ),
        )
        self._line.opened = opened
        super().__init__(
            tr("Satisfaction"),
            tr("with 95 % band"),
            self._line,
            (
                tr(
                    "Customers compare what they got with what they had expected. Both are means of ratings "
                    "from 1 to 5; the band is the 95 % interval of the perceived mean (t)."
                ),
                tr("A rating counts for the day on which the rated thing ended."),
            ),
            extra=[leading("satisfaction", go)],
        )

    def show_months(self, months: Sequence[Satisfaction]) -> None:
        """Draw the months."""
        fill_satisfaction(self._line, months)


class RepeatTrend(FigureCard):
    """The share of each month's buyers who had bought before."""

    def __init__(self, opened: OpenPoint, go: Go) -> None:
        self._line = PointChart(
            tr("Repeat purchase"),
            empty_text=tr("No purchases in this period: enter orders, or import them from your platform."),
        )
        self._line.opened = opened
        super().__init__(
            tr("Repeat purchase"),
            tr("with 95 % band"),
            self._line,
            (
                tr("Of the buyers of each month, those who had bought before: definition (b)."),
                tr("Orders of one day are one purchase; refunded and cancelled orders are none."),
            ),
            extra=[leading("repeat", go)],
        )

    def show_months(self, months: Sequence[TrendMonth]) -> None:
        """Draw the months."""
        fill_repeat(self._line, months)


def fill_repeat(chart: PointChart, months: Sequence[TrendMonth]) -> None:
    """Draw repeat purchase of each month with its band."""
    shares = [month.month for month in months]
    line = Series(
        "",
        [one.value if one else None for one in shares],
        low=[one.low if one else None for one in shares],
        high=[one.high if one else None for one in shares],
        counts=[one.n if one else 0 for one in shares],
    )
    chart.set_data(short_months(months), [line], kind="percent", days=firsts(months), least=0)


class KeepersCard(FigureCard):
    """The ten segments with their part of the sales."""

    def __init__(self, opened: Callable[[str], object], go: Go) -> None:
        self._bars = HBarList(
            tr("Who keeps the shop"), clickable=True, names=0.3, empty_text=tr("Nobody has bought yet.")
        )
        self._bars.chosen.connect(opened)
        super().__init__(
            tr("Who keeps the shop"),
            tr("share of 12-month sales"),
            self._bars,
            (
                tr(
                    "Everybody who has bought gets 1 to 5 for recency (days since the last purchase), "
                    "frequency (purchase days) and money (net spend); the ten segments follow by rules."
                ),
                tr("Sales are what the group brought in the last 365 days, refunds taken off."),
            ),
            extra=[leading("segments", go)],
        )
        self.body.addStretch(1)

    def show_parts(self, parts: Sequence[SegmentSummary], currency: str) -> None:
        """Draw the segments that anybody is in."""
        fill_segments(self._bars, parts, currency)


def fill_segments(chart: HBarList, parts: Sequence[SegmentSummary], currency: str) -> None:
    """Draw the segments that anybody is in, with their share of the sales."""
    some = [part for part in parts if part.customers]
    chart.set_parts(
        [Part(one.code, segment_name(one.code), one.customers, one.revenue_share) for one in some],
        (tr("Group"), tr("Customers"), tr("Share of sales")),
        more=(
            Figures(tr("Share of customers"), "percent", [one.share for one in some]),
            Figures(tr("Sales of 12 months"), "money", [one.revenue for one in some]),
        ),
        currency=currency,
    )


def firsts(months: Sequence[HasStart]) -> list[int]:
    """The first day of each month, also of one that the period begins in the middle of."""
    return [start_of(index_of(month.start, "month"), "month") for month in months]
