"""The form of a service case: a new one for a customer and an order, or a correction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.dates import format_day, from_iso
from desktop.core.service_process import allowed_hours
from desktop.core.translation import tr
from desktop.operations import service_cases
from desktop.operations.service_cases import items_of
from desktop.queries.case_detail import CaseDetail
from desktop.queries.processes import process_steps
from desktop.queries.returns import ReturnLine
from desktop.queries.service_cases import places
from desktop.queries.timeline import clerks
from desktop.views.cases.fields import PlaceField, ask_warranty
from desktop.views.cases.items_field import ItemsField
from desktop.views.kit.context import Context
from desktop.views.kit.forms import (
    CheckField,
    ChoiceField,
    DateField,
    Field,
    FormDialog,
    LongTextField,
    MoneyField,
    TextField,
)
from desktop.views.timeline.choices import choices
from desktop.views.timeline.fields import CustomerField, MomentField, OrderField, customer_line

LAST_MINUTE = time(23, 59)
"""A deadline set as a day ends with it."""


class CaseForm(FormDialog):
    """Opens a case; with `case` given it corrects that one, whose kind stays."""

    def __init__(
        self,
        ctx: Context,
        *,
        case: CaseDetail | None = None,
        customer_id: int | None = None,
        order_id: int | None = None,
        kind: str = "return",
        here: bool = False,
        on_saved: Callable[[int | None], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._ctx, self._case, self._on_saved = ctx, case, on_saved
        self._currency = str(ctx.book.setting("shop.currency"))
        self._customer = case.customer_id if case else customer_id
        self._instead: TextField | None = None
        super().__init__(
            tr("Correct the service case") if case else tr("New service case"),
            tr("Save") if case else tr("Open the case"),
            self._save,
            text=customer_line(ctx, self._customer),
            width=580,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._kind = case.kind if case else kind
        self._opened = from_iso(case.opened_at) if case else datetime.now().replace(microsecond=0)
        self._reason = ChoiceField(tr("Reason"), choices(words.CASE_REASONS), case.reason if case else "")
        self._order = OrderField(
            tr("Order"),
            ctx.book,
            self._currency,
            self._customer,
            case.order_id if case else order_id,
        )
        self.items = ItemsField(tr("What it is about"), ctx.book, self._ask_warranty)
        self._add_head(customer_id)
        self._add_rest(here)
        self._show_lines(first=True)
        self._order.changed.connect(self._show_lines)
        self.items.resized.connect(self._fit)
        ctx.changes.listen(self, self._show_lines, "product", "order_line")

    def _add_head(self, customer_id: int | None) -> None:
        case = self._case
        if case is None:
            chooser = ChoiceField(tr("Kind"), choices(words.CASE_KINDS), self._kind)
            chooser.changed.connect(lambda: self._choose_kind(chooser.value()))
            self.add_row(kind=chooser, reason=self._reason)
        else:
            fields: dict[str, Field] = {"reason": self._reason}
            if not case.open:
                fields["outcome"] = ChoiceField(tr("Outcome"), choices(words.CASE_OUTCOMES), case.outcome)
            self.add_row(**fields)
        if case is None and customer_id is None:
            picker = CustomerField(tr("Customer"), self._ctx.book)
            picker.changed.connect(lambda: self._order.offer(picker.value()))
            self.add_row(customer_id=picker)
        self.add_row(order_id=self._order)
        self.add_row(items=self.items)
        if case is None:
            self._instead = TextField(tr("What goes out instead"))
            self.add_row(instead=self._instead)
            self._instead.setVisible(self._kind == "exchange")

    def _add_rest(self, here: bool) -> None:
        case = self._case
        title = TextField(
            tr("Title (may be empty)"), case.title if case else "", placeholder=tr("As what it is about")
        )
        place = PlaceField(
            tr("Where"), case.place if case else "", places(self._ctx.book),
            placeholder=tr("Counter or service point"),
        )  # fmt: skip
        self.add_row(title=title, place=place)
        self.add_row(text=LongTextField(tr("Details"), case.text if case else "", lines=2))
        people = [(None, tr("No clerk")), *clerks(self._ctx.book)]
        self._due = DateField(tr("To be done by"), self._due_day())
        clerk = ChoiceField(tr("Clerk"), people, case.staff_id if case else self._ctx.book.clerk_id())
        self.add_row(due_at=self._due, staff_id=clerk)
        opened = MomentField(tr("Opened on"), self._opened)
        if case is None:
            at_once = CheckField(
                tr("The customer is here, or on the phone"), here, hint=tr("Then the first word was at once.")
            )
            self.add_row(opened_at=opened, answered=at_once)
        else:
            self.add_row(opened_at=opened)
            self.add_row(
                refunded=MoneyField(
                    tr("Given back to the customer"), case.refunded or None, currency=self._currency,
                    hint=tr("What the order says of it stays as it is."),
                ),
                cost=MoneyField(
                    tr("What it cost the shop"), case.cost or None, currency=self._currency
                ),
            )  # fmt: skip

    def _choose_kind(self, kind: str) -> None:
        untouched = self._due.value() == self._due_day()
        self._kind = kind
        if self._instead is not None:
            self._instead.setVisible(kind == "exchange")
        if untouched:
            self._due.set_value(self._due_day())
        self._show_lines()

    def _due_day(self) -> date | None:
        """The day by which the case is to be done, as it stands or as its process has it."""
        if self._case is not None:
            return from_iso(self._case.due_at).date() if self._case.due_at else None
        hours = allowed_hours(process_steps(self._ctx.book, self._kind))
        return None if hours is None else (self._opened + timedelta(hours=hours)).date()

    def _show_lines(self, *, first: bool = False) -> None:
        case = self._case
        held = items_of(self._ctx.book, case.id) if case and first else None
        self.items.show_order(self._order.value(), self._kind, but_case=case.id if case else None, held=held)

    def _fit(self) -> None:
        if self.isVisible():
            self.fit()

    def _ask_warranty(self, line: ReturnLine) -> None:
        if line.product_id is not None:
            ask_warranty(self._ctx, line.product_id, line.title, line.months, self)

    def check(self) -> bool:
        """A case is about something: a line, a thing or words."""
        if not super().check():
            return False
        if self.fields["title"].value() or self.items.value():
            return True
        self.show_problem("items", tr("Choose what it is about, or give the case a title."))
        return False

    def _save(self, values: dict[str, Any]) -> None:
        due = values.pop("due_at")
        if due != self._due_day():
            values["due_at"] = datetime.combine(due, LAST_MINUTE) if due else None
        instead = values.pop("instead", "")
        if instead and values["kind"] == "exchange":
            told = tr("Goes out instead: {what}", what=instead)
            values["text"] = "\n".join(part for part in (told, values["text"]) if part)
        if bought := self.items.bought_on():
            told = tr("Bought on {day}", day=format_day(bought))
            values["text"] = "\n".join(part for part in (told, values["text"]) if part)
        if self._case:
            for name in ("refunded", "cost"):
                values[name] = values[name] or 0
            changes = service_cases.edit_case(self._ctx.book, case_id=self._case.id, **values)
        else:
            customer = values.pop("customer_id", self._customer)
            changes = service_cases.add_case(self._ctx.book, customer_id=customer, **values)
        self._ctx.changed(changes)
        if self._on_saved:
            self._on_saved(changes.created.get("service_case"))
