"""The charts of repeat purchase: by month, new and returning buyers, the curve, and the days it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.analytics.periods import index_of, start_of
from desktop.analytics.repeat_trend import Definition
from desktop.core.translation import ntr, tr
from desktop.views.figures.card import FigureCard
from desktop.views.figures.open_bars import OpenBars
from desktop.views.figures.point_chart import HasStart, OpenPoint, PointChart, short_months
from desktop.views.insights.repeat import words as repeat_words
from desktop.views.kit.charts import Figures, LineChart, Series

if TYPE_CHECKING:
    from desktop.analytics.intervals import Mean, Rate
    from desktop.analytics.repeat_times import Curve, Histogram
    from desktop.queries.insight_repeat import RepeatReport

_POINTS, _STEPS = 25, (1, 2, 5, 10, 15)
"""Steps of the curve, in days: more of them would only hide its marks."""


class TrendCard(FigureCard):
    """Repeat purchase by month, with its band, by the chosen definition."""

    def __init__(self, opened: OpenPoint) -> None:
        self._line = PointChart(
            tr("Repeat purchase"), empty_text=tr("Nothing to judge in this period yet: choose a longer one.")
        )
        self._line.opened = opened
        super().__init__(tr("Repeat purchase"), "", self._line, ())

    def show_report(self, report: RepeatReport) -> None:
        """Draw the months."""
        definition: Definition = report.definition
        names = {"e": (tr("90 d"), tr("30 d")), "d": ("", "")}.get(
            definition, (tr("One month"), tr("3 months"))
        )
        months = report.trend
        lines = [_series(names[0], [one.month for one in months])]
        if any(one.together for one in months):
            lines.append(
                _series(names[1], [one.together for one in months], band=definition == "e", dashed=True)
            )
        else:
            lines[0] = _series("", [one.month for one in months])
        self._line.set_data(
            short_months(months), lines, kind="rating" if definition == "c" else "percent",
            days=_firsts(months),
        )  # fmt: skip
        self.set_title(self.name, repeat_words.trend_title(definition))
        self.tell(repeat_words.trend_sentences(definition))
        self.chart.show()


class BuyersCard(FigureCard):
    """Who bought by month: returning and new."""

    def __init__(self, opened: OpenPoint) -> None:
        self._line = PointChart(
            tr("New and returning buyers"), empty_text=tr("Nobody bought in this period.")
        )
        self._line.opened = opened
        super().__init__(
            tr("New and returning buyers"),
            tr("customers by month"),
            self._line,
            (
                tr("Returning: buyers of a month who had bought before it. New: those whose first purchase "
                   "ever lies in it."),
                tr("Purchases that name no customer are not counted."),
            ),
        )  # fmt: skip

    def show_report(self, report: RepeatReport) -> None:
        """Draw the months."""
        months = report.months
        self._line.set_data(
            short_months(months),
            [
                Series(tr("Returning"), [float(one.returning) for one in months]),
                Series(tr("New"), [float(one.new) for one in months], colour=1),
            ],
            days=_firsts(months), least=0, whole=True,
        )  # fmt: skip
        self.chart.show()


class CurveCard(FigureCard):
    """The share of customers that is back so many days after the first purchase."""

    def __init__(self) -> None:
        self._line = LineChart(
            tr("How many come back, and when"), empty_text=tr("Nobody was watched for long enough yet.")
        )
        super().__init__(
            tr("How many come back, and when"),
            tr("second purchase"),
            self._line,
            (
                tr("Share of customers with a second purchase day so many days after the first. Newer "
                   "customers count for as long as they could be watched (Kaplan–Meier)."),
                tr("The band is the 95 % interval (Greenwood); n is how many were still watched, and had not "
                   "bought again, on that day. The dashed line is of who first bought in the period."),
            ),
        )  # fmt: skip

    def show_report(self, report: RepeatReport) -> None:
        """Draw the curve of everybody, and of the newcomers of the period."""
        size = report.curve.share.size
        step = next((one for one in _STEPS if one * _POINTS >= size), _STEPS[-1])
        days = list(range(0, size, step))
        lines = [_curve(tr("All") if report.newcomers else "", report.curve, days)]
        if report.newcomers:
            lines.append(_curve(tr("Newcomers"), report.newcomers, days, dashed=True))
        labels = [f"{day}" for day in days]
        self._line.set_data(labels if size else [], lines, kind="percent", least=0)
        self.tell(facts=repeat_words.curve_facts(report))
        self.chart.show()


class DaysCard(FigureCard):
    """A histogram of days by weeks, the median's week marked."""

    def __init__(
        self, title: str, sentence: str, empty: str, opened: Callable[[int, int | None], object]
    ) -> None:
        self._bars = OpenBars(title, empty_text=empty)
        self._bars.opened = self._open
        self._opened = opened
        self._table: Histogram | None = None
        super().__init__(
            title, "", self._bars,
            (
                sentence,
                tr("A bar is a week; the last one holds everything longer. The median's week stands out."),
            ),
        )  # fmt: skip

    def _open(self, place: int) -> None:
        if self._table is not None:
            low, high = self._table.edges[place : place + 2].tolist()
            self._opened(low, None if place == self._table.counts.size - 1 else high)

    def show_histogram(self, table: Histogram) -> None:
        """Draw the bars."""
        self._table = table
        edges = table.edges.tolist()
        last = len(edges) - 2
        long = [
            bin_name(low, None if place == last else high)
            for place, (low, high) in enumerate(pairwise(edges))
        ]
        marked = None
        if table.median is not None:
            marked = min(int(table.median // (edges[1] - edges[0])), last)
            self.set_title(self.name, median_words(table))
        else:
            self.set_title(self.name, "")
        self._bars.set_data(
            [f"{edge:,}" for edge in edges[:-1]],
            table.counts.tolist(),
            long_labels=long,
            marked=marked,
            titles=(tr("Days"), tr("Number")),
            more=(
                Figures(tr("From day"), "number", edges[:-1]),
                Figures(tr("To day"), "number", [*(edge - 1 for edge in edges[1:-1]), None]),
            ),
        )
        self.tell(facts=_facts(table))
        self.chart.show()


def _facts(table: Histogram) -> list[tuple[str, str]]:
    if table.median is None:
        return []
    low, high = round(table.lower_quartile or 0), round(table.upper_quartile or 0)
    return [
        (tr("Median"), ntr("{n} d", "{n} d", round(table.median))),
        (tr("Half of all"), tr("{low}–{high} d", low=low, high=high)),
        (tr("Counted"), f"{table.n:,}"),
    ]


def bin_name(low: int, high: int | None) -> str:
    """What a bar of days is called."""
    if high is None:
        return tr("{days} d and more", days=low)
    return tr("{first}–{last} d", first=low, last=high - 1)


def median_words(table: Histogram) -> str:
    """The median with its interval, below a title."""
    median = round(table.median or 0)
    middle = table.middle
    if middle.low is None or middle.high is None:
        return tr("median {median} d", median=median)
    interval = f"{middle.low:.0f}–{middle.high:.0f}"
    return tr("median {median} d ({interval})", median=median, interval=interval)


def _series(
    name: str, figures: Sequence[Rate | Mean | None], *, band: bool = True, dashed: bool = False
) -> Series:
    drawn = [one if one and one.n else None for one in figures]
    return Series(
        name,
        [one.value if one else None for one in drawn],
        low=[one.low if one else None for one in drawn] if band else (),
        high=[one.high if one else None for one in drawn] if band else (),
        counts=[one.n if one else 0 for one in drawn],
        dashed=dashed,
    )


def _curve(name: str, curve: Curve, days: Sequence[int], *, dashed: bool = False) -> Series:
    known = [day for day in days if day < curve.share.size]
    blank: list[float | None] = [None] * (len(days) - len(known))
    return Series(
        name,
        [*(float(curve.share[day]) for day in known), *blank],
        low=[*(float(curve.low[day]) for day in known), *blank],
        high=[*(float(curve.high[day]) for day in known), *blank],
        counts=[*(int(curve.at_risk[day]) for day in known), *(0 for _ in blank)],
        dashed=dashed,
    )


def _firsts(months: Sequence[HasStart]) -> list[int]:
    """The first day of each month, also of the one that the period begins in the middle of."""
    return [start_of(index_of(month.start, "month"), "month") for month in months]


def month_of(months: Sequence[HasStart], place: int) -> str:
    """A month of a trend in words."""
    from desktop.core.dates import format_month

    return format_month(_firsts(months)[place])
