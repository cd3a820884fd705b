"""Precision and recall of the warning at every multiplier, on the shop's own past."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop.core.translation import tr
from desktop.views.figures.card import FigureCard
from desktop.views.figures.point_chart import PointChart
from desktop.views.insights.drifting.replay import factor_text, test_sentences
from desktop.views.kit.charts import Figures, Series

if TYPE_CHECKING:
    from desktop.analytics.backtest import Backtest
    from desktop.analytics.intervals import Rate


class ReplayCard(FigureCard):
    """Two lines over the multipliers; a click on a point chooses its multiplier."""

    def __init__(self, choose: Callable[[float], object]) -> None:
        self._line = PointChart(
            tr("What the warning is worth"),
            empty_text=tr("Nothing to replay yet: this takes a longer history of customers who came twice."),
        )
        self._line.opened = self._chosen
        self._choose = choose
        self._tests: Sequence[Backtest] = ()
        super().__init__(tr("What it is worth"), tr("by multiplier"), self._line, test_sentences())
        self._line.setMinimumHeight(150)

    def show_tests(self, tests: Sequence[Backtest]) -> None:
        """Draw the replays: every second of the slider's steps, whose words are shorter."""
        tests = self._tests = tests[::2]

        def line(name: str, colour: int, shares: Sequence[Rate]) -> Series:
            return Series(
                name,
                [one.value for one in shares],
                [one.low for one in shares],
                [one.high for one in shares],
                [one.n for one in shares],
                colour=colour,
            )

        def column(name: str, shares: Sequence[Rate]) -> Figures:
            return Figures(name, "percent", [one.value for one in shares])

        self._line.set_data(
            [factor_text(one.factor) for one in tests],
            [
                line(tr("Of them left"), 0, [one.rhythm.precision for one in tests]),
                line(tr("Caught"), 1, [one.rhythm.recall for one in tests]),
            ],
            kind="percent",
            least=0,
            most=1,
            more=[
                column(tr("Warned"), [one.flagged for one in tests]),
                column(tr("Recency: of them left"), [one.recency.precision for one in tests]),
                column(tr("Recency: leavers caught"), [one.recency.recall for one in tests]),
            ],
        )
        self._line.show()

    def _chosen(self, point: int) -> None:
        if point < len(self._tests):
            self._choose(self._tests[point].factor)
