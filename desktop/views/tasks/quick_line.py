"""One line in which a task is written as it is said: "call Wang next Friday at 3"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.core.due_words import Due, read_due
from desktop.core.translation import tr
from desktop.operations import tasks
from desktop.queries.tasks import due_moment
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.context import Context
from desktop.views.kit.labels import IconLabel, label
from desktop.views.tasks.words import meant
from desktop.views.timeline.note_line import NoteWords


class QuickLine(QFrame):
    """Enter adds the task; what was understood of the words stands at the end of the line."""

    def __init__(
        self, ctx: Context, open_form: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.setProperty("role", "search")
        self.setFixedHeight(42)
        self.line = NoteWords()
        self.line.setProperty("kind", "bare")
        self.line.setPlaceholderText(tr("New task: call Wang next Friday at 3…"))
        self.line.setAccessibleName(tr("New task"))
        self.line.setFont(theme.font())
        self.line.saved.connect(self.save)
        self.line.focused.connect(self._mark)
        self.line.textChanged.connect(self._say)
        self._meant = label(size=theme.SMALL, role="accent")
        self._meant.setTextFormat(Qt.TextFormat.PlainText)
        more = IconButton(
            "ellipsis",
            tr("Write the task with all its details"),
            lambda: open_form(self.line.text()),
            role="muted",
        )
        more.setFixedSize(28, 28)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(11, 1, 6, 1)
        inside.setSpacing(9)
        inside.addWidget(IconLabel("plus", "muted", 16))
        inside.addWidget(self.line, 1)
        inside.addWidget(self._meant)
        inside.addWidget(more)

    def save(self) -> None:
        """Add the task, if there is one; one with a time of day rings then."""
        text = self.line.text().strip()
        if not text:
            return
        due = self._read(text)
        moment = due_moment(due.day, due.minute) if due.minute is not None else None
        added = self._ctx.do(
            lambda: tasks.add_task(
                self._ctx.book,
                title=due.rest or text,
                created_at=datetime.now(),
                due=due.day,
                minute=due.minute,
                remind_at=moment,
                repeat=due.repeat,
                every=due.every,
                staff_id=self._ctx.book.clerk_id(),
            )
        )
        if added is not None:
            self.line.clear()

    @staticmethod
    def _read(text: str) -> Due:
        return read_due(text, datetime.now())

    def _say(self, text: str) -> None:
        due = self._read(text)
        self._meant.setText(meant(due.day, due.minute, due.repeat, due.every))

    def _mark(self, on: bool) -> None:
        self.setProperty("focused", on)
        self.style().unpolish(self)
        self.style().polish(self)
