"""The steps of a longer job, with where we are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.translation import tr
from desktop.views.kit import icons, theme

_DISC, _GAP, _LINE = 24, 8, 60


class Stepper(QWidget):
    """Numbered steps on one line: done, now, to come."""

    def __init__(self, steps: Sequence[str], current: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._current = current
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_current(current)

    def set_current(self, current: int) -> None:
        """Go to a step, counted from 0; one past the last means all is done."""
        self._current = current
        if 0 <= current < len(self._steps):
            self.setAccessibleName(
                tr(
                    "Step {number} of {count}: {step}",
                    number=current + 1,
                    count=len(self._steps),
                    step=self._steps[current],
                )
            )
        self.update()

    def current(self) -> int:
        """Where we are, counted from 0."""
        return self._current

    def sizeHint(self) -> QSize:
        bold = QFontMetrics(theme.font(bold=True))
        words = sum(bold.horizontalAdvance(step) for step in self._steps)
        count = len(self._steps)
        return QSize(words + count * (_DISC + _GAP) + (count - 1) * (_LINE + 2 * 14), _DISC + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() - (len(self._steps) - 1) * (_LINE - 16), _DISC + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spare = self.width() - self.minimumSizeHint().width()
        line = min(_LINE, 16 + max(0, spare) // max(1, len(self._steps) - 1))
        x, middle = 0.0, self.height() / 2
        for index, step in enumerate(self._steps):
            if index:
                painter.setPen(QColor(tokens.line))
                painter.drawLine(round(x + 14), round(middle), round(x + 14 + line), round(middle))
                x += line + 28
            reached = index <= self._current
            disc = QRectF(x, middle - _DISC / 2, _DISC, _DISC)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent if reached else tokens.grey_soft))
            painter.drawEllipse(disc)
            if index < self._current:
                picture = icons.pixmap("check", "on_accent", 14, self.devicePixelRatioF())
                painter.drawPixmap(round(disc.x() + 5), round(disc.y() + 5), picture)
            else:
                painter.setPen(QColor(tokens.on_accent if reached else tokens.muted))
                painter.setFont(theme.font(theme.SMALL, bold=True))
                painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(index + 1))
            x += _DISC + _GAP
            painter.setFont(theme.font(bold=index == self._current))
            painter.setPen(QColor(tokens.text if reached else tokens.muted))
            width = painter.fontMetrics().horizontalAdvance(step)
            painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, step)
            x += width
