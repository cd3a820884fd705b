"""The small window for the phone call: who it is, one line of words, how bad it is. No mouse is needed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core import words as names
from desktop.core.complaint_process import deadlines
from desktop.core.dates import from_iso
from desktop.core.errors import UserError
from desktop.core.folding import clean_typed
from desktop.core.subject_guess import guess_subject
from desktop.core.translation import tr
from desktop.core.typed_person import TypedPerson, read_typed
from desktop.models.changes import Changes
from desktop.operations.complaint_capture import capture_complaint
from desktop.operations.complaint_steps import allowed
from desktop.operations.complaint_words import record_answer
from desktop.queries.counter_finding import find_matches, holder_of_code
from desktop.queries.open_complaints import open_complaints
from desktop.queries.opening import opening_hours
from desktop.queries.pickers import order_choices
from desktop.views.complaints.capture_parts import NEW, CallerStrip, SeverityRow, TargetChoice, WordsLine
from desktop.views.complaints.words import due_words
from desktop.views.counter.big_button import BigButton
from desktop.views.counter.match_list import MatchList
from desktop.views.counter.search_line import SearchLine
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField
from desktop.views.kit.labels import label
from desktop.views.timeline.choices import choices
from desktop.views.timeline.fields import OrderField

FRESH_DAYS = 30
"""Days for which a complaint is likely to be about the last order."""
_SIZE = (660, 606)


class Capture(QDialog):
    """Enter goes from the caller to the words and then records; Ctrl+Enter records and opens it.

    `opened` carries the id of a complaint that was opened in the main window.
    """

    opened = Signal(int)

    def __init__(self, ctx: Context, parent: QWidget | None, customer_id: int | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("Record a complaint"))
        self.ctx = ctx
        self.customer: int | None = None
        self.caller: TypedPerson | None = None
        self._subject_chosen = False
        self.matches = MatchList()
        self.matches.chosen.connect(self.choose_customer)
        self.field = SearchLine()
        self.field.searched.connect(self._search)
        self.field.taken.connect(self._take)
        self.field.moved.connect(self.matches.move_by)
        self.field.numbered.connect(self._take_numbered)
        self.strip = CallerStrip(ctx.book)
        self.target = TargetChoice()
        self.target.changed.connect(self._show_target)
        self.words = WordsLine()
        self.words.moved.connect(self.target.move_by)
        self.words.textChanged.connect(self._guess)
        self.severity = SeverityRow()
        self.words.numbered.connect(self.severity.choose_numbered)
        self._wrong = label("", role="red", wrap=True)
        self._wrong.hide()
        self.body = QStackedWidget()
        self.form = self._form()
        for page in (self.form, self.matches):
            self.body.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 16, 22, 18)
        layout.setSpacing(12)
        layout.addWidget(label(tr("Record a complaint"), size=theme.TITLE, bold=True))
        layout.addWidget(self.field)
        layout.addWidget(self.body, 1)
        layout.addWidget(self._wrong)
        layout.addLayout(self._foot())
        self.resize(*_SIZE)
        self._show_caller()
        if customer_id is not None:
            self.choose_customer(customer_id)

    def fill(self, typed: str, said: str) -> None:
        """Put back what was written of the caller and of the complaint."""
        if self.customer is None and typed:
            self.field.set_text(typed)
            self._search(typed)
        self.words.setText(said)

    def _form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.strip)
        column.addWidget(self.target)
        column.addWidget(self.words)
        column.addWidget(self.severity)
        self.allowed = label("", size=theme.SMALL, role="muted")
        column.addWidget(self.allowed)
        self.severity.changed.connect(self._show_allowed)
        self._show_allowed()
        currency = str(self.ctx.book.setting("shop.currency"))
        self.order = OrderField(tr("Order"), self.ctx.book, currency, None, None)
        self.subject = ChoiceField(tr("Subject"), choices(names.SUBJECTS), "quality")
        self.subject.box.activated.connect(lambda _: self._choose_subject())
        self.channel = ChoiceField(tr("Channel"), choices(names.CHANNELS), "phone")
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.order, 5)
        row.addWidget(self.subject, 3)
        row.addWidget(self.channel, 2)
        column.addLayout(row)
        column.addStretch(1)
        return form

    def _show_allowed(self) -> None:
        """By when the severity asks for an answer: what one may tell the caller."""
        book, now = self.ctx.book, datetime.now().replace(microsecond=0)
        due = deadlines(opening_hours(book), allowed(book)[self.severity.value()], now)
        self.allowed.setText(
            tr(
                "First reply due {reply}, to be settled by {settle}",
                reply=due_words(due["reply_due_at"], now),
                settle=due_words(due["settle_due_at"], now),
            )
        )

    def _foot(self) -> QHBoxLayout:
        leave = BigButton(tr("Leave"), "x", self.reject, key=tr("Esc"), height=46, size=15)
        self.open_button = BigButton(
            tr("Record and open"),
            "",
            lambda: self.record(show=True),
            key=tr("Ctrl+Enter"),
            height=46,
            size=15,
        )
        self.record_button = BigButton(
            tr("Record complaint"), "check", self.record, key=tr("Enter"), primary=True, height=46, size=15
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(leave)
        row.addWidget(self.open_button)
        row.addWidget(self.record_button, 1)
        return row

    # -- who it is

    def choosing(self) -> bool:
        """Whether several customers match, of whom one is to be taken."""
        return self.body.currentWidget() is self.matches

    def choose_customer(self, customer_id: int) -> None:
        """Take a customer; the words come next."""
        self._know(customer_id)
        self.words.setFocus()

    def _search(self, text: str) -> None:
        """What is typed may be a customer, the beginning of several, or somebody new."""
        book, typed = self.ctx.book, text.strip()
        found = find_matches(book, typed, today=date.today()) if typed else None
        if found is not None and len(found.rows) > 1:
            self._know(None)
            self.matches.show_matches(found, typed, date.today())
            self.body.setCurrentWidget(self.matches)
        elif found is not None and found.rows:
            self._know(found.rows[0].id)
        else:
            self._know(None, read_typed(typed, str(book.setting("shop.country"))) if typed else None)

    def _take(self) -> None:
        """Enter behind the caller: the one marked, the one with that code, or as it stands."""
        self.field.tell_now()
        if self.choosing():
            self.matches.take_current()
            return
        typed = self.field.text().strip()
        if self.customer is None and typed:
            holder = holder_of_code(self.ctx.book, typed)
            if holder is not None:
                self._know(holder)
        self.words.setFocus()

    def _take_numbered(self, digit: int) -> None:
        if self.choosing():
            self.matches.take(digit - 1)

    def _know(self, customer_id: int | None, caller: TypedPerson | None = None) -> None:
        self.body.setCurrentWidget(self.form)
        if (customer_id, caller) != (self.customer, self.caller):
            self.customer, self.caller = customer_id, caller
            self._show_caller()

    def _show_caller(self) -> None:
        """Show who it is, what is open with them already, and the order it is likely to be about."""
        book, customer = self.ctx.book, self.customer
        self._say("")
        if customer is not None:
            self.strip.show_customer(customer)
        elif self.caller is not None:
            self.strip.show_new(self.caller)
        else:
            self.strip.show_nobody()
        self.target.offer(open_complaints(book, customer) if customer is not None else (), date.today())
        self.order.offer(customer)
        last = next(iter(order_choices(book, customer, 1)), None) if customer is not None else None
        fresh = datetime.now() - timedelta(days=FRESH_DAYS)
        self.order.set_value(last.id if last and from_iso(last.placed_at) >= fresh else None)
        self.order.setEnabled(customer is not None)
        self._show_target()

    def _show_target(self) -> None:
        """What is added to an open complaint has no severity, order or subject of its own."""
        new = self.target.value() == NEW
        for one in (self.severity, self.allowed, self.order, self.subject, self.channel):
            one.setVisible(new)
        self.record_button.setText(tr("Record complaint") if new else tr("Add to it"))
        self.record_button.setAccessibleName(self.record_button.text())
        self.record_button.update()

    # -- what it is about

    def _guess(self, text: str) -> None:
        self._say("")
        if not self._subject_chosen:
            self.subject.set_value(guess_subject(text) or "quality")

    def _choose_subject(self) -> None:
        self._subject_chosen = True

    def _say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    # -- recording

    def record(self, *, show: bool = False) -> None:
        """Record it and close; `show`: open it in the main window. What is wrong is said here."""
        if self.field.line.hasFocus():
            # What was typed last may not have been looked for yet.
            self.field.tell_now()
        if self.choosing():
            self.matches.take_current()
        if not clean_typed(self.words.text()):
            self._say(tr("Write in a few words what it is about."))
            self.words.setFocus()
            return
        try:
            changes = self._store()
        except UserError as error:
            self._say(str(error))
            if self.caller is not None:
                self.field.setFocus()
            return
        complaint = changes.created.get("complaint") or self.target.value()
        self.ctx.changed(changes)
        self.accept()
        if show:
            self.ctx.navigate("complaints", complaint=complaint)
            self.opened.emit(complaint)

    def _store(self) -> Changes:
        book, now = self.ctx.book, datetime.now().replace(microsecond=0)
        added = self.target.value()
        if added != NEW:
            return record_answer(book, complaint_id=added, at=now, text=clean_typed(self.words.text()))
        return capture_complaint(
            book,
            words=clean_typed(self.words.text()),
            received_at=now,
            severity=self.severity.value(),
            channel=self.channel.value(),
            subject=self.subject.value(),
            customer_id=self.customer,
            order_id=self.order.value() if self.customer is not None else None,
            caller=self.caller,
            staff_id=book.clerk_id(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter records, with Ctrl it opens the complaint too; Escape leaves the list first."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.record(show=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape and self.choosing():
            self.field.set_text("")
            self._know(None)
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Leave it; words that were written can be had back."""
        said, typed, customer = self.words.text().strip(), self.field.text(), self.customer
        if said and self.isVisible():
            parent, ctx = self.parentWidget(), self.ctx

            def again() -> None:
                open_capture(ctx, parent, customer).fill(typed, said)

            ctx.notify(tr("The complaint was not recorded."), tr("Back"), again, "info")
        super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is where one begins: with the caller, or the words where they are known."""
        super().showEvent(event)
        (self.field if self.customer is None else self.words).setFocus()


def open_capture(ctx: Context, parent: QWidget | None, customer_id: int | None = None) -> Capture:
    """Open the window over `parent`'s; with a customer it begins with the words."""
    window = Capture(ctx, parent.window() if parent else None, customer_id)
    window.open()
    return window
