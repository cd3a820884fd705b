"""The forms of what is said: the first reply, a call, the customer's words, a note, a wait."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.operations import complaint_moves, complaint_words
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints.forms import ComplaintForm
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog, LongTextField


def reply_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """The first word to the customer."""
    form = ComplaintForm(
        ctx, detail, tr("Record first reply"), tr("Record"), complaint_words.record_reply, parent
    )
    form.add_words(tr("What was said (may be empty)"))
    form.add_moment()
    return form


def contact_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A later word to the customer."""
    form = ComplaintForm(
        ctx, detail, tr("Spoken with the customer"), tr("Record"), complaint_words.record_contact, parent
    )
    form.add_words(tr("What was said"), required=True)
    form.add_moment()
    return form


def heard_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """What the customer said; it ends a wait."""
    waits = tr("The clock runs again, and the deadline moves by the working time that was waited.")
    form = ComplaintForm(
        ctx, detail, tr("What the customer said"), tr("Record"), complaint_words.record_answer, parent,
        text=waits if detail.row.waiting else "",
    )  # fmt: skip
    said = tr("Their words (may be empty)") if detail.row.waiting else tr("Their words")
    form.add_row(text=LongTextField(said, lines=5, required=not detail.row.waiting))
    form.add_moment()
    return form


def note_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A note in the complaint's history, which the customer does not see."""
    form = ComplaintForm(
        ctx, detail, tr("Note on the complaint"), tr("Save"), complaint_words.note_complaint, parent
    )
    form.add_row(text=LongTextField(tr("What happened"), lines=4, required=True))
    form.add_moment()
    return form


def wait_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """The next word is the customer's: the clock stops."""
    form = ComplaintForm(
        ctx, detail, tr("Wait for the customer"), tr("Stop the clock"), complaint_moves.wait_for_customer,
        parent, text=tr("The deadline stands still until the customer answers."),
    )  # fmt: skip
    form.add_words(tr("What they were asked (may be empty)"), lines=3)
    form.add_moment()
    return form
