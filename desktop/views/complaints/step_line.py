"""The lines of the complaint's pane: an icon or a tick, a bold title, a quiet time, words, small buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.views.kit import icons, theme
from desktop.views.kit.buttons import IconButton, SecondaryButton
from desktop.views.kit.cards import IconTile
from desktop.views.kit.icons import icon
from desktop.views.kit.labels import ElidedLabel, IconLabel, label, plain_tip
from desktop.views.kit.layouts import FlowLayout, Separator
from desktop.views.kit.theme import Tone

Choice = tuple[str, str, Callable[[], object]]
"""Icon, words and doing of an entry of a line's menu."""
_TILE = 30


class TickTile(QAbstractButton):
    """A step that is still to be done, on the ground of its tone; a click, or the space bar, does it."""

    def __init__(self, picture: str, tone: Tone, name: str, run: Callable[[], object]) -> None:
        super().__init__()
        self._picture, self._tone = picture, tone
        self.setFixedSize(_TILE, _TILE)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(lambda: run())

    def sizeHint(self) -> QSize:
        return QSize(_TILE, _TILE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tile; who points at it sees the tick that a click would leave."""
        tokens = theme.current()
        near = self.underMouse() or self.hasFocus()
        tone: Tone = "accent" if near else self._tone
        _, ground = tokens.tone(tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        role = {"grey": "muted"}.get(tone, tone)
        shown = icons.pixmap("check" if near else self._picture, role, 17, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - 17) // 2, (self.height() - 17) // 2, shown)


class StepLine(QWidget):
    """One line of a section: icon or tick, bold title, a quiet time, and words that wrap.

    `ground` puts the words on a soft ground of that tone, as who said them wants to be told apart.
    """

    def __init__(
        self,
        picture: str | QWidget,
        tone: Tone,
        title: str,
        when: str,
        text: str = "",
        *,
        ground: Tone | None = None,
        quiet: bool = False,
    ) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        tile = IconTile(picture, tone) if isinstance(picture, str) else picture
        row.addWidget(tile, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(1)
        self.title = label(
            title, bold=not quiet, size=theme.SMALL, role="muted" if quiet else "text", wrap=True
        )
        self.when = label(when, size=theme.SMALL, role="muted", wrap=True, selectable=True)
        said.addWidget(self.title)
        said.addWidget(self.when)
        # Hiding and showing what stands in nothing yet costs time: a line is told its time once.
        self._timed = bool(when)
        if not when:
            self.when.hide()
        if text:
            said.addWidget(_grounded(text, ground) if ground else _words(text, "muted"))
        self._said, self._row = said, row
        self._buttons: FlowLayout | None = None
        row.addLayout(said, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(Separator())
        self.setAccessibleName(" · ".join(part for part in (title, when, text) if part))

    def say(self, title: str, when: str, role: str = "muted") -> None:
        """Say the same of another moment."""
        self.title.setText(title)
        self.when.setText(when)
        if self._timed != bool(when):
            self._timed = bool(when)
            self.when.setVisible(self._timed)
        if self.when.property("role") != role:
            self.when.setProperty("role", role)
            self.when.style().unpolish(self.when)
            self.when.style().polish(self.when)

    def add_button(self, text: str, run: Callable[[], object]) -> SecondaryButton:
        """Put a small button below the words."""
        if self._buttons is None:
            # An empty row would hold the words to its own width.
            holder = QWidget()
            self._buttons = FlowLayout(holder, gap=6, line_gap=4)
            self._buttons.setContentsMargins(0, 5, 0, 0)
            self._said.addWidget(holder)
        made = SecondaryButton(text, on_click=run, small=True)
        made.setAccessibleDescription(self.title.text())
        self._buttons.addWidget(made)
        return made

    def add_menu(self, name: str, choices: list[Choice]) -> IconButton:
        """Put what is done more rarely behind “…” at the line's end."""
        button = IconButton("ellipsis", name, role="muted")
        button.setFixedSize(28, 28)
        menu = QMenu(button)
        for picture, text, run in choices:
            menu.addAction(icon(picture), text).triggered.connect(lambda _=False, run=run: run())
        button.setMenu(menu)
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return button


class DoneLine(QWidget):
    """A step that is done, in a line of its own: a tick, what it was, and when."""

    def __init__(
        self, title: str, when: str, *, role: str = "muted", who: str = "", done: bool = True
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 0, 2)
        row.setSpacing(12)
        row.addWidget(IconLabel("check" if done else "chevron-right", "accent" if done else "muted"))
        row.addWidget(ElidedLabel(title, size=theme.SMALL, role="text" if done else "muted"), 1)
        row.addWidget(label(when, size=theme.SMALL, role=role))
        told = " · ".join(part for part in (title, when, who) if part)
        self.setAccessibleName(told)
        self.setToolTip(plain_tip(told))


def _words(text: str, role: str) -> QWidget:
    return label(text, size=theme.SMALL, role=role, wrap=True, selectable=True)


def _grounded(text: str, tone: Tone) -> QWidget:
    frame = QFrame()
    frame.setProperty("tone", tone)
    column = QVBoxLayout(frame)
    column.setContentsMargins(10, 7, 10, 7)
    column.addWidget(_words(text, "text"))
    around = QWidget()
    outer = QVBoxLayout(around)
    outer.setContentsMargins(0, 4, 0, 0)
    outer.addWidget(frame)
    return around
