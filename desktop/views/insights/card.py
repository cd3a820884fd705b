"""What the cards of the insights share: a chart, and "how is this counted?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.figures.card import wait_for_figures
from desktop.views.figures.point_chart import short_months
from desktop.views.kit.charts import ChartWidget
from desktop.views.kit.popover import Explanation, Link, Popover, explain
from desktop.views.kit.widgets import Card, IconButton

if TYPE_CHECKING:
    from desktop.queries.insights import Insights

ShowCustomers = Callable[[str, Any], object]
"""Opens a list of customers: its title and an array of ids."""


__all__ = ["InsightCard", "ShowCustomers", "short_months"]


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
