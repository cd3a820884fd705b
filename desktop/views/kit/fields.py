"""Form fields: each knows its value, and shows what is wrong with it beside itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.core.folding import clean_typed
from desktop.core.money import DEFAULT_CURRENCY, AmountError, format_money, parse_amount
from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.labels import label

_INPUT_HEIGHT = 34
"""Pixels of an input; the style sheet gives a check box no height of its own."""


class Field(QWidget):
    """A label above an input, a hint or a complaint below. `value()` is what the operation takes."""

    changed = Signal()

    def __init__(self, title: str, control: QWidget, *, hint: str = "", required: bool = False) -> None:
        super().__init__()
        self.title = title
        self.required = required
        self.control = control
        self._hint = hint
        self._name = label(title, size=theme.SMALL, role="muted")
        self._name.setBuddy(control)
        self._below = label(hint, size=theme.SMALL - 1, role="muted", wrap=True)
        if not hint:
            self._below.hide()
        control.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._name)
        layout.addWidget(control)
        layout.addWidget(self._below)
        layout.addStretch(1)
        self.setFocusProxy(control)

    def value(self) -> Any:
        """The value as an operation takes it; None for an empty one."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def problem(self) -> str:
        """What is wrong with the value in the user's language, or ""."""
        if self.required and self.value() in (None, "", ()):
            return tr("Please fill this in.")
        return ""

    def set_hint(self, text: str) -> None:
        """Say something else below the input."""
        self._hint = text
        if not self.control.property("wrong"):
            self.show_problem("")

    def show_problem(self, text: str) -> None:
        """Show what is wrong, or with "" the hint again."""
        self._below.setText(text or self._hint)
        self._below.setProperty("role", "red" if text else "muted")
        self.control.setProperty("wrong", bool(text))
        self.control.setAccessibleDescription(text)
        for widget in (self._below, self.control):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._below.setVisible(bool(text or self._hint))

    def check(self) -> bool:
        """Whether the value is right; shows what is wrong if not."""
        text = self.problem()
        self.show_problem(text)
        return not text


class TextField(Field):
    """One line of text."""

    def __init__(
        self, title: str, value: str = "", *, hint: str = "", placeholder: str = "", required: bool = False
    ) -> None:
        self.line = QLineEdit(value)
        self.line.setPlaceholderText(placeholder)
        super().__init__(title, self.line, hint=hint, required=required)
        self.line.textChanged.connect(self.changed)

    def value(self) -> str:
        return clean_typed(self.line.text())

    def set_value(self, value: Any) -> None:
        self.line.setText(value or "")


class MoneyField(TextField):
    """An amount in the shop's currency; the value is minor units."""

    def __init__(
        self,
        title: str,
        value: int | None = None,
        *,
        currency: str = DEFAULT_CURRENCY,
        hint: str = "",
        required: bool = False,
    ) -> None:
        super().__init__(title, hint=hint, required=required)
        self._currency = currency
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.editingFinished.connect(self._tidy)
        self.set_value(value)

    def value(self) -> Any:
        try:
            return parse_amount(self.line.text(), self._currency)
        except AmountError:
            return None

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else format_money(int(value), self._currency))

    def problem(self) -> str:
        try:
            parse_amount(self.line.text(), self._currency)
        except AmountError as error:
            return error.reason
        return super().problem()

    def _tidy(self) -> None:
        if self.check():
            self.set_value(self.value())


class LongTextField(Field):
    """Some lines of text; Tab goes on to the next field."""

    def __init__(
        self, title: str, value: str = "", *, lines: int = 3, hint: str = "", required: bool = False
    ) -> None:
        self.text = QPlainTextEdit(value)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(lines * 21 + 16)
        super().__init__(title, self.text, hint=hint, required=required)
        self.text.textChanged.connect(self.changed)

    def value(self) -> str:
        return clean_typed(self.text.toPlainText())

    def set_value(self, value: Any) -> None:
        self.text.setPlainText(value or "")


