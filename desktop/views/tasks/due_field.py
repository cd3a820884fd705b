"""When something is due, written as people say it, with what was understood below the words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QLineEdit

from desktop.core.due_words import Due, read_due
from desktop.core.translation import tr
from desktop.views.kit.fields import Field
from desktop.views.tasks.words import clock_text, meant

NO_DAY = Due(None, None, "", 1, "")


class DueField(Field):
    """A line of words; the value is a `Due`, with no day where the line is empty."""

    def __init__(self, title: str, value: Due = NO_DAY) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("tomorrow · next Friday at 3 · every Monday"))
        super().__init__(title, self.line)
        self._kept: Due | None = None
        self.line.textChanged.connect(self.changed)
        self.line.textEdited.connect(self._typed)
        self.set_value(value)

    def value(self) -> Due:
        return self._kept or read_due(self.line.text(), datetime.now())

    def set_value(self, value: Any) -> None:
        """Show a `Due`; it stands until other words are typed."""
        due = value or NO_DAY
        self._kept = due
        self.line.setText("" if due.day is None else written(due.day, due.minute))
        self._say()

    def problem(self) -> str:
        text = self.line.text().strip()
        if not text or self.value().day is not None:
            return ""
        return tr("No day is known by these words. Try “tomorrow”, “in 3 days”, “next Friday” or a date.")

    def _typed(self) -> None:
        self._kept = None
        self._say()

    def _say(self) -> None:
        due = self.value()
        self.set_hint(meant(due.day, due.minute, due.repeat, due.every))


def written(day: date, minute: int | None) -> str:
    """A day and a time as they are typed: 2026-11-27 15:00."""
    return day.isoformat() if minute is None else f"{day.isoformat()} {clock_text(minute)}"
