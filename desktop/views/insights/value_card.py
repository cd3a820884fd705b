"""Who keeps the shop: customers by recency, frequency and money, and what each group brings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from desktop.core import words
from desktop.core.money import DEFAULT_CURRENCY
from desktop.core.translation import mark, tr
from desktop.views.insights.card import InsightCard, ShowCustomers
from desktop.views.kit.charts import Figures, HBarList, Part
from desktop.views.kit.popover import Explanation
from desktop.views.kit.widgets import SecondaryButton

if TYPE_CHECKING:
    from desktop.queries.insights import CustomerValue, Insights, Table

CLASSES = {
    "important_value": mark("Important: value"),
    "important_develop": mark("Important: develop"),
    "important_keep": mark("Important: keep"),
    "important_win_back": mark("Important: win back"),
    "general_value": mark("General: value"),
    "general_develop": mark("General: develop"),
    "general_keep": mark("General: keep"),
    "general_win_back": mark("General: win back"),
}
"""The eight classes of the Chinese RFM: important when money is high."""


def group_name(table: Table, code: str) -> str:
    """A segment or class in the user's language."""
    return tr(CLASSES[code]) if table == "classes" else words.name(words.SEGMENTS, code.replace("_", "-"))


class ValueCard(InsightCard):
    """Ten segments or eight classes; a click on one lists its customers."""

    def __init__(
        self,
        table: Table,
        choose: Callable[[Table], object],
        show_customers: ShowCustomers,
        currency: str = DEFAULT_CURRENCY,
    ) -> None:
        self._bars = HBarList(
            tr("Who keeps the shop"),
            clickable=True,
            empty_text=tr("Nobody has bought yet: enter orders, or import them from your platform."),
        )
        self._bars.chosen.connect(self.show_members)
        self.menu_button = SecondaryButton("", small=True, tip=tr("Choose the groups"))
        super().__init__(
            tr("Who keeps the shop"),
            tr("12-month sales"),
            self._bars,
            extra=[self.menu_button],
        )
        self.body.addStretch(1)
        self.table = table
        self._choose = choose
        self._show_customers = show_customers
        self._currency = currency
        self._value: CustomerValue | None = None
        self._fill_menu()

    def _fill_menu(self) -> None:
        menu = QMenu(self.menu_button)
        group = QActionGroup(menu)
        names: dict[Table, str] = {"segments": tr("10 segments"), "classes": tr("8 classes")}
        for table, name in names.items():
            action = QAction(name, menu, checkable=True, checked=table == self.table)
            action.triggered.connect(lambda _=False, table=table: self.show_table(table))
            group.addAction(action)
            menu.addAction(action)
        self.menu_button.setText(f"{names[self.table]}\N{EN SPACE}")
        self.menu_button.setAccessibleName(tr("Choose the groups"))
        self.menu_button.setMenu(menu)

    def show_table(self, table: Table) -> None:
        """Show the other grouping."""
        self.table = table
        self._choose(table)
        self._fill_menu()
        self._draw()

    def show_found(self, found: Insights) -> None:
        self._value = found.value
        self._draw()

    def _draw(self) -> None:
        if self._value is None or not self._value.ids.size:
            self._bars.set_parts([])
            return
        parts = self._value.parts(self.table)
        self._bars.set_parts(
            [Part(p.code, group_name(self.table, p.code), p.customers, p.revenue_share) for p in parts],
            (tr("Group"), tr("Customers"), tr("Share of sales")),
            more=(
                Figures(tr("Share of customers"), "percent", [part.share for part in parts]),
                Figures(tr("Sales of 12 months"), "money", [part.revenue for part in parts]),
            ),
            currency=self._currency,
        )

    def show_members(self, code: str) -> None:
        """List the customers of one group, who brought most first."""
        if self._value is not None:
            self._show_customers(group_name(self.table, code), self._value.members(self.table, code))

    def explanation(self) -> Explanation:
        facts = [] if self._value is None else [(tr("Customers"), f"{self._value.ids.size:,}")]
        sentences = [
            tr(
                "Everybody who has bought gets 1 to 5 for recency (days since the last purchase), "
                "frequency (purchase days) and money (net spend), by the shop's own fifths; equal values "
                "get equal scores."
            ),
            tr("Sales are what the group brought in the last 365 days, refunds taken off."),
        ]
        if self.table == "classes":
            sentences.insert(
                1,
                tr(
                    "The eight classes ask of each score whether it is above the shop's average: important "
                    "when money is; value when recency and frequency are, develop when only recency, keep "
                    "when only frequency, win back when neither."
                ),
            )
        else:
            sentences.insert(
                1, tr("The ten segments follow from the scores by rules; the first that fits wins.")
            )
        return Explanation(self.name, sentences, facts)
