"""The value screen: what the customers are worth, how that is spread, and each one's four values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.core.translation import ntr, tr
from desktop.operations.settings import set_book_settings
from desktop.queries.insight_scope import Scope
from desktop.queries.insight_value import GROUPS, RANKINGS, Group, Ranking, ValueReport, value_report
from desktop.views.figures.lines import FigureLine
from desktop.views.figures.out import Shown
from desktop.views.figures.period import days_text
from desktop.views.figures.tiles import TileGrid
from desktop.views.insights.drifting.words import basis_words
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.insights.value.cards import AliveCard, PartsCard, TenthsCard
from desktop.views.insights.value.horizon import HorizonCard
from desktop.views.insights.value.table import ValueTable
from desktop.views.insights.value.words import value_lines
from desktop.views.kit.layouts import ScrollColumn


class ValueScreen(InsightScreen):
    """Tiles, the horizon, three charts, and the list by value."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        self.report: ValueReport | None = None
        self._lines: list[FigureLine] = []
        group, ranking = kept.get("group"), kept.get("ranking")
        self.tiles = TileGrid()
        self.tiles.opened.connect(self._open)
        self.horizon = HorizonCard(self._keep)
        self.tenths = TenthsCard(frame.open_customers, frame.currency)
        self.alive = AliveCard(frame.open_customers)
        self.parts = PartsCard(
            frame.open_customers, frame.currency, cast("Group", group) if group in GROUPS else "segment"
        )
        self.people = ValueTable(frame, cast("Ranking", ranking) if ranking in RANKINGS else "expected", self)
        charts = QVBoxLayout()
        charts.setSpacing(14)
        charts.addWidget(self.tenths, 1)
        charts.addWidget(self.alive, 1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addLayout(charts, 1)
        row.addWidget(self.parts, 1)
        self.column = ScrollColumn()
        for one in (self.tiles, self.horizon):
            self.column.column.addWidget(one)
        self.column.column.addLayout(row)
        self.column.column.addWidget(self.people)
        self.column.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.column)

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> ValueReport:
        report = value_report(scope)
        # Put in order here, not on the window's thread.
        ranking = now_kept.get("ranking")
        for one in ("crowd", "information", ranking if ranking in RANKINGS else "expected"):
            report.ranked(one)
        return report

    def show_answer(self, answer: ValueReport, scope: Scope) -> None:
        self.report = answer
        self.missing = _missing(answer)
        if self.missing:
            return
        self._lines = value_lines(answer, self.frame.currency, days_text(*scope.before))
        self.tiles.show_lines(self._lines)
        hopes = answer.expectations
        self.horizon.show_kept(hopes.months, hopes.discount, _note(answer))
        for card in (self.tenths, self.alive, self.parts):
            card.show_report(answer)
        self.people.show_report(answer)

    def kept(self) -> dict[str, Any]:
        return {"group": self.parts.group, "ranking": self.people.ranking}

    def shown(self) -> Shown | None:
        if self.report is None:
            return None
        return Shown(
            title=tr("Customer value"),
            lines=self._lines,
            charts=[self.tenths.chart, self.alive.chart, self.parts.chart],
            tables=[self.people.data()],
            currency=self.frame.currency,
        )

    def _keep(self, values: dict[str, int | float]) -> None:
        ctx = self.frame.ctx
        ctx.do(lambda: set_book_settings(ctx.book, values))

    def _open(self, key: str) -> None:
        report = self.report
        if report is None:
            return
        places = {
            "total": lambda: report.ids[report.ranked("expected")],
            "best": lambda: report.of_tenth(0),
            "crowd": lambda: report.ids[report.ranked("crowd")],
            "information": lambda: report.ids[report.ranked("information")],
        }
        if key in places:
            name = next(line.name for line in self._lines if line.key == key)
            self.frame.open_customers(name, places[key]())


def _note(report: ValueReport) -> str:
    said = [basis_words(report.expectations)]
    if report.excluded:
        said.append(
            ntr(
                "{n} buyer is left out: marked as not a customer.",
                "{n} buyers are left out: marked as not a customer.",
                report.excluded,
            )
        )
    return " ".join(said)


def _missing(report: ValueReport) -> str:
    if report.ids.size:
        return ""
    if report.excluded:
        return tr("All who bought are marked as not a customer.")
    return tr("Nobody whom the filters leave had bought by the end of this period.")
