"""The line at the top of a timeline in which a note is written where it is read."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop.core import words
from desktop.core.translation import tr
from desktop.operations import service
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.labels import IconLabel, label
from desktop.views.timeline.note_dialog import NoteDialog, choices

ONE_LINE_FROM = 690
"""Pixels from which words, channel and stage stand on one line."""


class NoteWords(QLineEdit):
    """The words; Enter saves them, Escape lets them go."""

    saved = Signal()
    focused = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
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
    """Words, a channel and a stage; Enter (or Ctrl+Enter) saves, the button opens the whole form."""

    def __init__(self, ctx: Context, customer_id: int | None = None) -> None:
        super().__init__()
        self._ctx, self._customer = ctx, customer_id
        self._frame = QFrame()
        self._frame.setProperty("role", "search")
        self._frame.setFixedHeight(38)
        self.line = NoteWords()
        self.line.setProperty("kind", "bare")
        self.line.setPlaceholderText(tr("Write a note…"))
        self.line.setAccessibleName(tr("Write a note…"))
        self.line.setFont(theme.font())
        self.line.saved.connect(self.save)
        self.line.focused.connect(self._mark)
        self.channel = QComboBox()
        self.channel.setAccessibleName(tr("Channel of the note"))
        self._channels = choices(words.CHANNELS)
        self.channel.addItems([name for _, name in self._channels])
        keys = QKeySequence(QKeySequence.StandardKey.New).toString(QKeySequence.SequenceFormat.NativeText)
        hint = label((keys or "Ctrl+N").replace("+", " "), size=11, role="key")
        hint.setFixedHeight(20)
        more = IconButton("ellipsis", tr("Write a note with all its details"), self._open_form, role="muted")
        more.setFixedSize(28, 28)
        inside = QHBoxLayout(self._frame)
        inside.setContentsMargins(11, 1, 6, 1)
        inside.setSpacing(9)
        inside.addWidget(IconLabel("pencil", "muted", 16))
        inside.addWidget(self.line, 1)
        inside.addWidget(hint)
        inside.addWidget(more)
        self.stages = ChipRow([ChipItem(code, name) for code, name in choices(words.STAGES)])
        self.stages.choose("in-sale")
        self.stages.setFixedWidth(_row_width(self.stages))
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, stage and channel stand below the words."""
        super().resizeEvent(event)
        wide = event.size().width() >= ONE_LINE_FROM
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def save(self) -> None:
        """Save the note, if there is one."""
        text = self.line.text().strip()
        if not text:
            return
        saved = self._ctx.do(
            lambda: service.add_interaction(
                self._ctx.book,
                text=text,
                stage=self.stages.chosen_key() or "in-sale",
                channel=self.channel_code(),
                at=datetime.now(),
                customer_id=self._customer,
            )
        )
        if saved is not None:
            self.line.clear()

    def _open_form(self) -> None:
        dialog = NoteDialog(
            self._ctx,
            customer_id=self._customer,
            stage=self.stages.chosen_key() or "in-sale",
            channel=self.channel_code(),
            text=self.line.text(),
            parent=self.window(),
        )
        dialog.accepted.connect(self.line.clear)
        dialog.open()

    def _mark(self, on: bool) -> None:
        self._frame.setProperty("focused", on)
        self._frame.style().unpolish(self._frame)
        self._frame.style().polish(self._frame)


def _row_width(chips: ChipRow) -> int:
    """The width in which all the chips stand on one line."""
    return sum(chips.chip(code).width() + 8 for code in words.STAGES)
