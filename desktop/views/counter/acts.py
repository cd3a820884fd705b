"""What can be done for the customer at the counter: one large button and one key for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.translation import mark, tr
from desktop.queries.counter import CounterCard
from desktop.views.counter.big_button import BigButton
from desktop.views.counter.contact import ContactPanel
from desktop.views.counter.member_card import MemberCardPanel
from desktop.views.counter.panel import Panel
from desktop.views.counter.points import PointsPanel
from desktop.views.counter.purchase import PurchasePanel
from desktop.views.counter.rating import RatingPanel
from desktop.views.kit.context import Context


class Act(NamedTuple):
    """One thing to do; `make` gives its panel, None where it has a window of its own."""

    name: str
    key: str
    text: str
    icon: str
    make: Callable[[Context, CounterCard], Panel] | None


COMPLAINT, CARD = "complaint", "card"
ACTS = (
    Act("purchase", "F2", mark("Purchase"), "receipt-text", PurchasePanel),
    Act("contact", "F3", mark("Contact"), "message-circle", ContactPanel),
    Act("rating", "F4", mark("Rating"), "star", RatingPanel),
    Act("points", "F5", mark("Points"), "coins", PointsPanel),
    Act(COMPLAINT, "F6", mark("Complaint"), "message-square-warning", None),
    Act(CARD, "F9", mark("Card"), "tag", MemberCardPanel),
)
BY_NAME = {act.name: act for act in ACTS}


class ActBar(QWidget):
    """The buttons at the foot; they wait for a customer."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.buttons: dict[str, BigButton] = {}
        for act in ACTS:
            button = BigButton(tr(act.text), act.icon, key=act.key, size=15)
            button.clicked.connect(lambda _=False, name=act.name: self.wanted.emit(name))
            row.addWidget(button, 1)
            self.buttons[act.name] = button
        self.set_ready(False)

    def set_ready(self, ready: bool) -> None:
        """Whether there is a customer to do something for."""
        for name, button in self.buttons.items():
            # Whoever is on the phone has not been found yet.
            button.setEnabled(ready or name == COMPLAINT)
