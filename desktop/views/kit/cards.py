"""White sheets and what stands on them: cards, tiles with a figure, named values, rows of activity."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.kit import icons, theme
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.labels import ElidedLabel, IconLabel, label, plain_tip
from desktop.views.kit.layouts import clear, hint_for_width
from desktop.views.kit.theme import Tone


class _Head(QWidget):
    """The line above a card's body."""

    def __init__(self, title: str, subtitle: str, action: QWidget | None) -> None:
        super().__init__()
        self._title = label(title, size=theme.SECTION, bold=True)
        self._subtitle = ElidedLabel(subtitle, size=theme.SMALL, role="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._subtitle, 1)
        if action:
            row.addWidget(action)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def write(self, title: str, subtitle: str) -> None:
        """Another title; without any words the line goes."""
        self._title.setText(title)
        self._subtitle.set_whole(subtitle)
        self.setVisible(bool(title or subtitle))


class Card(QFrame):
    """A white sheet with hairline edges; fill `body`. Title and subtitle stand on one line.

    `hug`: never taller than what stands on it.
    """

    clicked = Signal()
    _hugs = False

    def __init__(
        self,
        title: str = "",
        subtitle: str = "",
        *,
        action: QWidget | None = None,
        margin: int = 18,
        hug: bool = False,
        clickable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._clickable = clickable
        self._hugs = hug
        if hug:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(margin, margin - 2 if margin else 0, margin, margin - 2 if margin else 0)
        outer.setSpacing(10)
        self._head: _Head | None = None
        if title or subtitle or action:
            self._make_head(title, subtitle, action)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)
        if clickable:
            self.setProperty("clickable", True)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setAccessibleName(title)

    def sizeHint(self) -> QSize:
        return hint_for_width(self, super().sizeHint()) if self._hugs else super().sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._hugs and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _make_head(self, title: str, subtitle: str, action: QWidget | None) -> None:
        self._head = _Head(title, subtitle, action)
        self._outer.insertWidget(0, self._head)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Write another title."""
        if self._head is not None:
            self._head.write(title, subtitle)
        elif title or subtitle:
            self._make_head(title, subtitle, None)

    def set_chosen(self, on: bool) -> None:
        """Mark the card as the chosen one among its like."""
        self.setProperty("chosen", on)
        self.style().unpolish(self)
        self.style().polish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._clickable and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clickable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class Tile(Card):
    """A figure with what it is and a note on it; `tone` colours the note."""

    def __init__(
        self, name: str, figure: str = "—", note: str = "", tone: str = "muted", *, clickable: bool = False
    ) -> None:
        super().__init__(clickable=clickable, hug=True)
        self._name = ElidedLabel(name, size=theme.SMALL, role="muted")
        self._figure = ElidedLabel(figure, size=theme.FIGURE, bold=True)
        self._note = ElidedLabel(note, size=theme.SMALL, role=tone)
        self.body.setSpacing(3)
        for line in (self._name, self._figure, self._note):
            self.body.addWidget(line)
        self._speak()

    def set(self, figure: str, note: str = "", tone: str = "muted", *, shorter: str = "") -> None:
        """Show another figure, `shorter` where there is no room for it."""
        self._figure.set_whole(figure, shorter)
        self._note.set_whole(note)
        if self._note.property("role") != tone:
            self._note.setProperty("role", tone)
            self._note.style().unpolish(self._note)
            self._note.style().polish(self._note)
        self._speak()

    def figure(self) -> str:
        """The figure as shown."""
        return self._figure.whole()

    def _speak(self) -> None:
        self.setAccessibleName(f"{self._name.whole()}: {self._figure.whole()} {self._note.whole()}".strip())
        self.setToolTip(plain_tip(self._note.whole()))


class KeyValueList(QWidget):
    """Names and values in two columns; values can be selected."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = (), *, name_width: int = 0) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        if name_width:
            self._grid.setColumnMinimumWidth(0, name_width)
        self.set_pairs(pairs)

    def set_pairs(self, pairs: Iterable[tuple[str, str]], roles: dict[str, str] | None = None) -> None:
        """Show other pairs; `roles` colours the value of a name."""
        clear(self._grid)
        for row, (name, value) in enumerate(pairs):
            left = label(name, size=theme.SMALL, role="muted")
            role = (roles or {}).get(name, "text")
            right = label(value or "—", size=theme.SMALL, wrap=True, role=role, selectable=True)
            right.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(right, row, 1)


class IconTile(QWidget):
    """An icon on a soft square in its tone."""

    def __init__(self, icon: str, tone: Tone = "grey", size: int = 30) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        _, ground = theme.current().tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()), 7, 7)
        role = {"grey": "muted"}.get(self._tone, self._tone)
        picture = icons.pixmap(self._icon, role, 17, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - 17) // 2, (self.height() - 17) // 2, picture)


class Banner(QFrame):
    """A few words on a soft ground: advice, a warning, what was recognised."""

    def __init__(self, icon: str, text: str, tone: Tone = "amber", *, title: str = "") -> None:
        super().__init__()
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        role = {"grey": "muted"}.get(tone, tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 11, 14, 11)
        row.setSpacing(10)
        row.addWidget(IconLabel(icon, role), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        if title:
            words.addWidget(label(title, size=theme.SMALL, bold=True, role=role, wrap=True))
        self.text: QLabel = label(text, size=theme.SMALL, role="text" if title else role, wrap=True)
        words.addWidget(self.text)
        row.addLayout(words, 1)

    def sizeHint(self) -> QSize:
        return hint_for_width(self, super().sizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class EmptyState(QWidget):
    """What stands where a list would be: what is missing, and what to do about it."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        action_text: str = "",
        on_action: Callable[[], object] | None = None,
        *,
        action_icon: str = "",
    ) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(IconTile(icon, "accent", 48), 0, centre)
        heading = label(title, size=theme.SECTION, bold=True, wrap=True)
        heading.setAlignment(centre)
        layout.addWidget(heading)
        if text:
            words = label(text, role="muted", wrap=True)
            words.setAlignment(centre)
            layout.addWidget(words)
        if action_text:
            layout.addSpacing(4)
            self.button = PrimaryButton(action_text, action_icon, on_action)
            layout.addWidget(self.button, 0, centre)
        layout.addStretch(3)

    def sizeHint(self) -> QSize:
        return QSize(320, 220)
