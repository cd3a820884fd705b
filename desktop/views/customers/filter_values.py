"""The fitting input for what a condition compares with: words, choices, numbers, money, days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
)

from desktop.core.money import AmountError, format_money, parse_amount
from desktop.core.translation import ntr, tr
from desktop.queries.conditions import Value
from desktop.queries.conditions_fields import Field, Operator
from desktop.views.customers.filter_pick import PickValues, completer_for
from desktop.views.customers.filter_value import ValueEditor, Values
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.labels import label

FEW = 12
"""So many choices stand beside one another; of more, one types a part."""
_PARTING = ",，;；、"


class TextValues(ValueEditor):
    """Words, several parted by commas; what stands in the book is offered."""

    def __init__(self, name: str, offered: Sequence[str]) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(tr("Several parted by commas"))
        self.line.textChanged.connect(lambda _: self.changed.emit())
        if offered:
            self.line.setCompleter(completer_for(offered, self.line))
        self._row().addWidget(self.line, 1)
        self.setFocusProxy(self.line)

    def values(self) -> Values | None:
        text = self.line.text()
        for mark in _PARTING:
            text = text.replace(mark, ",")
        return tuple(part.strip() for part in text.split(",") if part.strip()) or None

    def set_values(self, values: Values) -> None:
        self.line.setText(", ".join(map(str, values)))


class NumberValues(ValueEditor):
    """One number or two; of money in the shop's currency, in minor units."""

    def __init__(self, name: str, *, count: int, currency: str | None) -> None:
        super().__init__()
        self._currency = currency
        self.lines = [QLineEdit() for _ in range(count)]
        row = self._row()
        for at, line in enumerate(self.lines):
            if at:
                row.addWidget(label(tr("to"), role="muted"))
            line.setAccessibleName(name)
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setMaximumWidth(130)
            line.textChanged.connect(lambda _: self.changed.emit())
            row.addWidget(line, 1)
        row.addStretch()
        self.setFocusProxy(self.lines[0])

    def values(self) -> Values | None:
        found = [self._read(line.text()) for line in self.lines]
        return tuple(value for value in found if value is not None) if None not in found else None

    def _read(self, text: str) -> int | float | None:
        if not text.strip():
            return None
        if self._currency is not None:
            try:
                return parse_amount(text, self._currency)
            except AmountError:
                return None
        try:
            number = float(text.replace(",", "").replace("，", ""))
        except ValueError:
            return None
        if abs(number) >= 1e12:
            return None
        return int(number) if number == int(number) else number

    def set_values(self, values: Values) -> None:
        for line, value in zip(self.lines, values, strict=False):
            if not isinstance(value, str):
                plain = f"{value:g}" if isinstance(value, float) else str(value)
                line.setText(plain if self._currency is None else format_money(int(value), self._currency))


class DaysValue(ValueEditor):
    """A number of days."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.box = QSpinBox()
        self.box.setRange(0, 36_500)
        self.box.setValue(30)
        self.box.setAccessibleName(name)
        self.box.setFixedWidth(92)
        self.box.lineEdit().setTextMargins(9, 0, 0, 0)
        self._unit = label(role="muted")
        self.box.valueChanged.connect(self._say)
        row = self._row()
        row.addWidget(self.box)
        row.addWidget(self._unit)
        row.addStretch()
        self.setFocusProxy(self.box)
        self._say(30)

    def _say(self, days: int) -> None:
        self._unit.setText(ntr("day", "days", days))
        self.changed.emit()

    def values(self) -> Values | None:
        return (self.box.value(),)

    def set_values(self, values: Values) -> None:
        if values and not isinstance(values[0], str):
            self.box.setValue(int(values[0]))


class DayValues(ValueEditor):
    """One day or two, as ordinals."""

    def __init__(self, name: str, *, count: int) -> None:
        super().__init__()
        self.boxes = [QDateEdit(QDate.currentDate()) for _ in range(count)]
        row = self._row()
        for at, box in enumerate(self.boxes):
            if at:
                row.addWidget(label(tr("to"), role="muted"))
            box.setCalendarPopup(True)
            box.setDisplayFormat("yyyy-MM-dd")
            box.setAccessibleName(name)
            box.setFixedWidth(136)
            box.dateChanged.connect(lambda _: self.changed.emit())
            row.addWidget(box)
        row.addStretch()
        self.setFocusProxy(self.boxes[0])

    def values(self) -> Values | None:
        days = [box.date() for box in self.boxes]
        return tuple(dt.date(day.year(), day.month(), day.day()).toordinal() for day in days)

    def set_values(self, values: Values) -> None:
        for box, value in zip(self.boxes, values, strict=False):
            if not isinstance(value, str):
                day = dt.date.fromordinal(int(value))
                box.setDate(QDate(day.year, day.month, day.day))


class ChipValues(ValueEditor):
    """A few choices beside one another."""

    def __init__(self, name: str, choices: Mapping[Value, str]) -> None:
        super().__init__()
        self._values = list(choices)
        self.chips = ChipRow(
            [ChipItem(str(at), text) for at, text in enumerate(choices.values())], exclusive=False
        )
        self.chips.setAccessibleName(name)
        self.chips.chosen.connect(lambda _: self.changed.emit())
        row = self._row()
        # In line with the words of the inputs beside it.
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(self.chips, 1)
        if self._values:
            self.setFocusProxy(self.chips.chip("0"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def values(self) -> Values | None:
        return tuple(self._values[int(key)] for key in self.chips.chosen_keys()) or None

    def set_values(self, values: Values) -> None:
        for at, value in enumerate(self._values):
            self.chips.choose(str(at), on=value in values)


def editor_for(
    field: Field,
    operator: Operator,
    choices: Mapping[Value, str],
    currency: str,
    suggest: Callable[[Field], Sequence[str]],
    name: str,
) -> ValueEditor:
    """The editor for a field and an operator; `name` is what a screen reader calls it."""
    if operator.takes == "nothing":
        return ValueEditor()
    if operator.takes == "days":
        return DaysValue(name)
    if operator.takes in ("day", "two days") or (field.kind == "day"):
        return DayValues(name, count=2 if operator.takes == "two days" else 1)
    if operator.takes == "several":
        if field.kind == "text":
            return TextValues(name, suggest(field))
        return ChipValues(name, choices) if len(choices) <= FEW else PickValues(name, choices)
    money = currency if field.kind == "money" else None
    return NumberValues(name, count=2 if operator.takes == "two" else 1, currency=money)
