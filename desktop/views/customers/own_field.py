"""The fitting input for each of the shop's own fields, by its type."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.core.dates import format_day
from desktop.core.translation import tr
from desktop.queries.customers import CustomFieldRow
from desktop.views.kit.fields import CheckField, ChoiceField, DateField, Field, TextField


class NumberTextField(TextField):
    """A number, whole or not; the value is an int or float, None for nothing."""

    def value(self) -> Any:
        return _number(self.line.text())

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else f"{value:g}" if isinstance(value, float) else str(value))

    def problem(self) -> str:
        if self.line.text().strip() and self.value() is None:
            return tr("Write a number, such as 12 or 3.5.")
        return super().problem()


class DayTextField(DateField):
    """A day that is kept as text; the value is "2026-11-22", None for nothing."""

    def value(self) -> Any:
        day = super().value()
        return None if day is None else day.isoformat()

    def set_value(self, value: Any) -> None:
        super().set_value(_day(value) if isinstance(value, str) else value)


def own_field(field: CustomFieldRow) -> Field:
    """An empty input for a field."""
    if field.kind == "yesno":
        return CheckField(field.name)
    if field.kind == "choice":
        return ChoiceField(field.name, [("", tr("Not noted")), *((one, one) for one in field.options)], "")
    if field.kind == "number":
        return NumberTextField(field.name)
    if field.kind == "date":
        return DayTextField(field.name)
    return TextField(field.name)


def own_text(field: CustomFieldRow, value: Any) -> str:
    """A value as it is shown; "" for none."""
    if value in (None, ""):
        return ""
    if field.kind == "yesno":
        return tr("Yes") if value and value not in ("0", "no", "false") else tr("No")
    if field.kind == "date" and isinstance(value, str) and (day := _day(value)):
        return format_day(day)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _number(text: str) -> int | float | None:
    text = text.strip().replace(",", "").replace("，", "")
    try:
        value = float(text)
    except ValueError:
        return None
    if value != value or abs(value) == float("inf"):
        return None
    return int(value) if value == int(value) and "." not in text and "e" not in text.lower() else value


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
