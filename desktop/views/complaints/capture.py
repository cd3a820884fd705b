"""The small window for the phone call: who it is, one line of words, how bad it is. No mouse is needed."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.core.typed_person import TypedPerson, read_typed
from desktop.models.changes import Changes
from desktop.operations.complaint_capture import capture_complaint
from desktop.operations.complaint_words import record_answer
from desktop.queries.counter_finding import find_matches, holder_of_code
from desktop.views.complaints.capture_form import CaptureForm
from desktop.views.complaints.capture_parts import NEW
from desktop.views.counter.big_button import BigButton
from desktop.views.counter.match_list import MatchList
from desktop.views.counter.search_line import SearchLine
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label

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
        self.matches = MatchList()
        self.matches.chosen.connect(self.choose_customer)
        self.field = SearchLine()
        self.field.searched.connect(self._search)
        self.field.taken.connect(self._take)
        self.field.moved.connect(self.matches.move_by)
        self.field.numbered.connect(self._take_numbered)
        self.form = CaptureForm(ctx.book)
        self.words = self.form.words
        self.form.changed.connect(lambda: self._say(""))
        self.form.aimed.connect(self._name_record)
        self._wrong = label("", role="red", wrap=True)
        self._wrong.hide()
        self.body = QStackedWidget()
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
        self._say("")
        self.form.show_caller(self.customer, self.caller)

    def _name_record(self) -> None:
        new = self.form.target_id() == NEW
        self.record_button.setText(tr("Record complaint") if new else tr("Add to it"))
        self.record_button.setAccessibleName(self.record_button.text())
        self.record_button.update()

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
            # The first of several is as likely the wrong one.
            self._say(tr("Several customers match: choose one, or type on."))
            self.field.setFocus()
            return
        if not self.form.said():
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
        complaint = changes.created.get("complaint") or self.form.target_id()
        self.ctx.changed(changes)
        self.accept()
        if show:
            self.ctx.navigate("complaints", complaint=complaint)
            self.opened.emit(complaint)

    def _store(self) -> Changes:
        book, now = self.ctx.book, datetime.now().replace(microsecond=0)
        added = self.form.target_id()
        if added != NEW:
            return record_answer(book, complaint_id=added, at=now, text=self.form.said())
        return capture_complaint(
            book,
            received_at=now,
            customer_id=self.customer,
            caller=self.caller,
            staff_id=book.clerk_id(),
            **self.form.values(),
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
