"""How the customer shown comes and buys: their rhythm, their points, and the last purchases."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from desktop.core.translation import ntr, tr
from desktop.queries.counter import CounterCard
from desktop.views.counter import words
from desktop.views.counter.card_parts import SaidRow
from desktop.views.counter.touch import scroll_by_finger
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import Card, ElidedLabel, ScrollColumn, Separator, clear, label


class HabitsView(ScrollColumn):
    """Rhythm and points, and below them when, how much and what was bought, the last time first."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(gap=12)
        scroll_by_finger(self)
        self._ctx = ctx
        self._rhythm, self._bought = Card(margin=16), Card(margin=16)
        self._bought.body.setSpacing(5)
        self.column.addWidget(self._rhythm)
        self.column.addWidget(self._bought)
        self.column.addStretch(1)

    def show_card(self, card: CounterCard, today: date, zoom: float) -> None:
        """Show a customer's; in a large window the type is larger by `zoom`."""
        clear(self._rhythm.body)
        for said in (words.rhythm(card, today), words.birthday(card), words.points(self._ctx, card)):
            if said is not None:
                self._rhythm.body.addWidget(SaidRow(said, bold=True, zoom=zoom))
        self._show_purchases(card, today, zoom)
        self.verticalScrollBar().setValue(0)

    def _show_purchases(self, card: CounterCard, today: date, zoom: float) -> None:
        body = self._bought.body
        clear(body)
        large, small = round(16 * zoom), round(15 * zoom)
        if not card.purchases:
            body.addWidget(label(tr("No purchase yet."), size=large, role="muted"))
            return
        for number, bought in enumerate(card.purchases):
            if number:
                body.addWidget(Separator())
            row = QHBoxLayout()
            row.addWidget(ElidedLabel(words.purchase_when(bought, today), size=large, bold=True), 1)
            row.addWidget(label(words.money(self._ctx, bought.net), size=large))
            body.addLayout(row)
            if lines := words.purchase_lines(bought):
                body.addWidget(label(" · ".join(lines), size=small, role="muted", wrap=True))
        body.addWidget(Separator())
        amount = words.money(self._ctx, card.spend)
        text = ntr(
            "{amount} in {n} purchase so far", "{amount} in {n} purchases so far", card.orders, amount=amount
        )
        body.addWidget(label(text, size=small, role="muted", wrap=True))
