"""A fact being edited where it stands: Enter keeps it, Esc leaves it, going elsewhere keeps it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import IconButton
from desktop.views.profile.fact_row import ENTER, Fact


class FactEditor(QWidget):
    """A fact being edited: its field, and what keeps or leaves it. `done` says that it is at rest again."""

    done = Signal()

    def __init__(self, ctx: Context, fact: Fact) -> None:
        super().__init__()
        self._ctx, self.fact = ctx, fact
        self._over = False
        self.field = fact.field()
        self._before = self.field.value()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 6)
        column.setSpacing(4)
        column.addWidget(self.field)
        foot = QHBoxLayout()
        foot.setSpacing(2)
        for icon, text, run in fact.extra:
            foot.addWidget(IconButton(icon, text, self._runner(run), role="muted"))
        foot.addStretch(1)
        foot.addWidget(IconButton("x", tr("Leave it as it was (Esc)"), self.leave, role="muted"))
        foot.addWidget(IconButton("check", tr("Keep it (Enter)"), self.keep, role="accent"))
        column.addLayout(foot)
        self.setFocusProxy(self.field)
        _application().focusChanged.connect(self._focus_moved)

    def keep(self) -> None:
        """Store the value as one step; what can't be kept stays open and says why."""
        value = self.field.value()
        if not self.field.check():
            return
        if value == self._before:
            self.leave()
            return
        self._run(lambda: self.fact.store(value))

    def leave(self) -> None:
        """Leave the fact as it was."""
        if not self._over:
            self._over = True
            self.done.emit()

    def _runner(self, run: Callable[[], Changes]) -> Callable[[], None]:
        return lambda: self._run(run)

    def _run(self, run: Callable[[], Changes]) -> None:
        if self._over:
            return
        try:
            changes = run()
        except UserError as error:
            self.field.show_problem(str(error))
            return
        self._over = True
        self.done.emit()
        self._ctx.changed(changes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in ENTER:
            self.keep()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc and Enter belong to the fact, not to the window around it; Ctrl+Enter ends several lines."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.key() in (Qt.Key.Key_Escape, *ENTER):
            event.accept()
        return True

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Who goes elsewhere keeps what they wrote; what can't be kept waits for them."""
        inside = now is not None and (now is self or self.isAncestorOf(now))
        was_inside = before is not None and (before is self or self.isAncestorOf(before))
        if self._over or inside or now is None or not was_inside or QApplication.activePopupWidget():
            return
        if now.window() is self.window():
            self.keep()


def _application() -> QApplication:
    made = QApplication.instance()
    assert isinstance(made, QApplication)
    return made
