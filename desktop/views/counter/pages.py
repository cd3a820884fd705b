"""What the counter shows when it shows nobody: how to begin, that nobody was found, a code nobody has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.counter.big_button import BigButton
from desktop.views.kit.cards import IconTile
from desktop.views.kit.labels import label


class QuietPage(QWidget):
    """An icon, a sentence or two, and buttons, in the middle."""

    def __init__(self, icon: str, title: str, text: str = "", buttons: Sequence[BigButton] = ()) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(2)
        layout.addWidget(IconTile(icon, "accent", 56), 0, centre)
        for words, size, role in ((title, 22, "text"), (text, 16, "muted")):
            if words:
                line = label(words, size=size, bold=size > 20, role=role, wrap=True)
                line.setAlignment(centre)
                layout.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)
        self.buttons = tuple(buttons)
