"""The screen of cohorts: a heat map of who stays, the average, and how soon new customers come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.analytics.repeat import HORIZONS
from desktop.core.translation import tr
from desktop.queries.insight_cohorts import By, CohortReport, Measure, cohort_report
from desktop.queries.insight_scope import Scope
from desktop.views.figures.card import FigureCard
from desktop.views.figures.out import Shown
from desktop.views.figures.point_chart import PointChart
from desktop.views.insights.cohorts.words import (
    CohortCells,
    column_name,
    missing_words,
    period_name,
    second_data,
    thin_words,
)
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.kit import theme
from desktop.views.kit.charts import HeatCells, LineChart, Series
from desktop.views.kit.chips import Chip, ChipItem, ChipRow
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn

_BYS: tuple[By, ...] = ("month", "quarter")
_MEASURES: tuple[Measure, ...] = ("customers", "net")
_DRAWN = (30, 90, 365)
"""Days of the second purchase that are drawn; all of HORIZONS go into a workbook."""
_HIGH = 190


class CohortsScreen(InsightScreen):
    """Chips choose months or quarters, and customers or net sales."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        self.report: CohortReport | None = None
        self._cells: CohortCells | None = None
        self.bys = ChipRow([ChipItem("month", tr("By month")), ChipItem("quarter", tr("By quarter"))])
        self.measures = ChipRow(
            [ChipItem("customers", tr("Who buys again")), ChipItem("net", tr("What they spend"))]
        )
        self.bys.choose(next((one for one in _BYS if one == kept.get("by")), "month"))
        self.measures.choose(next((one for one in _MEASURES if one == kept.get("measure")), "customers"))
        for chips in (self.bys, self.measures):
            chips.chosen.connect(lambda _: frame.reload())
        self.thin = label("", size=theme.SMALL, role="muted", wrap=True)
        nobody = tr("Nobody bought for the first time in this period.")
        self.heat = HeatCells(tr("Do they come back?"), empty_text=nobody)
        self.heat.chosen.connect(self.open_cell)
        self.triangle = FigureCard(tr("Do they come back?"), "", self.heat, ())
        self.average = FigureCard(
            tr("The average"),
            "",
            LineChart(tr("The average"), empty_text=tr("No month after the first is over yet.")),
            (),
        )
        self.second = FigureCard(
            tr("Second purchase"),
            tr("within so many days"),
            PointChart(tr("Second purchase"), empty_text=tr("No cohort is old enough to be judged yet.")),
            (
                tr("Definition (e): of the customers who first bought in a month (or quarter), those with a "
                   "second purchase day within 30, 90 and 365 days."),
                tr("A cohort is drawn once its youngest possible member was seen for so long."),
            ),
        )  # fmt: skip
        assert isinstance(self.second.chart, PointChart)
        self.second.chart.opened = self.open_second
        self._lay()

    def _lay(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(24)
        # Chips flow into lines where they may; these two rows stand beside each other.
        self.bys.setMinimumWidth(sum(chip.minimumWidth() + 8 for chip in self.bys.findChildren(Chip)))
        above.addWidget(self.bys)
        above.addWidget(self.measures, 1)
        below = QHBoxLayout()
        below.setSpacing(14)
        for card in (self.average, self.second):
            card.chart.setMinimumHeight(_HIGH)
            below.addWidget(card, 1)
        self.column = ScrollColumn()
        self.column.column.addLayout(above)
        self.column.column.addWidget(self.thin)
        self.column.column.addWidget(self.triangle)
        self.column.column.addLayout(below)
        self.column.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.column)

    # -- as a screen

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> CohortReport:
        by: By = "quarter" if now_kept.get("by") == "quarter" else "month"
        return cohort_report(scope, by, "net" if now_kept.get("measure") == "net" else "customers")

    def show_answer(self, answer: CohortReport, scope: Scope) -> None:
        self.report = answer
        self.missing = missing_words(answer)
        if self.missing:
            return
        thin = thin_words(answer)
        self.thin.setText(thin)
        self.thin.setVisible(bool(thin))
        self._show_triangle(answer)
        self._show_average(answer)
        self._show_second(answer)

    def kept(self) -> dict[str, Any]:
        return {"by": self.bys.chosen_key(), "measure": self.measures.chosen_key()}

    def shown(self) -> Shown | None:
        if self.report is None or self.missing:
            return None
        charts = [self.heat, self.average.chart, self.second.chart]
        return Shown(title="", charts=charts, tables=[second_data(self.report)])

    # -- the cards

    def _show_triangle(self, report: CohortReport) -> None:
        cells = self._cells = CohortCells(report, self.frame.currency)
        drawn = cells.cells()
        foot = len(drawn) > len(cells.rows) - cells.first
        names = [*cells.rows[cells.first :], *([tr("Average")] if foot else [])]
        self.heat.set_cells(
            names, cells.columns, drawn, cells.data(self.heat.name), beside=cells.sizes(),
            head=tr("New"), foot=foot,
        )  # fmt: skip
        net = report.money is not None
        self.triangle.set_title(
            tr("What do they spend?") if net else tr("Do they come back?"),
            tr("net sales for each new customer") if net else tr("% of new customers ordering again"),
        )
        self.triangle.tell(_triangle_words(report))
        self.heat.show()

    def _show_average(self, report: CohortReport) -> None:
        figures = list(report.average)[1:]
        while figures and not figures[-1].n:
            figures.pop()
        line = Series(
            "",
            [one.value for one in figures],
            [one.low for one in figures],
            [one.high for one in figures],
            [one.n for one in figures],
        )
        chart = self.average.chart
        assert isinstance(chart, LineChart)
        names = [column_name(at, report.by) for at in range(1, len(figures) + 1)]
        chart.set_data(
            names, [line], kind="percent" if report.money is None else "money", least=0,
            currency=self.frame.currency,
        )  # fmt: skip
        self.average.set_title(self.average.name, tr("of all cohorts that can be judged"))
        self.average.tell(
            (
                tr("Each point takes together all cohorts that have that month (or quarter) behind them."),
                tr("The band is the 95 % interval: Wilson's for shares, t for money."),
            )
        )
        chart.show()

    def _show_second(self, report: CohortReport) -> None:
        lines = []
        for days in _DRAWN:
            shares = [one.shares[HORIZONS.index(days)] for one in report.second]
            band = days == 90
            lines.append(
                Series(
                    tr("{n} d", n=days),
                    [one.value if one else None for one in shares],
                    [one.low if one else None for one in shares] if band else (),
                    [one.high if one else None for one in shares] if band else (),
                    [one.n if one else 0 for one in shares],
                )
            )
        chart = self.second.chart
        assert isinstance(chart, PointChart)
        some = any(value is not None for line in lines for value in line.values)
        names = [period_name(one.start, report.by) for one in report.second] if some else []
        chart.set_data(names, lines if some else [], kind="percent", least=0)
        chart.show()

    # -- the rows behind

    def open_cell(self, row: int, column: int) -> None:
        """List a cell's customers."""
        if self.report is not None and self._cells is not None:
            cohort = row + self._cells.first
            title = tr("New in {when}", when=self._cells.rows[cohort])
            if column:
                title = tr(
                    "New in {when}, bought in {column}",
                    when=self._cells.rows[cohort],
                    column=self._cells.columns[column],
                )
            self.frame.open_customers(title, self.report.members(cohort, column))

    def open_second(self, place: int) -> None:
        """List who of a cohort bought again within 90 days."""
        if self.report is not None:
            when = period_name(self.report.second[place].start, self.report.by)
            title = tr("New in {when}, back within 90 days", when=when)
            self.frame.open_customers(title, self.report.came_back(place, 90))


def _triangle_words(report: CohortReport) -> list[str]:
    said = [
        tr("A line holds the customers who first bought in that month (or quarter). The first cell is that "
           "period itself, the next the one after it."),
        tr("Cells whose period is not over have a dotted edge; what has not come is blank."),
        tr("Click a cell, or press Enter on it, to see its customers."),
    ]  # fmt: skip
    if report.money is None:
        said.insert(
            1, tr("A cell is the share of the line that bought in that period, with its interval by Wilson.")
        )
    else:
        said.insert(
            1,
            tr("A cell is the net sales of that period, refunds taken off, for each customer of the line, "
               "those who did not buy included; its interval is by t."),
        )  # fmt: skip
    return said
