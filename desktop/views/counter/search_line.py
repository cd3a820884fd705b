"""The counter's field: large, and always where the typing goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.labels import IconLabel

HEIGHT = 60
PAUSE_MS = 25
"""A scanner's keys come faster than this, so that half a code never shows somebody else."""


class _Line(QLineEdit):
    """Hands on the keys that are not for writing."""

    moved = Signal(int)
    numbered = Signal(int)
    taken = Signal()
    focused = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.choosing = False
        """The arrows have gone into the list: a digit chooses there until something else is typed."""

    def event(self, event: QEvent) -> bool:
        # What was typed is quickly typed again; the key is for the book.
        undo = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and any(event.matches(key) for key in undo)
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        digit = key - Qt.Key.Key_0 if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 else 0
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.choosing = True
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif digit and (self.choosing or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.numbered.emit(digit)
        else:
            self.choosing = False
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class SearchLine(QFrame):
    """The field with its icon. `searched` comes a blink after the last key, with what stands there."""

    searched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "search")
        self.setFixedHeight(HEIGHT)
        self.line = _Line()
        self.line.setProperty("kind", "bare")
        self.line.setFont(theme.font(24))
        self.line.setPlaceholderText(tr("Four digits of the phone, a name, or the card"))
        self.line.setAccessibleName(tr("Whom to show"))
        self.moved, self.numbered, self.taken = self.line.moved, self.line.numbered, self.line.taken
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._tell)
        self._new = False
        self.line.textChanged.connect(self._changed)
        self.line.focused.connect(self._mark)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 2, 16, 2)
        layout.setSpacing(14)
        layout.addWidget(IconLabel("search", "muted", 24))
        layout.addWidget(self.line, 1)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """What stands in the field."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a text in without telling."""
        self.line.setText(text)
        self.line.choosing = False
        self._new = False
        self._timer.stop()

    def tell_now(self) -> None:
        """Tell what was typed last without waiting."""
        self._timer.stop()
        self._tell()

    def ready_for_next(self) -> None:
        """Take the keyboard; what is typed next replaces what stands there."""
        self.line.choosing = False
        self.line.setFocus()
        self.line.selectAll()

    def _changed(self) -> None:
        self._new = True
        self._timer.start()

    def _tell(self) -> None:
        if self._new:
            self._new = False
            self.searched.emit(self.line.text())

    def _mark(self, on: bool) -> None:
        self.setProperty("focused", on)
        self.style().unpolish(self)
        self.style().polish(self)
