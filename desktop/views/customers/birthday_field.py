"""The field of a birthday: solar or lunar, with or without its year, in both calendars as it is typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.birthdays import Birthday, birthday_of, coming, other_calendar, read_birthday
from desktop.core.dates import format_day, relative_day
from desktop.core.translation import tr
from desktop.views.kit.fields import Field


class BirthdayField(Field):
    """The value is what a customer's three fields of it hold; None of what is no birthday."""

    def __init__(self, title: str, value: Birthday | None = None) -> None:
        holder = QWidget()
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("1988-09-15 or 09-15"))
        self.line.setAccessibleName(title)
        self.calendar = QComboBox()
        self._calendars = list(words.BIRTHDAY_CALENDARS)
        self.calendar.addItems([words.name(words.BIRTHDAY_CALENDARS, code) for code in self._calendars])
        self.calendar.setAccessibleName(tr("Calendar"))
        self.leap = QCheckBox(tr("Leap month"))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.line)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.calendar, 1)
        row.addWidget(self.leap)
        column.addLayout(row)
        super().__init__(title, holder)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._typed)
        self.calendar.currentIndexChanged.connect(self._tell)
        self.leap.toggled.connect(self._tell)
        self.set_value(value)

    def birthday(self) -> Birthday | None:
        """What is written, None for nothing or what is no birthday."""
        return read_birthday(
            self.line.text(), lunar=self._lunar(), leap=self._lunar() and self.leap.isChecked()
        )

    def value(self) -> dict[str, Any]:
        found = self.birthday()
        if found is None:
            return {"birthday": "", "birthday_calendar": "solar", "birthday_leap": False}
        calendar = "lunar" if found.lunar else "solar"
        return {"birthday": found.stored(), "birthday_calendar": calendar, "birthday_leap": found.leap}

    def set_value(self, value: Any) -> None:
        if isinstance(value, dict):
            value = birthday_of(value["birthday"], value["birthday_calendar"], value["birthday_leap"])
        self.line.setText(value.stored() if value else "")
        self.calendar.setCurrentIndex(self._calendars.index("lunar" if value and value.lunar else "solar"))
        self.leap.setChecked(bool(value and value.leap))
        self._tell()

    def problem(self) -> str:
        if self.line.text().strip() and self.birthday() is None:
            return tr("Write it as 1988-09-15, 09-15 without the year, or 八月十五.")
        return super().problem()

    def _lunar(self) -> bool:
        return self._calendars[self.calendar.currentIndex()] == "lunar"

    def _typed(self) -> None:
        """Lunar words set the calendar by themselves."""
        found = read_birthday(self.line.text())
        if found is not None and found.lunar:
            self.calendar.setCurrentIndex(self._calendars.index("lunar"))
            self.leap.setChecked(found.leap or self.leap.isChecked())
        self._tell()

    def _tell(self) -> None:
        self.leap.setVisible(self._lunar())
        self.set_hint(told(self.birthday(), date.today()))
        self.changed.emit()


def told(birthday: Birthday | None, today: date) -> str:
    """A birthday in the other calendar, and when it comes next; "" for none."""
    if birthday is None:
        return ""
    parts = [other_calendar(birthday, today)] if birthday.year is not None else []
    if (near := coming(birthday, today)) is not None:
        when = tr("next {day}, {when}", day=format_day(near.day), when=relative_day(near.day, today))
        parts.append(tr("{when}, turns {age}", when=when, age=near.age) if near.age else when)
    return " · ".join(part for part in parts if part)
