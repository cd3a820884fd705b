"""The forms of a promise: made, corrected, put off."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.dates import format_when, from_iso
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations import promises
from desktop.queries.complaint_detail import ComplaintDetail, PromiseRow
from desktop.queries.timeline import clerks
from desktop.views.complaints.due_moment_field import EVENING, DueMomentField
from desktop.views.complaints.forms import ComplaintForm, now
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, TextField


def promise_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A promise: what, until when, and who keeps it."""

    def run(book: Book, *, complaint_id: int, **values: Any) -> Changes:
        return promises.add_promise(book, complaint_id=complaint_id, made_at=now(), **values)

    form = ComplaintForm(ctx, detail, tr("New promise"), tr("Promise"), run, parent)
    form.add_row(text=TextField(tr("What was promised"), required=True))
    tomorrow = datetime.combine(now().date() + timedelta(days=1), EVENING)
    form.add_row(due_at=DueMomentField(tr("Until when"), tomorrow))
    form.add_row(staff_id=_clerk(ctx, ctx.book.clerk_id()))
    return form


def edit_promise_dialog(
    ctx: Context, detail: ComplaintDetail, promise: PromiseRow, parent: QWidget
) -> FormDialog:
    """Correct a promise."""

    def run(book: Book, *, complaint_id: int, **values: Any) -> Changes:
        return promises.edit_promise(book, promise_id=promise.id, at=now(), was=was, **values)

    form = ComplaintForm(ctx, detail, tr("Correct the promise"), tr("Save"), run, parent)
    form.add_row(text=TextField(tr("What was promised"), promise.text, required=True))
    form.add_row(due_at=DueMomentField(tr("Until when"), from_iso(promise.due_at)))
    form.add_row(by=_clerk(ctx, promise.staff_id))
    was = form.values()
    return form


def put_off_dialog(ctx: Context, detail: ComplaintDetail, promise: PromiseRow, parent: QWidget) -> FormDialog:
    """Agree another time with the customer."""

    def run(book: Book, *, complaint_id: int, **values: Any) -> Changes:
        return promises.edit_promise(book, promise_id=promise.id, at=now(), **values)

    form = ComplaintForm(
        ctx, detail, tr("Put the promise off"), tr("Put off"), run, parent,
        text=tr("“{promise}” was promised until {time}. Tell the customer before you put it off.",
                promise=promise.text, time=format_when(promise.due_at)),
    )  # fmt: skip
    form.add_row(due_at=DueMomentField(tr("Until when"), _later(from_iso(promise.due_at))))
    return form


def _later(due: datetime) -> datetime:
    """A day after it was due, or tomorrow evening where that is over."""
    tomorrow = datetime.combine(now().date() + timedelta(days=1), EVENING)
    return max(due + timedelta(days=1), tomorrow) if due.time() != time() else tomorrow


def _clerk(ctx: Context, staff_id: int | None) -> ChoiceField:
    return ChoiceField(tr("Who keeps it"), [(None, tr("No clerk")), *clerks(ctx.book)], staff_id)
