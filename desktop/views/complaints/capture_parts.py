"""What the window of a phone call is made of: the severity's keys, the line of words, who is calling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import relative_day
from desktop.core.text import format_phone
from desktop.core.translation import tr
from desktop.core.typed_person import TypedPerson
from desktop.models.book import Book
from desktop.operations.contact_points import Point, read_point
from desktop.queries.open_complaints import OpenComplaint
from desktop.queries.pickers import customer_choice
from desktop.views.counter.big_button import BigButton
from desktop.views.customers.words import display_name
from desktop.views.kit import theme
from desktop.views.kit.labels import Avatar, IconLabel, label
from desktop.views.kit.layouts import clear
from desktop.views.timeline.words import cut

NEW = 0
"""The id that stands for a complaint of its own."""
_CONTROL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def digit_of(event: QKeyEvent) -> int:
    """The severity that a key means, counted from 1; 0 for any other key."""
    at = event.key() - Qt.Key.Key_0
    return at if 1 <= at <= len(words.SEVERITIES) else 0


class _SeverityButton(BigButton):
    """One severity; digits and arrows choose among all of them, Enter is the window's."""

    numbered = Signal(int)
    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if digit := digit_of(event):
            self.numbered.emit(digit)
        elif event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class SeverityRow(QWidget):
    """The four severities with their digits; one is always chosen, and Tab leads to that one."""

    changed = Signal()

    def __init__(self, value: str = "medium") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._buttons: dict[str, _SeverityButton] = {}
        for at, code in enumerate(words.SEVERITIES, 1):
            name = words.name(words.SEVERITIES, code)
            button = _SeverityButton(name, key=str(at), checkable=True, height=44, size=15)
            button.clicked.connect(lambda _=False, chosen=code: self.choose(chosen))
            button.numbered.connect(self.choose_numbered)
            button.moved.connect(self._move)
            row.addWidget(button, 1)
            self._buttons[code] = button
        self.choose(value)

    def value(self) -> str:
        """The severity chosen."""
        return next(code for code, button in self._buttons.items() if button.isChecked())

    def choose(self, value: str) -> None:
        """Choose one."""
        had_keyboard = any(button.hasFocus() for button in self._buttons.values())
        for code, button in self._buttons.items():
            button.setChecked(code == value)
            policy = Qt.FocusPolicy.TabFocus if code == value else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(policy)
        if had_keyboard:
            self._buttons[value].setFocus()
        self.setFocusProxy(self._buttons[value])
        self.changed.emit()

    def choose_numbered(self, digit: int) -> None:
        """Choose by the key that stands on it."""
        self.choose(list(self._buttons)[digit - 1])

    def _move(self, step: int) -> None:
        codes = list(self._buttons)
        self.choose(codes[min(max(codes.index(self.value()) + step, 0), len(codes) - 1)])


class WordsLine(QLineEdit):
    """The one line of words. Ctrl or Alt with a digit is the severity, the arrows choose where it belongs."""

    numbered = Signal(int)
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "large")
        self.setFont(theme.font(18))
        self.setAccessibleName(tr("What it is about"))
        self.setPlaceholderText(tr("What it is about, in a line"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digit_of(event)
        if digit and event.modifiers() & _CONTROL:
            self.numbered.emit(digit)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class CallerStrip(QWidget):
    """Who is calling: a customer, somebody new with what was typed of them, or nobody in particular."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 0, 2, 0)
        self._row.setSpacing(12)
        self.setFixedHeight(46)

    def show_nobody(self) -> None:
        """Nobody was named."""
        self._show(
            IconLabel("user", "muted", 22),
            tr("Nobody named: it is recorded without a customer."),
            tr("Esc leaves. Enter goes on."),
        )

    def show_customer(self, customer_id: int) -> None:
        """A customer of the book."""
        choice = customer_choice(self._book, customer_id)
        name = display_name(choice.name if choice else "")
        phone = format_phone(choice.phone) if choice and choice.phone else ""
        self._show(Avatar(name, 38), name, phone, bold=True)

    def show_new(self, typed: TypedPerson) -> None:
        """Somebody who is entered with the complaint; says what of the number can't be read."""
        said = [typed.name, typed.wechat, typed.email, typed.code]
        fault = ""
        if typed.phone:
            reading = read_point(self._book, Point("phone", typed.phone))
            said.insert(1, reading.shown or typed.phone)
            fault = tr("This is no whole phone number yet.") if reading.fault else ""
        who = " · ".join(part for part in said if part)
        note = fault or tr("Nobody has it: a new customer, entered with the complaint.")
        self._show(IconLabel("user-plus", "amber" if fault else "accent", 24), who, note, bold=True,
                   role="amber" if fault else "muted")  # fmt: skip

    def words(self) -> str:
        """What it says, for tests and for who listens."""
        return self.accessibleName()

    def _show(
        self, picture: QWidget, title: str, note: str, *, bold: bool = False, role: str = "muted"
    ) -> None:
        clear(self._row)
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addStretch(1)
        column.addWidget(label(cut(title, 60), size=16 if bold else theme.BODY, bold=bold))
        if note:
            column.addWidget(label(note, size=theme.SMALL, role=role))
        column.addStretch(1)
        self._row.addWidget(picture)
        self._row.addLayout(column, 1)
        self.setAccessibleName(". ".join(part for part in (title, note) if part))


class TargetChoice(QWidget):
    """A complaint of its own, or words more on one that is open: asked only where one is."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2, 0, 2, 0)
        self._column.setSpacing(4)
        self._group = QButtonGroup(self)
        self.buttons: dict[int, QRadioButton] = {}
        self.hide()

    def offer(self, found: Sequence[OpenComplaint], today: date) -> None:
        """Offer the open complaints of whoever calls; a new one is chosen."""
        clear(self._column)
        self.buttons = {}
        self.setVisible(bool(found))
        if not found:
            return
        self._column.addWidget(
            label(tr("Already open: is it about this?"), size=theme.SMALL, role="amber", bold=True)
        )
        for one in found:
            text = tr(
                "Add to {number}: {title} ({status}, {when})",
                number=one.number,
                title=cut(one.title, 34),
                status=words.name(words.COMPLAINT_STATUSES, one.status),
                when=relative_day(one.received_at, today),
            )
            self._add(one.id, text)
        self._add(NEW, tr("Something else: a new complaint"))
        self.buttons[NEW].setChecked(True)

    def value(self) -> int:
        """The complaint chosen, or NEW."""
        return next((row for row, button in self.buttons.items() if button.isChecked()), NEW)

    def move_by(self, step: int) -> None:
        """Choose the one above or below."""
        rows = list(self.buttons)
        if rows:
            at = min(max(rows.index(self.value()) + step, 0), len(rows) - 1)
            self.buttons[rows[at]].setChecked(True)

    def _add(self, row: int, text: str) -> None:
        button = QRadioButton(text.replace("&", "&&"))
        button.toggled.connect(lambda _: self.changed.emit())
        self._group.addButton(button)
        self._column.addWidget(button)
        self.buttons[row] = button
