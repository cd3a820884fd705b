"""The sheet of answers beside a text: what fits and is used most first, found by typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core.answers import fill
from desktop.core.translation import tr
from desktop.queries.answers import answers
from desktop.views.answers.list import ROW, AnswerList
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label

_WIDTH = 520
_ROWS = 5


class _Line(QLineEdit):
    """Typing filters; the arrows go through the list, Enter inserts, Ctrl+C copies the whole answer."""

    moved = Signal(int)
    taken = Signal()
    copied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS,
            Qt.Key.Key_PageUp: -_ROWS,
        }
        if event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.matches(QKeySequence.StandardKey.Copy) and not self.hasSelectedText():
            self.copied.emit()
        else:
            super().keyPressEvent(event)


class AnswerSheet(QWidget):
    """Opens below its button and goes with the next click elsewhere or Escape.

    `chosen` carries the key of the answer inserted and its filled words; `manage_wanted` asks for the book.
    """

    chosen = Signal(str, str)
    copied = Signal(str)
    manage_wanted = Signal()

    def __init__(
        self,
        ctx: Context,
        anchor: QWidget,
        values: Callable[[], Mapping[str, str]],
        *,
        place: str = "",
        subject: str = "",
        mood: str = "",
    ) -> None:
        super().__init__(anchor, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(tr("Answers at hand"))
        self._book, self._anchor = ctx.book, anchor
        self._fits = (place, subject, mood)
        self._values = values()
        self.line = _Line()
        self.line.setPlaceholderText(tr("Find an answer by its words, or by pinyin"))
        self.line.setAccessibleName(self.line.placeholderText())
        self.list = AnswerList()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFixedHeight(_ROWS * ROW + 4)
        self.list.itemClicked.connect(lambda _: self.take())
        self.none = label(tr("No answer holds these words."), role="muted")
        self.line.textChanged.connect(lambda _: self._show())
        self.line.moved.connect(self._move)
        self.line.taken.connect(self.take)
        self.line.copied.connect(self.copy)
        manage = LinkButton(tr("All answers…"), "pencil", self._manage)
        manage.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        foot = QHBoxLayout()
        foot.addWidget(
            label(tr("Enter inserts, Ctrl+C copies for WeChat"), size=theme.SMALL, role="muted"), 1
        )
        foot.addWidget(manage)
        # A translucent window has no ground of its own, not even the style sheet's: the sheet lies in it.
        sheet = QFrame()
        sheet.setProperty("role", "notice")
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(sheet)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.line)
        column.addWidget(self.list)
        column.addWidget(self.none, 1)
        column.addLayout(foot)
        self.setFixedWidth(_WIDTH)
        self._show()
        self.setFixedHeight(self.sizeHint().height())
        self._stand_beside()

    def words(self) -> str:
        """The current answer's words, filled."""
        row = self.list.current()
        return fill(row.text, self._values) if row else ""

    def take(self) -> None:
        """Hand the current answer over, and go."""
        row = self.list.current()
        if row is not None:
            said = self.words()
            self.close()
            self.chosen.emit(row.key, said)

    def copy(self) -> None:
        """Put the current answer's words on the clipboard, and go."""
        row = self.list.current()
        if row is not None:
            QGuiApplication.clipboard().setText(self.words())
            self.close()
            self.copied.emit(row.key)

    def _manage(self) -> None:
        self.close()
        self.manage_wanted.emit()

    def _show(self) -> None:
        place, subject, mood = self._fits
        rows = answers(self._book, place, subject, mood, self.line.text())
        self.list.show_rows(rows, lambda text: fill(text, self._values))
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)

    def _move(self, step: int) -> None:
        if abs(step) == 1:
            self.list.move_by(step)
        elif self.list.count():
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))

    def _stand_beside(self) -> None:
        anchor = self._anchor
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        room = anchor.screen().availableGeometry()
        x = min(max(corner.x(), room.left() + 8), max(room.left() + 8, room.right() - _WIDTH - 8))
        y = corner.y()
        if y + self.height() > room.bottom() - 8:
            y = max(room.top() + 8, anchor.mapToGlobal(QPoint()).y() - self.height() - 4)
        self.move(x, y)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.line.setFocus()
