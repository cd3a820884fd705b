"""The drifting screen: who is leaving, what is at stake, and how far the warning is to be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.core.translation import ntr, tr
from desktop.operations.warnings import keep_drifting
from desktop.queries.insight_drifting import LEAVING, MULTIPLIERS, DriftingReport, Leaving, drifting_report
from desktop.queries.insight_scope import Narrowing, Scope
from desktop.views.figures.lines import FigureLine
from desktop.views.figures.out import Shown
from desktop.views.figures.period import days_text
from desktop.views.figures.tiles import TileGrid
from desktop.views.insights.drifting.chart import ReplayCard
from desktop.views.insights.drifting.out import leaver_data, leaver_paper
from desktop.views.insights.drifting.table import USUAL, LeaverTable
from desktop.views.insights.drifting.warning import WarningCard
from desktop.views.insights.drifting.words import basis_words, drifting_lines
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.kit import theme
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn

_SIDE = 324
"""Pixels of the column beside the list."""


class DriftingScreen(InsightScreen):
    """Tiles, the ranked list, and beside it the warning with its replay."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        self.report: DriftingReport | None = None
        self._lines: list[FigureLine] = []
        self._multiplier = _multiplier_of(kept.get("multiplier"))
        self.tiles = TileGrid()
        self.tiles.opened.connect(self._open)
        self.leavers = LeaverTable(frame, _kinds_of(kept.get("kinds")), self)
        self.warning = WarningCard()
        self.warning.moved.connect(self._move)
        self.warning.kept.connect(self._keep)
        self.replays = ReplayCard(self.warning.set_value)
        self.note = label("", size=theme.SMALL, role="muted", wrap=True)
        side = QVBoxLayout()
        side.setSpacing(14)
        side.addWidget(self.warning)
        side.addWidget(self.replays, 1)
        self.warning.setFixedWidth(_SIDE)
        self.replays.setFixedWidth(_SIDE)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.leavers, 1)
        row.addLayout(side)
        self.column = ScrollColumn()
        self.column.column.addWidget(self.tiles)
        self.column.column.addLayout(row, 1)
        self.column.column.addWidget(self.note, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.column)

    @property
    def multiplier(self) -> float:
        """The multiplier looked at: one tried out, or the shop's own."""
        if self._multiplier is not None:
            return self._multiplier
        return _nearest(self.report.kept.drifting) if self.report else MULTIPLIERS[10]

    # -- as a screen

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> DriftingReport:
        report = drifting_report(scope)
        # Put in order here, not on the window's thread.
        report.listed(report.kept.drifting)
        report.listed(_multiplier_of(now_kept.get("multiplier")) or report.kept.drifting)
        return report

    def show_answer(self, answer: DriftingReport, scope: Scope) -> None:
        self.report = answer
        self.missing = _missing(answer)
        if self.missing:
            return
        self._lines = drifting_lines(
            answer, answer.listed(answer.kept.drifting), self.frame.currency, days_text(*scope.before)
        )
        self.tiles.show_lines(self._lines)
        self.leavers.filtered = scope.only != Narrowing() or scope.end <= scope.today.toordinal()
        self.leavers.show_report(answer, self._listed_at())
        self.warning.show_report(answer, self.multiplier)
        self.replays.show_tests(answer.tests)
        said = [basis_words(answer.expectations)]
        if answer.excluded:
            said.append(
                ntr(
                    "{n} buyer is left out: marked as not a customer.",
                    "{n} buyers are left out: marked as not a customer.",
                    answer.excluded,
                )
            )
        self.note.setText(" ".join(said))

    def kept(self) -> dict[str, Any]:
        return {"multiplier": self._multiplier, "kinds": list(self.leavers.kinds)}

    def shown(self) -> Shown | None:
        report = self.report
        if report is None:
            return None
        listed = report.listed(self._listed_at()).only(self.leavers.kinds)
        book, currency = self.frame.ctx.book, self.frame.currency
        return Shown(
            title=tr("Drifting"),
            lines=self._lines,
            charts=[self.replays.chart],
            tables=[leaver_data(book, report, listed, currency)],
            paper_tables=[leaver_paper(book, report, listed, currency)],
            currency=currency,
        )

    # -- moving the slider

    def _listed_at(self) -> float:
        """The multiplier that the list goes by: the shop's exactly, even if the slider has no such step."""
        if self.report is not None and self.multiplier == _nearest(self.report.kept.drifting):
            return self.report.kept.drifting
        return self.multiplier

    def _move(self, multiplier: float) -> None:
        report = self.report
        if report is None:
            return
        self._multiplier = None if multiplier == _nearest(report.kept.drifting) else multiplier
        self.leavers.show_multiplier(self._listed_at())

    def _keep(self, multiplier: float) -> None:
        ctx = self.frame.ctx
        self._multiplier = None
        ctx.do(lambda: keep_drifting(ctx.book, multiplier=multiplier))

    def _open(self, key: str) -> None:
        report = self.report
        if report is None:
            return
        kinds: dict[str, tuple[Leaving, ...]] = {
            "drifting": ("drifting", "alarming"), "alarming": ("alarming",), "at_stake": USUAL,
            "once": ("once",),
        }  # fmt: skip
        if key in kinds:
            listed = report.listed(report.kept.drifting).only(kinds[key])
            ids = report.people.ids[listed.places]
            name = next(line.name for line in self._lines if line.key == key)
            self.frame.open_customers(name, ids)


def _missing(report: DriftingReport) -> str:
    if report.people.ids.size:
        return ""
    if report.excluded:
        return tr("All who bought are marked as not a customer.")
    return tr("Nobody whom the filters leave had bought by the end of this period.")


def _nearest(multiplier: float) -> float:
    return min(MULTIPLIERS, key=lambda one: abs(one - multiplier))


def _multiplier_of(kept: object) -> float | None:
    """What a route kept, as a step of the slider; None for nothing sensible."""
    if isinstance(kept, (int, float)) and not isinstance(kept, bool) and kept in MULTIPLIERS:
        return float(kept)
    return None


def _kinds_of(kept: object) -> tuple[Leaving, ...]:
    if not isinstance(kept, (list, tuple)):
        return USUAL
    return tuple(one for one in LEAVING if one in kept) or USUAL
