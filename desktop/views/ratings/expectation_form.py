"""The form of what somebody expects before they buy; the rating afterwards completes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.operations.asking import tell_expectation
from desktop.operations.rated_things import About
from desktop.queries.rating_detail import told_before
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog, LongTextField
from desktop.views.ratings.stars_field import StarsField
from desktop.views.timeline.fields import OrderField, customer_line


class ExpectationForm(FormDialog):
    """Stars and words for the next purchase, or for an order that was just placed."""

    def __init__(
        self,
        ctx: Context,
        *,
        customer_id: int,
        order_id: int | None = None,
        words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._ctx, self._customer = ctx, customer_id
        super().__init__(
            tr("What they expect"),
            tr("Save"),
            self._save,
            text=customer_line(ctx, customer_id),
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = told_before(ctx.book, customer_id=customer_id, order_id=order_id)
        stars = StarsField(tr("How good will it be? (1 to 5)"), told.expected if told else None)
        stars.required = True
        self.add_row(expected=stars)
        currency = str(ctx.book.setting("shop.currency"))
        self.add_row(order_id=OrderField(tr("About the order"), ctx.book, currency, customer_id, order_id))
        self.add_row(
            text=LongTextField(
                tr("What they want of it (may be empty)"),
                told.text if told else words,
                lines=3,
                hint=tr("Read again when they rate: what was expected stands beside what they got."),
            )
        )

    def _save(self, values: dict[str, Any]) -> None:
        book = self._ctx.book
        about = About(customer_id=self._customer, order_id=values["order_id"])
        self._ctx.changed(
            tell_expectation(
                book,
                about,
                at=datetime.now().replace(microsecond=0),
                expected=values["expected"],
                text=values["text"],
                staff_id=book.clerk_id(),
            )
        )
