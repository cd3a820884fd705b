"""The forecast's charts: the months ahead behind those that were, and last year's beside what came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.forecast import Forecast
from desktop.core.translation import tr
from desktop.exchange.writers.columns import Kind
from desktop.queries.insight_forecast import ForecastReport, Told
from desktop.views.figures.card import FigureCard
from desktop.views.figures.point_chart import PointChart, short_months
from desktop.views.insights.forecast.words import NAMES, counted_sentences, good_words
from desktop.views.kit import theme
from desktop.views.kit.charts import Series
from desktop.views.kit.labels import label

Floats = NDArray[np.float64]
OpenMonth = Callable[[int], object]
"""Shows what stands behind a month, by its first day."""
_PAST = 24
"""Whole months drawn before those ahead."""


class _Month(NamedTuple):
    start: int


class AheadCard(FigureCard):
    """The past months, the one under way, and those ahead with their bands."""

    def __init__(self, opened: OpenMonth, currency: str) -> None:
        self._line = PointChart(tr("The months ahead"))
        self._line.opened = self._opened
        self._open, self._currency = opened, currency
        self._months: Sequence[int] = ()
        self._known = 0
        super().__init__(tr("The months ahead"), tr("with 80 % and 95 % bands"), self._line, ())
        self._line.setMinimumHeight(240)

    def show_course(self, report: ForecastReport, told: Told, horizon: int) -> None:
        """Draw a series and what is ahead of it."""
        course = report.courses[told]
        past = course.past[-_PAST:]
        ahead = report.ahead[:horizon]
        self._months = [*report.months[-past.size :].tolist(), *ahead.tolist()]
        self._known = past.size + report.under_way
        blank: list[float | None] = [None] * past.size
        lines = [Series(tr("What came"), _values(past, told), colour=0)]
        if report.under_way:
            lines.append(Series(tr("So far"), [*blank, *_values(np.array([course.so_far]), told)], colour=2))
        lines += forecast_series(course.next, told, horizon, blank)
        _draw(self._line, self._months, lines, told, self._currency)
        self.tell(counted_sentences(told, course))

    def _opened(self, point: int) -> None:
        if point < self._known:
            self._open(self._months[point])


class LookBackCard(FigureCard):
    """The forecast as it would have stood a year ago, and what came."""

    def __init__(self, opened: OpenMonth, currency: str) -> None:
        self._line = PointChart(
            tr("Last year's forecast"),
            empty_text=tr("Too few months have gone by to hold a forecast against what came."),
        )
        self._line.opened = self._opened
        self._open, self._currency = opened, currency
        self._months: Sequence[int] = ()
        super().__init__(
            tr("Last year's forecast"),
            tr("and what came"),
            self._line,
            (
                tr("The forecast is made again from the months that were known then alone, by the way that "
                   "was least wrong then."),
                tr("What came is drawn over it; months outside the bands were surprises."),
            ),
        )  # fmt: skip
        self._line.setMinimumHeight(200)
        self.good = label("", size=theme.SMALL, role="muted", wrap=True)
        self.body.addWidget(self.good)

    def show_course(self, report: ForecastReport, told: Told) -> None:
        """Draw what had been told and what came."""
        course = report.courses[told]
        self.good.setText(good_words(course))
        seen = course.looked_back
        size = seen.actual.size if seen else 0
        self._months = report.months[report.months.size - size :].tolist()
        lines = []
        if seen is not None:
            lines = [
                Series(tr("What came"), _values(seen.actual, told), colour=0),
                *forecast_series(seen.forecast, told, size, []),
            ]
        _draw(self._line, self._months, lines, told, self._currency)

    def _opened(self, point: int) -> None:
        if point < len(self._months):
            self._open(self._months[point])


def forecast_series(found: Forecast, told: Told, horizon: int, blank: list[float | None]) -> list[Series]:
    """A forecast as two lines, one for each band, behind so many blank steps."""
    middle = [*blank, *_values(found.middle[:horizon], told)]
    bands = (
        (tr("Forecast, 80 %"), found.low80, found.high80),
        (tr("Forecast, 95 %"), found.low95, found.high95),
    )
    return [
        Series(
            name,
            middle,
            [*blank, *_values(low[:horizon], told)],
            [*blank, *_values(high[:horizon], told)],
            dashed=True,
            colour=1,
        )
        for name, low, high in bands
    ]


def _values(values: Floats, told: Told) -> list[float | None]:
    """Whole orders and customers, whole minor units."""
    return [float(round(value)) for value in values]


def _draw(
    chart: PointChart, months: Sequence[int], lines: Sequence[Series], told: Told, currency: str
) -> None:
    kind: Kind = "money" if told == "revenue" else "number"
    chart.set_data(
        short_months([_Month(start) for start in months]), lines, kind=kind, days=months, least=0,
        whole=True, currency=currency,
    )  # fmt: skip
    chart.show()


def course_name(told: Told) -> str:
    """What a series is called."""
    return tr(NAMES[told])
