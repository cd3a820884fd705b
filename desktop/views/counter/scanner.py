"""Telling a scanner from a hand: what comes faster than fingers and ends with Enter or Tab is a code.

Keys are watched where they enter the window, before any widget sees them. Outside the search field they are
held back until it is plain whose they are, a blink that nobody notices; so no scan ever ends in a note, in an
amount or as a rating. Where the system tells them, the moments are those of the keys themselves, and not
those at which a busy program gets to them.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from desktop.core.member_codes import is_own

FASTEST_HAND = 40
"""Milliseconds from key to key; scanners need up to 20, the fastest typists 60."""
SHORTEST = 6
"""Fewer characters are no code: the last four digits of a phone never are."""

_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_ASIDE = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class ScanWatch(QObject):
    """Watches the keys of a window; `passing`: whether they may go straight through, and be wiped after."""

    scanned = Signal(str)

    def __init__(self, window: QWidget, passing: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._passing = window, passing
        self._text = ""
        self._last = 0
        self._held: list[tuple[QWidget, QEvent]] = []
        self._line: QLineEdit | None = None
        self._stood = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FASTEST_HAND + 5)
        self._timer.timeout.connect(self._rest)

    def watch(self) -> None:
        """Begin; the window must have been shown. To be called again when its native window was made anew."""
        if handle := self._window.windowHandle():
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow what may be a scan."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        return self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        # Some platforms give events no moment of their own.
        now = event.timestamp() or int(time.monotonic() * 1000)
        quick = bool(self._text) and now - self._last <= FASTEST_HAND
        if event.key() in _ENDS and quick and len(self._text) >= SHORTEST:
            self._finish()
            return True
        if event.key() in _ASIDE:
            return False
        # No code has blanks in it, and every sentence has.
        plain = event.text().isprintable() and bool(event.text().strip())
        if not plain or event.modifiers() & _COMMANDS or event.isAutoRepeat():
            self._forget()
            return False
        if not quick:
            self._forget()
            self._remember_line()
        self._text += event.text()
        self._last = now
        self._timer.start()
        if self._passing():
            return False
        target = QApplication.activePopupWidget() or self._window.focusWidget() or self._window
        self._held.append((target, event.clone()))
        return True

    def _finish(self) -> None:
        text, self._text = self._text, ""
        self._held.clear()
        self._timer.stop()
        line, self._line = self._line, None
        # A window too busy to hold everything back has let some of it through.
        if line is not None and line.text() != self._stood:
            line.setText(self._stood)
        self.scanned.emit(text.strip())

    def _rest(self) -> None:
        """The keys have stopped: one of our own codes needs no end, everything else was a hand."""
        if is_own(self._text):
            self._finish()
        else:
            self._let_go()

    def _forget(self) -> None:
        self._let_go()
        self._text = ""
        self._timer.stop()

    def _let_go(self) -> None:
        """Hand on what was held back, to whom it was meant for."""
        held, self._held = self._held, []
        for target, event in held:
            if isValid(target):
                QCoreApplication.sendEvent(target, event)

    def _remember_line(self) -> None:
        line = self._window.focusWidget()
        self._line = line if isinstance(line, QLineEdit) and not self._passing() else None
        self._stood = line.text() if isinstance(line, QLineEdit) else ""
