"""The settings of the days on which the shop stays closed: by year, one, a range, or many at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.core.dates import format_day, format_short_day, short_weekday_name
from desktop.core.day_lists import days_in, ranges_of
from desktop.core.errors import UserError
from desktop.core.translation import ntr, tr
from desktop.operations import shop_hours
from desktop.queries.opening import opening_hours
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, SecondaryButton
from desktop.views.kit.cards import Card
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.forms import DateField, FormDialog, LongTextField
from desktop.views.kit.labels import label
from desktop.views.settings.day_list import DayList
from desktop.views.settings.hours_keeping import keep, tell
from desktop.views.settings.hours_usual import UsualHolidays

_CHIPS_WIDTH = 700


class HolidaysCard(Card):
    """The holidays of a year as runs of days; every change can be undone."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("Holidays"), tr("Days on which the shop is closed and no deadline counts"), hug=True
        )
        self._ctx = ctx
        self.years = ChipRow([])
        self.years.setMinimumSize(_CHIPS_WIDTH, 1)
        self.years.chosen.connect(lambda _: self._show_year())
        self.body.addWidget(self.years)
        self.none = label(
            tr("No holidays yet. Without them, a deadline may fall on a day on which nobody is there."),
            size=theme.SMALL,
            role="muted",
            wrap=True,
        )
        self.none.setMinimumHeight(1)
        self.body.addWidget(self.none)
        self.list = DayList(tr("Holidays"))
        self.list.removed.connect(self.remove)
        self.body.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, icon, run in (
            (tr("Add…"), "plus", self.add),
            (tr("Paste several…"), "copy", self.paste),
            (tr("Public holidays…"), "calendar", self.choose_usual),
        ):
            row.addWidget(SecondaryButton(text, icon, run, small=True))
        self._remove = IconButton(
            "trash-2", tr("Remove the chosen holidays"), lambda: self.remove(self.list.chosen())
        )
        row.addWidget(self._remove)
        row.addStretch(1)
        self.body.addLayout(row)
        ctx.changes.listen(self, self._show, "setting")
        self._days: list[date] | None = None
        self._runs: list[tuple[date, date]] = []
        self._show()

    def _show(self) -> None:
        days = sorted(opening_hours(self._ctx.book).closed)
        if days == self._days:
            return
        self._days = days
        years = sorted({day.year for day in days})
        chosen = self.years.chosen_key()
        self.years.set_items([ChipItem(str(year), str(year)) for year in years])
        coming = next((year for year in years if year >= date.today().year), years[-1] if years else 0)
        self.years.choose(chosen if chosen in map(str, years) else str(coming))
        self.years.setVisible(bool(years))
        self.none.setVisible(not days)
        self._remove.setVisible(bool(days))
        self._show_year()

    def _show_year(self) -> None:
        year = self.years.chosen_key()
        self._runs = list(ranges_of(day for day in self._days or () if str(day.year) == year))
        self.list.show_rows(
            [(run_words(*run), ntr("{n} day", "{n} days", (run[1] - run[0]).days + 1)) for run in self._runs]
        )

    def remove(self, places: list[int]) -> None:
        """Let the shop be open on the chosen days."""
        days = [
            day for day in self._days or () for at in places if self._runs[at][0] <= day <= self._runs[at][1]
        ]
        if days:
            keep(self._ctx, lambda: shop_hours.remove_holidays(self._ctx.book, days=days))

    def _store(self, days: list[date]) -> None:
        done = shop_hours.add_holidays(self._ctx.book, days=days)
        tell(self._ctx, done)
        if days and self.years.has(str(days[0].year)):
            self.years.choose(str(days[0].year))
            self._show_year()

    def add(self) -> FormDialog:
        """Ask for a day, or the first and the last of several."""

        def store(values: dict[str, Any]) -> None:
            first, last = values["first"], values["last"] or values["first"]
            if last < first:
                raise UserError(tr("The last day is before the first."), tr("Correct one of the two."))
            days, _ = days_in(f"{first.isoformat()} – {last.isoformat()}", first)
            self._store(days)

        form = FormDialog(tr("Holidays"), tr("Add"), store, width=440, parent=self)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.add_row(
            first=DateField(tr("First day"), date.today(), optional=False),
            last=DateField(tr("Last day"), None, hint=tr("Leave it out for a single day.")),
        )
        form.open()
        return form

    def paste(self) -> FormDialog:
        """Ask for many days at once; says what it understands while they are typed."""
        field = LongTextField(
            tr("One a line, or from … to …"), lines=7, hint=tr("For example 2027-02-05 – 2027-02-11.")
        )

        def look() -> None:
            days, unread = days_in(field.value(), date.today())
            runs = tr(", ").join(run_words(*run, year=True) for run in list(ranges_of(days))[:3])
            count = ntr("{n} day", "{n} days", len(days))
            known = tr("{done} · {more}", done=count, more=runs) if days else ""
            field.set_hint(known)
            if unread:
                left = tr("Not understood: {text}", text=tr(", ").join(unread[:3]))
                field.show_problem(tr("{done} · {more}", done=known, more=left) if known else left)

        def store(values: dict[str, Any]) -> None:
            days, unread = days_in(values["days"], date.today())
            if unread:
                raise UserError(
                    tr("“{text}” is no day.", text=unread[0]), tr("Write it as 2026-10-01, or take it out.")
                )
            self._store(days)

        form = FormDialog(tr("Paste several holidays"), tr("Add"), store, width=480, parent=self)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.add_row(days=field)
        field.changed.connect(look)
        form.open()
        return form

    def choose_usual(self) -> UsualHolidays:
        """Offer the public holidays of a year, to be ticked."""
        country = str(self._ctx.settings.get("shop.country"))
        form = UsualHolidays(country, set(self._days or ()), self._store, self)
        form.open()
        return form


def run_words(first: date, last: date, *, year: bool = False) -> str:
    """ "1 Oct (Thu)", "1 – 7 Oct": a run of days, with its year where it is not plain."""
    said = format_day if year else format_short_day
    if first == last:
        return tr("{day} ({weekday})", day=said(first), weekday=short_weekday_name(first.weekday()))
    return tr("{first} – {last}", first=format_short_day(first), last=said(last))
