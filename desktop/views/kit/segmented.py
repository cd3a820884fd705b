"""A choice between a few ways of seeing the same thing, side by side on one strip."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from desktop.views.kit.buttons import GAP
from desktop.views.kit.icons import icon


class Segment(NamedTuple):
    """One way: its key, its words, its icon, and the key that leads to it, for the tip."""

    key: str
    text: str
    icon: str
    tip: str = ""


class Segmented(QFrame):
    """One of the segments is chosen; the arrows go from one to the next."""

    chosen = Signal(str)
    """The key of the segment that was pressed."""

    def __init__(self, name: str, segments: Iterable[Segment]) -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for segment in segments:
            button = QPushButton(segment.text)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setIcon(icon(segment.icon, "muted", gap=GAP))
            button.setIconSize(QSize(16 + GAP, 16))
            button.setToolTip(segment.tip)
            button.setAccessibleName(segment.text)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _=False, key=segment.key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[segment.key] = button
            row.addWidget(button)

    def choose(self, key: str) -> None:
        """Choose a segment without telling anybody."""
        self._buttons[key].setChecked(True)

    def chosen_key(self) -> str:
        """The key of the chosen segment."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def button(self, key: str) -> QPushButton:
        """The button of a segment."""
        return self._buttons[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows move to the neighbour, which is chosen at once."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        keys = [*self._buttons]
        place = keys.index(self.chosen_key()) + step if self.chosen_key() else -1
        if step and 0 <= place < len(keys):
            self._buttons[keys[place]].setFocus()
            self._buttons[keys[place]].click()
        else:
            super().keyPressEvent(event)
