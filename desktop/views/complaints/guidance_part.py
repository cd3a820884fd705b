"""How to meet the complainant: the advice for their mood on a soft ground, folded where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout

from desktop.core.translation import tr
from desktop.queries.guidance import advice
from desktop.views.complaints.section import PaneHabits
from desktop.views.complaints.shown import Shown
from desktop.views.kit import theme
from desktop.views.kit.icons import icon
from desktop.views.kit.labels import IconLabel, label
from desktop.views.kit.layouts import hint_for_width

KEY = "guidance"


def guidance(shown: Shown, *, room: bool) -> Guidance | None:
    """The advice; None once there is nothing to be said any more. `room`: there is some for all of it."""
    if not shown.detail.row.open:
        return None
    title, text = advice(shown.ctx.book, shown.detail.mood)
    return Guidance(shown.habits, title, text, folded=shown.habits.folded(KEY, otherwise=not room))


class Guidance(QFrame):
    """The title says the gist; the words below it fold away."""

    def __init__(self, habits: PaneHabits, title: str, text: str, *, folded: bool) -> None:
        super().__init__()
        self._habits, self._title = habits, title
        self.setProperty("tone", "accent")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout()
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(IconLabel("heart", "accent"), 0, top)
        row.addWidget(label(title, size=theme.SMALL, bold=True, role="accent", wrap=True), 1)
        self.button = QToolButton()
        self.button.setIconSize(QSize(15, 15))
        self.button.setFixedSize(24, 24)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(lambda: self.fold(on=not self.folded()))
        row.addWidget(self.button, 0, top)
        self.text = label(text, size=theme.SMALL, wrap=True, selectable=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 9, 8, 9)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.text)
        self._folded = folded
        if folded:
            self.text.hide()
        self._say()

    def folded(self) -> bool:
        """Whether only the title shows."""
        return self._folded

    def fold(self, *, on: bool) -> None:
        """Fold the words away, or show them, and keep it so."""
        self._habits.fold(KEY, on=on)
        self._fold(on=on)

    def fit(self, *, room: bool) -> None:
        """Show the words where there is room for them, unless somebody decided otherwise."""
        folded = self._habits.folded(KEY, otherwise=not room)
        if folded != self._folded:
            self._fold(on=folded)

    def _fold(self, *, on: bool) -> None:
        self._folded = on
        self.text.setVisible(not on)
        self._say()

    def _say(self) -> None:
        folded = self._folded
        self.button.setIcon(icon("chevron-right" if folded else "chevron-down", "accent"))
        named = tr("Show the advice") if folded else tr("Fold the advice")
        self.button.setToolTip(named)
        self.button.setAccessibleName(named)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return hint_for_width(self, super().sizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
