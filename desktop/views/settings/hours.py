"""The settings of when the shop is open: its week, and the clock that it goes by."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer

from desktop.core.dates import format_near_day, short_weekday_name
from desktop.core.translation import tr
from desktop.core.working_hours import OpeningHours
from desktop.operations import shop_hours
from desktop.queries.opening import opening_hours
from desktop.views.kit import theme
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import Separator
from desktop.views.settings.hours_keeping import keep
from desktop.views.settings.hours_week import DayRow
from desktop.views.settings.hours_zone import ZoneField

_MINUTE_MS = 60_000


class HoursCard(Card):
    """Seven lines to type into; every change is kept at once, with the deadlines that follow from it."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(tr("Opening hours"), tr("Deadlines of complaints count only these"), hug=True)
        self._ctx = ctx
        first = int(ctx.settings.get("shop.week_start"))
        self.days = {(first + n) % 7: DayRow((first + n) % 7) for n in range(7)}
        for row in self.days.values():
            self.body.addWidget(row)
            row.changed.connect(self._keep)
            row.wrong.connect(self._not_a_time)
            row.copied.connect(lambda row=row: self._copy(row))
        self.said = label("", size=theme.SMALL, role="muted", wrap=True)
        self.said.setMinimumHeight(1)
        self.body.addWidget(self.said)
        self.body.addWidget(Separator())
        self.zone = ZoneField(ctx)
        self.body.addWidget(self.zone)
        self._timer = QTimer(self)
        self._timer.setInterval(_MINUTE_MS)
        self._timer.timeout.connect(self._say)
        self._timer.start()
        ctx.changes.listen(self, self._show, "setting")
        self._show()

    def _show(self) -> None:
        week = self._week()
        for weekday, row in self.days.items():
            row.show_spans(week[weekday])
        self._say()

    def _week(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The week as it is kept: one without any hours shows as closed, though it counts every hour."""
        hours = opening_hours(self._ctx.book)
        stored = self._ctx.book.setting("shop.opening")
        return hours.week if any(stored.values()) else ((),) * 7

    def _say(self) -> None:
        hours, now = opening_hours(self._ctx.book), datetime.now()
        if not any(self._week()):
            self._write(tr("No day has opening hours, so every hour of every day counts."), "amber")
        else:
            self._write(open_words(hours, now), "muted")

    def _write(self, text: str, role: str) -> None:
        self.said.setText(text)
        if self.said.property("role") != role:
            self.said.setProperty("role", role)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)

    def _keep(self) -> None:
        week = {weekday: row.spans() for weekday, row in self.days.items()}
        problem = keep(self._ctx, lambda: shop_hours.set_week(self._ctx.book, week=week))
        if problem:
            self._ctx.notify(problem, tone="error")
        self._show()

    def _copy(self, row: DayRow) -> None:
        for other in self.days.values():
            other.show_spans(row.spans())
        self._keep()

    def _not_a_time(self) -> None:
        self._ctx.notify(tr("That is no time of day. Write for example 9:00 or 18:30."), tone="error")


def open_words(hours: OpeningHours, now: datetime) -> str:
    """Whether the shop is open now, and until or from when."""
    if hours.is_open(now):
        closes = hours.closing(now)
        return tr("Open now, until {when}.", when=near_words(closes, now)) if closes else tr("Open now.")
    opens = hours.next_opening(now)
    if opens is None:
        return tr("Closed now.")
    return tr("Closed now; opens {when}.", when=near_words(opens, now))


def near_words(moment: datetime, now: datetime) -> str:
    """A moment of these days: the time alone today, with its weekday within a week, else with its day."""
    clock = f"{moment:%H:%M}"
    days = (moment.date() - now.date()).days
    if days == 0:
        return clock
    if days == 1:
        return tr("tomorrow {time}", time=clock)
    if 1 < days < 7:
        return tr("{day} {time}", day=short_weekday_name(moment.weekday()), time=clock)
    return tr("{day} {time}", day=format_near_day(moment, now), time=clock)
