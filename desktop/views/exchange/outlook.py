"""What will happen if the file is brought in, and the rows that need a look first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.core.translation import ntr, tr
from desktop.exchange.plan import ImportPlan
from desktop.views.exchange import check_pane, words
from desktop.views.exchange.mode_box import ModeBox
from desktop.views.kit import theme
from desktop.views.kit.widgets import ActivityRow, Card, LinkButton, clear, label

_FEW = 3


class Figures(QWidget):
    """Names to the left, figures to the right."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(0, 1)

    def show_lines(self, lines: Iterable[tuple[str, str, str]]) -> None:
        """Show (name, figure, role) lines."""
        clear(self._grid)
        for row, (name, figure, role) in enumerate(lines):
            self._grid.addWidget(label(name, size=theme.SMALL, role="muted", wrap=True), row, 0)
            right = label(figure, size=theme.SMALL, role=role)
            right.setAccessibleName(f"{name}: {figure}")
            self._grid.addWidget(right, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)


class OutlookCard(Card):
    """What will happen, or why nothing can; `look` shows words to explain, what changes, who is doubtful."""

    def __init__(self, look: Callable[[str], object]) -> None:
        super().__init__(tr("What will happen"), hug=True)
        self.mode = ModeBox()
        self.figures = Figures()
        self.updates = LinkButton(tr("See what changes"), on_click=lambda: look(check_pane.UPDATES))
        self.doubts = LinkButton(tr("See the doubtful matches"), on_click=lambda: look(check_pane.DOUBTS))
        self.words = LinkButton("", on_click=lambda: look(check_pane.WORDS))
        self._words = label("", size=theme.SMALL, role="muted", wrap=True)
        self.body.addWidget(self.mode)
        self.body.addWidget(self.figures)
        self.body.addWidget(self._words)
        for link in (self.words, self.updates, self.doubts):
            link.hide()
            self.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_busy()

    def show_busy(self) -> None:
        """The rows are being checked; the old figures stay, so that nothing flickers."""
        self._say(tr("Checking the rows…"), "muted")

    def show_plan(self, plan: ImportPlan) -> None:
        """The figures of a plan."""
        self.figures.show_lines(words.outlook(plan))
        self.figures.setToolTip(words.matched_by(plan))
        self.figures.show()
        unknown = len(plan.unexplained)
        self.words.setText(ntr("Say what {n} word means", "Say what {n} words mean", unknown))
        self.words.setVisible(unknown > 0)
        self.updates.setVisible(bool(plan.updates))
        self.doubts.setVisible(bool(plan.doubts))
        notes = list(plan.notes)
        if plan.mode.update == "ask" and plan.updates.conflicts:
            notes.insert(0, _waiting(plan.updates.conflicts))
        self._words.hide()
        if notes:
            self._say("\n".join(notes), "amber")
        self.updateGeometry()

    def show_problem(self, text: str) -> None:
        """Why nothing can be taken over yet."""
        self.figures.hide()
        self.words.hide()
        self.updates.hide()
        self.doubts.hide()
        self._say(text, "amber")

    def _say(self, text: str, role: str) -> None:
        self._words.setText(text)
        self._words.setProperty("role", role)
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self._words.show()
        self.updateGeometry()


def _waiting(count: int) -> str:
    return ntr(
        "{n} difference waits for your word; until then ours stays.",
        "{n} differences wait for your word; until then ours stay.",
        count,
    )


class ProblemsCard(Card):
    """The first rows that stay out, each with its reason."""

    def __init__(self, show_all: Callable[[], object]) -> None:
        super().__init__(" ", hug=True)
        self._show_all = show_all
        self.body.setSpacing(0)

    def show_plan(self, plan: ImportPlan) -> None:
        """The problems of a plan; without any the card goes."""
        bad = plan.rows - plan.good_rows
        self.setVisible(bad > 0)
        self.set_title(ntr("{n} row needs a look", "{n} rows need a look", bad))
        clear(self.body)
        for problem in plan.problems[:_FEW]:
            title = tr("Row {row}", row=f"{problem.row:,}")
            if problem.column:
                title = tr("Row {row} · {column}", row=f"{problem.row:,}", column=problem.column)
            shown = ActivityRow("circle-alert", title, problem.reason, tone="red")
            shown.setToolTip(problem.reason)
            self.body.addWidget(shown)
        self.body.addSpacing(8)
        if plan.problems:
            self.body.addWidget(
                LinkButton(tr("See them in a list"), on_click=self._show_all), 0, Qt.AlignmentFlag.AlignLeft
            )
        self.body.addWidget(
            label(
                tr(
                    "They can be saved as a workbook, mended and imported again. "
                    "One Undo takes the whole import back."
                ),
                size=theme.SMALL,
                role="muted",
                wrap=True,
            )
        )
        self.updateGeometry()
