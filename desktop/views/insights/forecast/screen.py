"""The forecast screen: the next months with their bands, and how good last year's forecast was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.core.dates import format_month
from desktop.core.translation import ntr, tr
from desktop.queries.insight_forecast import TOLD, ForecastReport, Told, forecast_report, month_rows
from desktop.queries.insight_scope import Scope
from desktop.views.figures.lines import FigureLine
from desktop.views.figures.out import Shown
from desktop.views.figures.tiles import TileGrid
from desktop.views.insights.forecast.cards import AheadCard, LookBackCard, course_name
from desktop.views.insights.forecast.table import MonthTable, forecast_data, forecast_paper
from desktop.views.insights.forecast.words import (
    ahead_words,
    forecast_lines,
    missing_words,
)
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.kit import theme
from desktop.views.kit.chips import Chip, ChipItem, ChipRow
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn

HORIZONS = (3, 6, 12)


@dataclass(frozen=True)
class _Asked:
    report: ForecastReport
    scope: Scope


class ForecastScreen(InsightScreen):
    """What is told and how far ahead are chosen above; nothing need be asked again for it."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        self._asked: _Asked | None = None
        self._lines: list[FigureLine] = []
        self.courses = ChipRow([ChipItem(one, course_name(one)) for one in TOLD])
        self.courses.choose(next((one for one in TOLD if one == kept.get("told")), "orders"))
        self.courses.chosen.connect(lambda _: self._write())
        self.horizons = ChipRow([ChipItem(str(n), ntr("{n} month", "{n} months", n)) for n in HORIZONS])
        horizon = kept.get("horizon")
        self.horizons.choose(str(horizon if horizon in HORIZONS else HORIZONS[1]))
        self.horizons.chosen.connect(lambda _: self._write())
        self.words = label("", wrap=True)
        self.note = label("", size=theme.SMALL, role="muted", wrap=True)
        self.tiles = TileGrid()
        self.tiles.opened.connect(lambda _: self._open_row(0))
        self.ahead = AheadCard(self._open, frame.currency)
        self.back = LookBackCard(self._open, frame.currency)
        self.table = MonthTable(self._open_row)
        self._lay()

    def _lay(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.courses, 1)
        # Chips flow into lines where they may; these few stay in theirs.
        self.horizons.setFixedWidth(sum(chip.width() + 8 for chip in self.horizons.findChildren(Chip)))
        above.addWidget(self.horizons)
        scroll = self.column = ScrollColumn()
        scroll.column.addLayout(above)
        for text in (self.words, self.note):
            scroll.column.addWidget(text)
        scroll.column.addWidget(self.tiles)
        scroll.column.addWidget(self.ahead)
        scroll.column.addWidget(self.back)
        scroll.column.addWidget(self.table)
        scroll.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    # -- what is chosen

    @property
    def told(self) -> Told:
        """The series that is shown."""
        chosen = self.courses.chosen_key()
        return next((one for one in TOLD if one == chosen), "orders")

    @property
    def horizon(self) -> int:
        """How many months ahead are shown."""
        return int(self.horizons.chosen_key() or HORIZONS[1])

    # -- as a screen

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> ForecastReport:
        return forecast_report(scope)

    def show_answer(self, answer: ForecastReport, scope: Scope) -> None:
        self._asked = _Asked(answer, scope)
        self.missing = missing_words(answer)
        if not self.missing:
            self._write()

    def kept(self) -> dict[str, Any]:
        return {"told": self.told, "horizon": self.horizon}

    def shown(self) -> Shown | None:
        if self._asked is None or self.missing:
            return None
        said = (self._asked.report, self.told, self.horizon, self.frame.currency)
        return Shown(
            title=tr("Forecast: {name}", name=course_name(self.told)),
            lines=self._lines,
            charts=[self.ahead.chart, self.back.chart],
            tables=[forecast_data(*said)],
            paper_tables=[forecast_paper(*said)],
            currency=self.frame.currency,
        )

    # -- writing

    def _write(self) -> None:
        if self._asked is None or self.missing:
            return
        report, told, horizon, currency = self._asked.report, self.told, self.horizon, self.frame.currency
        self.words.setText(ahead_words(report, told, horizon, currency))
        self.note.setText(
            tr("The filters choose customers by what they have bought until now: by that alone the months "
               "ahead will differ from the past.")
        )  # fmt: skip
        self.note.setVisible(report.picked)
        self._lines = forecast_lines(report, told, horizon, currency)
        self.tiles.show_lines(self._lines)
        self.ahead.show_course(report, told, horizon)
        self.back.show_course(report, told)
        self.table.show_course(report, told, horizon, currency)

    # -- the rows behind

    def _open_row(self, row: int) -> None:
        """The month under way has rows already; of the others those a year before are at hand."""
        if self._asked is None:
            return
        report = self._asked.report
        if row == 0 and report.under_way:
            self._open(int(report.ahead[0]))
        elif report.months.size >= 12:
            self._open(int(report.months[-12:][row]))

    def _open(self, start: int) -> None:
        from desktop.analytics.periods import index_of, start_of

        if self._asked is None:
            return
        end = start_of(index_of(int(start), "month") + 1, "month")
        ids = month_rows(self._asked.scope, self.told, int(start), end)
        title = tr("{name}, {month}", name=course_name(self.told), month=format_month(int(start)))
        (self.frame.open_customers if self.told == "new" else self.frame.open_orders)(title, ids)
