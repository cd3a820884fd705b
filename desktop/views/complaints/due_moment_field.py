"""Until when something is promised, in words, with a few moments to choose; the value is a moment."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.core.dates import format_weekday
from desktop.core.due_words import read_due
from desktop.core.translation import tr
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.fields import Field
from desktop.views.kit.layouts import FlowLayout

EVENING = time(18)
"""By when something promised for a day is due, unless a time was said."""


class DueMomentField(Field):
    """A line such as “tomorrow at 3”; what was understood stands below it in full."""

    def __init__(self, title: str, value: datetime | None = None) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("tomorrow at 3 · in 2 hours · Friday"))
        self.line.setAccessibleName(title)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.line)
        offered = QWidget()
        flow = FlowLayout(offered, gap=6, line_gap=6)
        self.buttons = [SecondaryButton(text, small=True) for text, _ in _moments(datetime.now())]
        for button, (_, moment) in zip(self.buttons, _moments(datetime.now()), strict=True):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, moment=moment: self.set_value(moment))
            flow.addWidget(button)
        column.addWidget(offered)
        super().__init__(title, holder, required=True)
        self.setFocusProxy(self.line)
        self._kept: datetime | None = None
        self.line.textChanged.connect(self.changed)
        self.line.textEdited.connect(self._typed)
        self.set_value(value)

    def value(self) -> datetime | None:
        return self._kept or _meant(self.line.text(), datetime.now())

    def set_value(self, value: Any) -> None:
        """Show a moment; it stands until other words are typed."""
        self._kept = value
        self.line.setText("" if value is None else f"{value:%Y-%m-%d %H:%M}")
        self._say()

    def problem(self) -> str:
        if self.line.text().strip() and self.value() is None:
            return tr("No moment is known by these words. Try “tomorrow at 3”, “in 2 hours” or a date.")
        return super().problem()

    def _typed(self) -> None:
        self._kept = None
        self._say()

    def _say(self) -> None:
        moment = self.value()
        self.set_hint(
            tr("{day}, {time}", day=format_weekday(moment), time=f"{moment:%H:%M}") if moment else ""
        )


def _moments(now: datetime) -> list[tuple[str, datetime]]:
    """What is promised most: soon, tonight, tomorrow, in three days."""
    tomorrow, later = now.date() + timedelta(days=1), now.date() + timedelta(days=3)
    found = [(tr("In 2 hours"), (now + timedelta(hours=2)).replace(second=0, microsecond=0))]
    if now.time() < time(17):
        found.append((tr("This evening"), datetime.combine(now.date(), EVENING)))
    found.append((tr("Tomorrow"), datetime.combine(tomorrow, EVENING)))
    found.append((tr("In 3 days"), datetime.combine(later, EVENING)))
    return found


def _meant(text: str, now: datetime) -> datetime | None:
    """The moment that words say; a day without a time ends in the evening."""
    due = read_due(text, now)
    if due.day is None:
        return None
    if due.minute is not None:
        return datetime.combine(due.day, time()) + timedelta(minutes=due.minute)
    evening = datetime.combine(due.day, EVENING)
    return evening if evening > now else datetime.combine(due.day, time(23, 59))
