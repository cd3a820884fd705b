"""The last purchases beside the card."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from desktop.core.translation import ntr, tr
from desktop.queries.counter import CounterCard
from desktop.views.counter import words
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import Card, ElidedLabel, ScrollColumn, Separator, clear, label


class PurchasesView(ScrollColumn):
    """When, how much, and what was bought, the last time first."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(gap=0)
        self._ctx = ctx
        self._sheet = Card(margin=18)
        self._sheet.body.setSpacing(8)
        self.column.addWidget(self._sheet)
        self.column.addStretch(1)

    def show_card(self, card: CounterCard, today: date) -> None:
        """Show a customer's."""
        body = self._sheet.body
        clear(body)
        body.addWidget(label(tr("Last purchases"), size=17, bold=True))
        for number, bought in enumerate(card.purchases):
            if number:
                body.addWidget(Separator())
            row = QHBoxLayout()
            row.addWidget(ElidedLabel(words.purchase_when(bought, today), size=16, bold=True), 1)
            row.addWidget(label(words.money(self._ctx, bought.net), size=16))
            body.addLayout(row)
            for line in words.purchase_lines(bought):
                body.addWidget(ElidedLabel(line, size=16, role="muted"))
        if not card.purchases:
            body.addWidget(label(tr("None yet."), size=16, role="muted"))
        if card.purchases:
            body.addWidget(Separator())
            amount = words.money(self._ctx, card.spend)
            text = ntr(
                "{amount} in {n} purchase so far",
                "{amount} in {n} purchases so far",
                card.orders,
                amount=amount,
            )
            body.addWidget(label(text, size=15, role="muted", wrap=True))
        body.addStretch(1)
