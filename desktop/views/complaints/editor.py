"""The form of a complaint: recorded in seconds from the phone, the rest filled in or corrected later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.complaint_process import DEADLINES
from desktop.core.dates import duration, from_iso
from desktop.core.translation import tr
from desktop.operations import complaints
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.queries.timeline import clerks
from desktop.views.complaints.dialogs import now
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField, TextField
from desktop.views.timeline.choices import choices
from desktop.views.timeline.fields import CustomerField, MomentField, OrderField


class ComplaintEditor(FormDialog):
    """Opens a new complaint, or corrects one; `on_saved` gets the id of a new one."""

    def __init__(
        self,
        ctx: Context,
        *,
        detail: ComplaintDetail | None = None,
        customer_id: int | None = None,
        on_saved: Callable[[int], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._ctx, self._detail, self._on_saved = ctx, detail, on_saved
        super().__init__(
            tr("Correct the complaint") if detail else tr("New complaint"),
            tr("Save") if detail else tr("Record complaint"),
            self._save,
            width=620,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = detail.row if detail else None
        customer = row.customer_id if row else customer_id
        self._add_what(detail, customer)
        self.add_row(
            severity=ChoiceField(tr("Severity"), _severities(), row.severity if row else "medium"),
            channel=ChoiceField(tr("Channel"), choices(words.CHANNELS), row.channel if row else "phone"),
        )
        self.add_row(
            subject=ChoiceField(tr("Subject"), choices(words.SUBJECTS), row.subject if row else "quality"),
            mood=ChoiceField(tr("Mood"), choices(words.MOODS), detail.mood if detail else ""),
        )
        people = [(None, tr("No clerk")), *clerks(ctx.book)]
        clerk = next((row_id for row_id, name in people if row and name == row.staff), None)
        self.add_row(
            nature=ChoiceField(tr("Nature"), choices(words.NATURES), detail.nature if detail else "valid"),
            staff_id=ChoiceField(tr("Clerk"), people, clerk),
        )
        self.add_row(
            received_at=MomentField(tr("Received on"), from_iso(row.received_at) if row else now()),
            detail=TextField(tr("Subject in the shop's words"), detail.detail if detail else ""),
        )

    def _add_what(self, detail: ComplaintDetail | None, customer: int | None) -> None:
        book = self._ctx.book
        self.add_row(title=TextField(tr("In a few words"), detail.row.title if detail else "", required=True))
        picker = CustomerField(tr("Customer"), book, customer)
        order = OrderField(
            tr("Order"),
            book,
            str(book.setting("shop.currency")),
            customer,
            detail.order_id if detail else None,
        )
        picker.changed.connect(lambda: order.offer(picker.value()))
        self.add_row(customer_id=picker, order_id=order)
        self.add_row(text=LongTextField(tr("What the customer says"), detail.text if detail else "", lines=3))
        self.add_row(wants=TextField(tr("What the customer wants"), detail.wants if detail else ""))

    def _save(self, values: dict[str, Any]) -> None:
        if self._detail:
            row = self._detail.row
            changes = complaints.edit_complaint(self._ctx.book, complaint_id=row.id, at=now(), **values)
        else:
            changes = complaints.open_complaint(self._ctx.book, **values)
        self._ctx.changed(changes)
        if not self._detail and self._on_saved:
            self._on_saved(changes.created["complaint"])


def _severities() -> list[tuple[str, str]]:
    """The severities with the time each allows."""
    found = []
    for code, name in choices(words.SEVERITIES):
        allowed = DEADLINES[code]
        found.append((code, tr("{severity}: reply in {time}", severity=name, time=duration(allowed.reply))))
    return found
