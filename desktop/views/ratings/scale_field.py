"""A scale of numbers as buttons in a row: a click, the digits or the arrows choose one; none is chosen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.fields import Field

_CELL, _GAP, _HEIGHT = 30, 4, 30


class Scale(QWidget):
    """`chosen` carries the number, or None once it was taken back."""

    chosen = Signal(object)

    def __init__(self, low: int, high: int, value: int | None = None) -> None:
        super().__init__()
        self.low, self.high = low, high
        self._value = value
        self._near: int | None = None
        self._tenth = False
        self.setFixedHeight(_HEIGHT + 4)
        self.setMinimumWidth((high - low + 1) * (_CELL + _GAP) + 4 if high - low < 8 else 11 * 25 + 4)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def number(self) -> int | None:
        """The number chosen, None while there is none."""
        return self._value

    def choose(self, number: int | None) -> None:
        """Choose a number of the scale, or none."""
        self._value = None if number is None else min(max(number, self.low), self.high)
        told = tr("Not asked") if self._value is None else str(self._value)
        self.setAccessibleDescription(told)
        self.update()
        self.chosen.emit(self._value)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), _HEIGHT + 4)

    def cell(self, number: int) -> QRectF:
        """Where a number stands."""
        width = min(_CELL, (self.width() - 4) / (self.high - self.low + 1) - _GAP)
        return QRectF(2 + (number - self.low) * (width + _GAP), 2, width, _HEIGHT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._near = self._at(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The number that is chosen already is taken back."""
        number = self._at(event)
        if number is not None:
            self.choose(None if number == self._value else number)

    def leaveEvent(self, event: Any) -> None:
        self._near = None
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, a 1 and a 0 ten; the arrows go on, Backspace takes back."""
        typed = event.text()
        if typed.isdigit() and typed.isascii():
            self._digit(int(typed))
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self.choose(self.low if self._value is None else self._value + 1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            self.choose(self.high if self._value is None else self._value - 1)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def _digit(self, digit: int) -> None:
        number = 10 if self._tenth and digit == 0 else digit
        self._tenth = self.high >= 10 and digit == 1
        if self.low <= number <= self.high:
            self.choose(number)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL))
        for number in range(self.low, self.high + 1):
            box, on = self.cell(number).adjusted(0.5, 0.5, -0.5, -0.5), number == self._value
            painter.setPen(QPen(QColor(tokens.accent if on or number == self._near else tokens.outline), 1))
            painter.setBrush(QColor(tokens.accent) if on else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)
            painter.setPen(QColor(tokens.on_accent if on else tokens.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            around = QRectF(1, 1, self.cell(self.high).right(), self.height() - 2)
            painter.drawRoundedRect(around, 8, 8)

    def _at(self, event: QMouseEvent) -> int | None:
        place = event.position()
        numbers = range(self.low, self.high + 1)
        return next((number for number in numbers if self.cell(number).contains(place)), None)


class ScaleField(Field):
    """The value is the number, or None; `ends` says what the two ends mean."""

    def __init__(self, title: str, low: int, high: int, value: int | None = None, *, ends: str = "") -> None:
        self.scale = Scale(low, high, value)
        super().__init__(title, self.scale, hint=ends)
        self.scale.chosen.connect(lambda _: self.changed.emit())

    def value(self) -> int | None:
        return self.scale.number()

    def set_value(self, value: Any) -> None:
        self.scale.choose(value)
