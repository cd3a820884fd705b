"""Somebody at the counter: the card, and beside it how they come and buy, or what is being written."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.queries.counter import CounterCard
from desktop.views.counter.card import CardView
from desktop.views.counter.habits import HabitsView
from desktop.views.kit.context import Context


class PersonPage(QWidget):
    """`beside` holds the habits first; panels come and go on top of them."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.card_view = CardView(ctx)
        self.habits = HabitsView(ctx)
        self.beside = QStackedWidget()
        self.beside.addWidget(self.habits)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.card_view, 11)
        row.addWidget(self.beside, 9)

    def show_card(self, card: CounterCard, now: datetime, zoom: float) -> None:
        """Show a customer."""
        self.card_view.show_card(card, now, zoom)
        self.habits.show_card(card, now.date(), zoom)
