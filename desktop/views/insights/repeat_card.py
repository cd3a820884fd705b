"""Repeat purchase month by month, by whichever of the five definitions one has in mind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from desktop.core.figures import percent, score
from desktop.core.translation import tr
from desktop.exchange.writers.columns import Kind
from desktop.views.insights import definitions
from desktop.views.insights.card import InsightCard, short_months
from desktop.views.kit.charts import LineChart, Series
from desktop.views.kit.popover import Explanation
from desktop.views.kit.widgets import SecondaryButton

if TYPE_CHECKING:
    from desktop.queries.insights import Definition, Insights, RepeatMonth


class RepeatCard(InsightCard):
    """The 90-day line and the 30-day line; a menu names the definition."""

    def __init__(
        self,
        definition: Definition,
        choose: Callable[[Definition], object],
        show_buyers: Callable[[], object],
    ) -> None:
        self._line = LineChart(
            tr("Repeat purchase"),
            empty_text=tr("No purchases in this period: enter orders, or import them from your platform."),
        )
        self.definition = definition
        self.menu_button = SecondaryButton(
            f"({definition})\N{EN SPACE}", small=True, tip=tr("Choose the definition")
        )
        self.menu_button.setAccessibleName(tr("Choose the definition"))
        super().__init__(
            tr("Repeat purchase"), definitions.short(definition), self._line, extra=[self.menu_button]
        )
        self._choose = choose
        self._show_buyers = show_buyers
        self._found: Insights | None = None
        self._fill_menu()

    def _fill_menu(self) -> None:
        menu = QMenu(self.menu_button)
        menu.setToolTipsVisible(True)
        group = QActionGroup(menu)
        for one in definitions.ALL:
            action = QAction(definitions.name(one), menu, checkable=True, checked=one == self.definition)
            action.setToolTip(definitions.whole(one))
            action.triggered.connect(lambda _=False, one=one: self._choose(one))
            group.addAction(action)
            menu.addAction(action)
        self.menu_button.setMenu(menu)

    def show_definition(self, definition: Definition) -> None:
        """Say by which definition is counted; the line follows with `show_trend`."""
        self.definition = definition
        self.menu_button.setText(f"({definition})\N{EN SPACE}")
        self.set_title(self.name, definitions.short(definition))

    def show_found(self, found: Insights) -> None:
        self._found = found
        self.show_trend(found.trend)

    def show_trend(self, months: list[RepeatMonth]) -> None:
        """Draw the two lines."""
        lines = []
        for place, name in enumerate((tr("90 d"), tr("30 d"))):
            figures = [month.values[place] for month in months]
            if place and not any(figures):
                continue
            lines.append(
                Series(
                    "" if self.definition == "d" else name,
                    [one.value if one else None for one in figures],
                    low=[one.low if one else None for one in figures] if not place else (),
                    high=[one.high if one else None for one in figures] if not place else (),
                    counts=[one.n if one else 0 for one in figures],
                )
            )
        kind: Kind = "rating" if self.definition == "c" else "percent"
        self._line.set_data(short_months(months), lines, kind=kind, days=[month.start for month in months])

    def explanation(self) -> Explanation:
        facts = []
        if self._found:
            found = self._found.repeat
            facts = [
                (tr("(a) in the period"), percent(found.twice.value, 1)),
                (tr("(b) in the period"), percent(found.returning.value, 1)),
                (
                    tr("(c) in the period"),
                    score(found.transactions.value) if found.transactions.value is not None else "",
                ),
                (tr("(d) so far"), percent(found.lifetime.value, 1)),
                (tr("Buyers"), f"{found.buyers:,}"),
            ]
        return Explanation(
            definitions.name(self.definition),
            (
                definitions.whole(self.definition),
                tr(
                    "Each point looks back from the end of its month. Orders of one day are one purchase; "
                    "refunded and cancelled orders are none. The band is the 95 % interval."
                ),
            ),
            facts,
            [(tr("Show the buyers who came back"), "users", self._show_buyers)],
        )
