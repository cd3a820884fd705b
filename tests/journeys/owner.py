"""What every journey needs: a window on an empty book, and somebody with a mouse and a keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QWidget

from tests.screens import Stage

P = TypeVar("P", bound=QWidget)


class Owner:
    """Somebody with a mouse and a keyboard."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def click(self, text: str, within: QWidget | None = None) -> None:
        """Clicks the button that says `text` (or is named so for those who do not see it)."""
        place = within or self.stage.front()
        named = [
            button
            for button in place.findChildren(QAbstractButton)
            if button.isVisible() and text in (button.text().replace("&", ""), button.accessibleName())
        ]
        assert named, f"no button says {text!r}"
        assert named[0].isEnabled(), f"{text!r} can't be pressed"
        QTest.mouseClick(named[0], Qt.MouseButton.LeftButton)
        self.stage.settle(0.05)

    def key(self, key: Qt.Key, control: bool = False) -> None:
        """Presses a key in whatever has the focus."""
        # Offscreen, no window manager gives the window its place in front back when a dialog closes.
        self.stage.front().activateWindow()
        self.stage.settle(0.02)
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or self.stage.front(), key, modifier)
        self.stage.settle(0.05)

    def write(self, field: QWidget, text: str) -> None:
        """Types into a field."""
        line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
        assert line is not None
        line.setFocus()
        line.clear()
        if text.isascii():
            QTest.keyClicks(line, text)
        else:
            # As an input method hands Chinese over; there are no keys for it.
            typed = QInputMethodEvent()
            typed.setCommitString(text)
            QApplication.sendEvent(line, typed)

    def page(self, kind: type[P]) -> P:
        """The page in front, which must be of a kind."""
        page = self.stage.window.pages.page()
        assert isinstance(page, kind)
        return page


def answer(monkeypatch: pytest.MonkeyPatch, dialog: str, path: Path) -> None:
    """The owner chooses a file in the system's own dialog."""
    monkeypatch.setattr(QFileDialog, dialog, lambda *_, **__: (str(path), ""))


def choose(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """The owner chooses files to open in the system's own dialog."""
    names = [str(path) for path in paths]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: (names, ""))
