"""The multiplier after which silence is a warning, with what the warning was worth on the shop's own past."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider

from desktop.core.translation import ntr, tr
from desktop.queries.insight_drifting import MULTIPLIERS, DriftingReport
from desktop.views.insights.drifting.replay import Replay, factor_text, test_sentences, why_no_test
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton, SecondaryButton
from desktop.views.kit.labels import label
from desktop.views.kit.popover import Explanation, Popover, explain
from desktop.views.kit.widgets import Card, IconButton

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
        self.replay = Replay()
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
