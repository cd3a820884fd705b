"""The insights screen: are customers happier, do they come back, and who keeps the shop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.core.translation import tr
from desktop.queries.insights import (
    Definition,
    Insights,
    RepeatMonth,
    Table,
    insights,
    repeat_trend,
    span,
)
from desktop.queries.presence import has_ratings
from desktop.queries.purchases import channels, first_day, latest_day, names_nobody
from desktop.views.insights.behind import Behind
from desktop.views.insights.card import InsightCard
from desktop.views.insights.choosers import ChannelButton, PeriodButton, fresh_menu
from desktop.views.insights.cohort_card import CohortCard
from desktop.views.insights.figure_strip import FigureStrip
from desktop.views.insights.gaps_card import GapsCard
from desktop.views.insights.repeat_card import RepeatCard
from desktop.views.insights.satisfaction_card import SatisfactionCard
from desktop.views.insights.value_card import ValueCard
from desktop.views.kit.context import Context
from desktop.views.kit.notices import report_error
from desktop.views.kit.widgets import Card, EmptyState, Page, ScrollColumn, SecondaryButton

_TABLES = ("customer", "orders", "rating")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the worker found, for how many months, and whether the book has orders but nobody's."""

    found: Insights
    months: int | None
    channels: list[str]
    nameless: bool


