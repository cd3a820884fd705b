"""The form of one answer: title and words, where it fits, places to fill in, and how it will read."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import answers as core
from desktop.core import words
from desktop.core.translation import tr
from desktop.operations.answers import LONGEST_TITLE
from desktop.queries.answers import AnswerRow
from desktop.views.kit import theme
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, LongTextField, TextField
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import FlowLayout
from desktop.views.timeline.choices import choices

_LINES = 6


def samples(ctx: Context) -> dict[str, str]:
    """What the places are filled with to show how an answer reads."""
    return {
        "name": tr("Ms Wang"),
        "order": "20261122-001",
        "shop": str(ctx.book.setting("shop.name")) or tr("our shop"),
        "number": "C-2026-0117",
        "product": tr("Longjing 250 g"),
        "due": "18:00",
        "clerk": ctx.book.clerk or tr("Xiao Li"),
    }


class AnswerEditor(QWidget):
    """Shows an answer, or a new one; `changed` comes with every change, by hand."""

    changed = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.row: AnswerRow | None = None
        self._filling = False
        self.title = TextField(tr("Title"), required=True)
        self.title.line.setMaxLength(LONGEST_TITLE)
        self.place = ChoiceField(tr("Where it fits"), choices(words.ANSWER_PLACES), "")
        any_subject = [("", tr("Any subject")), *choices(words.SUBJECTS)]
        self.subject = ChoiceField(tr("Subject"), any_subject, "")
        any_mood = [(code, name if code else tr("Any mood")) for code, name in choices(words.MOODS)]
        self.mood = ChoiceField(tr("Mood"), any_mood, "")
        self.text = LongTextField(tr("Words"), lines=_LINES, required=True)
        self.preview = label("", wrap=True, selectable=True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 3)
        head.addWidget(self.place, 2)
        fits = QHBoxLayout()
        fits.setSpacing(12)
        fits.addWidget(self.subject, 1)
        fits.addWidget(self.mood, 1)
        shown = Card(margin=12)
        shown.body.addWidget(label(tr("How it reads"), size=theme.SMALL, role="muted"))
        shown.body.addWidget(self.preview)
        shown.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(fits)
        column.addWidget(self.text)
        column.addWidget(self._places())
        column.addWidget(shown, 1)
        for field in self._fields().values():
            field.changed.connect(self._changed)

    def _fields(self) -> dict[str, Any]:
        return {
            "title": self.title, "text": self.text, "place": self.place, "subject": self.subject,
            "mood": self.mood,
        }  # fmt: skip

    def _places(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=6, line_gap=6)
        for code, meaning in core.MEANINGS.items():
            place = core.place(code)
            button = SecondaryButton(place, "", partial(self._write, place), small=True, tip=tr(meaning))
            button.setAccessibleName(tr("Insert {place}: {meaning}", place=place, meaning=tr(meaning)))
            button.setAutoDefault(False)
            flow.addWidget(button)
        return holder

    def show_answer(self, row: AnswerRow | None) -> None:
        """Show an answer; None: an empty form for a new one."""
        self._filling = True
        self.row = row
        for name, field in self._fields().items():
            field.set_value(getattr(row, name) if row else "")
            field.show_problem("")
        self._filling = False
        self._show_preview()

    def values(self) -> dict[str, str]:
        """What is written."""
        return {name: field.value() for name, field in self._fields().items()}

    def dirty(self) -> bool:
        """Whether something is written that is not kept yet."""
        values = self.values()
        if self.row is None:
            return bool(values["title"] or values["text"])
        return any(value != getattr(self.row, name) for name, value in values.items())

    def check(self) -> bool:
        """Whether title and words are there; says what is wrong."""
        return all([self.title.check(), self.text.check()])

    def _write(self, place: str) -> None:
        self.text.text.insertPlainText(place)
        self.text.text.setFocus()

    def _changed(self) -> None:
        if not self._filling:
            self.title.show_problem("")
            self.text.show_problem("")
            self._show_preview()
            self.changed.emit()

    def _show_preview(self) -> None:
        text = core.fill(self.text.value(), samples(self._ctx))
        self.preview.setText(text or tr("Write what you would send to a customer."))
