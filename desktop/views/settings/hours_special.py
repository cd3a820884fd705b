"""The settings of days with opening hours of their own: a short day, a Sunday worked, a night open."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.core.dates import format_day, short_weekday_name
from desktop.core.opening_words import span_words, spans_of
from desktop.core.translation import tr
from desktop.operations import shop_hours
from desktop.queries.opening import opening_hours
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, SecondaryButton
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.forms import DateField, FormDialog, TextField
from desktop.views.kit.labels import label
from desktop.views.settings.day_list import DayList
from desktop.views.settings.hours_keeping import keep, tell


class SpecialDaysCard(Card):
    """The days by date; every change can be undone."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("Special days"), tr("Days with hours of their own; they win over week and holidays"), hug=True
        )
        self._ctx = ctx
        self.none = label(
            tr("A short day before a holiday, a Sunday worked, a night of sales."),
            size=theme.SMALL,
            role="muted",
            wrap=True,
        )
        self.none.setMinimumHeight(1)
        self.body.addWidget(self.none)
        self.list = DayList(tr("Special days"))
        self.list.opened.connect(self.change)
        self.list.removed.connect(self.remove)
        self.body.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(SecondaryButton(tr("Add a day…"), "plus", self.add, small=True))
        self._acts = [
            IconButton("pencil", tr("Change the day"), lambda: self.change(self.list.currentRow())),
            IconButton(
                "trash-2", tr("Remove the chosen special days"), lambda: self.remove(self.list.chosen())
            ),
        ]
        for button in self._acts:
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        ctx.changes.listen(self, self._show, "setting")
        self._days: list[date] = []
        self._show()

    def _show(self) -> None:
        special = opening_hours(self._ctx.book).special
        self._days = sorted(special, reverse=True)
        self.list.show_rows(
            [
                (
                    tr("{day} ({weekday})", day=format_day(day), weekday=short_weekday_name(day.weekday())),
                    span_words(special[day]),
                )
                for day in self._days
            ]
        )
        self.none.setVisible(not self._days)
        for button in self._acts:
            button.setVisible(bool(self._days))

    def add(self) -> FormDialog:
        """Ask for a day and its hours."""
        return self._form(tr("Special day"), tr("Add"), None)

    def change(self, at: int) -> FormDialog | None:
        """Ask for other hours of a day, or another day for the hours."""
        if not 0 <= at < len(self._days):
            return None
        return self._form(tr("Special day"), tr("Save"), self._days[at])

    def _form(self, title: str, save: str, day: date | None) -> FormDialog:
        hours = opening_hours(self._ctx.book)
        book = self._ctx.book

        def store(values: dict[str, Any]) -> None:
            spans = spans_of(values["hours"])
            tell(
                self._ctx,
                shop_hours.set_special_day(book, day=values["day"], spans=spans, instead_of=day),
            )

        form = FormDialog(title, save, store, width=440, parent=self)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.add_row(
            day=DateField(tr("Day"), day or date.today(), optional=False),
            hours=TextField(
                tr("Opening hours"),
                span_words(hours.spans(day or date.today())),
                hint=tr("Such as 9:00–12:00, 13:00–16:00; empty for closed."),
            ),
        )
        form.open()
        return form

    def remove(self, places: list[int]) -> None:
        """Let the chosen days be as their weekdays are."""
        days = [self._days[at] for at in places]
        if days:
            keep(self._ctx, lambda: shop_hours.remove_special_days(self._ctx.book, days=days))
