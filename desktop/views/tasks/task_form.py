"""The form of a task: what, when in words, what rings, and whom it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core.days import from_iso
from desktop.core.due_words import Due
from desktop.core.translation import mark, tr
from desktop.operations import tasks
from desktop.queries.tasks import TaskRow, due_moment, task
from desktop.queries.timeline import clerks
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField, NumberField, TextField
from desktop.views.tasks.due_field import NO_DAY, DueField
from desktop.views.tasks.words import about_text
from desktop.views.timeline.fields import CustomerField, customer_line

MORNING = time(9)
"""When a task without a time rings on its day."""

# How long before its moment a task rings, in minutes; "" never, "other" at a moment of its own.
_BEFORE: Mapping[str, str] = {
    "": mark("No reminder"), "0": mark("When it is due"), "10": mark("10 minutes before"),
    "60": mark("An hour before"), "1440": mark("A day before"),
}  # fmt: skip
_REPEATS: Mapping[str, str] = {
    "": mark("Once"), "daily": mark("Days"), "weekly": mark("Weeks"), "monthly": mark("Months"),
    "yearly": mark("Years"),
}  # fmt: skip


def open_task_form(
    ctx: Context,
    parent: QWidget,
    *,
    customer_id: int | None = None,
    order_id: int | None = None,
    case_id: int | None = None,
    complaint_id: int | None = None,
    interaction_id: int | None = None,
    title: str = "",
    due: Due = NO_DAY,
) -> TaskForm:
    """Ask for a task about a record; without one, whom it is about may be chosen."""
    about = {
        "customer_id": customer_id, "order_id": order_id, "case_id": case_id, "complaint_id": complaint_id,
        "interaction_id": interaction_id,
    }  # fmt: skip
    form = TaskForm(ctx, {key: row for key, row in about.items() if row is not None}, title, None, parent)
    if due.day is not None:
        form.fields["due"].set_value(due)
        form.follow_words()
    form.open()
    return form


def edit_task_form(ctx: Context, parent: QWidget, task_id: int) -> TaskForm | None:
    """The form of a task that is in the book; None when it is gone."""
    known = task(ctx.book, task_id=task_id, today=datetime.now().date())
    if known is None:
        return None
    form = TaskForm(ctx, {}, known.title, known, parent)
    form.open()
    return form


class TaskForm(FormDialog):
    """Adds a task, or changes the one that is `known`."""

    def __init__(
        self,
        ctx: Context,
        about: Mapping[str, int],
        title: str,
        known: TaskRow | None,
        parent: QWidget | None,
    ) -> None:
        self._ctx, self._about, self._known = ctx, about, known
        who = about_text(known) if known else customer_line(ctx, about.get("customer_id"))
        super().__init__(
            tr("Change the task") if known else tr("New task"),
            tr("Save") if known else tr("Add"),
            self._store,
            text=who,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_row(title=TextField(tr("What is to do"), title, required=True))
        due = Due(known.due, known.minute, known.repeat, known.every, "") if known else NO_DAY
        self.add_row(due=DueField(tr("By when"), due))
        self.add_row(
            repeat=ChoiceField(tr("Comes back"), [(code, tr(text)) for code, text in _REPEATS.items()], ""),
            every=NumberField(tr("After so many"), 1, least=1, most=99),
            before=ChoiceField(tr("Reminder"), [(code, tr(text)) for code, text in _BEFORE.items()], ""),
        )
        if "customer_id" not in about:
            who_field = CustomerField(tr("Customer"), ctx.book, known.customer_id if known else None)
            self.add_row(customer_id=who_field)
        people = [(None, tr("No clerk")), *clerks(ctx.book)]
        clerk = known.staff_id if known else ctx.book.clerk_id()
        self.add_row(staff_id=ChoiceField(tr("Who does it"), people, clerk))
        self.add_row(note=LongTextField(tr("Note"), known.note if known else "", lines=2))
        self.fields["due"].changed.connect(self.follow_words)
        self.fields["repeat"].changed.connect(self._show_every)
        if known:
            self.fields["repeat"].set_value(known.repeat)
            self.fields["every"].set_value(known.every)
            self.fields["before"].set_value(_before(known))
        self._show_every()

    def follow_words(self) -> None:
        """What the words say of coming back and of a time stands in the fields for it."""
        due: Due = self.fields["due"].value()
        if due.repeat:
            self.fields["repeat"].set_value(due.repeat)
            self.fields["every"].set_value(due.every)
        if due.minute is not None and self.fields["before"].value() == "" and self._known is None:
            self.fields["before"].set_value("0")

    def _show_every(self) -> None:
        self.fields["every"].setEnabled(bool(self.fields["repeat"].value()))

    def _store(self, values: dict[str, Any]) -> None:
        due: Due = values["due"]
        given: dict[str, Any] = {
            "title": values["title"], "due": due.day, "minute": due.minute, "repeat": values["repeat"],
            "every": values["every"] if values["repeat"] else 1, "note": values["note"],
            "staff_id": values["staff_id"], "remind_at": self._rings(due, values["before"]),
        }  # fmt: skip
        if "customer_id" in values:
            given["customer_id"] = values["customer_id"]
        if self._known:
            self._ctx.changed(tasks.edit_task(self._ctx.book, task_id=self._known.id, **given))
        else:
            given |= self._about
            self._ctx.changed(tasks.add_task(self._ctx.book, created_at=datetime.now(), **given))

    def _rings(self, due: Due, before: str) -> datetime | None:
        if due.day is None or before == "":
            return None
        if before == "own" and self._known and self._known.remind_at:
            return from_iso(self._known.remind_at)
        moment = due_moment(due.day, due.minute) if due.minute is not None else None
        moment = moment or datetime.combine(due.day, MORNING)
        return moment - timedelta(minutes=int(before))


def _before(known: TaskRow) -> str:
    """Which of the offered reminders a task has; the nearest for one that was put off."""
    if not known.remind_at or known.due is None:
        return ""
    moment = known.due_at if known.minute is not None else datetime.combine(known.due, MORNING)
    minutes = (moment - from_iso(known.remind_at)).total_seconds() / 60 if moment else 0
    return min((code for code in _BEFORE if code), key=lambda code: abs(int(code) - minutes))
