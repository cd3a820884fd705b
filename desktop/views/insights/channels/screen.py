"""The insights' tab of channels: where good customers come from, and what each channel is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.core.translation import mark, tr
from desktop.queries.channel_counts import ROWS
from desktop.queries.insight_scope import Scope
from desktop.views.figures.card import FigureCard
from desktop.views.figures.lines import FigureLine
from desktop.views.figures.period import days_text
from desktop.views.figures.ratio_table import Deed, RatioTable
from desktop.views.figures.tiles import TileGrid
from desktop.views.insights.channels.words import (
    BEHIND,
    CHANNELS,
    METHODS,
    OPEN,
    TOGETHER,
    channel_name,
    method_name,
)
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.kit import theme
from desktop.views.kit.charts import HBarList, Part
from desktop.views.kit.widgets import IconButton, ScrollColumn, label

if TYPE_CHECKING:
    from desktop.queries.channel_counts import Key
    from desktop.queries.finding_methods import MethodRow
    from desktop.queries.insight_channels import ChannelReport, ChannelRow
    from desktop.views.figures.out import Shown

_MOST = 8
"""Bars that can be taken in."""


class SharesCard(FigureCard):
    """The share of each channel in something, as bars; a click shows what is behind."""

    def __init__(
        self, screen: ChannelsScreen, key: Key, title: str, below: str, count: str, sentence: str
    ) -> None:
        self._bars = HBarList(title, clickable=True, empty_text=tr("Nothing came in this period."))
        self._bars.chosen.connect(lambda channel: screen.open_rows(key, channel))
        super().__init__(
            title, below, self._bars, (sentence, tr("A click on a line shows what is behind it."))
        )
        self._key, self._count = key, count
        self.body.addStretch(1)

    def show_rows(self, rows: Sequence[ChannelRow]) -> None:
        """Draw the bars, the longest first."""
        gained = self._key == "gained"
        from desktop.analytics.intervals import rate

        parts, total = [], sum(row.now.gained.n for row in rows)
        for row in rows:
            share = row.share_gained if gained else row.share
            number = row.now.gained.n if gained else row.now.net.n
            if number:
                sure = rate(number, total) if gained else None
                parts.append(
                    Part(
                        row.channel, channel_name(row.channel), number, share,
                        sure.low if sure else None, sure.high if sure else None, total,
                    )
                )  # fmt: skip
        parts.sort(key=lambda part: -(part.share or 0.0))
        self._bars.set_parts(parts[:_MOST], (tr("Channel"), self._count, tr("Share")))
        self._bars.show()


class ChannelsScreen(InsightScreen):
    """Shares, the table of channels, and the table of the ways customers were found."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        self.report: ChannelReport | None = None
        """What is shown; None until the first answer."""
        self.revenue = SharesCard(
            self, "net", tr("Revenue by channel"), tr("orders, and share of the revenue"), tr("Orders"),
            tr("The share of each channel in the net revenue of the period, and its orders."),
        )  # fmt: skip
        self.gained = SharesCard(
            self, "gained", tr("New customers by channel"), tr("customers, and their share"), tr("Customers"),
            tr("The channel of the very first purchase, of the customers who first bought in the period."),
        )  # fmt: skip
        self.table = RatioTable(
            tr("Channels side by side"), mark("Channel"), lambda row: channel_name(row.channel), CHANNELS,
            currency=frame.currency, sort="net", opened=self._open_cell, deeds=self._deeds,
            empty=tr("Nothing came through any channel in this period."),
        )  # fmt: skip
        self.methods = RatioTable(
            tr("How customers were found"), mark("Found by"), lambda row: method_name(row.method), METHODS,
            currency=frame.currency, sort="customers", opened=self._open_method, deeds=self._method_deeds,
            empty=tr(
                "No leads and no new customers in this period. How somebody was found is noted with a lead, "
                "or with the customer."
            ),
        )  # fmt: skip
        self.tiles = TileGrid()
        self.tiles.opened.connect(self._open_tile)
        self.column = ScrollColumn()
        self.column.column.addWidget(self.tiles)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.revenue, 1)
        row.addWidget(self.gained, 1)
        self.column.column.addLayout(row)
        self._note = label("", size=theme.SMALL, role="muted", wrap=True)
        for table in (self.table, self.methods):
            self.column.column.addLayout(self._head(table))
            self.column.column.addWidget(table)
        self.column.column.addWidget(self._note)
        self.column.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.column)

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> ChannelReport:
        from desktop.queries.insight_channels import channel_report

        return channel_report(scope)

    def show_answer(self, answer: ChannelReport, scope: Scope) -> None:
        self.report = report = answer
        some = report.rows or report.methods.rows
        self.missing = "" if some else tr("No orders, ratings, complaints or leads in this period.")
        days = days_text(*scope.before)
        self.tiles.show_lines(self._lines(report))
        self.revenue.show_rows(report.rows)
        self.gained.show_rows(report.rows)
        self.table.show_rows(report.rows, days)
        self.methods.show_rows(report.methods.rows, days)
        self._note.setText(_basis(report))

    def shown(self) -> Shown | None:
        from desktop.views.figures.out import Shown

        if self.report is None:
            return None
        tables = (self.table, self.methods)
        return Shown(
            title=tr("Channels"),
            lines=self._lines(self.report),
            charts=[self.revenue.chart, self.gained.chart],
            tables=[table.chart_data() for table in tables],
            paper_tables=[table.paper() for table in tables],
        )

    def _head(self, table: RatioTable) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(4, 6, 4, 0)
        row.addWidget(label(table.name, size=theme.SECTION, bold=True), 1)
        row.addWidget(
            IconButton("table-2", tr("Show the data: {name}", name=table.name), partial(self._data, table),
                       role="muted")
        )  # fmt: skip
        return row

    def _data(self, table: RatioTable) -> None:
        from desktop.views.kit.data_dialog import DataDialog

        DataDialog(table.chart_data(), self.window()).open()

    # -- what is behind

    def _lines(self, report: ChannelReport) -> list[FigureLine]:
        """The figures of all channels together."""
        days = days_text(*report.scope.before)
        return [
            replace(
                ratio.line(report.total, self.frame.currency, days),
                name=tr(title),
                sentence=tr(sentence),
                rows=tr(OPEN[ROWS[key]]),
            )
            for key, (title, sentence) in TOGETHER.items()
            for ratio in CHANNELS
            if ratio.key == key
        ]

    def _open_tile(self, key: str) -> None:
        self.open_rows(next(one for one in BEHIND if one == key), None)

    def open_rows(self, key: Key, channel: str | None) -> None:
        """Show what stands behind a figure of a channel, or of all together."""
        if self.report is None:
            return
        ids = self.report.rows_behind(key, channel)
        opener = {
            "customers": self.frame.open_customers, "orders": self.frame.open_orders,
            "ratings": self.frame.open_ratings, "complaints": self.frame.open_complaints,
        }[ROWS[key]]  # fmt: skip
        name = tr("All channels") if channel is None else channel_name(channel)
        opener(tr(BEHIND[key], channel=name), ids)

    def look_only(self, channel: str) -> None:
        """Narrow everything to one channel."""
        if self.report is not None:
            self.frame.narrow(replace(self.report.scope.only, channel=channel))

    def _open_cell(self, row: ChannelRow, key: str) -> None:
        self.open_rows(next(one for one in BEHIND if one == key), row.channel)

    def _deeds(self, row: ChannelRow) -> list[Deed]:
        deeds: list[Deed] = [
            (tr(BEHIND[key], channel=channel_name(row.channel)), "list",
             partial(self.open_rows, key, row.channel))
            for key in BEHIND
            # A share of 0 has nobody behind it.
            if row.now.figure(key).n and (key == "net" or row.now.figure(key).value)
        ]  # fmt: skip
        only = self.report.scope.only.channel if self.report else None
        if only is None:
            deeds.append((tr("Look at this channel only"), "funnel", partial(self.look_only, row.channel)))
        return deeds

    def _open_method(self, row: MethodRow, key: str) -> None:
        if self.report is None:
            return
        found, name = self.report.methods, method_name(row.method)
        if key in ("customers", "value", "expected"):
            title, ids = tr("Customers gained: {method}", method=name), found.customers_behind(row.method)
        else:
            won = key in ("converted", "days")
            words = mark("Leads that converted: {method}") if won else mark("Leads: {method}")
            title, ids = tr(words, method=name), found.leads_behind(row.method, converted=won)
        self.frame.open_customers(title, ids)

    def _method_deeds(self, row: MethodRow) -> list[Deed]:
        name = method_name(row.method)
        deeds: list[Deed] = []
        for words, key, some in (
            (mark("Leads: {method}"), "leads", row.leads.leads),
            (mark("Leads that converted: {method}"), "converted", row.leads.converted.hits),
            (mark("Customers gained: {method}"), "customers", row.customers),
        ):
            if some:
                deeds.append((tr(words, method=name), "users", partial(self._open_method, row, key)))
        return deeds


def _basis(report: ChannelReport) -> str:
    found = report.methods
    arrows = tr("▲ and ▼: clearly more or less than in the period before, which chance hardly explains.")
    if not found.rows:
        return arrows
    said = {
        "model": tr("Yet expected: the next {months} months by the models of purchases and of spend.",
                    months=found.months),
        "average": tr(
            "Yet expected: the next {months} months by the model of purchases and each customer's average.",
            months=found.months,
        ),
        "year": tr(
            "Yet expected: the net spend of the last 365 days, as the shop is too small for a model."
        ),
    }[found.basis]  # fmt: skip
    narrowed = report.scope.only.channel is not None or report.scope.only.product is not None
    if narrowed:
        said += " " + tr("Leads are of no channel or product: these filters leave them all.")
    return f"{arrows} {said}"
