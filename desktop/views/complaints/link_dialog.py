"""The form that says which complaints belong together, and how."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations import complaint_links
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints.complaint_field import ComplaintField
from desktop.views.complaints.forms import ComplaintForm, now
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog


def link_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """A link to another complaint, whosoever it is."""

    def run(book: Book, **values: Any) -> Changes:
        return complaint_links.link_complaints(book, at=now(), **values)

    form = ComplaintForm(ctx, detail, tr("Link to another complaint"), tr("Link"), run, parent)
    kinds = [(kind, words.name(words.COMPLAINT_LINKS, kind)) for kind in ("related", "cause")]
    form.add_row(kind=ChoiceField(tr("This complaint"), kinds, "related"))
    form.add_row(linked_id=ComplaintField(tr("Which one"), ctx.book, but=detail.row.id))
    return form
