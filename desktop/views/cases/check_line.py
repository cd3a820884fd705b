"""A step that is ticked: its box, its words, which wrap, and a quiet line below them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from desktop.views.kit import theme
from desktop.views.kit.labels import label

_GAP = 2
"""Pixels between the box and its words."""


class CheckLine(QWidget):
    """One step; a click on the words ticks the box too."""

    def __init__(self, title: str, text: str = "", *, role: str = "muted") -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(title)
        self.box.setAccessibleDescription(text)
        self.words: QLabel = label(title, wrap=True)
        self.words.setBuddy(self.box)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.box, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.words, 0, 1)
        if text:
            grid.addWidget(label(text, size=theme.SMALL, role=role, wrap=True), 1, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Anywhere on the line is on the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()
        else:
            super().mouseReleaseEvent(event)