_LEAST_CHOICE = 84
"""Pixels that a choice keeps where there is little room."""


class ChoiceField(Field):
    """One of some; `choices` are (value, words) pairs."""

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[Any, str]],
        value: Any = None,
        *,
        hint: str = "",
        required: bool = False,
    ) -> None:
        self.box = QComboBox()
        self.box.setMaxVisibleItems(14)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # One long choice must not push the form over its edge.
        self.box.setMinimumWidth(_LEAST_CHOICE)
        self._values = [choice for choice, _ in choices]
        self.box.addItems([words for _, words in choices])
        super().__init__(title, self.box, hint=hint, required=required)
        self.set_value(value)
        self.box.currentIndexChanged.connect(lambda _: self.changed.emit())

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer something else; what was chosen stays chosen where it is still offered."""
        kept = self.value()
        blocked = self.box.blockSignals(True)
        self._values = [choice for choice, _ in choices]
        self.box.clear()
        self.box.addItems([words for _, words in choices])
        self.set_value(kept)
        self.box.blockSignals(blocked)

    def value(self) -> Any:
        index = self.box.currentIndex()
        return self._values[index] if index >= 0 else None

    def set_value(self, value: Any) -> None:
        if value in self._values:
            self.box.setCurrentIndex(self._values.index(value))


class NumberField(Field):
    """A whole number within bounds."""

    def __init__(
        self, title: str, value: int = 0, *, least: int = 0, most: int = 1_000_000, hint: str = ""
    ) -> None:
        self.box = QSpinBox()
        self.box.setRange(least, most)
        self.box.lineEdit().setTextMargins(9, 0, 0, 0)
        super().__init__(title, self.box, hint=hint)
        self.set_value(value)
        self.box.valueChanged.connect(lambda _: self.changed.emit())

    def value(self) -> int:
        return self.box.value()

    def set_value(self, value: Any) -> None:
        self.box.setValue(int(value or 0))


class DateField(Field):
    """A day, with a calendar to pick it from; the value is a `datetime.date`, None when left open."""

    def __init__(
        self,
        title: str,
        value: dt.date | None = None,
        *,
        optional: bool = True,
        hint: str = "",
        required: bool = False,
    ) -> None:
        self.on = QCheckBox()
        self.on.setAccessibleName(tr("{field}: set a day", field=title))
        self.date = QDateEdit()
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setAccessibleName(title)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.on)
        row.addWidget(self.date, 1)
        super().__init__(title, holder, hint=hint, required=required)
        self.setFocusProxy(self.date)
        self.on.setVisible(optional)
        self.on.toggled.connect(self.date.setEnabled)
        self.on.setChecked(not optional)
        self.date.setEnabled(not optional)
        self.set_value(value)
        self.date.dateChanged.connect(lambda _: self.changed.emit())
        self.on.toggled.connect(lambda _: self.changed.emit())

    def value(self) -> dt.date | None:
        if not self.on.isChecked():
            return None
        day = self.date.date()
        return dt.date(day.year(), day.month(), day.day())

    def set_value(self, value: Any) -> None:
        day = value or dt.date.today()
        self.date.setDate(QDate(day.year, day.month, day.day))
        if not self.on.isHidden():
            self.on.setChecked(value is not None)


class CheckField(Field):
    """Yes or no."""

    def __init__(self, title: str, value: bool = False, *, hint: str = "") -> None:
        self.box = QCheckBox(title)
        super().__init__(title, self.box, hint=hint)
        # The room of a name stays, so that the box stands in line with the inputs beside it.
        self._name.setText("\u00a0")
        self.box.setMinimumHeight(_INPUT_HEIGHT)
        self.set_value(value)
        self.box.toggled.connect(lambda _: self.changed.emit())

    def value(self) -> bool:
        return self.box.isChecked()

    def set_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))
