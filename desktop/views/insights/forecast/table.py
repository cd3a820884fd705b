"""The months ahead as a table: what is expected, between what, and what came a year before."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt

from desktop.core.days import as_date
from desktop.core.translation import mark, tr
from desktop.exchange.writers.chart_data import ChartData, Figure, Figures
from desktop.exchange.writers.columns import Kind
from desktop.queries.insight_forecast import ForecastReport, Told
from desktop.views.figures.lines import written
from desktop.views.figures.pages import PaperTable
from desktop.views.insights.forecast.words import NAMES, unit_of
from desktop.views.kit.columns import Column
from desktop.views.kit.row_delegate import ROW_HEIGHT
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.widgets import Card

_HEAD = 48


@dataclass(frozen=True)
class MonthRow:
    """A month ahead in words."""

    month: str
    expected: str
    inner: str
    outer: str
    before: str


_COLUMNS = (
    Column("month", mark("Month"), 110, "strong", sortable=False, stretch=True),
    Column("expected", mark("Forecast"), 120, "number", sortable=False, text=str),
    Column("inner", mark("80 % between"), 190, "number", sortable=False, text=str),
    Column("outer", mark("95 % between"), 190, "number", sortable=False, text=str),
    Column("before", mark("Year before"), 120, "number", sortable=False, text=str),
)


class MonthTable(Card):
    """The table; `opened` gets a month's place when it is double clicked or Enter is pressed."""

    def __init__(self, opened: Callable[[int], object]) -> None:
        super().__init__(tr("Month by month"), tr("what is expected"))
        self._rows: Sequence[MonthRow] = ()
        self._model = IdListModel(_COLUMNS, self._fetch, parent=self)
        self.table = TableView(self._model, name=tr("Month by month"))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.opened.connect(opened)
        self.body.addWidget(self.table, 1)

    def show_course(self, report: ForecastReport, told: Told, horizon: int, currency: str) -> None:
        """Write the months."""
        self._rows = month_rows_of(report, told, horizon, currency)
        self._model.set_ids(array("q", range(len(self._rows))))
        self.table.setMinimumHeight(len(self._rows) * ROW_HEIGHT + _HEAD)

    def _fetch(self, ids: Sequence[int]) -> dict[int, MonthRow]:
        return {row: self._rows[row] for row in ids}


def month_rows_of(report: ForecastReport, told: Told, horizon: int, currency: str) -> list[MonthRow]:
    """The months ahead in words."""
    course, unit = report.courses[told], unit_of(told)
    found = course.next
    last_year = course.past[-12:] if course.past.size >= 12 else None

    def amount(value: float) -> str:
        return written(unit, value, currency)

    def between(low: float, high: float) -> str:
        return f"{amount(low)}–{amount(high)}"

    return [
        MonthRow(
            f"{as_date(int(report.ahead[place])):%Y-%m}",
            amount(float(found.middle[place])),
            between(float(found.low80[place]), float(found.high80[place])),
            between(float(found.low95[place]), float(found.high95[place])),
            "—" if last_year is None else amount(float(last_year[place])),
        )
        for place in range(horizon)
    ]


def forecast_data(report: ForecastReport, told: Told, horizon: int, currency: str) -> ChartData:
    """The table with its figures, for a workbook."""
    course = report.courses[told]
    kind: Kind = "money" if told == "revenue" else "number"
    found = course.next
    last_year: list[Figure] = [None] * horizon
    if course.past.size >= 12:
        last_year = [float(value) for value in course.past[-12:][:horizon]]
    columns = [
        (tr("Forecast"), found.middle), (tr("80 %: from"), found.low80), (tr("80 %: to"), found.high80),
        (tr("95 %: from"), found.low95), (tr("95 %: to"), found.high95),
    ]  # fmt: skip
    more = [
        Figures(title, kind, [float(round(one)) for one in values[:horizon]]) for title, values in columns
    ]
    more.append(Figures(tr("Year before"), kind, last_year))
    return ChartData(
        tr("{name}: months ahead", name=tr(NAMES[told])), "table",
        Figures(tr("Month"), "date", report.ahead[:horizon].tolist()), (), more=more, currency=currency,
    )  # fmt: skip


def forecast_paper(report: ForecastReport, told: Told, horizon: int, currency: str) -> PaperTable:
    """The table for paper."""
    rows = month_rows_of(report, told, horizon, currency)
    return PaperTable(
        tr("{name}: months ahead", name=tr(NAMES[told])),
        [column.name for column in _COLUMNS],
        [[one.month, one.expected, one.inner, one.outer, one.before] for one in rows],
    )
