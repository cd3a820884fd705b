"""The lines of the complaint's pane: an icon, a bold title, a time, words; and a titled section of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.kit import theme
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.cards import IconTile
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import Separator
from desktop.views.kit.theme import Tone


class StepLine(QWidget):
    """One line of a section: icon, bold title, a quiet time, and words that wrap."""

    def __init__(self, picture: str, tone: Tone, title: str, when: str, text: str = "") -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        row.addWidget(IconTile(picture, tone), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(label(title, bold=True, size=theme.SMALL, wrap=True))
        for part in (when, text):
            if part:
                said.addWidget(label(part, size=theme.SMALL, role="muted", wrap=True, selectable=True))
        self._said = said
        self._buttons: QHBoxLayout | None = None
        row.addLayout(said, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(Separator())
        self.setAccessibleName(" · ".join(part for part in (title, when, text) if part))

    def add_button(self, text: str, run: Callable[[], object]) -> None:
        """Put a small button below the words."""
        if self._buttons is None:
            # An empty row would hold the words to its own width.
            self._buttons = QHBoxLayout()
            self._buttons.setContentsMargins(0, 5, 0, 0)
            self._buttons.setSpacing(6)
            self._buttons.addStretch(1)
            self._said.addLayout(self._buttons)
        self._buttons.insertWidget(self._buttons.count() - 1, SecondaryButton(text, on_click=run, small=True))


def section(title: str, lines: list[QWidget], *, gap: int = 0) -> QWidget:
    """A title and what stands below it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(gap)
    column.addWidget(label(title, size=theme.SECTION, bold=True))
    for line in lines:
        column.addWidget(line)
    return holder
