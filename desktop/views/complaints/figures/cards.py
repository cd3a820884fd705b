"""What the cards of the complaints' figures share: a chart, its menu, and "how is this counted?"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.core.translation import tr
from desktop.views.insights.card import wait_for_figures
from desktop.views.kit.chart_base import ChartWidget
from desktop.views.kit.popover import Explanation, Popover, explain
from desktop.views.kit.widgets import Card, IconButton


class FigureCard(Card):
    """A card with a chart, whose place is kept until there are figures."""

    def __init__(
        self,
        title: str,
        subtitle: str,
        chart: ChartWidget,
        sentences: Sequence[str],
        *,
        extra: Sequence[QWidget] = (),
    ) -> None:
        self.menu_button = IconButton("ellipsis", tr("Take “{title}” away", title=title), role="muted")
        self.help_button = IconButton(
            "circle-help", tr("How is “{title}” counted?", title=title), self.explain, role="muted"
        )
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (*extra, self.help_button, self.menu_button):
            row.addWidget(widget)
        super().__init__(title, subtitle, action=holder)
        self.name, self.chart, self._sentences = title, chart, sentences
        self.popover: Popover | None = None
        wait_for_figures(chart)
        self.body.addWidget(chart, 1)
        menu = QMenu(self.menu_button)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.menu_button.setMenu(menu)

    def _fill(self, menu: QMenu) -> None:
        from desktop.views.kit.chart_menu import fill_menu

        menu.clear()
        fill_menu(menu, self.chart)
        for action in menu.actions():
            action.setEnabled(not self.chart.is_empty())

    def explain(self) -> None:
        """Say how the figures are counted."""
        self.popover = explain(Explanation(self.name, self._sentences), self.help_button)
