"""Parts of the complaint's pane that fold, and which of them this machine keeps folded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.context import Context
from desktop.views.kit.icons import pixmap
from desktop.views.kit.labels import label

_KEY = "ui.columns.complaint-pane"
_FOLDED_AT_FIRST = ("files",)
_CHEVRON = 20
"""Pixels before a title for what says whether it is folded."""


class PaneHabits:
    """What the person at this machine folds away, and how they read the timeline."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        kept = ctx.settings.get(_KEY)
        self._kept: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}

    def folded(self, key: str, *, otherwise: bool | None = None) -> bool:
        """Whether a part is folded; `otherwise` holds until somebody folds or unfolds it."""
        known = self._kept.get("folds")
        first = key in _FOLDED_AT_FIRST if otherwise is None else otherwise
        return bool(known.get(key, first)) if isinstance(known, dict) else first

    def fold(self, key: str, *, on: bool) -> None:
        """Keep that a part is folded, or is not."""
        known = self._kept.get("folds")
        self._keep("folds", {**(known if isinstance(known, dict) else {}), key: on})

    @property
    def oldest_first(self) -> bool:
        """Whether the timeline begins with what came first."""
        return bool(self._kept.get("oldest", False))

    def turn(self) -> None:
        """Read the timeline the other way round."""
        self._keep("oldest", not self.oldest_first)

    def _keep(self, key: str, value: object) -> None:
        self._kept[key] = value
        self._ctx.settings.set(_KEY, dict(self._kept))


class _Title(QAbstractButton):
    """The title of a part: a click, Enter or the space bar folds it. Painted, for a pane has ten of them."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setText(title)
        self.setFont(theme.font(theme.SECTION, bold=True))
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.picture = "chevron-down"

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(_CHEVRON + metrics.horizontalAdvance(self.text()) + 8, max(metrics.height() + 4, 28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = pixmap(self.picture, "text" if self.underMouse() else "muted", 15, self.devicePixelRatioF())
        painter.drawPixmap(0, (self.height() - 15) // 2, shown)
        painter.setFont(self.font())
        tokens = theme.current()
        painter.setPen(QColor(tokens.accent if self.hasFocus() else tokens.text))
        room = self.rect().adjusted(_CHEVRON, 0, 0, 0)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


class Section(QWidget):
    """A title that folds what stands below it; `count` is read beside it, also while it is folded."""

    unfolded = Signal()

    def __init__(
        self,
        habits: PaneHabits,
        key: str,
        title: str,
        lines: Sequence[QWidget],
        *,
        count: str = "",
        gap: int = 0,
    ) -> None:
        super().__init__()
        self.key = key
        self._habits, self._folded = habits, habits.folded(key)
        self._head = _Title(title)
        self._head.clicked.connect(lambda: self.fold(on=not self._folded))
        self.row = QHBoxLayout()
        self.row.setSpacing(6)
        self.row.addWidget(self._head)
        self.count = label(count, size=theme.SMALL, role="muted")
        self.row.addWidget(self.count)
        self.row.addStretch(1)
        self.body: QWidget = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(gap)
        for line in lines:
            self.column.addWidget(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self.row)
        layout.addWidget(self.body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        # Showing what stands in nothing yet costs time: only what is folded is told so.
        if self._folded:
            self.body.hide()
        self._say()

    def add_button(self, picture: str, name: str, run: Callable[[], object]) -> IconButton:
        """Put a small button at the end of the title's line."""
        made = IconButton(picture, name, run, role="muted")
        made.setFixedSize(28, 28)
        self.row.addWidget(made)
        return made

    def fold(self, *, on: bool) -> None:
        """Fold the section, or open it, and keep it so."""
        self._habits.fold(self.key, on=on)
        self._folded = on
        self.body.setVisible(not on)
        self._say()
        if not on:
            self.unfolded.emit()

    def folded(self) -> bool:
        """Whether it is folded."""
        return self._folded

    def _say(self) -> None:
        title, folded = self._head.text(), self._folded
        self._head.picture = "chevron-right" if folded else "chevron-down"
        named = tr("Unfold “{section}”", section=title) if folded else tr("Fold “{section}”", section=title)
        self._head.setToolTip(named)
        self._head.setAccessibleDescription(named)
        self._head.update()
