"""The insights' tab of satisfaction: are customers happier, where, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.core.translation import ntr, tr
from desktop.queries.insight_scope import Scope
from desktop.views.figures.tiles import TileGrid
from desktop.views.insights.satisfaction.lines import MEASURES, RESPONSE, satisfaction_lines
from desktop.views.insights.satisfaction.parts import PARTS, PartsCard
from desktop.views.insights.satisfaction.trend import PERIODS, TrendCard, drawn, name_of
from desktop.views.insights.satisfaction.why import AgainstCard, Mood, ReasonsCard, StarsCard, WordsCard
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.kit.widgets import ScrollColumn

if TYPE_CHECKING:
    from desktop.analytics.periods import Period
    from desktop.analytics.satisfaction import Satisfaction
    from desktop.queries.insight_satisfaction import PartRow, SatisfactionReport, Side
    from desktop.queries.rating_parts import PartBy
    from desktop.queries.ratings import RatingRow
    from desktop.views.figures.out import Shown


class SatisfactionScreen(InsightScreen):
    """Tiles, the trend, the parts, and what stands behind the stars."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        by, part = _kept(kept)
        self.report: SatisfactionReport | None = None
        """What is shown; None until the first answer."""
        self.tiles = TileGrid()
        self.tiles.opened.connect(self._open_tile)
        self.trend = TrendCard(self._open_days, lambda _: frame.reload(), by)
        self.stars = StarsCard(self._open_stars)
        self.parts = PartsCard(self._open_part, frame.reload, part)
        self.reasons = ReasonsCard(self._open_reason, "happy" if kept.get("mood") == "happy" else "unhappy")
        self.against = AgainstCard(self._open_against)
        self.words = WordsCard(self._open_words, self._open_unhappy)
        self.column = ScrollColumn()
        self.column.column.addWidget(self.tiles)
        self.trend.chart.setMinimumHeight(210)
        for left, right, shares in (
            (self.trend, self.stars, (5, 3)),
            (self.parts, self.reasons, (1, 1)),
            (self.against, self.words, (1, 1)),
        ):
            row = QHBoxLayout()
            row.setSpacing(14)
            row.addWidget(left, shares[0])
            row.addWidget(right, shares[1])
            self.column.column.addLayout(row)
        self.column.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.column)

    def kept(self) -> dict[str, Any]:
        return {"by": self.trend.by, "part": self.parts.part, "mood": self.reasons.mood}

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> SatisfactionReport:
        from desktop.queries.insight_satisfaction import satisfaction_report

        by, part = _kept(now_kept)
        return satisfaction_report(scope, drawn(by, scope.start, scope.end), part)

    def show_answer(self, answer: SatisfactionReport, scope: Scope) -> None:
        self.report = report = answer
        self.missing = _missing(report)
        self.tiles.show_lines(satisfaction_lines(report, self.frame.currency))
        for card in (self.trend, self.stars, self.parts, self.reasons, self.against):
            card.show_report(report)
        self.words.show_words(report.words, report.ratings_behind("unhappy").size)

    def shown(self) -> Shown | None:
        from desktop.views.figures.out import Shown

        if self.report is None:
            return None
        return Shown(
            title=tr("Satisfaction"),
            lines=satisfaction_lines(self.report, self.frame.currency),
            charts=[card.chart for card in (self.trend, self.stars, self.parts, self.reasons, self.against)],
        )

    # -- the ratings behind

    def _open(self, title: str, side: Side = "all", **of: Any) -> None:
        if self.report is not None:
            self.frame.open_ratings(title, self.report.ratings_behind(side, **of))

    def _open_tile(self, key: str) -> None:
        if key == RESPONSE:
            self._open(tr("Ratings asked for"), "asked")
        else:
            told = next(told for name, told in MEASURES.items() if name == key)
            self._open(tr(told.name), told.side)

    def _open_days(self, report: SatisfactionReport, one: Satisfaction) -> None:
        self._open(name_of(one, report.by), days=(one.start, one.end))

    def _open_stars(self, stars: int) -> None:
        self._open(ntr("{n} star", "{n} stars", stars), stars=stars)

    def _open_part(self, row: PartRow, name: str) -> None:
        self._open(name, part=row.key)

    def _open_reason(self, mood: Mood, reason: int, name: str) -> None:
        self._open(name, mood, reason=reason)

    def _open_against(self, expected: int, got: int) -> None:
        said = tr("Expected {expected}, got {got}", expected=f"{expected} ★", got=f"{got} ★")
        self._open(said, expected=expected, stars=got)

    def _open_words(self, row: RatingRow) -> None:
        self.frame.open_ratings(tr("Ratings"), np.array([row.id], np.int64))

    def _open_unhappy(self) -> None:
        self._open(tr("1 to 3 stars"), "unhappy")


def _kept(kept: Mapping[str, Any]) -> tuple[Period, PartBy]:
    by: Period = next((one for one in PERIODS if one == kept.get("by")), "month")
    part: PartBy = next((one for one in PARTS if one == kept.get("part")), "channel")
    return by, part


def _missing(report: SatisfactionReport) -> str:
    if report.now.n:
        return ""
    if report.response.n:
        return ntr(
            "{n} rating was asked for in this period, and nobody has answered yet.",
            "{n} ratings were asked for in this period, and nobody has answered yet.",
            report.response.n,
        )
    return tr("No ratings in this period: ask for one after an order, a case or a complaint, or import them.")
