"""What one writes at the counter: a small form beside the card, saved by Enter and left by Escape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.views.counter.big_button import BigButton
from desktop.views.counter.touch import scroll_by_finger
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn

SMALL_BUTTON = 44
"""Pixels of a button within a form: still a finger's breadth."""


class Panel(QFrame):
    """A form; subclasses fill `column` and say what is written, and what to store."""

    saved = Signal()
    left = Signal()

    def __init__(self, ctx: Context, title: str, save_text: str) -> None:
        super().__init__()
        self.ctx = ctx
        self.setProperty("role", "card")
        self.title = label(title, size=20, bold=True, wrap=True)
        inside = ScrollColumn(gap=10)
        scroll_by_finger(inside)
        self.column = inside.column
        self._wrong = label(size=15, role="red", wrap=True)
        self._wrong.hide()
        self.save_button = BigButton(save_text, "check", self.save, key=tr("Enter"), primary=True)
        self.leave_button = BigButton(tr("Leave"), "x", self.left.emit, key=tr("Esc"))
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.save_button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(self.title)
        layout.addWidget(inside, 1)
        layout.addWidget(self._wrong)
        layout.addLayout(foot)

    # -- what subclasses say

    def store(self) -> Changes:
        """Write it into the book. Raises UserError, which the panel shows."""
        raise NotImplementedError

    def draft(self) -> dict[str, Any]:
        """What is written and not yet saved; {} when nothing is."""
        return {}

    def fill(self, draft: Mapping[str, Any]) -> None:
        """Put back what `draft` gave."""

    def take_code(self, code: str) -> bool:
        """Take a scanned code that nobody has; False where there is no use for one."""
        return False

    # -- doing

    def save(self) -> None:
        """Store it and tell everybody; what is wrong is said here and nothing is lost."""
        try:
            changes = self.store()
        except UserError as error:
            self.say(str(error))
            return
        self.say("")
        self.ctx.changed(changes)
        self.saved.emit()

    def say(self, text: str) -> None:
        """Say what is wrong, or with "" nothing."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class BigLine(QLineEdit):
    """A line of large type for a finger and for reading across a counter; a `huge` one for a number."""

    def __init__(self, name: str, *, huge: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("kind", "huge" if huge else "large")
        self.setFont(theme.font(28 if huge else 18))
        if huge:
            self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def named(name: str, widget: QWidget) -> QVBoxLayout:
    """A line with its name above."""
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label(name, size=14, role="muted"))
    column.addWidget(widget)
    return column


def beside(name: str, widget: QWidget, *, width: int = 92) -> QHBoxLayout:
    """A line with its name to the left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    words = label(name, size=15, role="muted", wrap=True)
    words.setFixedWidth(width)
    row.addWidget(words)
    row.addWidget(widget, 1)
    return row


class Choice(QWidget):
    """Large buttons of which one is chosen, or none; `columns` to a row, all in one where it is 0."""

    changed = Signal()

    def __init__(
        self,
        items: Iterable[tuple[Any, str]],
        value: Any = None,
        *,
        columns: int = 0,
        optional: bool = False,
        on_choose: Callable[[Any], object] | None = None,
    ) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self._optional, self._on_choose = optional, on_choose
        self._buttons: dict[Any, BigButton] = {}
        for at, (code, text) in enumerate(items):
            button = BigButton(text, checkable=True, height=SMALL_BUTTON, size=15)
            button.clicked.connect(lambda _=False, chosen=code: self._press(chosen))
            grid.addWidget(button, at // columns if columns else 0, at % columns if columns else at)
            self._buttons[code] = button
        self.choose(value)

    def value(self) -> Any:
        """What is chosen, or None."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), None)

    def choose(self, value: Any) -> None:
        """Choose one, or None."""
        for code, button in self._buttons.items():
            button.setChecked(code == value)
        self.changed.emit()

    def button(self, code: Any) -> BigButton:
        """The button of a value."""
        return self._buttons[code]

    def _press(self, code: Any) -> None:
        # The button has already toggled: released means that it was pressed a second time.
        released = not self._buttons[code].isChecked()
        self.choose(None if released and self._optional else code)
        if self._on_choose:
            self._on_choose(self.value())
