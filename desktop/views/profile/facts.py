"""Facts about a customer that are edited where they stand: Enter or a click opens one, Esc leaves it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.fields import Field
from desktop.views.kit.widgets import IconButton, clear, label

_NAME_WIDTH = 84
_LONG = re.compile(r"[!-~]{13,}")
_BREAK = "\N{ZERO WIDTH SPACE}"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


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
    """A fact at rest."""

    opened = Signal()

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Click, Enter or F2 to change it"))
        self.setAccessibleName(tr("{name}: {value}", name=fact.title, value=fact.shown or tr("not noted")))
        name = label(fact.title, size=theme.SMALL, role="muted", wrap=True)
        name.setFixedWidth(_NAME_WIDTH)
        value = label(
            breakable(fact.shown) or "—", size=theme.SMALL, wrap=True, role="text" if fact.shown else "muted"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 3, 6, 3)
        row.setSpacing(8)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(value, 1, Qt.AlignmentFlag.AlignTop)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*_ENTER, Qt.Key.Key_Space, Qt.Key.Key_F2):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """F2 changes this fact, and does not open the whole form."""
        if event.type() == QEvent.Type.ShortcutOverride and _key(event) == Qt.Key.Key_F2:
            event.accept()
            return True
        return super().event(event)

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
        application().focusChanged.connect(self._focus_moved)

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
        elif event.key() in _ENTER:
            self.keep()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc and Enter belong to the fact, not to the window around it; Ctrl+Enter ends several lines."""
        if event.type() == QEvent.Type.ShortcutOverride and _key(event) in (Qt.Key.Key_Escape, *_ENTER):
            event.accept()
            return True
        return super().event(event)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Who goes elsewhere keeps what they wrote; what can't be kept waits for them."""
        inside = now is not None and (now is self or self.isAncestorOf(now))
        was_inside = before is not None and (before is self or self.isAncestorOf(before))
        if self._over or inside or now is None or not was_inside or QApplication.activePopupWidget():
            return
        if now.window() is self.window():
            self.keep()


class FactList(QWidget):
    """Facts one below the other, at most one of them being edited."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._facts: dict[str, Fact] = {}
        self._waiting: Sequence[Fact] | None = None
        self.rows: dict[str, FactRow] = {}
        self.editor: FactEditor | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts; while one is being edited they wait for it."""
        if self.editor is not None:
            self._waiting = facts
            return
        held = next((key for key, row in self.rows.items() if row.hasFocus()), None)
        same = [(fact.key, fact.title, fact.shown) for fact in facts] == [
            (fact.key, fact.title, fact.shown) for fact in self._facts.values()
        ]
        self._facts = {fact.key: fact for fact in facts}
        if same:
            return
        clear(self._column)
        self.rows = {}
        for fact in facts:
            self.rows[fact.key] = self._row(fact)
            self._column.addWidget(self.rows[fact.key])
        if held in self.rows:
            self.rows[held].show()
            self.rows[held].setFocus()

    def edit(self, fact: Fact | str) -> FactEditor | None:
        """Open a fact, one of those shown or a further one; another being edited is kept first."""
        if isinstance(fact, str):
            if fact not in self._facts:
                return None
            fact = self._facts[fact]
        if self.editor is not None:
            self.editor.keep()
        if self.editor is not None:
            return None
        row = self.rows.get(fact.key)
        made = FactEditor(self._ctx, self._facts.get(fact.key, fact))
        self.editor = made
        at = self._place_of(fact) if row is None else self._column.indexOf(row)
        self._column.insertWidget(at, made)
        if row is not None:
            row.hide()
        made.done.connect(lambda: self._rest(fact.key))
        made.show()
        made.field.setFocus()
        QTimer.singleShot(0, made, lambda: _into_view(made))
        return made

    def _place_of(self, fact: Fact) -> int:
        """Where a further fact is written: below the last of its sort, else above everything."""
        sort = fact.key.partition(":")[0]
        alike = [at for at, key in enumerate(self._facts) if key.partition(":")[0] == sort]
        return alike[-1] + 1 if alike else 0

    def _row(self, fact: Fact) -> FactRow:
        row = FactRow(fact)
        row.opened.connect(lambda: self.edit(fact.key))
        return row

    def _rest(self, key: str) -> None:
        made, self.editor = self.editor, None
        if made is not None:
            self._column.removeWidget(made)
            made.hide()
            made.deleteLater()
        if (row := self.rows.get(key)) is not None:
            row.show()
            row.setFocus()
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.show_facts(waiting)


def _into_view(made: QWidget) -> None:
    """Scroll until all of an editor shows."""
    above = made.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(made, 0, 12)


def breakable(text: str) -> str:
    """The text with places where a long word, such as an address of e-mail, may be broken."""
    return _LONG.sub(
        lambda word: _BREAK.join(word[0][at : at + 10] for at in range(0, len(word[0]), 10)), text
    )


def _key(event: QEvent) -> int | None:
    return event.key() if isinstance(event, QKeyEvent) else None


def application() -> QApplication:
    """The program's application."""
    made = QApplication.instance()
    assert isinstance(made, QApplication)
    return made
