"""The forms of a complaint's life: a reply, a step, a promise, a remedy, a rejection, a rating."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations import complaint_moves, promises, ratings
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField, MoneyField, TextField
from desktop.views.timeline.choices import choices
from desktop.views.timeline.fields import MomentField
from desktop.views.timeline.rating_form import add_scales
from desktop.views.timeline.words import cut

Operation = Callable[..., Changes]


def now() -> datetime:
    """This moment to the second."""
    return datetime.now().replace(microsecond=0)


def _form(
    ctx: Context, title: str, save: str, operation: Operation, parent: QWidget, *, text: str = ""
) -> FormDialog:
    """A form whose values are handed to an operation on the book."""

    def run(values: dict[str, Any]) -> None:
        ctx.changed(operation(ctx.book, **values))

    dialog = FormDialog(title, save, run, text=text, width=460, parent=parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def about(detail: ComplaintDetail) -> str:
    """Which complaint a form is about, and whose."""
    row = detail.row
    return " · ".join(part for part in (row.number, cut(row.customer_name), cut(row.title)) if part)


def step_dialog(
    ctx: Context,
    title: str,
    save: str,
    operation: Operation,
    parent: QWidget,
    *,
    about: str,
    words_: str,
    needed: bool = False,
) -> FormDialog:
    """A form of some words and a moment, for any step of the process."""
    dialog = _form(ctx, title, save, operation, parent, text=about)
    dialog.add_row(text=LongTextField(words_, lines=4, required=needed))
    dialog.add_row(at=MomentField(tr("When"), now()))
    return dialog


def reply_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """The first word to the customer."""
    return step_dialog(
        ctx,
        tr("Record first reply"),
        tr("Record"),
        partial(complaint_moves.record_reply, complaint_id=detail.row.id),
        parent,
        about=about(detail),
        words_=tr("What was said (may be empty)"),
    )


def note_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A note in the complaint's history."""
    return step_dialog(
        ctx,
        tr("Note on the complaint"),
        tr("Save"),
        partial(complaint_moves.note_complaint, complaint_id=detail.row.id),
        parent,
        about=about(detail),
        words_=tr("What happened"),
        needed=True,
    )


def settle_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """The end that the customer agreed to."""
    return step_dialog(
        ctx,
        tr("Settle the complaint"),
        tr("Settle"),
        partial(complaint_moves.advance_complaint, complaint_id=detail.row.id, to="settled"),
        parent,
        about=about(detail),
        words_=tr("How it was settled (may be empty)"),
    )


def reopen_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """Taken up again, or followed by a new one when its end is too long ago."""
    return step_dialog(
        ctx,
        tr("Reopen the complaint"),
        tr("Reopen"),
        partial(complaint_moves.reopen_complaint, complaint_id=detail.row.id),
        parent,
        about=about(detail),
        words_=tr("What the customer says now"),
    )


def reject_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A rejection with its reason."""
    dialog = _form(
        ctx,
        tr("Reject the complaint"),
        tr("Reject"),
        partial(complaint_moves.reject_complaint, complaint_id=detail.row.id),
        parent,
        text=tr("Say why, and what the customer can do instead: they will read it in your words."),
    )
    dialog.add_row(reason=LongTextField(tr("Reason"), lines=4, required=True))
    dialog.add_row(at=MomentField(tr("When"), now()))
    return dialog


def promise_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A promise: what, and until when."""

    def run(book: Any, **values: Any) -> Changes:
        return promises.add_promise(book, complaint_id=detail.row.id, made_at=now(), **values)

    dialog = _form(ctx, tr("New promise"), tr("Promise"), run, parent, text=about(detail))
    dialog.add_row(text=TextField(tr("What was promised"), required=True))
    tomorrow = (now() + timedelta(days=1)).replace(hour=18, minute=0, second=0)
    dialog.add_row(due_at=MomentField(tr("Until when"), tomorrow))
    return dialog


def remedy_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A remedy: its kind, what it costs, and the words that go with it."""
    currency = str(ctx.book.setting("shop.currency"))

    def run(book: Any, **values: Any) -> Changes:
        values["cost"] = values["cost"] or 0
        return promises.give_remedy(book, complaint_id=detail.row.id, **values)

    dialog = _form(ctx, tr("Remedy"), tr("Offer"), run, parent, text=about(detail))
    dialog.add_row(
        kind=ChoiceField(tr("Kind"), choices(words.REMEDIES), "replacement"),
        cost=MoneyField(tr("What it costs the shop"), currency=currency),
    )
    dialog.add_row(text=LongTextField(tr("What is offered (may be empty)"), lines=3))
    dialog.add_row(at=MomentField(tr("When"), now()))
    return dialog


def rating_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """How the customer found the handling."""

    def run(book: Any, **values: Any) -> Changes:
        row = detail.row
        return ratings.add_rating(
            book,
            complaint_id=row.id,
            customer_id=row.customer_id,
            channel=row.channel,
            rated_at=now(),
            **values,
        )

    dialog = _form(ctx, tr("How was it handled?"), tr("Save"), run, parent, text=about(detail))
    add_scales(dialog)
    dialog.add_row(text=LongTextField(tr("In their words (may be empty)"), lines=3))
    return dialog
