"""What becomes of what the book knows already, as a box to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.translation import mark, tr
from desktop.exchange.comparing.modes import Mode
from desktop.views.kit import theme
from desktop.views.kit.widgets import label

MODES: Mapping[Mode, str] = {
    Mode(True, ""): mark("add the new, leave the known"),
    Mode(True, "fill"): mark("add the new, fill blanks"),
    Mode(True, "newest"): mark("add the new, believe the file"),
    Mode(True, "ask"): mark("add the new, ask if different"),
    Mode(False, "fill"): mark("add nothing, fill blanks"),
    Mode(False, "newest"): mark("add nothing, believe the file"),
    Mode(False, "ask"): mark("add nothing, ask if different"),
}


class ModeBox(QWidget):
    """`chosen` with a Mode when the owner chose one; showing one tells nobody."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        name = tr("On import")
        self.box = QComboBox()
        self.box.setAccessibleName(name)
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for said in MODES.values():
            self.box.addItem(tr(said))
        self.box.currentIndexChanged.connect(lambda at: self.chosen.emit(list(MODES)[at]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(6)
        layout.addWidget(label(name, size=theme.SMALL, role="muted"))
        layout.addWidget(self.box)

    def show_mode(self, mode: Mode) -> None:
        """Show a mode."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(list(MODES).index(mode))
