"""The line at the top of a timeline in which a note is written where it is read."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from desktop.core import words
from desktop.core.dates import format_weekday
from desktop.core.due_words import Due, read_due
from desktop.core.translation import tr
from desktop.operations import service
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, SecondaryButton
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.labels import IconLabel, label
from desktop.views.timeline.choices import choices
from desktop.views.timeline.mention import Mention
from desktop.views.timeline.note_dialog import NoteDialog
from desktop.views.timeline.note_words import split_minutes
from desktop.views.timeline.words import cut

LAST_CHANNEL = "ui.note.channel"
ONE_LINE_FROM = 690
"""Pixels from which words, channel and stage stand on one line."""
HINT_FROM = 860
_ANY_WIDTH = 16_777_215


_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class NoteWords(QLineEdit):
    """The words; Enter saves them, Escape lets them go."""

    saved = Signal()
    focused = Signal(bool)

    offered: QAbstractItemView | None = None
    """A list of offers below the line; while it shows, Enter and Escape are its own."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.offered is not None and self.offered.isVisible() and event.key() in _CHOOSING:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.saved.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class NoteLine(QWidget):
    """Words, a channel and a stage; Enter (or Ctrl+Enter) saves, the button opens the whole form.

    Alt with 1, 2 or 3 chooses the stage; "…, 8 min" at the end is how long it took; in the shop's stream "@"
    names the customer. The channel is that of the last note.
    """

    def __init__(self, ctx: Context, customer_id: int | None = None) -> None:
        super().__init__()
        self._ctx, self._customer = ctx, customer_id
        self._about: int | None = None
        self._frame = QFrame()
        self._frame.setProperty("role", "search")
        self._frame.setFixedHeight(38)
        self.line = NoteWords()
        self.line.setProperty("kind", "bare")
        placeholder = (
            tr("Write a note…") if customer_id is not None else tr("Write a note… @ names the customer")
        )
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(tr("Write a note…"))
        self.line.setFont(theme.font())
        self.line.saved.connect(self.save)
        self.line.focused.connect(self._mark)
        self.channel = QComboBox()
        self.channel.setAccessibleName(tr("Channel of the note"))
        self._channels = choices(words.CHANNELS)
        self.channel.addItems([name for _, name in self._channels])
        codes = [code for code, _ in self._channels]
        last = str(ctx.settings.get(LAST_CHANNEL))
        self.channel.setCurrentIndex(codes.index(last) if last in codes else 0)
        self.channel.activated.connect(lambda _: self._ctx.settings.set(LAST_CHANNEL, self.channel_code()))
        self.about = SecondaryButton(
            "", "x", self._about_nobody, small=True, tip=tr("A note on nobody in particular")
        )
        self.about.hide()
        if customer_id is None:
            self.mention = Mention(ctx.book, self.line)
            self.mention.picked.connect(self._about_somebody)
            self.line.offered = self.mention.completer.popup()
        keys = QKeySequence(QKeySequence.StandardKey.New).toString(QKeySequence.SequenceFormat.NativeText)
        self._hint = label((keys or "Ctrl+N").replace("+", " "), size=11, role="key")
        self._hint.setFixedHeight(20)
        more = IconButton("ellipsis", tr("Write a note with all its details"), self._open_form, role="muted")
        more.setFixedSize(28, 28)
        inside = QHBoxLayout(self._frame)
        inside.setContentsMargins(11, 1, 6, 1)
        inside.setSpacing(9)
        inside.addWidget(IconLabel("pencil", "muted", 16))
        inside.addWidget(self.about)
        inside.addWidget(self.line, 1)
        inside.addWidget(self._hint)
        inside.addWidget(more)
        self.stages = ChipRow(
            [
                ChipItem(code, name, tip=tr("{stage} ({key})", stage=name, key=f"Alt+{nth}"))
                for nth, (code, name) in enumerate(choices(words.STAGES), 1)
            ]
        )
        self.stages.choose("in-sale")
        self.stages.setFixedWidth(_row_width(self.stages))
        for nth, code in enumerate(words.STAGES, 1):
            key = QShortcut(QKeySequence(f"Alt+{nth}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self.stages.choose, code))
        beside = QHBoxLayout()
        beside.setSpacing(10)
        beside.addWidget(self.channel)
        beside.addWidget(self.stages, 0, Qt.AlignmentFlag.AlignVCenter)
        beside.addStretch(1)
        self._beside = beside
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addWidget(self._frame, 1)
        self._row.addLayout(beside)

    def add_at_end(self, widget: QWidget) -> None:
        """Put something at the end of the line."""
        self._beside.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def channel_code(self) -> str:
        """The channel chosen for the note."""
        return self._channels[self.channel.currentIndex()][0]

    def customer(self) -> int | None:
        """Whom the note is on."""
        return self._customer if self._customer is not None else self._about

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, stage and channel stand below the words."""
        super().resizeEvent(event)
        width = event.size().width()
        wide = width >= ONE_LINE_FROM
        # In the narrowest single line the words need the room more than the key's name does.
        self._hint.setVisible(not wide or width >= HINT_FROM)
        self.channel.setMaximumWidth(110 if wide and width < HINT_FROM else _ANY_WIDTH)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def save(self) -> None:
        """Save the note, if there is one; where its words name a day, offer a task for it."""
        text, minutes = split_minutes(self.line.text().strip())
        if not text:
            return
        now, customer, book = datetime.now(), self.customer(), self._ctx.book
        due = read_due(text, now)
        saved = self._ctx.do(
            lambda: service.add_interaction(
                book,
                text=text,
                stage=self.stages.chosen_key() or "in-sale",
                channel=self.channel_code(),
                at=now,
                minutes=minutes,
                customer_id=customer,
                staff_id=book.clerk_id(),
            ),
            quiet=due.day is not None,
        )
        if saved is None:
            return
        self.line.clear()
        self._about_nobody()
        if due.day is not None:
            note = saved.created["interaction"]
            self._ctx.notify(
                tr("Noted. It speaks of {day}.", day=format_weekday(due.day)),
                tr("Add a task"),
                lambda: self._add_task(due, customer, note),
            )

    def _add_task(self, due: Due, customer: int | None, note: int) -> None:
        from desktop.views.tasks.task_form import open_task_form

        open_task_form(
            self._ctx, self.window(), customer_id=customer, interaction_id=note, title=due.rest, due=due
        )

    def _open_form(self) -> None:
        text, minutes = split_minutes(self.line.text().strip())
        dialog = NoteDialog(
            self._ctx,
            customer_id=self.customer(),
            stage=self.stages.chosen_key() or "in-sale",
            channel=self.channel_code(),
            text=text,
            minutes=minutes or 0,
            parent=self.window(),
        )
        dialog.accepted.connect(self.line.clear)
        dialog.accepted.connect(self._about_nobody)
        dialog.open()

    def _about_somebody(self, customer_id: int, name: str) -> None:
        self._about = customer_id
        self.about.setText(cut(name or tr("No name"), 14).replace("&", "&&"))
        self.about.setAccessibleName(tr("Note on {customer}; press to take the name off", customer=name))
        self.about.show()

    def _about_nobody(self) -> None:
        self._about = None
        self.about.hide()

    def _mark(self, on: bool) -> None:
        self._frame.setProperty("focused", on)
        self._frame.style().unpolish(self._frame)
        self._frame.style().polish(self._frame)


def _row_width(chips: ChipRow) -> int:
    """The width in which all the chips stand on one line."""
    return sum(chips.chip(code).width() + 8 for code in words.STAGES)
