"""What the cards of the insights share: a chart, and "how is this counted?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.dates import short_month_name
from desktop.core.days import as_date
from desktop.core.translation import tr
from desktop.views.kit.charts import ChartWidget
from desktop.views.kit.popover import Explanation, Link, Popover, explain
from desktop.views.kit.widgets import Card, IconButton

if TYPE_CHECKING:
    from desktop.queries.insights import Insights

ShowCustomers = Callable[[str, Any], object]
"""Opens a list of customers: its title and an array of ids."""


_ONE_YEAR = 13


class _HasMonth(Protocol):
    @property
    def start(self) -> int: ...


class InsightCard(Card):
    """A card with a chart. A kind of card says how it counts and fills its chart in `show_found`."""

    def __init__(
        self, title: str, subtitle: str, chart: ChartWidget, *, extra: Sequence[QWidget] = ()
    ) -> None:
        self.help_button = IconButton(
            "circle-help", tr("How is “{title}” counted?", title=title), self.open_explanation, role="muted"
        )
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (*extra, self.help_button):
            row.addWidget(widget)
        super().__init__(title, subtitle, action=holder)
        self.name = title
        self.chart = chart
        wait_for_figures(chart)
        self.body.addWidget(chart, 1)
        self.popover: Popover | None = None

    def show_found(self, found: Insights) -> None:
        """Draw the figures."""
        raise NotImplementedError

    def explanation(self) -> Explanation:
        """How the figures shown are counted."""
        raise NotImplementedError

    def open_explanation(self) -> None:
        """Say how this is counted."""
        from desktop.views.kit import chart_out

        told = self.explanation()
        links: list[Link] = [
            *told.links,
            (tr("Show the data"), "table-2", partial(chart_out.show_data, self.chart)),
            (tr("Save picture…"), "image-down", partial(chart_out.ask_and_save, self.chart)),
            (
                tr("Save as a workbook…"),
                "file-spreadsheet",
                partial(chart_out.ask_and_write, [self.chart], self.name, self.chart),
            ),
        ]
        self.popover = explain(Explanation(told.title, told.sentences, told.facts, links), self.help_button)


def wait_for_figures(chart: ChartWidget) -> None:
    """Hide a chart, its place kept, until it is shown with figures: "nothing yet" must not flash by."""
    policy = chart.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    chart.setSizePolicy(policy)
    chart.hide()


def short_months(months: Sequence[_HasMonth]) -> list[str]:
    """Months for an axis; over more than a year with their year, or every November would look the same."""
    if len(months) > _ONE_YEAR:
        return [f"{as_date(month.start):%Y-%m}" for month in months]
    return [short_month_name(as_date(month.start).month) for month in months]
