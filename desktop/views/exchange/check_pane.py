"""The check before an import: words to explain, rows that stay out, what changes, doubtful matches."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.exchange.plan import ImportPlan
from desktop.views.exchange.accepted import Accepted
from desktop.views.exchange.doubts_pane import DoubtsPane
from desktop.views.exchange.problems_pane import ProblemsPane
from desktop.views.exchange.updates_pane import UpdatesPane
from desktop.views.exchange.words_pane import WordsPane
from desktop.views.kit.widgets import ChipItem, ChipRow

PROBLEMS, WORDS, UPDATES, DOUBTS = "problems", "words", "updates", "doubts"


class CheckPane(QWidget):
    """Three lists, one at a time, and a fourth where the file has words of its own."""

    def __init__(self, accepted: Accepted) -> None:
        super().__init__()
        self.problems, self.updates, self.doubts = ProblemsPane(), UpdatesPane(accepted), DoubtsPane()
        self.words = WordsPane()
        self._panes: dict[str, QWidget] = {
            PROBLEMS: self.problems, WORDS: self.words, UPDATES: self.updates, DOUBTS: self.doubts,
        }  # fmt: skip
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
        for pane in (self.problems, self.words, self.updates, self.doubts):
            pane.show_plan(plan)
        if plan.unknown_words and not self.chips.has(WORDS):
            self.chips.insert(ChipItem(WORDS, tr("Words to explain")), UPDATES)
        self.chips.set_counts(
            {
                PROBLEMS: len(plan.problems),
                WORDS: len(plan.unexplained),
                UPDATES: len(plan.updates),
                DOUBTS: len(plan.doubts),
            }
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
    if plan.unexplained:
        return WORDS
    if plan.problems:
        return PROBLEMS
    if plan.updates:
        return UPDATES
    return DOUBTS if plan.doubts else ""
