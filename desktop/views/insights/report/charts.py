"""The charts of the monthly report as vector pictures, painted in the language of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF

from desktop.core.translation import tr
from desktop.views.figures.pages import Chart
from desktop.views.figures.point_chart import PointChart
from desktop.views.insights.cohorts.words import CohortCells
from desktop.views.insights.forecast.cards import AheadCard
from desktop.views.insights.overview.cards import fill_repeat, fill_segments
from desktop.views.insights.satisfaction.trend import fill_satisfaction
from desktop.views.kit.chart_base import ChartWidget
from desktop.views.kit.chart_out import svg
from desktop.views.kit.charts import HBarList, HeatCells

if TYPE_CHECKING:
    from desktop.queries.monthly_report import MonthlyReport

_WIDE, _HIGH = 760, 150
_HALF = 380


def report_charts(report: MonthlyReport, currency: str) -> dict[str, Chart]:
    """The charts that have anything to show, by name; painted on the window's thread."""
    satisfaction = PointChart(tr("Satisfaction"))
    satisfaction.resize(_WIDE, _HIGH)
    fill_satisfaction(satisfaction, report.trend)
    repeat = PointChart(tr("Repeat purchase"))
    repeat.resize(_WIDE, _HIGH)
    fill_repeat(repeat, report.repeat_trend)
    segments = HBarList(tr("Who keeps the shop"), names=0.3)
    fill_segments(segments, report.segments, currency)
    segments.resize(_HALF, segments.minimumSizeHint().height())
    cohorts = HeatCells(tr("Do they come back?"), high=19)
    _fill_cohorts(cohorts, report, currency)
    cohorts.resize(_WIDE, cohorts.minimumSizeHint().height())
    charts: dict[str, ChartWidget] = {
        "satisfaction": satisfaction, "repeat": repeat, "segments": segments, "cohorts": cohorts,
    }  # fmt: skip
    made = {name: _picture(chart) for name, chart in charts.items() if not chart.is_empty()}
    if report.forecast.courses:
        card = AheadCard(lambda _: None, currency)
        card.show_course(report.forecast, "revenue", 6)
        card.chart.setMinimumHeight(0)
        card.chart.setParent(None)
        card.chart.resize(_WIDE, _HIGH)
        made["forecast"] = _picture(card.chart)
        card.chart.deleteLater()
        card.deleteLater()
    for chart in charts.values():
        chart.deleteLater()
    return made


def _fill_cohorts(chart: HeatCells, report: MonthlyReport, currency: str) -> None:
    if not report.cohorts.retention.start.size:
        return
    cells = CohortCells(report.cohorts, currency)
    drawn = cells.cells()
    foot = len(drawn) > len(cells.rows) - cells.first
    names = [*cells.rows[cells.first :], *([tr("Average")] if foot else [])]
    chart.set_cells(
        names, cells.columns, drawn, cells.data(chart.name), beside=cells.sizes(), head=tr("New"), foot=foot
    )


def _picture(chart: ChartWidget) -> Chart:
    return Chart(chart.name, svg(chart), QSizeF(chart.size()))
