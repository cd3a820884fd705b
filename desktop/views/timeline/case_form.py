"""The form of a service case: a new one for a customer and an order, or a correction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.dates import from_iso
from desktop.core.translation import tr
from desktop.operations import service_cases
from desktop.queries.service_cases import CaseDetail
from desktop.queries.timeline import clerks
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField, TextField
from desktop.views.timeline.fields import CustomerField, MomentField, OrderField, customer_line
from desktop.views.timeline.note_dialog import choices


class CaseForm(FormDialog):
    """Opens a case; with `case` given it corrects that one, whose kind stays."""

    def __init__(
        self,
        ctx: Context,
        *,
        case: CaseDetail | None = None,
        customer_id: int | None = None,
        order_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._ctx, self._case = ctx, case
        self._customer = case.customer_id if case else customer_id
        super().__init__(
            tr("Correct the service case") if case else tr("New service case"),
            tr("Save") if case else tr("Open the case"),
            self._save,
            text=customer_line(ctx, self._customer),
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = TextField(tr("Where"), case.place if case else "", placeholder=tr("Counter or service point"))
        title = TextField(tr("What it is about"), case.title if case else "", required=True)
        order = OrderField(
            tr("Order"),
            ctx.book,
            str(ctx.book.setting("shop.currency")),
            self._customer,
            case.order_id if case else order_id,
        )
        if case:
            self.add_row(title=title)
        else:
            kind = ChoiceField(tr("Kind"), choices(words.CASE_KINDS), "return")
            self.add_row(kind=kind, title=title)
        if case is None and customer_id is None:
            picker = CustomerField(tr("Customer"), ctx.book)
            picker.changed.connect(lambda: order.offer(picker.value()))
            self.add_row(customer_id=picker)
        self.add_row(order_id=order, place=place)
        self.add_row(text=LongTextField(tr("Details"), case.text if case else ""))
        people = [(None, tr("No clerk")), *clerks(ctx.book)]
        opened = from_iso(case.opened_at) if case else datetime.now().replace(microsecond=0)
        self.add_row(
            opened_at=MomentField(tr("Opened on"), opened),
            staff_id=ChoiceField(tr("Clerk"), people, case.staff_id if case else None),
        )

    def _save(self, values: dict[str, Any]) -> None:
        if self._case:
            changes = service_cases.edit_case(self._ctx.book, case_id=self._case.id, **values)
        else:
            customer = values.pop("customer_id", self._customer)
            changes = service_cases.add_case(self._ctx.book, customer_id=customer, **values)
        self._ctx.changed(changes)
