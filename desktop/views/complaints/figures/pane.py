"""The figures of complaints: how many, how fast, how well made good, and what to prevent next."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.queries.complaint_causes import Noted, noted_ids
from desktop.queries.complaint_figures_cohorts import ComplaintSlice
from desktop.queries.complaint_narrowing import products_with_complaints
from desktop.views.complaints.figures.answer import Answer, ask, cause_slice
from desktop.views.complaints.figures.filters import NOTHING, PERIODS, Wanted, choices
from desktop.views.complaints.figures.kinds import figure_lines
from desktop.views.complaints.figures.prevention import PreventionCard
from desktop.views.complaints.figures.subjects import HeatCard, SubjectsCard
from desktop.views.complaints.figures.table import BYS, By, GroupTable, group_heads, group_shares, group_texts
from desktop.views.complaints.figures.trend import RatioCard, TrendCard
from desktop.views.figures.filters import FilterBar
from desktop.views.figures.lines import FigureLine
from desktop.views.figures.out import FiguresOut, Shown
from desktop.views.figures.period import days_text
from desktop.views.figures.tiles import TileGrid
from desktop.views.kit.buttons import IconButton, SecondaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.offers import offer
from desktop.views.kit.widgets import Card, EmptyState, ScrollColumn, label

OpenRows = Callable[[Sequence[int], str], object]
"""Shows the list of some complaints under a title."""

_TABLES = (
    "complaint", "complaint_step", "promise", "remedy", "rating", "orders", "order_line", "product", "staff",
    "setting",
)  # fmt: skip
_TREND_HEIGHT = 190
_BESIDE_FROM = 760
_PATIENCE_MS = 400
"""Until it is said that the first figures are being counted: of many complaints that takes seconds."""
_SHEETS, _EMPTY, _COUNTING = range(3)


class FiguresPane(QWidget):
    """The figures for a period and filters, counted in the worker.

    `open_rows` is called with the complaints behind what was clicked; `kept` is what `route_params` gave.
    """

    def __init__(
        self,
        ctx: Context,
        *,
        open_rows: OpenRows,
        kept: Mapping[str, Any] | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self.ctx = ctx
        self._now, self._open_rows = now, open_rows
        self._stale = True
        self.answer: Answer | None = None
        """What is shown; None until the first answer."""
        self.lines: list[FigureLine] = []
        self.out = FiguresOut(ctx, self, self._shown)
        self.print_button = IconButton("printer", tr("Print the figures…"), self.out.print, framed=True)
        self.pdf_button = SecondaryButton(
            tr("PDF"), "file-text", self.out.save_pdf, tip=tr("Save the figures as PDF…")
        )
        self.excel_button = SecondaryButton(
            tr("Excel"), "file-spreadsheet", self.out.save_workbook, tip=tr("Save the figures as a workbook…")
        )
        self._outs = (self.print_button, self.pdf_button, self.excel_button)
        kept = dict(kept or {})
        self.bar = FilterBar(
            Wanted.of(kept),
            self._outs,
            periods=PERIODS,
            choices=choices(NOTHING),
            every={"product": self._every_product},
        )
        self.bar.changed.connect(self.reload)
        by = kept.get("by")
        self._make_cards(next((one for one in BYS if one == by), "subject"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.bar)
        self._front = QStackedLayout()
        layout.addLayout(self._front, 1)
        self._front.addWidget(self.column)
        self._front.addWidget(self._empty())
        self._front.addWidget(self._counting())
        for button in self._outs:
            button.setEnabled(False)
        offer(self, tr("Print the figures…"), self.out.print, "Ctrl+P", "printer")
        offer(self, tr("Save the figures as PDF…"), self.out.save_pdf, icon_name="file-text")
        offer(
            self, tr("Save the figures as a workbook…"), self.out.save_workbook, icon_name="file-spreadsheet"
        )
        ctx.changes.listen(self, self._touch, *_TABLES)

    def route_params(self) -> dict[str, Any]:
        """What to be built with again, as `kept`."""
        return {**self.bar.wanted.kept(), "by": self.table.by}

    # -- building

    def _make_cards(self, by: By) -> None:
        currency = str(self.ctx.settings.get("shop.currency"))
        self.tiles = TileGrid()
        self.tiles.opened.connect(self.open_figure)
        self.trend = TrendCard(lambda month: self._open_month("received", month))
        self.ratio = RatioCard(lambda month: self._open_month("per_hundred", month), self.open_unlinked)
        self.subjects = SubjectsCard(self.open_slice)
        self.prevention = PreventionCard(self.open_note)
        self.heat = HeatCard(self.open_slice)
        self.table = GroupTable(self.open_slice, currency, by)
        self._currency = currency
        self.column = ScrollColumn()
        self._rows: list[QBoxLayout] = []
        self.column.column.addWidget(self.tiles)
        for left, right, shares in (
            (self.trend, self.ratio, (1, 1)),
            (self.subjects, self.prevention, (3, 2)),
        ):
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            row.setSpacing(14)
            self._rows.append(row)
            row.addWidget(left, shares[0])
            row.addWidget(right, shares[1])
            self.column.column.addLayout(row)
        for card in (self.trend, self.ratio):
            card.chart.setMinimumHeight(_TREND_HEIGHT)
        self.column.column.addWidget(self.heat)
        self.column.column.addWidget(self.table)
        self.column.column.addStretch(1)

    def _empty(self) -> QWidget:
        page = Card()
        text = tr(
            "Record a complaint with F7 as soon as a customer is unhappy. This page then shows how fast and "
            "how well the shop makes it good, and what should not happen again."
        )
        page.body.addWidget(EmptyState("chart-line", tr("No complaint to count yet"), text), 1)
        return page

    @staticmethod
    def _counting() -> QWidget:
        page = Card()
        words = label(tr("Counting the complaints…"), role="muted")
        page.body.addWidget(words, 1, Qt.AlignmentFlag.AlignCenter)
        return page

    def _say_counting(self) -> None:
        if self.answer is None:
            self._front.setCurrentIndex(_COUNTING)

    def _every_product(self) -> Sequence[tuple[int, str]]:
        if self.answer is None:
            return ()
        return products_with_complaints(self.ctx.book, self.answer.report.moment)

    # -- reading

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, cards stand below each other."""
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE_FROM
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        for row in self._rows:
            row.setDirection(way)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            QTimer.singleShot(0, self, self.reload)

    def _touch(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Count everything anew; what stands stays until the answer is there."""
        self._stale = False
        if self.answer is None:
            QTimer.singleShot(_PATIENCE_MS, self, self._say_counting)
        book, wanted, now = self.ctx.book, self.bar.wanted, self._now()
        self.ctx.tasks.read(
            lambda progress: ask(book, wanted, now, progress), self._show, owner=self, key="figures"
        )

    def _show(self, answer: Answer) -> None:
        if answer.wanted != self.bar.wanted:
            return
        self.answer = answer
        report = answer.report
        self.bar.show_choices(choices(answer.choices))
        self._front.setCurrentIndex(_SHEETS if answer.any else _EMPTY)
        for button in self._outs:
            button.setEnabled(answer.any)
        self.lines = figure_lines(report, self._currency)
        self.tiles.show_lines(self.lines)
        self.trend.show_report(report)
        self.ratio.show_report(report)
        self.subjects.show_bars(answer.subjects, answer.details, answer.wanted.subject)
        self.prevention.show_causes(answer.causes)
        self.heat.show_heat(answer.heat)
        self.table.show_groups(answer.groups)
        for card in (self.trend, self.ratio, self.subjects, self.prevention, self.heat):
            card.chart.show()

    # -- the rows behind

    def open_figure(self, key: str) -> None:
        """Show the complaints behind a tile."""
        line = next((one for one in self.lines if one.key == key), None)
        if self.answer is not None and line is not None:
            self._open(self.answer.report.rows_behind(key), line.name)

    def open_slice(self, within: ComplaintSlice, title: str) -> None:
        """Show the complaints of the period that are in a slice."""
        if self.answer is not None:
            self._open(self.answer.report.rows_behind("received", within=within), title)

    def open_unlinked(self) -> None:
        """Show the complaints of the period that name no order."""
        if self.answer is not None:
            self._open(self.answer.report.rows_behind("unlinked"), tr("Without an order"))

    def open_note(self, noted: Noted, text: str, title: str) -> None:
        """Show the complaints with a cause or a prevention."""
        if self.answer is not None:
            report = self.answer.report
            self._open(noted_ids(self.ctx.book, cause_slice(report), noted, text), title)

    def _open_month(self, key: str, month: int) -> None:
        if self.answer is not None:
            one = self.answer.report.trend[month]
            ids = self.answer.report.rows_behind(key, days=(one.start, one.end))
            self._open(ids, days_text(one.start, one.end))

    def _open(self, ids: array[int], title: str) -> None:
        if ids:
            self._open_rows(ids, title)
        else:
            self.ctx.notify(tr("No complaint stands behind this figure."), tone="info")

    # -- taking away

    def _shown(self) -> Shown | None:
        from desktop.views.figures.pages import PaperTable

        answer = self.answer
        if answer is None or not answer.any:
            return None
        currency = self._currency
        days = days_text(answer.report.start, answer.report.end)
        cards = (self.trend, self.ratio, self.subjects, self.heat)
        noted = ((tr("Causes"), answer.causes.causes), (tr("Prevention"), answer.causes.preventions))
        return Shown(
            title=tr("Figures of complaints"),
            everything=tr("All complaints"),
            days=days,
            filters=self.bar.named(),
            lines=self.lines,
            charts=[card.chart for card in cards],
            tables=[self.table.chart_data(by) for by in BYS],
            paper_tables=[
                *(
                    PaperTable(
                        tr(BYS[by][0]),
                        group_heads(by),
                        group_texts(by, groups, self._currency),
                        group_shares(),
                    )
                    for by, groups in answer.groups.items()
                ),
                *(
                    PaperTable(name, [tr("Noted"), tr("Complaints")], [[text, f"{n:,}"] for text, n in notes])
                    for name, notes in noted
                ),
            ],
            currency=currency,
        )
