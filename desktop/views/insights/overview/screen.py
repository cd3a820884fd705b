"""The overview of the insights: how the shop does at a glance, and where to look closer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from desktop.core.translation import tr
from desktop.exchange.writers.chart_data import ChartData, Figures
from desktop.queries.insight_overview import OverviewReport, overview_report
from desktop.queries.insight_scope import Scope
from desktop.queries.key_figures import ROWS, Key
from desktop.views.figures.card import FigureCard
from desktop.views.figures.out import Shown
from desktop.views.figures.pages import PaperTable
from desktop.views.figures.period import days_text
from desktop.views.figures.tiles import TileGrid
from desktop.views.insights.findings import words as findings_words
from desktop.views.insights.findings.card import FindingsCard
from desktop.views.insights.overview.cards import KeepersCard, RepeatTrend, SatisfactionTrend
from desktop.views.insights.overview.key_figures import KINDS, key_lines
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.insights.wanted import segment_name
from desktop.views.kit.widgets import ScrollColumn

KEYS: tuple[Key, ...] = ("net", "buyers", "gained", "returning", "perceived", "per_hundred")
_TREND_HEIGHT = 190
_BESIDE_FROM = 760
_WHOLE = Qt.AlignmentFlag(0)


class OverviewScreen(InsightScreen):
    """Six figures, two trends, the findings, and the parts of the shop; each leads on to its tab."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        self.report: OverviewReport | None = None
        self.tiles = TileGrid()
        self.tiles.opened.connect(self.open_figure)
        self.satisfaction = SatisfactionTrend(self._open_ratings, frame.go)
        self.repeat = RepeatTrend(self._open_returning, frame.go)
        self.findings = FindingsCard(frame.open_customers, frame.currency)
        self.keepers = KeepersCard(self._open_segment, frame.go)
        self.column = ScrollColumn()
        self.column.column.addWidget(self.tiles)
        self._rows: list[QBoxLayout] = []
        for left, right in ((self.satisfaction, self.repeat), (self.findings, self.keepers)):
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            row.setSpacing(14)
            # A few findings are no reason for a tall card.
            row.addWidget(left, 1, Qt.AlignmentFlag.AlignTop if left is self.findings else _WHOLE)
            row.addWidget(right, 1)
            self._rows.append(row)
            self.column.column.addLayout(row)
        for card in (self.satisfaction, self.repeat):
            card.chart.setMinimumHeight(_TREND_HEIGHT)
        self.column.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.column)

    @property
    def cards(self) -> tuple[FigureCard, ...]:
        """The cards with a chart."""
        return self.satisfaction, self.repeat, self.keepers

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, cards stand below each other."""
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE_FROM
        for row in self._rows:
            way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
            row.setDirection(way)

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> OverviewReport:
        return overview_report(scope)

    def show_answer(self, answer: OverviewReport, scope: Scope) -> None:
        self.report = answer
        nothing = not (answer.now.orders.n or answer.now.perceived.n or answer.now.net.n)
        # Who was there before the period is still to be seen below.
        gone = nothing and not answer.scope.past.size and not answer.now.response.n
        self.missing = (
            tr("No order and no rating in this period, as far as the filters leave any.") if gone else ""
        )
        self.lines = key_lines(KEYS, answer.now, answer.before, answer.changes, self.frame.currency)
        self.tiles.show_lines(self.lines)
        self.satisfaction.show_months(answer.satisfaction)
        self.repeat.show_months(answer.repeat)
        self.findings.show_findings(answer.findings)
        self.keepers.show_parts(answer.segments, self.frame.currency)
        for card in self.cards:
            card.chart.show()

    def shown(self) -> Shown | None:
        if self.report is None:
            return None
        return Shown(
            tr("Insights"),
            lines=self.lines,
            charts=[card.chart for card in self.cards],
            tables=[self._found_data()],
            paper_tables=[self._found_paper()],
        )

    def _found(self) -> list[tuple[str, str]]:
        """Each finding and what it rests on."""
        if self.report is None:
            return []
        money = self.frame.currency
        return [
            (findings_words.sentence(one, money), findings_words.basis(one, money))
            for one in self.report.findings.found
        ]

    def _found_data(self) -> ChartData:
        said = self._found()
        return ChartData(
            tr("What stands out"), "table", Figures(tr("Finding"), "text", [one for one, _ in said]), (),
            more=(Figures(tr("What it rests on"), "text", [basis for _, basis in said]),),
        )  # fmt: skip

    def _found_paper(self) -> PaperTable:
        rows = [[f"{one} {basis}"] for one, basis in self._found()]
        return PaperTable(tr("What stands out"), [tr("Finding")], rows)

    # -- the rows behind

    def open_figure(self, key: str) -> None:
        """Show the rows behind a tile."""
        if self.report is not None:
            one = cast("Key", key)
            now = self.report.now
            ids = self.report.counts.rows_behind(one, now.start, now.end)
            self._open(ROWS[one], tr(KINDS[one].name), ids)

    def _open_ratings(self, month: int) -> None:
        if self.report is not None:
            one = self.report.satisfaction[month]
            ids = self.report.counts.rows_behind("perceived", one.start, one.end)
            self._open("ratings", days_text(one.start, one.end), ids)

    def _open_returning(self, month: int) -> None:
        if self.report is not None:
            one = self.report.repeat[month]
            ids = self.report.counts.rows_behind("returning", one.start, one.end)
            self._open("customers", days_text(one.start, one.end), ids)

    def _open_segment(self, code: str) -> None:
        if self.report is not None:
            self._open("customers", segment_name(code), self.report.members(code))

    def _open(self, kind: str, title: str, ids: np.ndarray[Any, np.dtype[np.int64]]) -> None:
        openers = {
            "customers": self.frame.open_customers,
            "orders": self.frame.open_orders,
            "ratings": self.frame.open_ratings,
            "complaints": self.frame.open_complaints,
        }
        if ids.size:
            openers[kind](title, ids)
        else:
            self.frame.ctx.notify(tr("Nothing stands behind this figure."), tone="info")
