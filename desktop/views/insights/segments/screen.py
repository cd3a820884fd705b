"""The screen of segments: recency by frequency, the ten segments or eight classes, and who moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from desktop.core.translation import tr
from desktop.queries.insight_scope import Scope
from desktop.queries.insight_segments import CODES, SegmentReport, Table, segment_report
from desktop.views.figures.card import FigureCard
from desktop.views.figures.out import Shown
from desktop.views.figures.period import days_text
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.insights.segments import words as segment_words
from desktop.views.insights.segments.acts import SegmentActs
from desktop.views.insights.segments.words import group_name
from desktop.views.kit import theme
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.charts import Figures, HBarList, HeatCells, HeatTable, Part
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn

_TABLES: tuple[Table, ...] = ("segments", "classes")


class SegmentsScreen(InsightScreen):
    """The square beside the list; chips choose the ten segments or the eight classes."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        self.report: SegmentReport | None = None
        self._scope: Scope | None = None
        self.chips = ChipRow([ChipItem("segments", tr("10 segments")), ChipItem("classes", tr("8 classes"))])
        self.chips.choose(next((one for one in _TABLES if one == kept.get("table")), "segments"))
        self.chips.chosen.connect(lambda _: self._write())
        self.thin = label("", size=theme.SMALL, role="muted", wrap=True)
        self.acts = SegmentActs(frame, self, self.open_segment)
        self._make_grid()
        self._make_list()
        self._make_moves()
        beside = QHBoxLayout()
        beside.setSpacing(14)
        beside.addWidget(self.grid_card, 1)
        beside.addWidget(self.list_card, 1)
        self.column = ScrollColumn()
        self.column.column.addWidget(self.chips)
        self.column.column.addWidget(self.thin)
        self.column.column.addLayout(beside)
        self.column.column.addWidget(self.moves_card)
        self.column.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.column)

    def _make_grid(self) -> None:
        self.grid = HeatCells(tr("Recency and frequency"), empty_text=tr("Nobody has bought yet."), high=58)
        self.grid.chosen.connect(self.open_square)
        self.grid_card = FigureCard(
            tr("Recency and frequency"),
            tr("customers · 12-month sales"),
            self.grid,
            (
                tr("R: how long ago the last purchase was, 5 is the most recent. F: how many purchase days, "
                   "5 is the most. M: net spend. Scores are by the shop's own fifths, or by your bounds."),
                tr("Equal values get equal scores, so the fifths are as equal as ties allow. Sales are those "
                   "of the last 365 days, refunds taken off."),
                tr("Click a square, or press Enter on it, to see its customers."),
            ),
        )  # fmt: skip
        self.grid_card.body.addStretch(1)

    def _make_list(self) -> None:
        self.bars = HBarList(
            tr("Who keeps the shop"), clickable=True, names=0.33, empty_text=tr("Nobody has bought yet.")
        )
        self.bars.chosen.connect(lambda code: self.open_segment(self.table, code))
        self.bars.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.bars.customContextMenuRequested.connect(self._open_menu)
        self.use_button = SecondaryButton(tr("Use"), small=True, tip=tr("Open, keep or look at a segment"))
        menu = QMenu(self.use_button)
        menu.aboutToShow.connect(lambda: self.acts.fill_all(menu, self.table))
        self.use_button.setMenu(menu)
        self.list_card = FigureCard(
            tr("Who keeps the shop"), tr("12-month sales"), self.bars, (), extra=[self.use_button]
        )
        self.list_card.body.addStretch(1)

    def _make_moves(self) -> None:
        self.moves = HeatTable(
            tr("Who moved"), empty_text=tr("Nobody had bought before this period: nobody can have moved.")
        )
        self.moves.chosen.connect(self.open_move)
        self.moves_card = FigureCard(
            tr("Who moved"), "", self.moves,
            (
                tr("Each line holds the customers who were in that segment on the morning of the period's "
                   "first day, with the scores of then; the columns are where they are now."),
                tr("The last line holds those who bought for the first time in the period."),
            ),
        )  # fmt: skip

    @property
    def table(self) -> Table:
        """The ten segments or the eight classes."""
        return "classes" if self.chips.chosen_key() == "classes" else "segments"

    # -- as a screen

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> SegmentReport:
        return segment_report(scope)

    def show_answer(self, answer: SegmentReport, scope: Scope) -> None:
        self.report, self._scope, self.acts.scope = answer, scope, scope
        self.missing = segment_words.missing_words(answer)
        if not self.missing:
            self._write()

    def kept(self) -> dict[str, Any]:
        return {"table": self.table}

    def shown(self) -> Shown | None:
        if self.report is None or self.missing:
            return None
        return Shown(title="", charts=[self.grid, self.bars, self.moves])

    # -- the cards

    def _write(self) -> None:
        if self.report is None or self.missing:
            return
        thin = segment_words.thin_words(self.report)
        self.thin.setText(thin)
        self.thin.setVisible(bool(thin))
        currency = self.frame.currency
        self.grid.set_cells(
            [f"R{r}" for r in range(5, 0, -1)],
            segment_words.frequency_names(self.report),
            segment_words.grid_cells(self.report, currency),
            segment_words.grid_data(self.grid.name, self.report, currency),
            beside=segment_words.recency_names(self.report),
        )
        self.grid.show()
        self._write_list(self.report)
        self._write_moves(self.report)

    def _write_list(self, report: SegmentReport) -> None:
        parts = report.parts(self.table)
        self.bars.set_parts(
            [Part(p.code, group_name(self.table, p.code), p.customers, p.revenue_share) for p in parts],
            (tr("Group"), tr("Customers"), tr("Share of sales")),
            more=(
                Figures(tr("Share of customers"), "percent", [part.share for part in parts]),
                Figures(tr("Sales of 12 months"), "money", [part.revenue for part in parts]),
            ),
            currency=self.frame.currency,
        )
        self.bars.show()
        self.list_card.tell(_list_words(self.table))

    def _write_moves(self, report: SegmentReport) -> None:
        names = [group_name(self.table, code) for code in CODES[self.table]]
        counts = report.moved(self.table)
        known = bool(counts[:-1].any())
        values = counts.tolist() if known else []
        self.moves.set_data(
            tr("Before"), [*names, tr("New customers")] if known else [], names, values,
            marked={(at, at): tr("stayed where they were") for at in range(len(names)) if counts[at, at]},
        )  # fmt: skip
        if self._scope is not None:
            when = days_text(self._scope.start, self._scope.start + 1)
            self.moves_card.set_title(self.moves.name, tr("since {day}; from line to column", day=when))
        self.moves.show()

    # -- the rows behind

    def open_square(self, row: int, column: int) -> None:
        """List the customers of a square."""
        if self.report is not None:
            r, f = 5 - row, column + 1
            self.frame.open_customers(f"R{r} · F{f}", self.report.of_cell(r, f))

    def open_segment(self, table: Table, code: str) -> None:
        """List the customers of a segment or class, who brought most first."""
        if self.report is not None:
            self.frame.open_customers(group_name(table, code), self.report.members(table, code))

    def open_move(self, row: int, column: int) -> None:
        """List who went from one segment to another."""
        if self.report is None:
            return
        codes = CODES[self.table]
        now = codes[min(column, len(codes) - 1)]
        before = codes[row] if row < len(codes) else ""
        came_from = group_name(self.table, before) if before else tr("New customers")
        if column == len(codes):
            ids = self.report.were(self.table, before)
            self.frame.open_customers(came_from, ids)
            return
        title = tr("{before} → {now}", before=came_from, now=group_name(self.table, now))
        self.frame.open_customers(title, self.report.moved_members(self.table, before, now))

    def _open_menu(self, at: QPoint) -> None:
        place = self.bars.index_at(at.toPointF())
        if place is None:
            return
        menu = QMenu(self.bars)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.acts.fill(menu, self.table, CODES[self.table][place])
        menu.popup(self.bars.mapToGlobal(at))


def _list_words(table: Table) -> list[str]:
    said = [tr("Sales are what the group brought in the last 365 days, refunds taken off.")]
    if table == "classes":
        said.insert(
            0,
            tr("The eight classes ask of each score whether it is above the shop's average: important when "
               "money is; value when recency and frequency are, develop when only recency, keep when only "
               "frequency, win back when neither."),
        )  # fmt: skip
    else:
        said.insert(0, tr("The ten segments follow from the scores by rules; the first that fits wins."))
    return [
        *said,
        *(f"{name}: {segment_words.meaning(code)}" for code, name in segment_words.codes_of(table)),
    ]
