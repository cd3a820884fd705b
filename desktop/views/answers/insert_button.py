"""The button beside a text that inserts an answer at hand where the cursor stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QWidget

from desktop.core.answers import places
from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.operations.answers import use_answer
from desktop.views.answers.popover import AnswerSheet
from desktop.views.kit import theme
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.fields import LongTextField
from desktop.views.kit.labels import ElidedLabel

KEYS = "Ctrl+J"


class InsertAnswer(QWidget):
    """Opens the sheet of answers (Ctrl+J in the text); says which places are still to be filled by hand.

    `values` is asked when the sheet opens; `place`, `subject` and `mood` say what fits first.
    """

    def __init__(
        self,
        ctx: Context,
        field: LongTextField | QPlainTextEdit | QTextEdit,
        values: Callable[[], Mapping[str, str]],
        *,
        place: str = "",
        subject: str = "",
        mood: str = "",
    ) -> None:
        super().__init__()
        self._ctx, self._values = ctx, values
        self._place, self._subject, self._mood = place, subject, mood
        self.edit = field.text if isinstance(field, LongTextField) else field
        self.sheet: AnswerSheet | None = None
        keys = QKeySequence(KEYS)
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        self.button = SecondaryButton(
            tr("Insert an answer"),
            "message-circle",
            self.open,
            small=True,
            tip=tr("Choose an answer at hand ({key})", key=shown),
        )
        self.button.setAutoDefault(False)
        self.left_open = ElidedLabel("", size=theme.SMALL, role="amber")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(self.left_open, 1)
        shortcut = QShortcut(keys, self.edit, self.open)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.edit.textChanged.connect(self._look)
        self._look()

    def fit(self, *, subject: str | None = None, mood: str | None = None) -> None:
        """Let other answers come first from now on."""
        self._subject = self._subject if subject is None else subject
        self._mood = self._mood if mood is None else mood

    def open(self) -> AnswerSheet:
        """Open the sheet below the button."""
        sheet = AnswerSheet(
            self._ctx, self.button, self._values, place=self._place, subject=self._subject, mood=self._mood
        )
        sheet.chosen.connect(self.insert)
        sheet.copied.connect(self._copied)
        sheet.manage_wanted.connect(self._manage)
        sheet.show()
        self.sheet = sheet
        return sheet

    def insert(self, key: str, said: str) -> None:
        """Write an answer where the cursor stands; the first place left open is selected."""
        cursor = self.edit.textCursor()
        start = cursor.selectionStart()
        cursor.insertText(said)
        self.edit.setTextCursor(cursor)
        open_places = places(said)
        if open_places:
            first, last = (start + len(said[:at].encode("utf-16-le")) // 2 for at in open_places[0])
            cursor.setPosition(first)
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            self.edit.setTextCursor(cursor)
        self.edit.setFocus()
        self._count(key)

    def _copied(self, key: str) -> None:
        self._ctx.notify(tr("The answer is on the clipboard."), tone="info")
        self.edit.setFocus()
        self._count(key)

    def _count(self, key: str) -> None:
        """Used most comes first; an answer that was deleted meanwhile was used all the same."""
        try:
            self._ctx.changed(use_answer(self._ctx.book, key=key, at=datetime.now()), quiet=True)
        except UserError:
            return

    def _manage(self) -> None:
        from desktop.views.answers.manager import open_answers

        open_answers(self._ctx, self.window())

    def _look(self) -> None:
        """Say what is still to be filled in by hand."""
        text = self.edit.toPlainText()
        still = dict.fromkeys(text[start:end] for start, end in places(text))
        said = tr("Still to be filled in: {places}", places=" ".join(still)) if still else ""
        if said != self.left_open.whole():
            self.left_open.set_whole(said)
