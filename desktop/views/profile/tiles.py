"""The five figures that say how a customer is; a click on one says how it came about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.dates import format_short_day
from desktop.core.figures import percent, short_money, signed
from desktop.core.money import format_money
from desktop.core.translation import ntr, tr
from desktop.queries.lifetime import Lifetime, NoModel
from desktop.queries.profile import Profile
from desktop.views.customers.words import days, since
from desktop.views.kit.widgets import Tile


class Tiles(QWidget):
    """Spent, rhythm, still a customer, satisfaction, word of mouth; `explain` gets a name and the tile."""

    def __init__(self, currency: str, explain: Callable[[str, QWidget], object]) -> None:
        super().__init__()
        self._currency = currency
        self.spent = Tile(tr("Spent in all"), clickable=True)
        self.rhythm = Tile(tr("Rhythm"), clickable=True)
        self.alive = Tile(tr("Still a customer"), clickable=True)
        self.satisfaction = Tile(tr("Satisfaction"), clickable=True)
        self.mouth = Tile(tr("Word of mouth"), clickable=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for name in ("spent", "rhythm", "alive", "satisfaction", "mouth"):
            tile: Tile = getattr(self, name)
            row.addWidget(tile, 1)
            tile.clicked.connect(lambda name=name, tile=tile: explain(name, tile))
        self.set_low(False)

    def set_low(self, low: bool) -> None:
        """Stand closer in a low window."""
        margin = 10 if low else 16
        for tile in (self.spent, self.rhythm, self.alive, self.satisfaction, self.mouth):
            if layout := tile.layout():
                layout.setContentsMargins(*((16, margin, 6, margin) if low else (18, margin, 14, margin)))

    def show_figures(self, found: Profile, today: date) -> None:
        """Show a customer's figures; the chance that they are one still comes with `show_lifetime`."""
        self._show_spent(found)
        self._show_rhythm(found, today)
        self._show_satisfaction(found)
        if found.brought:
            text = ntr("{n} customer", "{n} customers", found.brought)
            short = short_money(found.brought_spend, self._currency)
            self.mouth.set(self._money(found.brought_spend), text, shorter=short)
        else:
            self.mouth.set("—", tr("nobody yet"))

    def show_lifetime(self, found: Profile, told: Lifetime | NoModel | None, today: date) -> None:
        """Show the chance that they are still a customer, or why there is none; None while not known."""
        last = since(found.last_day, today)
        if found.last_day is None:
            self.alive.set("—", tr("no order yet"))
        elif isinstance(told, Lifetime):
            tone = "accent" if told.alive >= 0.8 else "red" if told.alive < 0.2 else "amber"
            note = tr("last order {when}", when=last)
            if told.value is not None and told.alive >= 0.005:
                note = tr("≈ {value} a year", value=short_money(told.value, self._currency))
            self.alive.set(percent(told.alive), note, tone)
        elif isinstance(told, NoModel):
            self.alive.set("—", tr("too few purchases"))
        else:
            self.alive.set("…", tr("last order {when}", when=last))

    def _show_spent(self, found: Profile) -> None:
        if not found.orders:
            self.spent.set(self._money(found.spend), tr("no order yet"))
            return
        basket = self._money(round(found.spend / found.orders))
        note = tr("{orders} × {basket}", orders=f"{found.orders:,}", basket=basket)
        self.spent.set(self._money(found.spend), note, shorter=short_money(found.spend, self._currency))

    def _show_rhythm(self, found: Profile, today: date) -> None:
        due = found.expected_day
        if due is None:
            self.rhythm.set("—", tr("one order so far") if found.occasions else tr("no order yet"))
        elif due >= today.toordinal():
            self.rhythm.set(days(found.rhythm), tr("next {day}", day=format_short_day(due)))
        else:
            self.rhythm.set(days(found.rhythm), tr("due {day}", day=format_short_day(due)), "amber")

    def _show_satisfaction(self, found: Profile) -> None:
        if found.rating is None:
            self.satisfaction.set("—", tr("not rated yet"))
            return
        figure = f"{found.rating:.1f}"
        if found.both and found.perceived is not None and found.expected is not None:
            gap = found.perceived - found.expected
            note = tr("gap {gap} · n {n}", gap=signed(gap, 1), n=found.both)
            self.satisfaction.set(figure, note, "accent" if gap >= 0 else "red")
        else:
            self.satisfaction.set(figure, ntr("{n} rating", "{n} ratings", found.ratings))

    def _money(self, minor: int) -> str:
        return format_money(minor, self._currency, decimals=0)
