"""The book of answers: all of them in the shop's order, and beside it the form of the one chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.answer_book import built_in, kept_title
from desktop.core.errors import UserError
from desktop.core.translation import ntr, tr
from desktop.models.changes import Changes
from desktop.operations import answers as operations
from desktop.queries.answers import AnswerRow, all_answers, answers, hidden
from desktop.views.answers.editor import AnswerEditor
from desktop.views.answers.list import AnswerList
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, LinkButton, PrimaryButton, SecondaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label
from desktop.views.kit.search import SearchField

_SIZE = (980, 640)
_LEFT = 370


class AnswerManager(QDialog):
    """What is written is kept when another answer is chosen or the window is left, each in a step."""

    def __init__(self, ctx: Context, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("Answers at hand"))
        self._ctx = ctx
        self._new = False
        self.search = SearchField(tr("Find an answer"), width=_LEFT)
        self.search.searched.connect(lambda _: self._show())
        self.list = AnswerList()
        self.search.left.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(lambda *_: self._choose())
        self.editor = AnswerEditor(ctx)
        self.editor.changed.connect(self._edited)
        self._wrong = label("", role="red", wrap=True)
        self._wrong.hide()
        body = QHBoxLayout()
        body.setSpacing(20)
        body.addLayout(self._left())
        body.addLayout(self._right(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(12)
        layout.addWidget(label(tr("Answers at hand"), size=theme.TITLE, bold=True))
        layout.addLayout(body, 1)
        self.resize(*_SIZE)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self, self.save)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self, self.new)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        ctx.changes.listen(self, self._show, "answer", "setting")
        self._show()

    def _left(self) -> QVBoxLayout:
        self.none = label(tr("No answer holds these words."), role="muted")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(_quiet(SecondaryButton(tr("New answer"), "plus", self.new, small=True)))
        self.up = IconButton("arrow-up", tr("Move up (Alt+Up)"), lambda: self.move_by(-1))
        self.down = IconButton("arrow-down", tr("Move down (Alt+Down)"), lambda: self.move_by(1))
        self.gone = IconButton("trash-2", tr("Delete the answer"), self.delete)
        for button in (self.up, self.down, self.gone):
            row.addWidget(button)
        row.addStretch(1)
        self.back = _quiet(LinkButton("", "rotate-ccw", self.restore))
        column = QVBoxLayout()
        column.setSpacing(8)
        self.search.setFixedWidth(_LEFT)
        self.list.setFixedWidth(_LEFT)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1)
        column.addLayout(row)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _right(self) -> QVBoxLayout:
        self.reset_button = _quiet(LinkButton(tr("Back to the built-in words"), "rotate-ccw", self.reset))
        self.save_button = _quiet(PrimaryButton(tr("Save"), on_click=self.save))
        self.uses = label("", size=theme.SMALL, role="muted")
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.uses)
        foot.addWidget(self.reset_button)
        # The notice that offers it lies in the window behind this one.
        self.undo_button = _quiet(LinkButton(tr("Undo"), "undo-2", self.undo))
        self.undo_button.hide()
        foot.addWidget(self.undo_button)
        foot.addStretch(1)
        foot.addWidget(_quiet(SecondaryButton(tr("Close"), on_click=self.close)))
        foot.addWidget(self.save_button)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.editor, 1)
        column.addWidget(self._wrong)
        column.addLayout(foot)
        return column

    # -- showing

    def _show(self) -> None:
        """Show the book as it is; the answer that is being written stays in front."""
        book, typed = self._ctx.book, self.search.text()
        rows = answers(book, text=typed) if typed else all_answers(book)
        current = self.editor.row.key if self.editor.row else ""
        blocked = self.list.blockSignals(True)
        self.list.show_rows(rows, str, current)
        self.list.blockSignals(blocked)
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
        away = len(hidden(book))
        self.back.setVisible(bool(away))
        self.back.setText(ntr("Bring back {n} built-in answer", "Bring back {n} built-in answers", away))
        for button in (self.up, self.down):
            button.setEnabled(not typed and bool(rows))
        if not self.editor.dirty() and not self._new:
            self.editor.show_answer(self.list.current())
        self._mark()

    def _choose(self) -> None:
        """Another row: what was written is kept first; where it can't be, it stays in front."""
        row = self.list.current()
        if row is None or (self.editor.row and row.key == self.editor.row.key and not self._new):
            return
        if self.editor.dirty() and not self.save():
            self.list.show_key(self.editor.row.key if self.editor.row else "")
            return
        self._new = False
        self.show_key(row.key)

    def show_key(self, key: str) -> None:
        """Show an answer of the list."""
        self._say("")
        self.list.show_key(key)
        self.editor.show_answer(self.list.current())
        self._mark()

    def _edited(self) -> None:
        self._say("")
        self._mark()

    def _mark(self) -> None:
        row = self.editor.row
        self.save_button.setEnabled(self.editor.dirty())
        self.gone.setEnabled(row is not None)
        self.reset_button.setVisible(row is not None and row.own and built_in(row.key) is not None)
        used = row.uses if row else 0
        self.uses.setText(ntr("used once", "used {n} times", used) if used else "")

    def _say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    # -- doing

    def new(self) -> None:
        """An empty form; what was being written is kept first."""
        if self.editor.dirty() and not self.save():
            return
        self._new = True
        self._say("")
        self.list.show_key("")
        self.editor.show_answer(None)
        self._mark()
        self.editor.title.setFocus()

    def save(self) -> bool:
        """Keep what is written; False where something is wrong, which is said."""
        if not self.editor.dirty():
            return True
        if not self.editor.check():
            return False
        book, values, row = self._ctx.book, self.editor.values(), self.editor.row
        done = self._do(
            lambda: (
                operations.edit_answer(book, key=row.key, **values)
                if row
                else operations.add_answer(book, **values)
            )
        )
        if done:
            self._after(kept_title(values["title"]))
        return done

    def move_by(self, step: int) -> None:
        """Put the current answer one place up or down."""
        row = self.list.current()
        if row is not None and not self.search.text() and self.save():
            to = self.list.currentRow() + step
            if 0 <= to < self.list.count():
                self._do(lambda: operations.move_answer(self._ctx.book, key=row.key, to=to))

    def delete(self) -> None:
        """Take the current answer away; its neighbour comes to the front."""
        row = self.editor.row
        if row is None:
            return
        keys = self.list.shown_keys()
        at = keys.index(row.key) if row.key in keys else 0
        self.editor.show_answer(row)
        if self._do(lambda: operations.delete_answer(self._ctx.book, key=row.key)):
            left = self.list.shown_keys()
            self._after(left[min(at, len(left) - 1)] if left else "")

    def reset(self) -> None:
        """Give a built-in answer its own words again."""
        row = self.editor.row
        if row is not None:
            self.editor.show_answer(row)
            self._do(lambda: operations.reset_answer(self._ctx.book, key=row.key))
            self._after(row.key)

    def restore(self) -> None:
        """Bring back the built-in answers that were taken away."""
        self._do(lambda: operations.restore_answers(self._ctx.book))

    def undo(self) -> None:
        """Take back what was done last."""
        self.undo_button.hide()
        key = self.editor.row.key if self.editor.row else ""
        self._ctx.undo()
        self._after(key)

    def _after(self, key: str) -> None:
        """Show an answer as it is kept now."""
        self._new = False
        found: AnswerRow | None = next((row for row in all_answers(self._ctx.book) if row.key == key), None)
        self.editor.show_answer(found or self.list.current())
        self._show()

    def _do(self, operation: Callable[[], Changes]) -> bool:
        self._say("")
        try:
            changes = operation()
        except UserError as error:
            self._say(str(error))
            return False
        self._ctx.changed(changes, quiet=True)
        self.undo_button.setVisible(bool(changes))
        return True

    # -- keys, and leaving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_by(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self.delete()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """What is whole is kept; what is not is said, once."""
        if self.editor.dirty() and self.isVisible() and not self._wrong.isVisible() and not self.save():
            if not self._wrong.isVisible():
                self._say(tr("This answer is not whole yet. Leave again to let it go."))
            return
        super().done(result)


def _quiet(
    button: SecondaryButton | PrimaryButton | LinkButton,
) -> SecondaryButton | PrimaryButton | LinkButton:
    """A button that Enter in a line does not press."""
    button.setAutoDefault(False)
    return button


def open_answers(ctx: Context, parent: QWidget | None) -> AnswerManager:
    """Open the book of answers over `parent`."""
    window = AnswerManager(ctx, parent)
    window.open()
    return window
