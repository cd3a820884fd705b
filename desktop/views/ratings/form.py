"""The form of a rating: what the customer expected, what they got, how easy it was, whom they would tell."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.operations import ratings
from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField, TextField
from desktop.views.timeline.fields import CustomerField, OrderField, customer_line


class RatingForm(FormDialog):
    """Writes down a rating, of an order, a case or the shop; with `entry` given it corrects that one."""

    def __init__(
        self,
        ctx: Context,
        *,
        entry: TimelineEntry | None = None,
        customer_id: int | None = None,
        order_id: int | None = None,
        case_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._ctx, self._entry, self._case = ctx, entry, case_id
        self._customer = entry.customer_id if entry else customer_id
        super().__init__(
            tr("Correct the rating") if entry else tr("New rating"),
            tr("Save"),
            self._save,
            text=customer_line(ctx, self._customer),
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_scales(self, entry)
        if entry is None and case_id is None:
            currency = str(ctx.book.setting("shop.currency"))
            order = OrderField(tr("About the order"), ctx.book, currency, self._customer, order_id)
            if customer_id is None:
                picker = CustomerField(tr("Customer"), ctx.book, hint=tr("Empty: nobody in particular."))
                picker.changed.connect(lambda: order.offer(picker.value()))
                self.add_row(customer_id=picker)
            self.add_row(order_id=order)
        self.add_row(
            reasons=TextField(
                tr("Reasons (may be empty)"),
                entry.title if entry else "",
                placeholder=tr("Taste, packaging, delivery…"),
            )
        )
        self.add_row(text=LongTextField(tr("In their words (may be empty)"), entry.text if entry else ""))

    def _save(self, values: dict[str, Any]) -> None:
        book = self._ctx.book
        if self._entry:
            write = partial(ratings.edit_rating, book, rating_id=self._entry.id)
        else:
            customer = values.pop("customer_id", self._customer)
            now = datetime.now().replace(microsecond=0)
            write = partial(ratings.add_rating, book, rated_at=now, customer_id=customer, case_id=self._case)
        self._ctx.changed(write(**values))


def add_scales(form: FormDialog, entry: TimelineEntry | None = None) -> None:
    """Add the four numbers of a rating to a form, each open until it was asked."""
    form.add_row(
        perceived=ChoiceField(tr("Satisfied (1 to 5)"), _scale(1, 5), entry.perceived if entry else None),
        expected=ChoiceField(tr("Had expected (1 to 5)"), _scale(1, 5), entry.expected if entry else None),
    )
    form.add_row(
        effort=ChoiceField(tr("How easy it was (1 to 7)"), _scale(1, 7), entry.effort if entry else None),
        recommend=ChoiceField(
            tr("Would recommend (0 to 10)"), _scale(0, 10), entry.recommend if entry else None
        ),
    )


def _scale(low: int, high: int) -> list[tuple[int | None, str]]:
    return [(None, tr("Not asked")), *((value, str(value)) for value in range(low, high + 1))]