class InsightsView(QWidget):
    """A strip of figures and six cards for a period and a channel, all counted in the worker."""

    def __init__(
        self,
        ctx: Context,
        *,
        months: int | None = 12,
        chosen: bool = False,
        channel: str = "",
        definition: str = "b",
        table: str = "segments",
        today: Callable[[], date] = date.today,
        **_: object,
    ) -> None:
        super().__init__()
        self.ctx = ctx
        self._today = today
        self._months = months
        self._chosen = chosen
        self._channel = channel
        self._definition = cast("Definition", definition)
        self._table = cast("Table", table)
        self._stale = True
        self.found: Insights | None = None
        """What is shown; None until the first answer."""
        self.behind = Behind(ctx, self)
        self.page = Page(tr("Insights"))
        self.period_button = PeriodButton(months)
        self.period_button.chosen.connect(self.set_period)
        self.channel_button = ChannelButton(channel)
        self.channel_button.chosen.connect(self.set_channel)
        self.picture_button = SecondaryButton(tr("PNG"), "image-down")
        self.excel_button = SecondaryButton(tr("Excel"), "download")
        for button in (self.period_button, self.channel_button, self.picture_button, self.excel_button):
            self.page.add_action(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._front = QStackedLayout()
        self.page.body.addLayout(self._front, 1)
        self._make_cards()
        self._make_empty()
        self._fill_menus()
        ctx.changes.listen(self, self._touch, *_TABLES)

    def route_params(self) -> dict[str, object]:
        """What to be built with again."""
        return {
            "months": self._months,
            "chosen": self._chosen,
            "channel": self._channel,
            "definition": self._definition,
            "table": self._table,
        }

    # -- building

    def _make_cards(self) -> None:
        self.strip = FigureStrip()
        self.satisfaction = SatisfactionCard(self.behind.ratings)
        self.repeat = RepeatCard(self._definition, self.set_definition, self.behind.returning)
        self.cohorts = CohortCard(self.behind.new)
        self.value = ValueCard(
            self._table,
            self._keep_table,
            self.behind.customers,
            str(self.ctx.settings.get("shop.currency")),
        )
        self.gaps = GapsCard(
            tr("Days between purchases"),
            tr("Days from each purchase in the period back to the same customer's purchase before it."),
            lambda found: found.gaps,
            tr("Nobody came twice in this period."),
        )
        self.second = GapsCard(
            tr("Time to the second purchase"),
            tr("Days from the first to the second purchase of everybody who has made a second one."),
            lambda found: found.second,
            tr("Nobody has come twice yet."),
        )
        self.cards: tuple[InsightCard, ...] = (
            self.satisfaction,
            self.repeat,
            self.cohorts,
            self.value,
            self.gaps,
            self.second,
        )
        self.column = ScrollColumn()
        self.column.column.addWidget(self.strip)
        for left, right, least in (
            (self.satisfaction, self.repeat, 200),
            (self.cohorts, self.value, 0),
            (self.gaps, self.second, 150),
        ):
            row = QHBoxLayout()
            row.setSpacing(14)
            for card in (left, right):
                if least:
                    card.chart.setMinimumHeight(least)
                row.addWidget(card, 1)
            self.column.column.addLayout(row)
        self.column.column.addStretch(1)
        self._front.addWidget(self.column)

    def _make_empty(self) -> None:
        page = Card()
        self.empty = EmptyState(
            "chart-line",
            tr("Nothing to count yet"),
            tr(
                "Insights need orders or ratings. Import an order export, and this page shows who comes "
                "back, how often, and who keeps the shop."
            ),
            tr("Import a file"),
            lambda: self.ctx.navigate("exchange", mode="import"),
            action_icon="upload",
        )
        page.body.addWidget(self.empty, 1)
        self._front.addWidget(page)
        page = Card()
        self.nameless = EmptyState(
            "chart-line",
            tr("These orders name no customers"),
            tr(
                "Who comes back can only be seen when an order says who bought: by a phone, an account or a "
                "name. Import a file that has such a column."
            ),
            tr("Import a file"),
            lambda: self.ctx.navigate("exchange", mode="import"),
            action_icon="upload",
        )
        page.body.addWidget(self.nameless, 1)
        self._front.addWidget(page)

    def _fill_menus(self) -> None:
        # In the command palette too.
        self.addActions(list(self.period_button.choices.values()))
        pictures = fresh_menu(self.picture_button)
        pictures.addAction(tr("The whole page"), self.save_page)
        sheets = fresh_menu(self.excel_button)
        sheets.addAction(tr("The whole page"), partial(self.export, *self.cards))
        for card in self.cards:
            pictures.addAction(card.name, partial(self._save_picture, card))
            sheets.addAction(card.name, partial(self.export, card))

    # -- reading

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
        book, today = self.ctx.book, self._today()
        months, chosen = self._months, self._chosen
        channel, definition = self._channel, self._definition

        def ask(progress: Progress) -> Answer:
            wanted, latest = months, latest_day(book, today)
            period = span(wanted, today, first_day(book), latest)
            if not chosen and latest is not None and latest < period.start:
                # Last year's export has just come in: an empty page would say nothing about it.
                wanted = None
                period = span(None, today, first_day(book), latest)
            found = insights(book, period=period, channel=channel, definition=definition, progress=progress)
            return Answer(found, wanted, channels(book), names_nobody(book))

        self.ctx.tasks.read(ask, self._show, owner=self, key="insights")

    def _show(self, answer: Answer) -> None:
        found = self.found = self.behind.found = answer.found
        self._months = answer.months
        self.period_button.show_period(answer.months)
        self.channel_button.show_channels(self._channel, answer.channels)
        something = bool(self._channel or found.bought.customer.size) or has_ratings(self.ctx.book)
        self._front.setCurrentIndex(0 if something else 2 if answer.nameless else 1)
        for button in (self.picture_button, self.excel_button):
            button.setEnabled(something)
        self.strip.show_found(found)
        for card in self.cards:
            card.show_found(found)
            card.chart.show()

    # -- choosing

    def set_period(self, months: int | None) -> None:
        """Look at so many months, None for all."""
        self._months, self._chosen = months, True
        self.period_button.show_period(months)
        self.reload()

    def set_channel(self, channel: str) -> None:
        """Look at one channel, "" for all."""
        self._channel = channel
        self.reload()

    def set_definition(self, definition: Definition) -> None:
        """Count repeat purchase by another definition; only its line is counted anew."""
        self._definition = definition
        self.repeat.show_definition(definition)
        found = self.found
        if found is None:
            return

        def ask(_: Progress) -> list[RepeatMonth]:
            return repeat_trend(found.bought.occasions, found.span, definition)

        self.ctx.tasks.read(ask, self.repeat.show_trend, owner=self, key="trend")

    def _keep_table(self, table: Table) -> None:
        self._table = table

    # -- taking away

    def export(self, *cards: InsightCard) -> None:
        """Write the figures of some cards to a workbook, each with its chart on a sheet of its own."""
        from desktop.views.kit.chart_out import ask_and_write

        charts = [card.chart for card in cards]
        ask_and_write(charts, cards[0].name if len(cards) == 1 else tr("Insights"), self)

    def _save_picture(self, card: InsightCard) -> None:
        from desktop.views.kit.chart_out import ask_and_save

        ask_and_save(card.chart)

    def page_picture(self) -> QPixmap:
        """Everything on the page, also what is scrolled out of sight."""
        return self.column.canvas.grab()

    def save_page(self) -> None:
        """Ask for a file and save the whole page as a picture."""
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save picture"), f"{tr('Insights')}.png", "PNG (*.png)"
        )
        if name and not self.page_picture().save(name):
            report_error(
                UserError(
                    tr("The picture cannot be saved as {name}.", name=Path(name).name),
                    tr("Choose a folder you may write to, and see whether the disk is full."),
                ),
                self.window(),
            )
