"""The check before an import: rows that stay out, what changes in the book, and matches that are doubtful."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.exchange.plan import ImportPlan
from desktop.views.exchange.accepted import Accepted
from desktop.views.exchange.doubts_pane import DoubtsPane
from desktop.views.exchange.problems_pane import ProblemsPane
from desktop.views.exchange.updates_pane import UpdatesPane
from desktop.views.kit.widgets import ChipItem, ChipRow

PROBLEMS, UPDATES, DOUBTS = "problems", "updates", "doubts"


class CheckPane(QWidget):
    """Three lists, one at a time."""

    def __init__(self, accepted: Accepted) -> None:
        super().__init__()
        self.problems, self.updates, self.doubts = ProblemsPane(), UpdatesPane(accepted), DoubtsPane()
        self._panes = {PROBLEMS: self.problems, UPDATES: self.updates, DOUBTS: self.doubts}
        self.chips = ChipRow(
            [
                ChipItem(PROBLEMS, tr("Rows that stay out")),
                ChipItem(UPDATES, tr("What changes")),
                ChipItem(DOUBTS, tr("Doubtful")),
            ]
        )
        self.chips.chosen.connect(lambda _: self._show())
        self._stack = QStackedWidget()
        for pane in self._panes.values():
            self._stack.addWidget(pane)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.chips)
        layout.addWidget(self._stack, 1)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what a plan found."""
        for pane in (self.problems, self.updates, self.doubts):
            pane.show_plan(plan)
        self.chips.set_counts(
            {PROBLEMS: len(plan.problems), UPDATES: len(plan.updates), DOUBTS: len(plan.doubts)}
        )

    def look_at(self, what: str) -> None:
        """Bring one of the lists to the front, with the keyboard on it."""
        self.chips.choose(what)
        self._show()

    def _show(self) -> None:
        pane = self._panes[self.chips.chosen_key() or PROBLEMS]
        self._stack.setCurrentWidget(pane)
        pane.setFocus(Qt.FocusReason.OtherFocusReason)


def something(plan: ImportPlan) -> str:
    """The list that a plan gives reason to look at first, "" for none."""
    if plan.problems:
        return PROBLEMS
    if plan.updates:
        return UPDATES
    return DOUBTS if plan.doubts else ""
