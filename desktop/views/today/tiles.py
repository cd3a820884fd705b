"""The four figures at the head of Today, and the two small charts beside the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.calendar_words import short_month_name
from desktop.core.days import as_date
from desktop.core.figures import arrow, moved_points, number, percent, short_money
from desktop.core.translation import ntr, tr
from desktop.views.kit.cards import Card, Tile

if TYPE_CHECKING:
    from desktop.analytics.intervals import Change, Mean, Rate
    from desktop.queries.today import Figures
    from desktop.views.kit.charts import LineChart


def tone(moved: Change) -> str:
    """Green for clearly better, red for clearly worse, quiet for what chance may explain."""
    return {True: "accent", False: "red", None: "muted"}[moved.good]


class Tiles(QWidget):
    """Repeat purchase, satisfaction, drifting regulars, complaints; each leads to its place."""

    def __init__(self, go: Callable[[str], Callable[[], None]]) -> None:
        super().__init__()
        self.repeat = Tile(tr("Repeat rate, 90 d"), " ", clickable=True)
        self.satisfaction = Tile(tr("Satisfaction, 30 d"), " ", clickable=True)
        self.drifting = Tile(tr("Drifting regulars"), " ", clickable=True)
        self.complaints = Tile(tr("Open complaints"), " ", clickable=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for tile, place in (
            (self.repeat, "insights"),
            (self.satisfaction, "insights"),
            (self.drifting, "drifting"),
            (self.complaints, "complaints"),
        ):
            tile.clicked.connect(go(place))
            row.addWidget(tile, 1)

    def show_figures(self, figures: Figures, currency: str) -> None:
        """Write the figures."""
        moved = figures.repeat_change
        self.repeat.set(percent(figures.repeat.value), _rate_note(figures.repeat, moved), tone(moved))
        rated = figures.satisfaction.now.perceived
        moved = figures.satisfaction.changes["perceived"]
        self.satisfaction.set(number(rated.value), _mean_note(rated, moved), tone(moved))
        drifting = figures.drifting
        self.drifting.set(
            f"{drifting.count:,}",
            tr("{amount}/yr at stake", amount=short_money(drifting.at_stake, currency))
            if drifting.count
            else tr("Nobody is late"),
            "red" if drifting.count else "muted",
        )
        rate = figures.complaints_per_hundred
        self.complaints.set(
            f"{figures.open_complaints:,}",
            tr("{figure} per 100 orders", figure=number(rate.value, 1)) if rate.n else tr("No orders lately"),
        )


def _rate_note(rate: Rate, moved: Change) -> str:
    if rate.value is None:
        return tr("No buyers")
    difference = moved.difference.value
    if moved.arrow is None or difference is None:
        return ntr("{n} buyer", "{n} buyers", rate.n)
    change = moved_points(difference, moved.arrow)
    return f"{change} · " + tr("n {count}", count=f"{rate.n:,}")


def _mean_note(mean: Mean, moved: Change) -> str:
    if mean.value is None:
        return tr("No ratings")
    difference = moved.difference.value
    if moved.arrow is None or difference is None:
        return ntr("{n} rating", "{n} ratings", mean.n)
    change = f"{arrow(moved.arrow)} {number(abs(difference))}"
    return f"{change} · " + tr("n {count}", count=f"{mean.n:,}")


class Trends(QWidget):
    """Repeat purchase and satisfaction of the last six months; a click leads to the insights."""

    repeat: LineChart
    satisfaction: LineChart

    def __init__(self, go: Callable[[str], Callable[[], None]]) -> None:
        super().__init__()
        self._cards: dict[str, Card] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for name, title in (("repeat", tr("Repeat purchase")), ("satisfaction", tr("Satisfaction"))):
            card = Card(title, tr("last 6 months"), clickable=True)
            card.setMaximumHeight(260)
            card.clicked.connect(go("insights"))
            column.addWidget(card, 1)
            self._cards[name] = card
        column.addStretch(0)

    def _draw(self) -> None:
        """The charts, made with their first figures: loading what draws them would hold up the window."""
        if hasattr(self, "repeat"):
            return
        from desktop.views.kit.charts import LineChart

        self.repeat = LineChart(tr("Repeat purchase"), empty_text=tr("No purchases in these months"))
        self.satisfaction = LineChart(tr("Satisfaction"), empty_text=tr("No ratings in these months"))
        self._cards["repeat"].body.addWidget(self.repeat, 1)
        self._cards["satisfaction"].body.addWidget(self.satisfaction, 1)

    def show_figures(self, figures: Figures) -> None:
        """Draw both lines."""
        from desktop.views.kit.charts import Series

        self._draw()
        months = figures.repeat_months
        rates = [month.windows[0] for month in months]
        self.repeat.set_data(
            [short_month(month.start) for month in months],
            [
                Series(
                    tr("90 d"),
                    [rate.value if rate else None for rate in rates],
                    low=[rate.low if rate else None for rate in rates],
                    high=[rate.high if rate else None for rate in rates],
                    counts=[rate.n if rate else 0 for rate in rates],
                )
            ],
            kind="percent",
            days=[month.start for month in months],
        )
        rated = [month.perceived for month in figures.rating_months]
        self.satisfaction.set_data(
            [short_month(month.start) for month in figures.rating_months],
            [
                Series(
                    tr("Perceived"),
                    [mean.value for mean in rated],
                    # Of two ratings the interval reaches far beyond what anybody can give.
                    low=[None if mean.low is None else max(mean.low, 1.0) for mean in rated],
                    high=[None if mean.high is None else min(mean.high, 5.0) for mean in rated],
                    counts=[mean.n for mean in rated],
                )
            ],
            kind="rating",
            days=[month.start for month in figures.rating_months],
        )


def short_month(day: int) -> str:
    """The month of an ordinal day, for an axis."""
    return short_month_name(as_date(day).month)
