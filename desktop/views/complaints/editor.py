"""The form of a complaint: everything that is known of it, recorded at once or corrected later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.complaint_process import Allowed
from desktop.core.dates import duration, from_iso
from desktop.core.translation import tr
from desktop.operations import complaints
from desktop.operations.complaint_steps import allowed
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.queries.timeline import clerks
from desktop.views.complaints.forms import now
from desktop.views.complaints.product_field import ProductField
from desktop.views.complaints.subject_fields import DetailField, subject_field
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField, TextField
from desktop.views.timeline.choices import choices
from desktop.views.timeline.fields import CustomerField, MomentField, OrderField


class ComplaintEditor(FormDialog):
    """Opens a new complaint, or corrects one; `on_saved` gets the id of a new one.

    What nobody touched is left as the book has it by then: two people may correct one complaint at once.
    """

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
            width=640,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_what(detail, detail.row.customer_id if detail else customer_id)
        self._add_class(detail)
        self._add_rest(detail)
        self._was = self.values()

    def _add_what(self, detail: ComplaintDetail | None, customer: int | None) -> None:
        book = self._ctx.book
        self.add_row(title=TextField(tr("In a few words"), detail.row.title if detail else "", required=True))
        picker = CustomerField(tr("Customer"), book, customer)
        currency = str(book.setting("shop.currency"))
        order = OrderField(tr("Order"), book, currency, customer, detail.order_id if detail else None)
        product = ProductField(book, detail.product_id if detail else None, detail.product if detail else "")
        picker.changed.connect(lambda: order.offer(picker.value()))
        order.changed.connect(lambda: product.of_order(order.value()))
        self.add_row(customer_id=picker, order_id=order)
        self.add_row(text=LongTextField(tr("What the customer says"), detail.text if detail else "", lines=3))
        self.add_row(
            wants=TextField(tr("What the customer wants"), detail.wants if detail else ""), product_id=product
        )

    def _add_class(self, detail: ComplaintDetail | None) -> None:
        row = detail.row if detail else None
        subject = subject_field(row.subject if row else "quality")
        self.add_row(
            severity=ChoiceField(
                tr("Severity"), _severities(allowed(self._ctx.book)), row.severity if row else "medium"
            ),
            mood=ChoiceField(tr("Mood"), choices(words.MOODS), detail.mood if detail else ""),
        )
        self.add_row(
            subject=subject, detail=DetailField(self._ctx.book, subject, detail.detail if detail else "")
        )

    def _add_rest(self, detail: ComplaintDetail | None) -> None:
        row = detail.row if detail else None
        people = [(None, tr("No clerk")), *clerks(self._ctx.book)]
        clerk = detail.staff_id if detail else self._ctx.book.clerk_id()
        self.add_row(
            nature=ChoiceField(tr("Nature"), choices(words.NATURES), detail.nature if detail else "valid"),
            channel=ChoiceField(tr("Channel"), choices(words.CHANNELS), row.channel if row else "phone"),
        )
        self.add_row(
            received_at=MomentField(tr("Received on"), from_iso(row.received_at) if row else now()),
            staff_id=ChoiceField(tr("Clerk"), people, clerk),
        )
        self.add_row(
            dispute=TextField(tr("The platform's number of the dispute"), detail.dispute if detail else "")
        )
        if detail is None:
            return
        self.add_row(
            cause=LongTextField(tr("Cause"), detail.cause, lines=2),
            prevention=LongTextField(tr("So that it does not happen again"), detail.prevention, lines=2),
        )
        if not detail.row.open:
            self.add_row(settlement=LongTextField(tr("How it was settled"), detail.settlement, lines=2))

    def _save(self, values: dict[str, Any]) -> None:
        if self._detail:
            row = self._detail.row
            changes = complaints.edit_complaint(
                self._ctx.book, complaint_id=row.id, at=now(), was=self._was, **values
            )
        else:
            changes = complaints.open_complaint(self._ctx.book, **values)
        self._ctx.changed(changes)
        if not self._detail and self._on_saved:
            self._on_saved(changes.created["complaint"])


def _severities(allowed_: Mapping[str, Allowed]) -> list[tuple[str, str]]:
    """The severities with the time that each allows in this shop."""
    found = []
    for code, name in choices(words.SEVERITIES):
        reply = duration(allowed_[code].reply)
        found.append((code, tr("{severity}: reply in {time}", severity=name, time=reply)))
    return found
