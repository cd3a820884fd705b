"""Parts of the complaint's pane that fold, and which of them this machine keeps folded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.context import Context
from desktop.views.kit.icons import icon
from desktop.views.kit.labels import label

_KEY = "ui.columns.complaint-pane"
_FOLDED_AT_FIRST = ("files",)


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
        self._habits, self._title = habits, title
        self._head = QToolButton()
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._head.setText(title)
        self._head.setFont(theme.font(theme.SECTION, bold=True))
        self._head.setIconSize(QSize(15, 15))
        self._head.setCursor(Qt.CursorShape.PointingHandCursor)
        self._head.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head.setStyleSheet("padding: 1px 4px 1px 0")
        self._head.clicked.connect(lambda: self.fold(on=not self.folded()))
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
        self._show(folded=habits.folded(key))

    def add_button(self, picture: str, name: str, run: Callable[[], object]) -> IconButton:
        """Put a small button at the end of the title's line."""
        made = IconButton(picture, name, run, role="muted")
        made.setFixedSize(28, 28)
        self.row.addWidget(made)
        return made

    def fold(self, *, on: bool) -> None:
        """Fold the section, or open it, and keep it so."""
        self._habits.fold(self.key, on=on)
        self._show(folded=on)
        if not on:
            self.unfolded.emit()

    def folded(self) -> bool:
        """Whether it is folded."""
        return not self.body.isVisibleTo(self)

    def _show(self, *, folded: bool) -> None:
        self.body.setVisible(not folded)
        self._head.setIcon(icon("chevron-right" if folded else "chevron-down", "muted"))
        named = (
            tr("Unfold “{section}”", section=self._title)
            if folded
            else tr("Fold “{section}”", section=self._title)
        )
        self._head.setToolTip(named)
        self._head.setAccessibleName(self._title)
        self._head.setAccessibleDescription(named)
