"""A row that tells one thing: what happened or is to be done, in words, with a time or a button."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.kit import theme
from desktop.views.kit.cards import IconTile
from desktop.views.kit.labels import ElidedLabel, label
from desktop.views.kit.layouts import Separator
from desktop.views.kit.theme import Tone

_TITLE_WIDTH = 240


def _beginning(title: str, *, alone: bool) -> ElidedLabel:
    """A title at the beginning of a line: whole as long as it is no longer than a name usually is."""
    made = ElidedLabel(title, bold=True)
    made.setMinimumWidth(min(made.sizeHint().width(), _TITLE_WIDTH))
    if not alone:
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


class ActivityRow(QWidget):
    """One thing that happened or is to be done: icon, title, words, and on the right a time or a button."""

    clicked = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        right: str = "",
        *,
        tone: Tone = "grey",
        action: QWidget | None = None,
        inline: bool = False,
        clickable: bool = False,
        line: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clickable = clickable
        if clickable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(" · ".join(part for part in (title, text, right) if part))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        words: QHBoxLayout | QVBoxLayout = QHBoxLayout() if inline else QVBoxLayout()
        words.setSpacing(8 if inline else 1)
        if inline:
            words.addWidget(_beginning(title, alone=not text))
        elif title:
            words.addWidget(ElidedLabel(title, bold=True))
        if text:
            words.addWidget(ElidedLabel(text, size=theme.BODY if inline else theme.SMALL, role="muted"), 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        row.addWidget(
            IconTile(icon, tone), 0, Qt.AlignmentFlag.AlignVCenter if inline else Qt.AlignmentFlag.AlignTop
        )
        row.addLayout(words, 1)
        if right:
            row.addWidget(label(right, size=theme.SMALL, role="muted"), 0, Qt.AlignmentFlag.AlignTop)
        if action:
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        if line:
            layout.addWidget(Separator())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._clickable:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clickable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QColor(theme.current().accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -1.5), 6, 6)
