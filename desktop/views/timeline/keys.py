"""A key that means something else on a screen than in the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class ScreenKey(QObject):
    """While the keyboard is within `owner`, the key runs `run`, whatever the window has on it.

    Two shortcuts on one key would be ambiguous and run neither; so the key is claimed before shortcuts are
    looked at.
    """

    def __init__(self, owner: QWidget, key: QKeySequence.StandardKey, run: Callable[[], object]) -> None:
        super().__init__(owner)
        self._key, self._run = key, run
        owner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the key, then run."""
        if not isinstance(event, QKeyEvent) or not event.matches(self._key):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._run()
            return True
        return False
