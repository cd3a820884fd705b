"""One field of customers side by side: whose value stays is a click or an arrow key away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import hint_for_width

TITLE_WIDTH = 104
_DOT = 14


class Cell(QWidget):
    """A value to choose; the dot says whether it stays."""

    pressed = Signal()

    def __init__(self, text: str, *, several: bool) -> None:
        super().__init__()
        self.text, self._several = text, several
        self._chosen = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._label = label(text or "—", size=theme.SMALL, wrap=True, role="text" if text else "muted")
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_DOT + 18, 6, 10, 6)
        layout.addWidget(self._label, 1, Qt.AlignmentFlag.AlignVCenter)

    def show_state(self, *, chosen: bool) -> None:
        """Draw whether it stays."""
        self._chosen = chosen
        self._label.setProperty("role", "text" if chosen and self.text else "muted")
        self._label.style().unpolish(self._label)
        self._label.style().polish(self._label)
        self.update()

    def chosen(self) -> bool:
        """Whether it stays."""
        return self._chosen

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        edge = tokens.accent if self._chosen else tokens.line
        painter.setPen(QPen(QColor(edge), 1.5 if self._chosen else 1))
        painter.setBrush(QColor(tokens.accent_soft if self._chosen else tokens.surface))
        painter.drawRoundedRect(box, 8, 8)
        dot = QRectF(11, self.rect().center().y() - _DOT / 2 + 0.5, _DOT, _DOT)
        radius = 4 if self._several else _DOT / 2
        painter.setPen(QPen(QColor(tokens.accent if self._chosen else tokens.outline), 1.4))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(dot, radius, radius)
        if self._chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            inner = dot.adjusted(3.5, 3.5, -3.5, -3.5)
            painter.drawRoundedRect(inner, 2 if self._several else radius, 2 if self._several else radius)


class FieldChoice(QWidget):
    """A field in which customers differ: one value stays, or of a text (`several`) any of them together.

    Left and right choose, a number chooses by its place, the space bar takes all of a text; up and down go
    from field to field.
    """

    changed = Signal()
    left = Signal()
    """Enter or Esc: the keyboard goes back to the list."""

    def __init__(self, key: str, title: str, values: Sequence[str], *, several: bool = False) -> None:
        super().__init__()
        self.key, self.title, self.several = key, title, several
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._cells = [Cell(value, several=several) for value in values]
        filled = [at for at, value in enumerate(values) if value]
        self._chosen = set(filled) if several else set(filled[:1])
        self.contradicts = len({value for value in values if value}) > 1
        """Whether two of them say different things; a blank that is filled is no contradiction."""
        role = "amber" if self.contradicts and not several else "text"
        name = label(title, size=theme.SMALL, bold=True, wrap=True, role=role)
        name.setFixedWidth(TITLE_WIDTH - 8)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignVCenter)
        for at, cell in enumerate(self._cells):
            cell.pressed.connect(lambda at=at: self._press(at))
            row.addWidget(cell, 1)
        self._show()

    def chosen(self) -> list[int]:
        """The places of the values that stay, in order."""
        return sorted(self._chosen)

    def all_chosen(self) -> bool:
        """Whether every value that is one stays."""
        return self._chosen >= {at for at, cell in enumerate(self._cells) if cell.text}

    def choose(self, at: int) -> None:
        """Let one value stay."""
        if 0 <= at < len(self._cells):
            self._set({at})

    def cell(self, at: int) -> Cell:
        """The value at a place."""
        return self._cells[at]

    def _press(self, at: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.several and self._chosen != {at}:
            self._set(self._chosen ^ {at})
        else:
            self.choose(at)

    def _set(self, chosen: set[int]) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        for at, cell in enumerate(self._cells):
            cell.show_state(chosen=at in self._chosen)
        stays = tr(" + ").join(self._cells[at].text or tr("nothing") for at in self.chosen())
        self.setAccessibleName(tr("{field}: {value} stays", field=self.title, value=stays))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, or go on."""
        key = event.key()
        here = min(self._chosen, default=0)
        if key == Qt.Key.Key_Left:
            self.choose(max(0, here - 1))
        elif key == Qt.Key.Key_Right:
            self.choose(min(len(self._cells) - 1, here + 1))
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.choose(key - Qt.Key.Key_1)
        elif key == Qt.Key.Key_Space and self.several:
            self._set(set(range(len(self._cells))))
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().accent))
            painter.drawRoundedRect(QRectF(0, 2, 3, self.height() - 4), 1.5, 1.5)

    def sizeHint(self) -> QSize:
        return hint_for_width(self, super().sizeHint())


class SameField(QWidget):
    """A field in which they agree, or of which everything is kept: told, not asked."""

    def __init__(self, title: str, values: Sequence[str]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 0, 3)
        row.setSpacing(8)
        name = label(title, size=theme.SMALL, role="muted", wrap=True)
        name.setFixedWidth(TITLE_WIDTH - 8)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        for value in values:
            column = QVBoxLayout()
            column.setContentsMargins(11, 0, 10, 0)
            shown = label(value or "—", size=theme.SMALL, wrap=True, role="muted", selectable=True)
            shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            column.addWidget(shown)
            column.addStretch()
            row.addLayout(column, 1)

    def sizeHint(self) -> QSize:
        return hint_for_width(self, super().sizeHint())
