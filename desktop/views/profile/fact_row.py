"""A fact about a customer, and the line in which it stands at rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.views.kit import theme
from desktop.views.kit.fields import Field

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NAME_WIDTH = 76
_PAD = 3
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_LONG = re.compile(r"[!-~]{13,}")
_BREAK = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True)
class Fact:
    """One fact: its name, what is shown of it ("" for nothing), its field and what keeps the field's value.

    `extra` are further things to do while it is edited, as (icon, words, what gives the changes).
    """

    key: str
    title: str
    shown: str
    field: Callable[[], Field]
    store: Callable[[Any], Changes]
    extra: Sequence[tuple[str, str, Callable[[], Changes]]] = ()


class FactRow(QWidget):
    """A fact at rest. It paints itself: two labels a row would be most of what opening a profile costs."""

    opened = Signal()

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._name, self._value = fact.title, breakable(fact.shown)
        self._heights: dict[int, int] = {}
        self.setFont(theme.font(theme.SMALL))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Click, Enter or F2 to change it"))
        self.setAccessibleName(tr("{name}: {value}", name=fact.title, value=fact.shown or tr("not noted")))

    def sizeHint(self) -> QSize:
        return QSize(_NAME_WIDTH + 120, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(_NAME_WIDTH + 90, self.fontMetrics().height() + 2 * _PAD)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._height_for(width)
        return self._heights[width]

    def _height_for(self, width: int) -> int:
        name, value = self._boxes(width)
        metrics = self.fontMetrics()
        tall = max(
            metrics.boundingRect(box, _WRAPPED, text).height()
            for box, text in ((name, self._name), (value, self._value or "—"))
        )
        return tall + 2 * _PAD

    def _boxes(self, width: int) -> tuple[QRect, QRect]:
        """Where the name and the value stand."""
        left = _PAD * 2 + _NAME_WIDTH + 8
        name = QRect(_PAD * 2, _PAD, _NAME_WIDTH, 10_000)
        return name, QRect(left, _PAD, max(width - left - _PAD * 2, 60), 10_000)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*ENTER, Qt.Key.Key_Space, Qt.Key.Key_F2):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.current()
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(tokens.accent))
            painter.drawRoundedRect(box, 6, 6)
        name, value = self._boxes(self.width())
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.muted))
        painter.drawText(name, _WRAPPED, self._name)
        painter.setPen(QColor(tokens.text if self._value else tokens.muted))
        painter.drawText(value, _WRAPPED, self._value or "—")


def breakable(text: str) -> str:
    """The text with places where a long word, such as an address of e-mail, may be broken."""
    return _LONG.sub(
        lambda word: _BREAK.join(word[0][at : at + 10] for at in range(0, len(word[0]), 10)), text
    )
