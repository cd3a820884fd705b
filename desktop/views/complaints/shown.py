"""What every part of the pane is built from: the complaint, its surroundings, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.money import format_money
from desktop.queries.complaint_around import Around
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints.actions import ComplaintActions
from desktop.views.complaints.section import PaneHabits, Section
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.context import Context

Tick = Callable[[datetime], object]


@dataclass(slots=True)
class Shown:
    """A complaint as it is shown; `ticks` are called once a minute with the time it is then."""

    ctx: Context
    detail: ComplaintDetail
    around: Around
    actions: ComplaintActions
    habits: PaneHabits
    now: datetime
    currency: str
    ticks: list[Tick] = field(default_factory=list)

    def money(self, amount: int, *, whole: bool = False) -> str:
        """An amount in the shop's currency; `whole` without its decimals."""
        return format_money(amount, self.currency, decimals=0 if whole else None)

    def section(
        self, key: str, title: str, lines: list[QWidget], *, count: str = "", gap: int = 0
    ) -> Section:
        """A part that folds."""
        return Section(self.habits, key, title, lines, count=count, gap=gap)

    def complaint_link(self, text: str, complaint_id: int) -> QWidget:
        """A link to another complaint."""

        def go() -> None:
            self.ctx.navigate("complaints", complaint=complaint_id)

        return left(LinkButton(text, "message-square-warning", go))


def left(widget: QWidget) -> QWidget:
    """A widget that is no wider than it needs, in a line of its own."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    row.addStretch(1)
    return holder
