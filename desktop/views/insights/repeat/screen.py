"""The screen of repeat purchase: six figures, their trend, and how long customers take to come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.analytics.repeat_trend import Definition
from desktop.core.translation import tr
from desktop.queries.insight_repeat import RepeatReport, repeat_report
from desktop.queries.insight_scope import Scope
from desktop.views.figures.lines import FigureLine
from desktop.views.figures.out import Shown
from desktop.views.figures.tiles import TileGrid
from desktop.views.insights.repeat import words as repeat_words
from desktop.views.insights.repeat.cards import BuyersCard, CurveCard, DaysCard, TrendCard, bin_name, month_of
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.kit import theme
from desktop.views.kit.chips import ChipRow
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn

_HIGH = 190


class RepeatScreen(InsightScreen):
    """The chips choose by which definition the trend is counted; the tiles show all five."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        self.report: RepeatReport | None = None
        self.lines: list[FigureLine] = []
        self.tiles = TileGrid()
        self.tiles.opened.connect(self.open_figure)
        self.thin = label("", size=theme.SMALL, role="muted", wrap=True)
        self.chips = ChipRow(repeat_words.chip(one) for one in repeat_words.ALL)
        self.chips.choose(next((one for one in repeat_words.ALL if one == kept.get("definition")), "b"))
        self.chips.chosen.connect(lambda _: frame.reload())
        self.trend = TrendCard(self.open_month)
        self.buyers = BuyersCard(self.open_buyers)
        self.curve = CurveCard()
        self.gaps = DaysCard(
            tr("Days between purchases"),
            tr("Days between two neighbouring purchase days of a customer, where the later one lies in the "
               "period."),
            tr("Nobody came back in this period."),
            self.open_gaps,
        )  # fmt: skip
        self.second = DaysCard(
            tr("Days until the second purchase"),
            tr("Days from a customer's first purchase day to the second, where that one lies in the period."),
            tr("Nobody bought a second time in this period."),
            self.open_seconds,
        )
        self.column = ScrollColumn()
        for part in (self.tiles, self.thin, self.chips):
            self.column.column.addWidget(part)
        self._row(self.trend, self.buyers)
        self._row(self.curve, self.second)
        self._row(self.gaps)
        self.column.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.column)

    def _row(self, *cards: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(14)
        for card in cards:
            row.addWidget(card, 1)
        self.column.column.addLayout(row)
        for made in (self.trend, self.buyers, self.curve, self.second, self.gaps):
            made.chart.setMinimumHeight(_HIGH)

    @property
    def definition(self) -> Definition:
        """By which the trend is counted."""
        chosen = self.chips.chosen_key()
        return next((one for one in repeat_words.ALL if one == chosen), "b")

    # -- as a screen

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> RepeatReport:
        wanted = now_kept.get("definition")
        return repeat_report(scope, next((one for one in repeat_words.ALL if one == wanted), "b"))

    def show_answer(self, answer: RepeatReport, scope: Scope) -> None:
        self.report = answer
        self.missing = repeat_words.missing_words(answer)
        if self.missing:
            return
        self.lines = repeat_words.repeat_lines(answer, self.frame.currency)
        self.tiles.show_lines(self.lines)
        thin = repeat_words.thin_words(answer)
        self.thin.setText(thin)
        self.thin.setVisible(bool(thin))
        for card in (self.trend, self.buyers, self.curve):
            card.show_report(answer)
        self.gaps.show_histogram(answer.gaps)
        self.second.show_histogram(answer.second)

    def kept(self) -> dict[str, Any]:
        return {"definition": self.definition}

    def shown(self) -> Shown | None:
        if self.report is None or self.missing:
            return None
        cards = (self.trend, self.buyers, self.curve, self.second, self.gaps)
        return Shown(title="", lines=self.lines, charts=[card.chart for card in cards])

    # -- the rows behind

    def open_figure(self, key: str) -> None:
        """List the customers behind a figure."""
        if self.report is not None:
            self.frame.open_customers(repeat_words.rows_title(key), self.report.behind(key))

    def open_month(self, place: int) -> None:
        """List who came back in a month, by the definition drawn."""
        if self.report is not None:
            month = self.report.trend[place]
            ids = self.report.back(self.report.definition, month.start, month.end)
            title = tr("Came back: {when}", when=month_of(self.report.trend, place))
            self.frame.open_customers(title, ids)

    def open_buyers(self, place: int) -> None:
        """List the buyers of a month."""
        if self.report is not None:
            month = self.report.months[place]
            title = tr("Bought: {when}", when=month_of(self.report.months, place))
            self.frame.open_customers(title, self.report.buyers_in(month.start, month.end))

    def open_gaps(self, low: int, high: int | None) -> None:
        """List who came back after so many days."""
        if self.report is not None:
            title = tr("Came back after {days}", days=bin_name(low, high))
            self.frame.open_customers(title, self.report.of_gaps(low, high))

    def open_seconds(self, low: int, high: int | None) -> None:
        """List who bought a second time after so many days."""
        if self.report is not None:
            title = tr("Second purchase after {days}", days=bin_name(low, high))
            self.frame.open_customers(title, self.report.of_seconds(low, high))
