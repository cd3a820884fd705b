"""The form that makes one complaint of two; it says before what will come of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core import words as names
from desktop.core.complaint_process import ENDED
from desktop.core.dates import format_when
from desktop.core.translation import ntr, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations import complaint_merging
from desktop.queries.complaint_choices import ComplaintChoice, complaint_choice, merge_choices
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints.complaint_field import choice_text
from desktop.views.complaints.forms import ComplaintForm, now
from desktop.views.kit.cards import KeyValueList
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog
from desktop.views.kit.labels import label
from desktop.views.timeline.words import cut

_TITLE = 36
"""Characters of a title where it says what will come of the merge."""


def merge_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """This complaint and another of the same customer become one."""
    return MergeForm(ctx, detail, parent)


class MergeForm(ComplaintForm):
    """Asks for the other one and which number stays, and shows what the kept one will be."""

    def __init__(self, ctx: Context, detail: ComplaintDetail, parent: QWidget) -> None:
        super().__init__(ctx, detail, tr("Merge two complaints"), tr("Merge"), self._do, parent, width=520)
        self._others = {one.id: one for one in merge_choices(ctx.book, detail.row.id)}
        if not self._others:
            told = (
                tr("This customer has no other complaint, and none is of nobody.")
                if detail.row.customer_id is not None
                else tr("There is no other complaint of nobody. Correct this one first: say who complains.")
            )
            self.add_widget(label(told, wrap=True))
            self.save_button.setEnabled(False)
            return
        choices = [(one.id, choice_text(one)) for one in self._others.values()]
        self.add_row(other=ChoiceField(tr("The other one"), choices, choices[0][0], required=True))
        self.add_row(kept=ChoiceField(tr("Which number stays"), [], None, required=True))
        self.add_widget(label(tr("What will come of it"), bold=True))
        self.outcome = KeyValueList(name_width=110)
        self.add_widget(self.outcome)
        self.fields["other"].changed.connect(self._offer_numbers)
        self.fields["kept"].changed.connect(self._show_outcome)
        self._offer_numbers()

    def _pair(self) -> tuple[ComplaintChoice, ComplaintChoice] | None:
        """The one that stays and the one that goes."""
        this = complaint_choice(self.ctx.book, self.detail.row.id)
        other = self._others.get(self.fields["other"].value())
        if this is None or other is None:
            return None
        return (this, other) if self.fields["kept"].value() != other.id else (other, this)

    def _offer_numbers(self) -> None:
        """Both numbers may stay, but an open complaint is not buried in one that has ended."""
        other, this = self._others[self.fields["other"].value()], self.detail.row
        choices = [(one.id, one.number) for one in (this, other)]
        if (this.status in ENDED) != (other.status in ENDED):
            choices = [(one.id, one.number) for one in (this, other) if one.status not in ENDED]
        field = self.fields["kept"]
        assert isinstance(field, ChoiceField)
        field.set_choices(choices)
        if field.value() is None:
            field.set_value(choices[0][0])
        self._show_outcome()

    def _show_outcome(self) -> None:
        pair = self._pair()
        if pair is not None:
            self.outcome.set_pairs(outcome(*pair))

    def _do(self, book: Book, *, complaint_id: int, **values: Any) -> Changes:
        kept = values["kept"]
        gone = values["other"] if kept == complaint_id else complaint_id
        changes = complaint_merging.merge_complaints(book, kept_id=kept, gone_id=gone, at=now())
        if gone == complaint_id:
            self.ctx.navigate("complaints", complaint=kept)
        return changes


def outcome(kept: ComplaintChoice, gone: ComplaintChoice) -> list[tuple[str, str]]:
    """What the kept one will be, in words."""
    severest = min(kept.severity, gone.severity, key=list(names.SEVERITIES).index)
    moved = [
        ntr("{n} step", "{n} steps", gone.steps),
        ntr("{n} promise", "{n} promises", gone.promises) if gone.promises else "",
        ntr("{n} remedy", "{n} remedies", gone.remedies) if gone.remedies else "",
        ntr("{n} file", "{n} files", gone.files) if gone.files else "",
    ]
    found = [
        (tr("Stays"), tr("{number} “{title}”", number=kept.number, title=cut(kept.title, _TITLE))),
        (tr("Goes into it"), tr("{number} “{title}”", number=gone.number, title=cut(gone.title, _TITLE))),
        (tr("Comes along"), tr(", ").join(part for part in moved if part)),
        (tr("Received"), format_when(min(kept.received_at, gone.received_at))),
        (tr("Severity"), names.name(names.SEVERITIES, severest)),
    ]
    due = min(filter(None, (kept.settle_due_at, gone.settle_due_at)), default="")
    if due and kept.status not in ENDED and gone.status not in ENDED:
        found.append((tr("Settled by"), format_when(due)))
    found.append((tr("Old number"), tr("{number} still finds it", number=gone.number)))
    return found
