"""The multiplier after which silence is a warning, with what the warning was worth on the shop's own past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSlider, QWidget

from desktop.core.dates import as_date, format_day
from desktop.core.figures import percent
from desktop.core.translation import ntr, tr
from desktop.queries.insight_drifting import MULTIPLIERS, DriftingReport
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton, SecondaryButton
from desktop.views.kit.labels import label
from desktop.views.kit.popover import Explanation, Popover, explain
from desktop.views.kit.widgets import Card, IconButton

if TYPE_CHECKING:
    from desktop.analytics.backtest import Backtest
    from desktop.analytics.intervals import Rate

_STEPS = 20
"""Steps of the slider to a whole multiple."""
_USUAL = 1.5
"""The program's own multiplier."""


class _Slider(QSlider):
    """A slider that leaves the wheel to the page it stands on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class WarningCard(Card):
    """Slider and replay; `moved` carries the multiplier while it moves, `kept` the one to be kept."""

    moved = Signal(float)
    kept = Signal(float)

    def __init__(self) -> None:
        self.help_button = IconButton(
            "circle-help", tr("How is the warning tested?"), self.explain, role="muted"
        )
        super().__init__(tr("When is it a warning?"), action=self.help_button, hug=True)
        self._report: DriftingReport | None = None
        self.popover: Popover | None = None
        self.multiplier = label("", size=theme.FIGURE, bold=True)
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(MULTIPLIERS[0] * _STEPS), round(MULTIPLIERS[-1] * _STEPS))
        self.slider.setSingleStep(1)
        self.slider.setPageStep(_STEPS // 4)
        self.slider.setAccessibleName(tr("Multiplier of a customer's rhythm"))
        self.slider.valueChanged.connect(self._slid)
        self.example = label("", size=theme.SMALL, role="muted", wrap=True)
        self.keep_button = SecondaryButton(tr("Keep this multiplier"), "check", self._keep)
        self.back_button = LinkButton("", "", self._back)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.multiplier)
        row.addWidget(self.slider, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.example)
        self.body.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.replay = _Replay()
        self.body.addWidget(self.replay)
        self.none = label("", size=theme.SMALL, role="muted", wrap=True)
        self.body.addWidget(self.none)

    @property
    def value(self) -> float:
        """The multiplier shown."""
        return round(self.slider.value() / _STEPS, 2)

    def show_report(self, report: DriftingReport, multiplier: float) -> None:
        """Show a report at a multiplier, telling nobody."""
        self._report = report
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round(multiplier * _STEPS))
        self.slider.blockSignals(blocked)
        self._write()

    def explain(self) -> None:
        """Say how the warning is tested."""
        self.popover = explain(
            Explanation(tr("What the warning is worth"), test_sentences()), self.help_button
        )

    def set_value(self, multiplier: float) -> None:
        """Move the slider, as a hand would."""
        self.slider.setValue(round(multiplier * _STEPS))

    def _slid(self) -> None:
        self._write()
        self.moved.emit(self.value)

    def _keep(self) -> None:
        self.kept.emit(self.value)

    def _back(self) -> None:
        if self._report is not None:
            kept = self._report.kept.drifting
            self.set_value(kept if kept != self.value else _USUAL)

    def _write(self) -> None:
        report = self._report
        if report is None:
            return
        value, kept = self.value, report.kept.drifting
        self.multiplier.setText(tr("{factor} ×", factor=factor_text(value)))
        usual = max(1, round(report.shop.median_gap))
        days = int(value * usual)
        self.example.setText(
            ntr(
                "Whoever usually comes every day is drifting when silent for longer than {days}.",
                "Whoever usually comes every {n} days is drifting when silent for longer than {days}.",
                usual,
                days=ntr("{n} day", "{n} days", days),
            )
        )
        self.keep_button.setEnabled(value != kept)
        self.keep_button.setToolTip(tr("The whole program goes by it: lists, profiles, Today"))
        back = kept if value != kept else _USUAL
        self.back_button.setText(
            tr("Back to {factor} ×, the shop's", factor=factor_text(kept))
            if value != kept
            else tr("Back to {factor} ×, the usual one", factor=factor_text(_USUAL))
        )
        self.back_button.setVisible(back != value)
        test = report.test(value)
        self.replay.setVisible(test is not None)
        self.none.setVisible(test is None)
        if test is not None:
            self.replay.show_test(test)
        else:
            self.none.setText(why_no_test(report))


class _Replay(QWidget):
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
