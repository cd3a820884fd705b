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
from desktop.views.complaints.forms import ComplaintForm, now
from desktop.views.complaints.subject_fields import DetailField, subject_field
from desktop.views.complaints.words import when
from desktop.views.kit.context import Context
from desktop.views.kit.forms import CheckField, ChoiceField, FormDialog, LongTextField, TextField
from desktop.views.kit.labels import label
from desktop.views.timeline.choices import choices
from desktop.views.timeline.words import cut

_PARTS = ("steps", "promises", "remedies", "attachments")


def split_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A second complaint out of this one."""
    return SplitForm(ctx, detail, parent)


class SplitForm(ComplaintForm):
    """Asks what the second complaint is about and what goes to it; the rest stays where it is."""

    def __init__(self, ctx: Context, detail: ComplaintDetail, parent: QWidget) -> None:
        super().__init__(
            ctx, detail, tr("Split the complaint"), tr("Split"), self._do, parent, width=560,
            text=tr("The second one has the same customer, order and receipt, and a number of its own."),
        )  # fmt: skip
        row = detail.row
        self.add_row(title=TextField(tr("In a few words"), required=True))
        self.add_row(text=LongTextField(tr("What the customer says of it"), lines=2))
        subject = subject_field(row.subject)
        self.add_row(subject=subject, detail=DetailField(ctx.book, subject))
        self.add_row(
            severity=ChoiceField(tr("Severity"), choices(words.SEVERITIES), row.severity),
            mood=ChoiceField(tr("Mood"), choices(words.MOODS), detail.mood),
        )
        steps = [
            (
                one.id,
                " · ".join(
                    part for part in (step_name(one.kind), when(one.at, now()), cut(one.text)) if part
                ),
            )
            for one in detail.steps
            if complaint_splitting.may_move(one.kind) and not one.kind.startswith("promise")
        ]
        self._offer(
            "promises", tr("Promises that go along"), [(one.id, cut(one.text)) for one in detail.promises]
        )
        self._offer(
            "remedies",
            tr("Remedies that go along"),
            [
                (one.id, " · ".join(filter(None, (words.name(words.REMEDIES, one.kind), cut(one.text)))))
                for one in detail.remedies
            ],
        )
        files = attachments(ctx.book, subject="complaint", subject_id=row.id)
        self._offer("attachments", tr("Files that go along"), [(one.id, cut(one.name)) for one in files])
        self._offer("steps", tr("Words that go along"), steps)

    def _offer(self, part: str, title: str, lines: Sequence[tuple[int, str]]) -> None:
        if lines:
            self.add_widget(label(title, role="muted"))
        for row, text in lines:
            self.add_row(**{f"{part}.{row}": CheckField(text)})

    def operands(self, values: dict[str, Any]) -> dict[str, Any]:
        """The ticked lines, by what they are."""
        chosen: dict[str, list[int]] = {part: [] for part in _PARTS}
        for name in [name for name in values if "." in name]:
            part, row = name.split(".")
            if values.pop(name):
                chosen[part].append(int(row))
        return {**values, **chosen}

    def _do(self, book: Book, **values: Any) -> Changes:
        return complaint_splitting.split_complaint(book, at=now(), **values)
