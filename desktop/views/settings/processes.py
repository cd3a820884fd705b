"""The settings of how things are done: the steps of each stage and of each kind of case."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.core.dates import duration
from desktop.core.service_process import FACTS, PROCESSES, TOLD_BY_FACTS, ProcessStep
from desktop.core.translation import mark, tr
from desktop.operations import processes as operations
from desktop.queries.processes import own_steps, process_steps
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, LinkButton, SecondaryButton
from desktop.views.kit.cards import Card
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, NumberField, TextField
from desktop.views.kit.labels import label
from desktop.views.settings.steps_list import StepsList

_ABOUT = {
    "pre-sale": mark("The checklist of a sale in the making, on the customer."),
    "in-sale": mark("The checklist of an order until it arrives."),
    "after-sale": mark("The checklist of an order that has arrived."),
}
_CHIPS_WIDTH = 700


class ProcessesCard(Card):
    """Choose a process, then add, change, move and take out its steps; every change can be undone."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("How things are done"), tr("The steps of every sale and every service case"), hug=True
        )
        self._ctx = ctx
        self.chips = ChipRow([ChipItem(key, tr(name)) for key, name in PROCESSES.items()])
        self.chips.choose("in-sale")
        self.chips.chosen.connect(lambda _: self._show())
        self.chips.setMinimumSize(_CHIPS_WIDTH, 1)
        self.body.addWidget(self.chips)
        self.said = label("", size=theme.SMALL, role="muted", wrap=True)
        # What flows or wraps asks for the height of its narrowest shape, and the card is never that narrow.
        self.said.setMinimumHeight(1)
        self.body.addWidget(self.said)
        self.list = StepsList(tr("Steps"))
        self.list.moved.connect(self.move_step)
        self.list.opened.connect(self.edit_step)
        self.list.removed.connect(self.remove_step)
        self.body.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(SecondaryButton(tr("Add a step…"), "plus", self.add_step, small=True))
        current = self.list.currentRow
        for icon, text, run in (
            ("pencil", tr("Change the step"), lambda: self.edit_step(current())),
            ("arrow-up", tr("Move up (Alt+Up)"), lambda: self.list.move_current(-1)),
            ("arrow-down", tr("Move down (Alt+Down)"), lambda: self.list.move_current(1)),
            ("trash-2", tr("Remove the step"), lambda: self.remove_step(current())),
        ):
            row.addWidget(IconButton(icon, text, run))
        row.addStretch(1)
        self.back = LinkButton(tr("Back to the built-in steps"), "rotate-ccw", self.reset)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        ctx.changes.listen(self, self._show, "process_step")
        self._show()

    def process(self) -> str:
        """The process that is shown."""
        return self.chips.chosen_key() or "in-sale"

    def steps(self) -> tuple[ProcessStep, ...]:
        """Its steps as they stand in the book."""
        return process_steps(self._ctx.book, self.process())

    def _show(self) -> None:
        own = bool(own_steps(self._ctx.book, self.process()))
        self.list.show_steps([(tr(step.title), _note(step)) for step in self.steps()])
        self.back.setVisible(own)
        about = _ABOUT.get(self.process(), "")
        begun = tr("Lists and cases that were begun keep the steps they began with.")
        self.said.setText(" ".join(part for part in (tr(about) if about else "", begun) if part))

    def add_step(self) -> FormDialog:
        """Ask for a new step; it comes at the end."""
        return self._form(
            tr("New step"), partial(operations.add_process_step, self._ctx.book, process=self.process())
        )

    def edit_step(self, at: int) -> FormDialog | None:
        """Ask for other words or another deadline of a step."""
        steps = self.steps()
        if not 0 <= at < len(steps):
            return None
        run = partial(operations.edit_process_step, self._ctx.book, process=self.process(), at=at)
        return self._form(tr("Change the step"), run, steps[at])

    def move_step(self, at: int, to: int) -> None:
        """Put a step at another place."""
        moved = self._ctx.do(
            lambda: operations.move_process_step(self._ctx.book, process=self.process(), at=at, to=to),
            quiet=True,
        )
        if moved is None:
            self._show()

    def remove_step(self, at: int) -> None:
        """Take a step out."""
        self._ctx.do(lambda: operations.remove_process_step(self._ctx.book, process=self.process(), at=at))

    def reset(self) -> None:
        """Go back to the steps that the program brings."""
        self._ctx.do(lambda: operations.reset_process(self._ctx.book, process=self.process()))

    def _form(self, title: str, run: Any, step: ProcessStep | None = None) -> FormDialog:
        def store(values: dict[str, Any]) -> None:
            self._ctx.changed(run(**{**values, "hours": values["hours"] or None}))

        form = FormDialog(
            title, tr("Save"), store, text=tr(PROCESSES[self.process()]), width=460, parent=self
        )
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.add_row(title=TextField(tr("What is to be done"), tr(step.title) if step else "", required=True))
        hours = NumberField(
            tr("Hours to do it in"),
            step.hours or 0 if step else 0,
            most=operations.LONGEST,
            hint=tr("From the opening, by the clock. 0: no deadline; 24: a day, 168: a week."),
        )
        if self.process() in TOLD_BY_FACTS:
            told = [(key, tr(text)) for key, text in FACTS.items()]
            form.add_row(hours=hours, fact=ChoiceField(tr("Ticked"), told, step.fact if step else ""))
        else:
            form.add_row(hours=hours)
        form.open()
        return form


def _note(step: ProcessStep) -> str:
    """What else there is to a step: its deadline, and what ticks it."""
    parts = []
    if step.hours is not None:
        parts.append(tr("within {time}", time=duration(60 * step.hours)))
    if step.fact:
        parts.append(tr("by itself: {fact}", fact=tr(FACTS[step.fact])))
    return " · ".join(parts)
