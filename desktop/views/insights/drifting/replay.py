"""What a warning was worth when it was replayed: its figures, and how they are reckoned in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.core.dates import as_date, format_day
from desktop.core.figures import percent
from desktop.core.translation import tr
from desktop.queries.insight_drifting import DriftingReport
from desktop.views.kit import theme
from desktop.views.kit.labels import label

if TYPE_CHECKING:
    from desktop.analytics.backtest import Backtest
    from desktop.analytics.intervals import Rate


class Replay(QWidget):
    """The figures of a replay: rhythm beside recency."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        for column, text in enumerate(("", tr("Rhythm"), tr("Recency"))):
            head = label(text, size=theme.SMALL, bold=True)
            head.setToolTip(
                ("", tr("Each one's own rhythm"), tr("Simply the longest silent, as many"))[column]
            )
            grid.addWidget(head, 0, column, _side(column))
        self._cells: dict[tuple[int, int], QLabel] = {}
        rows = (tr("Warned"), tr("of them left"), tr("Leavers caught"))
        for row, text in enumerate(rows):
            grid.addWidget(label(text, size=theme.SMALL, role="muted", wrap=True), row + 1, 0)
            for column in (1, 2):
                cell = self._cells[row, column] = label("", size=theme.SMALL)
                grid.addWidget(cell, row + 1, column, _side(column))
        grid.setColumnStretch(0, 1)
        self.foot = label("", size=theme.SMALL, role="muted", wrap=True)
        grid.addWidget(self.foot, len(rows) + 1, 0, 1, 3)

    def show_test(self, test: Backtest) -> None:
        """Show a replay."""
        self._write(0, 1, test.flagged)
        self._write(0, 2, test.flagged)
        for column, way in ((1, test.rhythm), (2, test.recency)):
            self._write(1, column, way.precision)
            self._write(2, column, way.recall)
        self.foot.setText(tr(
            "Replayed on {day}: of {n} customers who had come twice, {share} bought nothing in the {days} "
            "days after it.",
            day=format_day(as_date(test.at)), n=f"{test.churn.n:,}", share=percent(test.churn.value),
            days=f"{test.until - test.at:,}",
        ))  # fmt: skip

    def _write(self, row: int, column: int, share: Rate) -> None:
        cell = self._cells[row, column]
        cell.setText(rate_text(share))
        count = tr("{hits} of {n}", hits=f"{share.hits:,}", n=f"{share.n:,}")
        cell.setToolTip(count)
        cell.setAccessibleDescription(count)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def factor_text(factor: float) -> str:
    """1.5, 1.25."""
    return f"{factor:.2f}".removesuffix("0")


def rate_text(share: Rate) -> str:
    """A share with its interval: 47 % (41–53)."""
    if share.value is None or share.low is None or share.high is None:
        return "—"
    return f"{percent(share.value)} ({100 * share.low:.0f}–{100 * share.high:.0f})"


def why_no_test(report: DriftingReport) -> str:
    """Why there is no replay."""
    if report.no_test == "short":
        return tr("No replay yet: that takes purchases of at least 60 days.")
    return tr("No replay yet: too few customers had come twice when it would begin.")


def test_sentences() -> tuple[str, ...]:
    """How the warning is tested."""
    return (
        tr("The warning is given once more as it would have been given on an earlier day, knowing nothing of "
           "what followed. Whoever bought nothing in the days after it is a leaver."),
        tr("“Of them left” is the share of the warned who were leavers (precision); “leavers caught” the "
           "share of the leavers who were warned (recall). In brackets the 95 % interval."),
        tr("Recency warns as many customers: simply those silent the longest, whatever their rhythm. Where "
           "it does as well, the rhythm adds nothing."),
        tr("A higher multiplier warns fewer and is right more often; a lower one misses fewer."),
        tr("The replay always goes by the whole shop, whatever the filters."),
    )  # fmt: skip
