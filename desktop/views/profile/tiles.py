"""The five figures that say how a customer is."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.dates import format_short_day
from desktop.core.money import format_money
from desktop.core.translation import ntr, tr
from desktop.queries.profile import Profile
from desktop.views.customers.words import days, since
from desktop.views.kit.widgets import Tile


class Tiles(QWidget):
    """Spent, rhythm, last order, satisfaction, word of mouth."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self.spent = Tile(tr("Spent in all"))
        self.rhythm = Tile(tr("Rhythm"))
        self.last = Tile(tr("Last order"))
        self.satisfaction = Tile(tr("Satisfaction"))
        self.mouth = Tile(tr("Word of mouth"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for tile in (self.spent, self.rhythm, self.last, self.satisfaction, self.mouth):
            row.addWidget(tile, 1)

    def set_low(self, low: bool) -> None:
        """Stand closer in a low window."""
        margin = 10 if low else 16
        for tile in self.findChildren(Tile):
            if layout := tile.layout():
                layout.setContentsMargins(18 - (2 if low else 0), margin, 14, margin)

    def show_figures(self, found: Profile, today: date) -> None:
        """Show a customer's figures."""
        self._show_spent(found)
        self._show_rhythm(found, today)
        self._show_last(found, today)
        self._show_satisfaction(found)
        if found.brought:
            text = ntr("{n} customer", "{n} customers", found.brought)
            self.mouth.set(self._money(found.brought_spend), text)
        else:
            self.mouth.set("—", tr("nobody yet"))

    def _show_spent(self, found: Profile) -> None:
        if not found.orders:
            self.spent.set(self._money(found.spend), tr("no order yet"))
            return
        basket = self._money(round(found.spend / found.orders))
        note = tr("{orders} × {basket}", orders=f"{found.orders:,}", basket=basket)
        self.spent.set(self._money(found.spend), note)

    def _show_rhythm(self, found: Profile, today: date) -> None:
        due = found.expected_day
        if due is None:
            self.rhythm.set("—", tr("one order so far") if found.occasions else tr("no order yet"))
        elif due >= today.toordinal():
            self.rhythm.set(days(found.rhythm), tr("next {day}", day=format_short_day(due)))
        else:
            self.rhythm.set(days(found.rhythm), tr("due {day}", day=format_short_day(due)), "amber")

    def _show_last(self, found: Profile, today: date) -> None:
        if found.last_day is None:
            self.last.set("—", tr("no order yet"))
            return
        tone = {"drifting": "amber", "lost": "red"}.get(found.state, "muted")
        silent = today.toordinal() - found.last_day
        figure = since(found.last_day, today) if silent < 100 else days(silent)
        self.last.set(figure, format_short_day(found.last_day), tone)

    def _show_satisfaction(self, found: Profile) -> None:
        if found.rating is None:
            self.satisfaction.set("—", tr("not rated yet"))
            return
        figure = f"{found.rating:.1f}"
        if found.both and found.perceived is not None and found.expected is not None:
            better = found.perceived >= found.expected
            note = tr("expected {expected}", expected=f"{found.expected:.1f}")
            self.satisfaction.set(figure, note, "accent" if better else "red")
        else:
            self.satisfaction.set(figure, ntr("{n} rating", "{n} ratings", found.ratings))

    def _money(self, minor: int) -> str:
        return format_money(minor, self._currency, decimals=0)
