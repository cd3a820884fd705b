"""The strip of figures at the head of the cases: how fast the shop is, how sure that is, and how it moved."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.dates import duration
from desktop.core.figures import NOTHING, arrow
from desktop.core.money import format_money
from desktop.core.progress import Progress
from desktop.core.translation import tr
from desktop.views.cases import speed_words
from desktop.views.kit.context import Context
from desktop.views.kit.figure_tile import MEAN, SHARE, FigureTile, Scale

if TYPE_CHECKING:
    from desktop.analytics.service import Waits
    from desktop.queries.service_speed import Cohort

OPENED = "SELECT min(opened_at) FROM service_case"


class Answer(NamedTuple):
    """The cases of the period, and of the equal period before; None where there is none before."""

    now: Cohort
    before: Cohort | None


def _length(minutes: float | None) -> str:
    return NOTHING if minutes is None else duration(minutes)


TIME = Scale(_length, lambda change, way: f"{arrow(way)} {duration(abs(change))}", duration, 1)


class SpeedStrip(QWidget):
    """First word, time to done, deadlines kept, satisfaction after it and cost of the cases of a period."""

    wanted = Signal(str, object)
    """A title and the ids of the cases behind a figure, in order."""
    parted = Signal(object)
    """The cases of the period are to be shown by what they share."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._currency = str(ctx.book.setting("shop.currency"))
        self.found: Answer | None = None
        none = tr("No case in these months")
        self.word = FigureTile(tr("First word"), speed_words.WORD.sentences(), TIME, tr("Not noted yet"))
        self.done = FigureTile(tr("Time to done"), speed_words.DONE.sentences(), TIME, none)
        self.in_time = FigureTile(
            tr("In time"), speed_words.IN_TIME.sentences(), SHARE, tr("Nothing due yet")
        )
        self.satisfied = FigureTile(
            tr("Satisfaction after"), speed_words.SATISFIED.sentences(), MEAN, tr("No ratings yet")
        )
        money = Scale(
            self._money,
            lambda change, way: f"{arrow(way)} {self._money(abs(change))}",
            self._money,
            100,
        )
        self.cost = FigureTile(tr("Cost per case"), speed_words.COST.sentences(), money, none)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for tile in (self.word, self.done, self.in_time, self.satisfied, self.cost):
            row.addWidget(tile, 1)
        self._link()

    def show_months(self, months: int | None, kind: str) -> None:
        """Count the cases opened in the last so many months (None: in all), of a kind or of all ("")."""
        book, today = self._ctx.book, date.today()
        now = datetime.now()

        def ask(_: Progress) -> Answer:
            from desktop.queries.insight_days import span
            from desktop.queries.service_speed import SpeedFilter, cohort

            first = book.value(OPENED)
            opened = None if first is None else date.fromisoformat(first[:10]).toordinal()
            period, only = span(months, today, opened), SpeedFilter(kind)
            before = None
            if months is not None:
                start, end = period.before
                before = cohort(book, start=start, end=end, now=now, only=only)
            return Answer(cohort(book, start=period.start, end=period.end, now=now, only=only), before)

        self._ctx.tasks.read(ask, self._show, owner=self, key="speed")

    def _show(self, found: Answer) -> None:
        from desktop.analytics.intervals import Change, Figure, change

        self.found = found
        now = found.now.speed
        before = found.before.speed if found.before else None

        def moved(figure: Figure, earlier: Figure | None, wanted: int) -> Change | None:
            return change(figure, earlier, wanted) if earlier else None

        def show(tile: FigureTile, one: Waits, other: Waits | None) -> None:
            earlier = other.figure if other else None
            facts, late = speed_words.facts(one), speed_words.late_words(one)
            tile.show_figure(one.figure, earlier, moved(one.figure, earlier, -1), facts, late)

        show(self.word, now.word, before.word if before else None)
        show(self.done, now.done, before.done if before else None)
        kept = before.in_time if before else None
        self.in_time.show_figure(now.in_time, kept, moved(now.in_time, kept, 1), [])
        after, earlier = found.now.satisfaction, found.before.satisfaction if found.before else None
        self.satisfied.show_figure(after, earlier, moved(after, earlier, 1), [])
        spent, earlier = found.now.spent, found.before.spent if found.before else None
        self.cost.show_figure(spent, earlier, moved(spent, earlier, -1), self._cost_facts(found.now))

    def _link(self) -> None:
        """What each figure's explanation leads to."""

        def rows(title: str, ids: Callable[[Cohort], array[int]]) -> Callable[[], None]:
            def go() -> None:
                if self.found is not None:
                    self.wanted.emit(title, ids(self.found.now))

            return go

        by = (tr("By kind, clerk, reason, product and month"), "layers", self._part)
        slow, silent = tr("Cases by time to done"), tr("Cases by time to the first word")
        late, every = tr("Deadlines missed"), tr("Cases of the period")
        self.word.links = ((silent, "list", rows(silent, lambda found: found.silent_ids())), by)
        self.done.links = ((slow, "list", rows(slow, lambda found: found.slowest_ids())), by)
        self.in_time.links = ((late, "list", rows(late, lambda found: found.late_ids())), by)
        self.satisfied.links = ((every, "list", rows(every, lambda found: found.all_ids())), by)
        self.cost.links = ((every, "list", rows(every, lambda found: found.all_ids())), by)

    def _part(self) -> None:
        if self.found is not None:
            self.parted.emit(self.found.now)

    def _cost_facts(self, found: Cohort) -> list[tuple[str, str]]:
        return [
            (tr("Cost in all"), format_money(int(found.cost.sum()), self._currency)),
            (tr("Given back in all"), format_money(int(found.refunded.sum()), self._currency)),
        ]

    def _money(self, minor: float | None) -> str:
        return NOTHING if minor is None else format_money(round(minor), self._currency, decimals=0)
