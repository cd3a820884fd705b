"""One service case, whole: shown, ticked, noted upon, made to wait and ended; every act is one undo step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core.translation import ntr, tr
from desktop.models.changes import Changes
from desktop.operations import case_moves, service_cases
from desktop.queries.case_detail import CaseDetail, case_detail
from desktop.views.cases import case_parts, words
from desktop.views.cases.case_form import CaseForm
from desktop.views.cases.close_form import CloseForm
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton, PrimaryButton, SecondaryButton
from desktop.views.kit.cards import EmptyState, KeyValueList
from desktop.views.kit.context import Context
from desktop.views.kit.icons import icon
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn, Separator, clear
from desktop.views.ratings.form import RatingForm
from desktop.views.timeline.note_line import NoteWords

Operation = Callable[..., Changes]


class CasePane(QWidget):
    """Shows a case and does with it what its state allows."""

    gone = Signal()
    """The case that was shown is no longer in the book."""
    left = Signal()
    """The owner goes on to somewhere else from here."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._currency = str(ctx.book.setting("shop.currency"))
        self.case: CaseDetail | None = None
        self.boxes: dict[int, QCheckBox] = {}
        self._scroll = ScrollColumn(gap=10)
        self.note = NoteWords()
        self.note.setPlaceholderText(tr("Write a note on this case…"))
        self.note.setAccessibleName(tr("Write a note on this case…"))
        self.note.saved.connect(self._add_note)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.note)
        layout.addLayout(self._buttons)
        edit = QShortcut(QKeySequence(Qt.Key.Key_F2), self, self.edit)
        edit.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_case(self, case_id: int | None, now: datetime) -> None:
        """Show another case, or the same one anew; None: what to do here."""
        same = self.case is not None and self.case.id == case_id
        held = next((step for step, box in self.boxes.items() if box is self.focusWidget()), None)
        place = self._scroll.verticalScrollBar().value() if same else 0
        before, self.case = self.case, None if case_id is None else case_detail(self._ctx.book, case_id)
        clear(self._scroll.column)
        clear(self._buttons)
        self.boxes = {}
        self.note.setVisible(self.case is not None)
        if not same:
            self.note.clear()
        if self.case is None:
            self._scroll.column.addWidget(
                EmptyState(
                    "wrench",
                    tr("Choose a service case"),
                    tr("Its steps, deadlines and notes are shown here."),
                ),
                1,
            )
            if before is not None and case_id is not None:
                self.gone.emit()
            return
        self._fill(self.case, now)
        self._act(self.case)
        if same and held in self.boxes:
            # What is new in a layout shows a moment later, and only what shows takes the keyboard.
            self.boxes[held].show()
            self.boxes[held].setFocus()
        self._scroll.verticalScrollBar().setValue(place)

    # -- what it shows

    def _fill(self, case: CaseDetail, now: datetime) -> None:
        column = self._scroll.column
        column.addLayout(case_parts.head(case, self.edit))
        column.addWidget(case_parts.state_line(self._ctx, case, now, self.left.emit))
        column.addWidget(label(case_parts.quiet_line(case), size=theme.SMALL, role="muted", wrap=True))
        for item in case.items:
            if len(case.items) > 1 or item.title != case.title or item.quantity != 1 or item.warranty:
                column.addWidget(case_parts.item_line(item, now))
        if case.text:
            column.addWidget(label(case.text, wrap=True, selectable=True))
        facts = case_parts.facts(case, self._currency, now)
        # What is to be done comes before what is known; of a case that has ended, what came of it.
        for shown in (self._add_steps, self._add_facts) if case.open else (self._add_facts, self._add_steps):
            shown(case, facts, now)
        column.addSpacing(4)
        column.addWidget(label(tr("Notes"), size=theme.SECTION, bold=True))
        for note in case.notes:
            column.addWidget(case_parts.note_line(note))
        if not case.notes:
            column.addWidget(label(tr("No note yet."), size=theme.SMALL, role="muted"))
        files = ntr("{n} file", "{n} files", case.files) if case.files else tr("Add files…")
        column.addWidget(LinkButton(files, "file-text", self.open_files), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _add_facts(self, _: CaseDetail, facts: list[tuple[str, str]], __: datetime) -> None:
        if facts:
            self._scroll.column.addWidget(Separator())
            self._scroll.column.addWidget(KeyValueList(facts, name_width=76))

    def _add_steps(self, case: CaseDetail, _: object, now: datetime) -> None:
        self._scroll.column.addWidget(Separator())
        for step in case.steps:
            line = case_parts.step_line(step, case, now)
            line.box.clicked.connect(lambda on, step=step.id: self._clicked(step, on))
            self.boxes[step.id] = line.box
            self._scroll.column.addWidget(line)

    def _act(self, case: CaseDetail) -> None:
        """The buttons at the foot; the rarer acts are behind "More"."""
        more = SecondaryButton(tr("More"))
        menu = QMenu(more)
        self.fill_menu(menu)
        more.setMenu(menu)
        buttons: list[SecondaryButton | PrimaryButton] = [more]
        if case.status == "open":
            buttons += [
                SecondaryButton(tr("Wait"), "clock", self.wait, tip=tr("The next word is the customer's")),
                PrimaryButton(tr("Close…"), "circle-check", self.close_with_outcome),
            ]
        elif case.status == "waiting":
            buttons.append(PrimaryButton(tr("The customer answered"), "reply", self.resume))
        elif case.status == "done" and not case.rated_at:
            buttons += [
                SecondaryButton(tr("Reopen"), "rotate-ccw", self.reopen),
                PrimaryButton(tr("Rating…"), "star", self.rate),
            ]
        else:
            buttons.append(SecondaryButton(tr("Reopen"), "rotate-ccw", self.reopen))
        for button in buttons:
            button.setAutoDefault(False)
            self._buttons.addWidget(button, 0 if button is more else 1)

    def fill_menu(self, menu: QMenu) -> None:
        """Everything that can be done with the case."""
        case = self.case
        if case is None:
            return

        def add(picture: str, text: str, run: Callable[[], object]) -> None:
            menu.addAction(icon(picture), text).triggered.connect(lambda _=False: run())

        add("pencil", tr("Correct…"), self.edit)
        if case.open:
            if case.answered_at is None:
                add("message-circle", tr("The customer had a first word"), self.answer)
            if case.status == "open":
                add("clock", tr("Wait for the customer"), self.wait)
            else:
                add("reply", tr("The customer answered"), self.resume)
            add("circle-check", tr("Close…"), self.close_with_outcome)
            add("circle-x", tr("Call off"), lambda: self.end(called_off=True))
        else:
            add("rotate-ccw", tr("Reopen"), self.reopen)
        add("star", tr("Add a rating…"), self.rate)
        add("circle-check", tr("Add a task…"), self.add_task)
        if case.order_id is not None and case.customer_id is not None:
            add("receipt-text", tr("Go to the order"), self.go_to_order)
        add("file-text", tr("Files…"), self.open_files)
        add("history", tr("History…"), self.show_history)
        menu.addSeparator()
        add("trash-2", tr("Delete"), self.delete)

    # -- what it does

    def _clicked(self, step_id: int, on: bool) -> None:
        """The last step ends the case: what came of it is asked first."""
        case = self.case
        if on and case is not None and case.open and [step.id for step in case.todo] == [step_id]:
            self.boxes[step_id].setChecked(False)
            self.close_with_outcome(tick=step_id)
        else:
            self.tick(step_id, done=on)

    def tick(self, step_id: int, *, done: bool) -> None:
        """Tick a step, or take the tick back."""
        ticked = self._do(case_moves.tick_step, step_id=step_id, done=done, at=_now())
        if ticked is None and step_id in self.boxes:
            self.boxes[step_id].setChecked(not done)

    def close_with_outcome(self, tick: int | None = None) -> None:
        """Ask what came of the case, then end it."""
        if self.case is not None:
            CloseForm(self._ctx, self.case, tick=tick, parent=self).open()

    def finish(self) -> None:
        """Do what is left of the case: its last step, and its end."""
        if self.case is not None and self.case.open:
            self.close_with_outcome(self.case.todo[0].id if self.case.todo else None)

    def end(self, *, called_off: bool = False) -> None:
        """Close the case as it stands, or call it off."""
        self._move(case_moves.close_case, at=_now(), called_off=called_off)

    def wait(self) -> None:
        """The next word is the customer's: stop the clock."""
        self._move(case_moves.wait_for_customer, at=_now())

    def resume(self) -> None:
        """The customer answered: start the clock again."""
        self._move(case_moves.resume_case, at=_now())

    def answer(self) -> None:
        """The customer had a first word."""
        self._move(case_moves.answer_case, at=_now())

    def reopen(self) -> None:
        """Take the case up again."""
        self._move(case_moves.reopen_case)

    def delete(self) -> None:
        """Remove the case; the notice offers to undo it."""
        if self.case is not None:
            self._do(service_cases.delete_cases, case_ids=[self.case.id])

    def edit(self) -> None:
        """Open the form to correct the case."""
        if self.case is not None:
            CaseForm(self._ctx, case=self.case, parent=self).open()

    def rate(self) -> None:
        """Write down how the customer found it."""
        if self.case is not None:
            RatingForm(self._ctx, customer_id=self.case.customer_id, case_id=self.case.id, parent=self).open()

    def add_task(self) -> None:
        """Note something to do about the case."""
        if self.case is not None:
            from desktop.views.tasks.task_form import open_task_form

            open_task_form(
                self._ctx, self, customer_id=self.case.customer_id, case_id=self.case.id,
                title=self.case.title,
            )  # fmt: skip

    def open_files(self) -> None:
        """Show the files kept with the case."""
        if self.case is not None:
            from desktop.views.files.dialog import open_files

            open_files(self._ctx, self, "service_case", self.case.id, self.title())

    def show_history(self) -> None:
        """Show what every field of the case was, and when."""
        if self.case is not None:
            from desktop.views.profile.history_dialog import open_history

            open_history(self._ctx, self, "service_case", self.case.id, self.title())

    def go_to_order(self) -> None:
        """Show the order the case is about."""
        if self.case is not None and self.case.customer_id is not None:
            self.left.emit()
            self._ctx.navigate(
                "profile", customer=self.case.customer_id, tab="orders", order=self.case.order_id
            )

    def title(self) -> str:
        """The case by kind and number."""
        return words.named(self.case) if self.case else ""

    def _add_note(self) -> None:
        text = self.note.text()
        if text.strip() and self._move(service_cases.note_case, text=text, at=_now()) is not None:
            self.note.clear()

    def _move(self, operation: Operation, **values: object) -> Changes | None:
        return None if self.case is None else self._do(operation, case_id=self.case.id, **values)

    def _do(self, operation: Operation, **values: object) -> Changes | None:
        return self._ctx.do(lambda: operation(self._ctx.book, **values))


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)
