"""The settings of how to meet somebody who complains: the advice for each mood, and the answers at hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from desktop.core import words
from desktop.core.translation import tr
from desktop.operations.guidance import LONGEST, set_guidance
from desktop.queries.guidance import advice, own_text
from desktop.views.answers.manager import open_answers
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton, SecondaryButton
from desktop.views.kit.cards import Card
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label

_CHIPS_WIDTH = 700
_HEIGHT = 158
_MOODS = ("vent", "respect", "remedy", "")
_UNNOTED = "none"
"""The chip of a mood that was not noted: a chip without a key is none."""


class _Text(QPlainTextEdit):
    """Tells when the keyboard leaves it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class GuidanceCard(Card):
    """The advice as it stands beside a complaint; what is written is kept when the keyboard leaves it."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("How to meet somebody who complains"), tr("Stands beside every open complaint"), hug=True
        )
        self._ctx = ctx
        self.chips = ChipRow([ChipItem(mood or _UNNOTED, words.name(words.MOODS, mood)) for mood in _MOODS])
        self._mood, self._as_shown = _MOODS[0], ""
        self.chips.choose(self._mood)
        self.chips.chosen.connect(self.choose)
        self.chips.setMinimumSize(_CHIPS_WIDTH, 1)
        self.body.addWidget(self.chips)
        self.title = label("", bold=True, wrap=True)
        self.title.setMinimumHeight(1)
        self.body.addWidget(self.title)
        self.text = _Text()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_HEIGHT)
        self.text.setAccessibleName(tr("Advice for this mood"))
        self.text.left.connect(self.keep)
        self.text.textChanged.connect(self._mark)
        self.body.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.state = label("", size=theme.SMALL, role="muted")
        row.addWidget(self.state)
        self.back = LinkButton(tr("Back to the built-in advice"), "rotate-ccw", self.reset)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.answers_button = SecondaryButton(
            tr("Answers at hand…"),
            "message-circle",
            lambda: open_answers(ctx, self.window()),
            small=True,
            tip=tr("What can be inserted where somebody writes to a customer"),
        )
        row.addWidget(self.answers_button)
        self.body.addLayout(row)
        ctx.changes.listen(self, self._follow, "setting")
        self._show()

    def choose(self, key: str) -> None:
        """Show another mood; what was written for this one is kept first."""
        self.keep()
        self._mood = "" if key == _UNNOTED else key
        self.chips.choose(key)
        self._show()

    def keep(self) -> None:
        """Keep what is written for the mood shown."""
        if self._dirty():
            text = self.text.toPlainText()
            self._ctx.do(lambda: set_guidance(self._ctx.book, mood=self._mood, text=text))

    def reset(self) -> None:
        """Go back to the built-in advice for the mood shown."""
        self._ctx.do(lambda: set_guidance(self._ctx.book, mood=self._mood, text=""))
        self._show()

    def _dirty(self) -> bool:
        return self.text.toPlainText().strip() != advice(self._ctx.book, self._mood)[1]

    def _follow(self) -> None:
        """Show what the book says now, unless something else is being written."""
        if self.text.toPlainText() == self._as_shown or not self._dirty():
            self._show()
        self._mark()

    def _show(self) -> None:
        title, text = advice(self._ctx.book, self._mood)
        self.title.setText(title)
        if self.text.toPlainText() != text:
            self.text.setPlainText(text)
        self._as_shown = text
        self._mark()

    def _mark(self) -> None:
        own = bool(own_text(self._ctx.book, self._mood))
        self.back.setVisible(own)
        left = LONGEST - len(self.text.toPlainText())
        if left < 0:
            self.state.setText(tr("{n} letters too many", n=-left))
        else:
            self.state.setText(tr("The shop's own words") if own else tr("The built-in words"))
