"""The sidebar: the shop's name, the places in groups with their badges, the state of the book at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.kit import icons, theme
from desktop.views.kit.buttons import IconButton, SecondaryButton
from desktop.views.kit.labels import ElidedLabel, IconLabel, label
from desktop.views.kit.layouts import ScrollColumn, clear
from desktop.views.kit.theme import Tone
from desktop.views.shell.places import GROUPS, Place

WIDTH = 216


class Mark(QWidget):
    """The program's mark: its first character on the accent."""

    def __init__(self, size: int = 30) -> None:
        super().__init__()
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(QRectF(self.rect()), self.width() * 0.23, self.width() * 0.23)
        painter.setPen(QColor(tokens.on_accent))
        painter.setFont(theme.font(round(self.width() * 0.53), bold=True))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, "熟")


class PlaceButton(QPushButton):
    """One place with its icon and, when something waits there, a badge."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self._badge = 0
        self._tone: Tone = "grey"
        self.setProperty("kind", "place")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setText(tr(place.title).replace("&", "&&"))
        self.setIconSize(QSize(18 + 8, 18))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._paint_icon)
        self._paint_icon(False)
        self._speak()

    def set_badge(self, count: int, tone: Tone) -> None:
        """Show how many things wait there; 0 shows none."""
        self._badge, self._tone = count, tone
        self._speak()
        self.update()

    def badge(self) -> int:
        """The number on the badge."""
        return self._badge

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._badge:
            return
        words = f"{self._badge:,}" if self._badge < 1000 else "999+"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        width = max(20, painter.fontMetrics().horizontalAdvance(words) + 12)
        box = QRectF(self.width() - width - 10, (self.height() - 19) / 2, width, 19)
        ink, ground = theme.current().tone(self._tone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 9.5, 9.5)
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_icon(self, on: bool) -> None:
        self.setIcon(icons.icon(self.place.icon, "accent" if on else "muted", gap=8))

    def _speak(self) -> None:
        name = tr(self.place.title)
        self.setAccessibleName(
            tr("{place}, {count} waiting", place=name, count=self._badge) if self._badge else name
        )


class Sidebar(QWidget):
    """The places; the arrows go up and down among them."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._places = places
        self._buttons: dict[str, PlaceButton] = {}
        self._group = QButtonGroup(self)
        self.shop_name = ElidedLabel(tr("Shuke"), size=16, bold=True)
        self.counter_button = SecondaryButton(tr("Counter"), "store", tip=tr("Open the counter"))
        self.menu_button = IconButton("ellipsis", tr("Menu"), role="muted")
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.setSpacing(10)
        head.addWidget(Mark())
        head.addWidget(self.shop_name, 1)
        head.addWidget(self.menu_button)
        self._scroll = ScrollColumn(gap=2)
        self.state = ElidedLabel("", size=12, role="muted")
        self._state_icon = QHBoxLayout()
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 6, 4, 0)
        foot.setSpacing(8)
        foot.addLayout(self._state_icon)
        foot.addWidget(self.state, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 16, 10, 18)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.counter_button)
        layout.addLayout(foot)
        self._fill()

    def _fill(self) -> None:
        column = self._scroll.column
        for key, title in GROUPS:
            members = [place for place in self._places if place.group == key]
            if not members:
                continue
            heading = label(tr(title).upper(), size=12, bold=True, role="muted")
            heading.setContentsMargins(10, 14, 0, 4)
            column.addWidget(heading)
            for place in members:
                button = PlaceButton(place)
                button.clicked.connect(lambda _=False, where=place.key: self.chosen.emit(where))
                self._group.addButton(button)
                self._buttons[place.key] = button
                column.addWidget(button)
        column.addStretch(1)

    def mark(self, key: str) -> None:
        """Light up the place where the window is."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def button(self, key: str) -> PlaceButton:
        """The button of a place."""
        return self._buttons[key]

    def set_badge(self, key: str, count: int, tone: Tone = "grey") -> None:
        """Show how many things wait at a place."""
        if key in self._buttons:
            self._buttons[key].set_badge(count, tone)

    def set_state(self, icon: str, text: str) -> None:
        """Say how the book is."""
        clear(self._state_icon)
        self._state_icon.addWidget(IconLabel(icon, "muted", 15))
        self.state.set_whole(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk along the places."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
