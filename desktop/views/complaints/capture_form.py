"""What one writes of a call: the words, where they belong, how bad it is, and what it is likely about."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words as names
from desktop.core.complaint_process import deadlines
from desktop.core.dates import from_iso
from desktop.core.folding import clean_typed
from desktop.core.subject_guess import guess_subject
from desktop.core.translation import tr
from desktop.core.typed_person import TypedPerson
from desktop.models.book import Book
from desktop.operations.complaint_steps import allowed
from desktop.queries.open_complaints import open_complaints
from desktop.queries.opening import opening_hours
from desktop.queries.pickers import order_choices
from desktop.views.complaints.capture_parts import NEW, CallerStrip, SeverityRow, TargetChoice, WordsLine
from desktop.views.complaints.words import due_words
from desktop.views.kit import theme
from desktop.views.kit.forms import ChoiceField
from desktop.views.kit.labels import label
from desktop.views.timeline.choices import choices
from desktop.views.timeline.fields import OrderField

FRESH_DAYS = 30
"""Days for which a complaint is likely to be about the last order."""


class CaptureForm(QWidget):
    """`changed` comes with every word, `aimed` when the words go to another complaint or to a new one."""

    changed = Signal()
    aimed = Signal()

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book
        self._subject_chosen = False
        self.strip = CallerStrip(book)
        self.target = TargetChoice()
        self.target.changed.connect(self._aim)
        self.severity = SeverityRow()
        self.severity.changed.connect(self._show_allowed)
        self.allowed = label("", size=theme.SMALL, role="muted")
        self.words = WordsLine()
        self.words.moved.connect(self.target.move_by)
        self.words.numbered.connect(self.severity.choose_numbered)
        self.words.textChanged.connect(self._guess)
        currency = str(book.setting("shop.currency"))
        self.order = OrderField(tr("Order"), book, currency, None, None)
        self.subject = ChoiceField(tr("Subject"), choices(names.SUBJECTS), "quality")
        self.subject.box.activated.connect(lambda _: self._choose_subject())
        self.channel = ChoiceField(tr("Channel"), choices(names.CHANNELS), "phone")
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.order, 5)
        row.addWidget(self.subject, 3)
        row.addWidget(self.channel, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.strip, self.target, self.words, self.severity, self.allowed):
            column.addWidget(part)
        column.addLayout(row)
        column.addStretch(1)
        self._show_allowed()

    def show_caller(self, customer: int | None, caller: TypedPerson | None) -> None:
        """Show who it is, what is open with them already, and the order it is likely to be about."""
        if customer is not None:
            self.strip.show_customer(customer)
        elif caller is not None:
            self.strip.show_new(caller)
        else:
            self.strip.show_nobody()
        open_now = open_complaints(self._book, customer) if customer is not None else ()
        self.target.offer(open_now, date.today())
        self.order.offer(customer)
        last = next(iter(order_choices(self._book, customer, 1)), None) if customer is not None else None
        fresh = datetime.now() - timedelta(days=FRESH_DAYS)
        self.order.set_value(last.id if last and from_iso(last.placed_at) >= fresh else None)
        self.order.setEnabled(customer is not None)
        self._aim()

    def said(self) -> str:
        """The words, without what nobody sees."""
        return clean_typed(self.words.text())

    def target_id(self) -> int:
        """The open complaint that the words are added to, or NEW."""
        return self.target.value()

    def values(self) -> dict[str, Any]:
        """What a new complaint is recorded with, beside who it is from."""
        return {
            "words": self.said(),
            "severity": self.severity.value(),
            "channel": self.channel.value(),
            "subject": self.subject.value(),
            "order_id": self.order.value() if self.order.isEnabled() else None,
        }

    def _aim(self) -> None:
        """What is added to an open complaint has no severity, order or subject of its own."""
        new = self.target_id() == NEW
        for one in (self.severity, self.allowed, self.order, self.subject, self.channel):
            one.setVisible(new)
        self.aimed.emit()

    def _show_allowed(self) -> None:
        """By when the severity asks for an answer: what one may tell the caller."""
        now = datetime.now().replace(microsecond=0)
        due = deadlines(opening_hours(self._book), allowed(self._book)[self.severity.value()], now)
        self.allowed.setText(
            tr(
                "First reply due {reply}, to be settled by {settle}",
                reply=due_words(due["reply_due_at"], now),
                settle=due_words(due["settle_due_at"], now),
            )
        )

    def _guess(self, text: str) -> None:
        if not self._subject_chosen:
            self.subject.set_value(guess_subject(text) or "quality")
        self.changed.emit()

    def _choose_subject(self) -> None:
        self._subject_chosen = True
