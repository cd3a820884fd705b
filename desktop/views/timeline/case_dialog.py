"""A service case opened: its steps to tick, its notes, and its end; everything is written at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_when
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations import service, service_cases
from desktop.queries.service_cases import CaseDetail, NoteRow, StepRow, case_detail
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, PrimaryButton, SecondaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.icons import icon
from desktop.views.kit.labels import Tag, label
from desktop.views.kit.layouts import FlowLayout, ScrollColumn, Separator, clear
from desktop.views.kit.theme import Tone
from desktop.views.timeline.case_form import CaseForm
from desktop.views.timeline.customer_link import CustomerLink
from desktop.views.timeline.note_line import NoteWords
from desktop.views.timeline.rating_form import RatingForm

_TONES: dict[str, Tone] = {"open": "amber", "waiting": "grey", "done": "accent", "cancelled": "grey"}
_TABLES = ("service_case", "case_step", "interaction", "customer", "orders")
WIDTH, HEIGHT = 520, 600
LONG = 60
"""Characters from which a title is a text and is written as one."""

Operation = Callable[..., Changes]


class CaseDialog(QDialog):
    """Shows a case and does with it what its state allows; the undo key works here too."""

    def __init__(self, ctx: Context, case_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._ctx, self._id = ctx, case_id
        self.case: CaseDetail | None = None
        self.boxes: dict[int, QCheckBox] = {}
        self._scroll = ScrollColumn(gap=10)
        self.note = NoteWords()
        self.note.setPlaceholderText(tr("Write a note on this case…"))
        self.note.setAccessibleName(tr("Write a note on this case…"))
        self.note.saved.connect(self._add_note)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.note)
        layout.addLayout(self._foot)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, ctx.undo)
        QShortcut(QKeySequence(Qt.Key.Key_F2), self, self.edit)
        ctx.changes.listen(self, self._refresh, *_TABLES)
        self._refresh()
        room = self.screen().availableGeometry().height() - 120
        self.resize(WIDTH, min(HEIGHT, room))
        if self.case is not None:
            todo = next((step.id for step in self.case.steps if step.done_at is None), None)
            first: QWidget = self.note if todo is None else self.boxes[todo]
            first.setFocus()

    # -- what it shows

    def _refresh(self) -> None:
        self.case = case_detail(self._ctx.book, self._id)
        if self.case is None:
            self.close()
            return
        held = next((step for step, box in self.boxes.items() if box is self.focusWidget()), None)
        place = self._scroll.verticalScrollBar().value()
        clear(self._scroll.column)
        clear(self._foot)
        self._fill(self.case)
        self._act(self.case)
        if held in self.boxes:
            # What is new in a layout shows a moment later, and only what shows takes the keyboard.
            self.boxes[held].show()
            self.boxes[held].setFocus()
        self._scroll.verticalScrollBar().setValue(place)

    def _fill(self, case: CaseDetail) -> None:
        kind = words.name(words.CASE_KINDS, case.kind)
        named = tr("{kind} {number}", kind=kind, number=case.number)
        self.setWindowTitle(named)
        column = self._scroll.column
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(
            label(
                case.title or named,
                size=theme.TITLE if len(case.title) <= LONG else theme.BODY,
                bold=True,
                wrap=True,
                selectable=True,
            ),
            1,
        )
        pencil = IconButton("pencil", tr("Correct the service case"), self.edit, role="muted")
        head.addWidget(pencil, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._line(case))
        quiet = [named if case.title else "", format_when(case.opened_at), case.place, case.staff]
        if case.order_number:
            quiet.append(tr("order {number}", number=case.order_number))
        said = " · ".join(part for part in quiet if part)
        column.addWidget(label(said, size=theme.SMALL, role="muted", wrap=True))
        if case.text:
            column.addWidget(label(case.text, wrap=True, selectable=True))
        column.addWidget(Separator())
        column.addWidget(label(tr("Steps"), size=theme.SECTION, bold=True))
        self.boxes = {}
        for step in case.steps:
            column.addLayout(self._step(step))
        column.addSpacing(4)
        column.addWidget(label(tr("Notes"), size=theme.SECTION, bold=True))
        for note in case.notes:
            column.addLayout(self._note(note))
        if not case.notes:
            column.addWidget(label(tr("No note yet."), size=theme.SMALL, role="muted"))
        column.addStretch(1)

    def _line(self, case: CaseDetail) -> QWidget:
        """State and customer."""
        holder = QWidget()
        flow = FlowLayout(holder, gap=8, line_gap=4)
        flow.addWidget(Tag(words.name(words.CASE_STATUSES, case.status), _TONES[case.status]))
        if case.customer_id is not None:
            who = CustomerLink(self._ctx, case.customer_id, case.customer_name, size=theme.SMALL)
            who.setFixedHeight(22)
            who.setStyleSheet("min-height: 0")
            who.clicked.connect(self.accept)
            flow.addWidget(who)
        return holder

    def _step(self, step: StepRow) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        box = QCheckBox(tr(step.title).replace("&", "&&"))
        box.setChecked(step.done_at is not None)
        box.clicked.connect(lambda on: self.tick(step.id, done=on))
        self.boxes[step.id] = box
        row.addWidget(box, 1)
        if step.done_at:
            said = (format_when(step.done_at), step.staff, step.note)
            text = " · ".join(part for part in said if part)
            row.addWidget(label(text, size=theme.SMALL, role="muted"))
        return row

    def _note(self, note: NoteRow) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(label(note.text, wrap=True, selectable=True))
        said = (format_when(note.at), note.staff)
        text = " · ".join(part for part in said if part)
        lines.addWidget(label(text, size=theme.SMALL, role="muted"))
        return lines

    # -- what it does

    def _act(self, case: CaseDetail) -> None:
        more = SecondaryButton(tr("More"))
        more.setAutoDefault(False)
        menu = QMenu(more)
        menu.addAction(icon("pencil"), tr("Correct…"), self.edit)
        menu.addAction(icon("star"), tr("Add a rating…"), self.rate)
        if case.open:
            menu.addAction(icon("circle-x"), tr("Call off"), lambda: self.end(called_off=True))
        menu.addSeparator()
        menu.addAction(icon("trash-2"), tr("Delete"), self.delete)
        more.setMenu(menu)
        if case.open:
            other = SecondaryButton(tr("Close the case"), "circle-check", self.end)
        else:
            other = SecondaryButton(tr("Reopen"), "rotate-ccw", self.reopen)
        other.setAutoDefault(False)
        done = PrimaryButton(tr("Done"), on_click=self.accept)
        done.setDefault(True)
        self._foot.addWidget(more)
        self._foot.addStretch(1)
        self._foot.addWidget(other)
        self._foot.addWidget(done)

    def tick(self, step_id: int, *, done: bool) -> None:
        """Tick a step, or take the tick back."""
        self._do(service_cases.tick_step, step_id=step_id, done=done, at=_now())

    def end(self, *, called_off: bool = False) -> None:
        """Close the case, or call it off."""
        self._do(service_cases.close_case, case_id=self._id, at=_now(), called_off=called_off)

    def reopen(self) -> None:
        """Take the case up again."""
        self._do(service_cases.reopen_case, case_id=self._id)

    def delete(self) -> None:
        """Remove the case; the notice offers to undo it."""
        self._do(service_cases.delete_cases, case_ids=[self._id])

    def edit(self) -> None:
        """Open the form to correct the case."""
        if self.case is not None:
            CaseForm(self._ctx, case=self.case, parent=self).open()

    def rate(self) -> None:
        """Write down how the customer found it."""
        if self.case is not None:
            RatingForm(self._ctx, customer_id=self.case.customer_id, case_id=self._id, parent=self).open()

    def _add_note(self) -> None:
        if self.case is None or not self.note.text().strip():
            return
        done = self._do(
            service.add_interaction,
            text=self.note.text(),
            stage="after-sale",
            at=_now(),
            customer_id=self.case.customer_id,
            order_id=self.case.order_id,
            case_id=self._id,
        )
        if done is not None:
            self.note.clear()

    def _do(self, operation: Operation, **values: object) -> Changes | None:
        return self._ctx.do(lambda: operation(self._ctx.book, **values))


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)
