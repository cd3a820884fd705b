"""A card with a chart: its menu of all that can be taken away, and "how is this counted?"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.core.translation import tr
from desktop.views.kit.chart_base import ChartWidget
from desktop.views.kit.popover import Explanation, Link, Popover, explain
from desktop.views.kit.widgets import Card, IconButton


class FigureCard(Card):
    """A card with a chart, whose place is kept until there are figures (then: `card.chart.show()`).

    `extra` stands before the two buttons of the head. What is said of the figures may change with them:
    `tell`.
    """

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
        self.name, self.chart = title, chart
        self._sentences = sentences
        self._facts: Sequence[tuple[str, str]] = ()
        self._links: Sequence[Link] = ()
        self.popover: Popover | None = None
        wait_for_figures(chart)
        self.body.addWidget(chart, 1)
        menu = QMenu(self.menu_button)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.menu_button.setMenu(menu)

    def tell(
        self,
        sentences: Sequence[str] | None = None,
        facts: Sequence[tuple[str, str]] = (),
        links: Sequence[Link] = (),
    ) -> None:
        """What "how is this counted?" says from now on: sentences (None: as before), figures, ways on."""
        self._sentences = self._sentences if sentences is None else sentences
        self._facts, self._links = facts, links

    def _fill(self, menu: QMenu) -> None:
        from desktop.views.kit.chart_menu import fill_menu

        menu.clear()
        fill_menu(menu, self.chart)
        for action in menu.actions():
            action.setEnabled(not self.chart.is_empty())

    def explain(self) -> None:
        """Say how the figures are counted."""
        told = Explanation(self.name, self._sentences, self._facts, self._links)
        self.popover = explain(told, self.help_button)


def wait_for_figures(chart: ChartWidget) -> None:
    """Hide a chart, its place kept, until it is shown with figures: "nothing yet" must not flash by."""
    policy = chart.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    chart.setSizePolicy(policy)
    chart.hide()
