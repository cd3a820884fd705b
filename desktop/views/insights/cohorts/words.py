"""Cohorts in words: what a cell, a line and the average say, and what is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from desktop.analytics.repeat import HORIZONS
from desktop.core.dates import format_short_month
from desktop.core.days import as_date
from desktop.core.figures import percent, short_money
from desktop.core.money import format_money
from desktop.core.translation import ntr, tr
from desktop.exchange.writers.chart_data import ChartData, Figures, Series
from desktop.views.kit.heat_cells import HeatCell

if TYPE_CHECKING:
    from desktop.analytics.intervals import Mean, Rate
    from desktop.queries.insight_cohorts import By, CohortReport

MOST_ROWS = 24
"""Cohorts drawn, the newest; all are in what is taken away."""


def period_name(day: int, by: By) -> str:
    """A cohort's month or quarter."""
    if by == "quarter":
        when = as_date(day)
        return tr("{year} Q{quarter}", year=when.year, quarter=(when.month + 2) // 3)
    return format_short_month(day)


def column_name(column: int, by: By) -> str:
    """A column of the triangle: M0, M1 … or Q0, Q1 …"""
    return tr("Q{number}", number=column) if by == "quarter" else tr("M{number}", number=column)


def missing_words(report: CohortReport) -> str:
    """What lacks for the whole screen; "" when there is something to show."""
    if not report.past.size:
        return tr("Nobody bought anything up to the end of this period, as far as the filters leave any.")
    if not report.retention.size.any():
        return tr(
            "Nobody bought for the first time in these months: choose a period that reaches further back."
        )
    return ""


def thin_words(report: CohortReport) -> str:
    """What keeps the triangle from saying much; "" when there is enough."""
    size = int(report.retention.size.sum())
    if size == 1:
        return tr("There is one new customer only: shares of one say nothing.")
    if report.retention.start.size and not any(one.n for one in report.average[1:]):
        return tr("No month after the first is over yet: who stays will only show later.")
    return ""


class CohortCells:
    """The cells of a report, as they are drawn and as they are taken away."""

    def __init__(self, report: CohortReport, currency: str) -> None:
        self.report, self._currency = report, currency
        table = report.retention
        self.rows = [period_name(int(day), report.by) for day in table.start]
        self.columns = [column_name(at, report.by) for at in range(table.start.size)]
        self.first = max(0, len(self.rows) - MOST_ROWS)
        """The first cohort drawn."""
        self._most = self._scale()

    def _scale(self) -> float:
        """What is drawn darkest: everybody, or the most money after the first month."""
        if self.report.money is None:
            return 1.0
        net, size = self.report.money.net, self.report.retention.size
        with np.errstate(invalid="ignore", divide="ignore"):
            each = net[:, 1:] / size[:, np.newaxis]
        return max(1.0, float(np.nanmax(each))) if np.isfinite(each).any() else 1.0

    def cells(self) -> list[list[HeatCell | None]]:
        """The rows drawn, and the average as their last."""
        rows = [
            [self.cell(row, column) for column in range(len(self.columns))]
            for row in range(self.first, len(self.rows))
        ]
        average = [self._average(column, one) for column, one in enumerate(self.report.average)]
        return [*rows, average] if any(average) else rows

    def cell(self, row: int, column: int) -> HeatCell | None:
        """One cell of a cohort; None in the future, and where nobody was new."""
        found = self.report.cell(row, column)
        if found is None or found.value is None:
            return None
        growing = bool(self.report.retention.running[row, column])
        told = [f"{self.rows[row]} · {self.columns[column]}", *self._said(found)]
        if self.report.money is not None:
            told += self._in_all(row, column)
        if growing:
            told.append(tr("not over yet: it can still grow"))
        active = int(self.report.retention.active[row, column])
        return HeatCell(self._text(found), self._strength(found), told, growing, with_rows=active > 0)

    def _average(self, column: int, found: Rate | Mean) -> HeatCell | None:
        if found.value is None:
            return None
        told = [f"{tr('All that can be judged')} · {self.columns[column]}", *self._said(found)]
        return HeatCell(self._text(found), self._strength(found), told, with_rows=False)

    def _strength(self, found: Rate | Mean) -> float:
        return max(0.0, (found.value or 0.0) / self._most)

    def _text(self, found: Rate | Mean) -> str:
        value = found.value or 0.0
        if self.report.money is None:
            return f"{100 * value:.0f}"
        return short_money(round(value), self._currency)

    def _said(self, found: Rate | Mean) -> list[str]:
        """The value with its interval, and what it rests on."""
        count = f"{found.n:,}"
        if self.report.money is not None:
            value = tr("{money} each", money=format_money(round(found.value or 0), self._currency))
            if found.low is not None and found.high is not None:
                low, high = (format_money(round(edge), self._currency) for edge in (found.low, found.high))
                value += f"  ({low} – {high})"
            return [value, tr("n {count}", count=count)]
        value = percent(found.value, 1)
        if found.low is not None and found.high is not None:
            value += f"  ({percent(found.low, 1)}–{percent(found.high, 1)})"
        hits = getattr(found, "hits", 0)
        return [value, tr("{part} of {count} customers", part=f"{hits:,}", count=count)]

    def _in_all(self, row: int, column: int) -> list[str]:
        money = self.report.money
        if money is None:
            return []
        total = format_money(round(float(money.net[row, column])), self._currency)
        said = [tr("{money} in all", money=total)]
        kept = money.kept(row, column)
        if column and kept is not None:
            said.append(tr("{share} of the first", share=percent(kept)))
        return said

    def sizes(self) -> list[str]:
        """How many customers each row drawn began with."""
        return [f"{int(size):,}" for size in self.report.retention.size[self.first :]]

    def data(self, title: str) -> ChartData:
        """All cohorts, as a table."""
        table, money = self.report.retention, self.report.money
        first = tr("First bought")
        days = [int(day) for day in table.start]
        monthly = self.report.by == "month"
        steps = Figures(first, "date", days) if monthly else Figures(first, "text", self.rows)
        lines = [Series(name, self._column(at)) for at, name in enumerate(self.columns)]
        sizes = Figures(tr("Customers"), "number", [int(size) for size in table.size])
        return ChartData(
            title, "heat", steps, lines, "percent" if money is None else "money",
            words=self.rows if monthly else (), before=(sizes,), currency=self._currency,
        )  # fmt: skip

    def _column(self, column: int) -> list[float | None]:
        found = [self.report.cell(row, column) for row in range(len(self.rows))]
        return [one.value if one else None for one in found]


def second_data(report: CohortReport) -> ChartData:
    """The second purchase within all of HORIZONS, cohort by cohort, with intervals."""
    names = [period_name(one.start, report.by) for one in report.second]
    more = [Figures(tr("Customers"), "number", [one.size for one in report.second])]
    for place, days in enumerate(HORIZONS):
        shares = [one.shares[place] for one in report.second]
        name = ntr("Within {n} day", "Within {n} days", days)
        more += [
            Figures(name, "percent", [one.value if one else None for one in shares]),
            Figures(tr("{name}: from", name=name), "percent", [one.low if one else None for one in shares]),
            Figures(tr("{name}: to", name=name), "percent", [one.high if one else None for one in shares]),
        ]
    first = Figures(tr("First bought"), "text", names)
    return ChartData(tr("Second purchase, all horizons"), "table", first, (), more=more)
