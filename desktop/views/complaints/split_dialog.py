"""The form that makes a second complaint of a part of one: its words, and what goes along with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.complaint_process import step_name
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations import complaint_splitting
from desktop.queries.attachments import attachments
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints.checks_field import ChecksField
from desktop.views.complaints.forms import ComplaintForm, now
from desktop.views.complaints.subject_fields import DetailField, subject_field
from desktop.views.complaints.words import when
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField, TextField
from desktop.views.timeline.choices import choices
from desktop.views.timeline.words import cut


def split_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A second complaint out of this one; what is ticked goes to it, the rest stays where it is."""

    def run(book: Book, **values: Any) -> Changes:
        return complaint_splitting.split_complaint(book, at=now(), **values)

    form = ComplaintForm(
        ctx, detail, tr("Split the complaint"), tr("Split"), run, parent, width=560,
        text=tr("The second one has the same customer, order and receipt, and a number of its own."),
    )  # fmt: skip
    form.add_row(title=TextField(tr("In a few words"), required=True))
    form.add_row(text=LongTextField(tr("What the customer says of it"), lines=2))
    subject = subject_field(detail.row.subject)
    form.add_row(subject=subject, detail=DetailField(ctx.book, subject))
    form.add_row(
        severity=ChoiceField(tr("Severity"), choices(words.SEVERITIES), detail.row.severity),
        mood=ChoiceField(tr("Mood"), choices(words.MOODS), detail.mood),
    )
    for name, title, lines in (
        ("promises", tr("Promises that go along"), [(one.id, cut(one.text)) for one in detail.promises]),
        ("remedies", tr("Remedies that go along"), _remedies(detail)),
        ("attachments", tr("Files that go along"), _files(ctx, detail)),
        ("steps", tr("Words that go along"), _steps(detail)),
    ):
        if lines:
            form.add_row(**{name: ChecksField(title, lines)})
    return form


def _remedies(detail: ComplaintDetail) -> Sequence[tuple[int, str]]:
    return [(one.id, _joined(words.name(words.REMEDIES, one.kind), cut(one.text))) for one in detail.remedies]


def _files(ctx: Context, detail: ComplaintDetail) -> Sequence[tuple[int, str]]:
    return [
        (one.id, cut(one.name))
        for one in attachments(ctx.book, subject="complaint", subject_id=detail.row.id)
    ]


def _steps(detail: ComplaintDetail) -> Sequence[tuple[int, str]]:
    """What was said and noted; what happened to promises and remedies goes with those."""
    return [
        (one.id, _joined(step_name(one.kind), when(one.at, now()), cut(one.text)))
        for one in detail.steps
        if complaint_splitting.may_move(one.kind) and not one.kind.startswith(("promise", "remedy"))
    ]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
