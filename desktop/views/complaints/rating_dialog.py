"""The form of how the customer found the handling of a complaint."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.rating_reasons import COMPLAINT
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations import ratings
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints.forms import ComplaintForm, now
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.ratings.form import WIDTH, Shown, add_fields


def rating_dialog(ctx: Context, detail: ComplaintDetail, parent: QWidget) -> FormDialog:
    """How the customer found the handling."""

    def run(book: Book, *, complaint_id: int, **values: Any) -> Changes:
        row = detail.row
        said = ratings.Verdict(
            complaint_id=complaint_id, customer_id=row.customer_id, channel=row.channel, rated_at=now(),
            **values,
        )  # fmt: skip
        return ratings.add_rating(book, said)

    form = ComplaintForm(ctx, detail, tr("How was it handled?"), tr("Save"), run, parent, width=WIDTH)
    add_fields(form, ctx, Shown(), kind=COMPLAINT)
    return form
