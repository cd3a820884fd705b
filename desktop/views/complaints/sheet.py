"""The parts of a pane below each other, exactly as tall as their words need at the pane's width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.kit.layouts import hint_for_width


class Sheet(QWidget):
    """Qt would keep room for words that wrap in a narrower place than this is, and leave it empty below."""

    def __init__(self, parts: Sequence[QWidget], gap: int) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap)
        for part in parts:
            self._column.addWidget(part)

    def add(self, parts: Sequence[QWidget]) -> None:
        """Put more below."""
        for part in parts:
            self._column.addWidget(part)
            part.show()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, hint_for_width(self, super().minimumSizeHint()).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
