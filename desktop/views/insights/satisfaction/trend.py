"""Satisfaction over time: perceived with its band, expected dashed, by day, week, month or quarter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.core.dates import format_day, short_month_name
from desktop.core.days import as_date
from desktop.core.translation import mark, tr
from desktop.views.figures.card import FigureCard
from desktop.views.figures.point_chart import PointChart, short_months
from desktop.views.kit.charts import Figures, Series
from desktop.views.kit.chips import ChipItem, ChipRow

if TYPE_CHECKING:
    from desktop.analytics.periods import Period
    from desktop.analytics.satisfaction import Satisfaction
    from desktop.queries.insight_satisfaction import SatisfactionReport

PERIODS: Mapping[Period, str] = {
    "day": mark("By day"), "week": mark("By week"), "month": mark("By month"), "quarter": mark("By quarter"),
}  # fmt: skip
_LONG: tuple[Period, ...] = ("month", "quarter")
_AMBER = 2
"""The look's third colour; its second, blue, is the whole's line elsewhere."""
_CUT = 1.0, 5.0
_MOST = 120
"""Points that can be told apart; in a longer period days are no longer offered, then weeks."""


class TrendCard(FigureCard):
    """The trend; `opened` shows the ratings of a period, `chosen` changes its length (None: months only)."""

    def __init__(
        self,
        opened: Callable[[SatisfactionReport, Satisfaction], object],
        chosen: Callable[[Period], object] | None = None,
        by: Period = "month",
    ) -> None:
        self._line = PointChart(
            tr("Satisfaction"),
            empty_text=tr(
                "No ratings in this period: ask for one after an order, a case or a complaint, "
                "or import them."
            ),
        )
        self._line.opened = self._open
        self._opened = opened
        self._report: SatisfactionReport | None = None
        self.by = by
        """The length of the periods as it was chosen; in a long period longer ones are drawn."""
        self._chosen = chosen
        self.chips = ChipRow([ChipItem(key, tr(name)) for key, name in PERIODS.items()])
        self.chips.choose(by)
        self.chips.setVisible(chosen is not None)
        self.chips.chosen.connect(self._choose)
        super().__init__(
            tr("Satisfaction"),
            tr("perceived with 95 % band, expected dashed"),
            self._line,
            (
                tr(
                    "Customers compare what they got with what they had expected. Both are means of ratings "
                    "from 1 to 5; the band is the 95 % interval of the perceived mean (t)."
                ),
                tr(
                    "A rating counts for the day on which the rated thing ended: the order delivered, the "
                    "complaint settled. The gap is perceived less expected, over the ratings that have both."
                ),
                tr("A click on a point shows its ratings."),
            ),
        )
        if chosen is not None:
            self.body.insertWidget(0, self.chips)

    def _choose(self, key: str) -> None:
        self.by = next((one for one in PERIODS if one == key), "month")
        if self._chosen is not None:
            self._chosen(self.by)

    def show_report(self, report: SatisfactionReport) -> None:
        """Draw the trend."""
        self._report = report
        self.chips.set_items(
            [ChipItem(key, tr(PERIODS[key])) for key in lengths(report.scope.start, report.scope.end)]
        )
        self.chips.choose(report.by)
        fill_satisfaction(self._line, report.trend, report.by)
        self._line.show()

    def _open(self, place: int) -> None:
        if self._report is not None and self._report.trend[place].n:
            self._opened(self._report, self._report.trend[place])


def lengths(start: int, end: int) -> list[Period]:
    """The lengths of periods by which the days [start, end) can be drawn."""
    from desktop.analytics.periods import edges

    return [by for by in PERIODS if by in _LONG or edges(start, end, by).size - 1 <= _MOST]


def drawn(by: Period, start: int, end: int) -> Period:
    """The length that is drawn where `by` was chosen: the next longer one that is not too much."""
    fitting = lengths(start, end)
    order = list(PERIODS)
    return next((one for one in fitting if order.index(one) >= order.index(by)), "month")


def fill_satisfaction(chart: PointChart, trend: Sequence[Satisfaction], by: Period = "month") -> None:
    """Draw perceived with its band and, where anybody said it, expected."""
    perceived, expected = [one.perceived for one in trend], [one.expected for one in trend]
    lines = [
        Series(
            tr("Perceived"),
            [mean.value for mean in perceived],
            # Of two ratings the interval reaches far beyond what anybody can give.
            low=[None if mean.low is None else max(mean.low, _CUT[0]) for mean in perceived],
            high=[None if mean.high is None else min(mean.high, _CUT[1]) for mean in perceived],
            counts=[mean.n for mean in perceived],
        )
    ]
    if any(mean.n for mean in expected):
        lines.append(Series(tr("Expected"), [mean.value for mean in expected], dashed=True, colour=_AMBER))
    chart.set_data(
        labels(trend, by),
        lines,
        kind="rating",
        # A quarter begins as its first month does: only its words tell it apart.
        days=() if by == "quarter" else [_begins(one, by) for one in trend],
        more=_beside(trend),
    )


def labels(trend: Sequence[Satisfaction], by: Period) -> list[str]:
    """The periods in few words, for an axis."""
    if by == "month":
        return short_months(trend)
    if by == "quarter":
        return [f"{as_date(one.start).year}-Q{(as_date(one.start).month + 2) // 3}" for one in trend]
    return [f"{as_date(_begins(one, by)):%m-%d}" for one in trend]


def name_of(one: Satisfaction, by: Period) -> str:
    """A period as a title."""
    if by == "quarter":
        return _quarter(one.start)
    if by == "month":
        month = as_date(one.start)
        return tr("{month} {year}", month=short_month_name(month.month), year=month.year)
    day = _begins(one, by)
    return tr("Week of {day}", day=format_day(day)) if by == "week" else format_day(day)


def _begins(one: Satisfaction, by: Period) -> int:
    """The first day of the whole period, also of one that is cut."""
    from desktop.analytics.periods import index_of, start_of

    return start_of(index_of(one.start, by), by)


def _quarter(day: int) -> str:
    first = as_date(day)
    return tr("{year} Q{quarter}", year=first.year, quarter=(first.month + 2) // 3)


def _beside(trend: Sequence[Satisfaction]) -> list[Figures]:
    """What the table has besides the lines."""
    return [
        Figures(tr("Ratings"), "number", [one.n for one in trend]),
        Figures(tr("Gap"), "rating", [one.gap.value for one in trend]),
        Figures(tr("CSAT"), "percent", [one.csat.value for one in trend]),
        Figures(tr("NPS"), "number", [one.nps.value for one in trend]),
        Figures(tr("CES"), "rating", [one.effort.value for one in trend]),
    ]
