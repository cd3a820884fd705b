"""A button for a finger: large, with an icon and the key that does the same."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOption, QWidget

from desktop.views.kit import icons, theme

HEIGHT = 56
_ICON = 22
_GAP = 9
_MARGIN = 12


class BigButton(QAbstractButton):
    """`primary` for the one thing to do; `checkable` ones show that they are chosen; `key` is only shown.

    `name` is what a screen reader says where the text does not say it all.
    """

    def __init__(
        self,
        text: str,
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        key: str = "",
        primary: bool = False,
        checkable: bool = False,
        height: int = HEIGHT,
        size: int = 16,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self.key, self._primary = icon, key, primary
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setCheckable(checkable)
        self.setFont(theme.font(size, bold=primary))
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if name or key:
            self.setToolTip(name or f"{text} ({key})")
        if on_click:
            self.clicked.connect(lambda: on_click())

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2 * _MARGIN
        width += _ICON + (_GAP if self.text() else 0) if self._icon else 0
        width += self._key_width() + _GAP if self.key else 0
        return QSize(max(width, self.height()), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, and not what stands around it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOption()
        option.initFrom(self)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver) and self.isEnabled()
        ground, edge, ink = tokens.surface, tokens.line, tokens.text
        role = "text"
        if self._primary:
            ground, edge, ink, role = tokens.accent, tokens.accent, tokens.on_accent, "on_accent"
        elif self.isChecked():
            ground, edge, ink, role = tokens.accent_soft, tokens.accent, tokens.accent, "accent"
        if not self.isEnabled():
            ground, edge, ink, role = tokens.grey_soft, tokens.grey_soft, tokens.disabled, "disabled"
        elif over or self.isDown():
            ground = (
                tokens.accent_strong
                if self._primary
                else tokens.accent_soft
                if self.isChecked()
                else tokens.hover
            )
        focused = self.hasFocus()
        width = 2.0 if focused else 1.0
        painter.setPen(
            QPen(QColor((tokens.text if self._primary else tokens.accent) if focused else edge), width)
        )
        painter.setBrush(QColor(ground))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 10, 10)
        self._draw_words(painter, ink, role)

    def _draw_words(self, painter: QPainter, ink: str, role: str) -> None:
        painter.setFont(self.font())
        words = painter.fontMetrics().horizontalAdvance(self.text())
        icon = _ICON + (_GAP if self.text() else 0) if self._icon else 0
        whole = words + icon + (self._key_width() + _GAP if self.key else 0)
        left = (self.width() - whole) // 2
        if self._icon:
            picture = icons.pixmap(self._icon, role, _ICON, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(left, (self.height() - _ICON) // 2), picture)
            left += icon
        painter.setPen(QColor(ink))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 0, words + 2, self.height()), middle, self.text())
        if self.key:
            box = QRectF(left + words + _GAP, (self.height() - 22) / 2, self._key_width(), 22)
            painter.setFont(theme.font(12))
            faint = QColor(ink)
            faint.setAlphaF(0.75)
            painter.setPen(faint)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.key)

    def _key_width(self) -> int:
        return QFontMetrics(theme.font(12)).horizontalAdvance(self.key) + 12
