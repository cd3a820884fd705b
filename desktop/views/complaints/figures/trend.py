"""Complaints month by month: received and settled, and how many there are for each hundred orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.core.translation import ntr, tr
from desktop.views.figures.card import FigureCard
from desktop.views.figures.point_chart import OpenPoint, PointChart, short_months
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.charts import Figures, Series

if TYPE_CHECKING:
    from desktop.queries.complaint_figures import ComplaintReport, TrendMonth


class TrendCard(FigureCard):
    """Received and settled by month."""

    def __init__(self, opened: OpenPoint) -> None:
        self._line = PointChart(
            tr("Received and settled"),
            empty_text=tr(
                "No complaint received or settled in this period, as far as the filters leave any."
            ),
        )
        self._line.opened = opened
        super().__init__(
            tr("Received and settled"),
            tr("complaints by month"),
            self._line,
            (
                tr("Complaints received in each month, and those settled in it, whenever they came."),
                tr("The first and the last month may be cut by the period."),
            ),
        )

    def show_report(self, report: ComplaintReport) -> None:
        """Draw the months."""
        months = report.trend
        some = any(month.received.n or month.settled.n for month in months)
        received = [month.received.value if some else None for month in months]
        settled = [month.settled.value if some else None for month in months]
        self._line.set_data(
            short_months(months),
            [Series(tr("Came in"), received), Series(tr("Settled"), settled, colour=1)],
            days=_firsts(months),
            least=0,
            whole=True,
        )


class RatioCard(FigureCard):
    """Complaints per 100 orders by month, with the band of what chance may do."""

    def __init__(self, opened: OpenPoint, open_unlinked: Callable[[], object]) -> None:
        self._line = PointChart(
            tr("Complaints per 100 orders"),
            empty_text=tr(
                "No order in this period: without orders there is nothing to hold complaints against."
            ),
        )
        self._line.opened = opened
        super().__init__(
            tr("Complaints per 100 orders"),
            tr("with 95 % band"),
            self._line,
            (
                tr("Complaints about a month's orders, whenever they came, for each 100 of those orders."),
                tr("The band is the exact Poisson interval. Complaints that name no order are left out."),
                tr("Months with fewer than 30 orders are not drawn beside months that have more."),
                tr("A channel chosen means the orders' channel here, not how the customer complained."),
            ),
        )
        self.unlinked = LinkButton("", "", open_unlinked)
        self.unlinked.setFont(theme.font(theme.SMALL))
        self.body.addWidget(self.unlinked, 0, Qt.AlignmentFlag.AlignLeft)

    def show_report(self, report: ComplaintReport) -> None:
        """Draw the months."""
        self.unlinked.setText(
            ntr("{n} complaint names no order", "{n} complaints name no order", report.unlinked)
        )
        self.unlinked.setVisible(report.unlinked > 0)
        ratios = [month.per_hundred for month in report.trend]
        few = any(one.enough for one in ratios)
        drawn = [one if one.enough or not few else None for one in ratios]
        line = Series(
            "",
            [one.value if one else None for one in drawn],
            [one.low if one else None for one in drawn],
            [one.high if one else None for one in drawn],
            [one.n for one in ratios],
        )
        about = [round((one.value or 0.0) * one.n / 100) for one in ratios]
        self._line.set_data(
            short_months(report.trend),
            [line],
            days=_firsts(report.trend),
            least=0,
            more=[Figures(tr("Complaints about them"), "number", about)],
        )


def _firsts(months: tuple[TrendMonth, ...]) -> list[int]:
    """The first day of each month, also of the one that the period begins in the middle of."""
    from desktop.analytics.periods import index_of, start_of

    return [start_of(index_of(month.start, "month"), "month") for month in months]
