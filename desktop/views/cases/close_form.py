"""The form that ends a case: what came of it, what it cost, what was given back, and how they found it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.money import format_money
from desktop.core.translation import tr
from desktop.operations.case_moves import OUTCOMES, close_case
from desktop.queries.case_detail import CaseDetail
from desktop.queries.orders import order_rows
from desktop.queries.service_cases import asks_for_ratings
from desktop.views.cases.words import named
from desktop.views.kit.context import Context
from desktop.views.kit.forms import CheckField, ChoiceField, FormDialog, LongTextField, MoneyField
from desktop.views.ratings.stars_field import StarsField
from desktop.views.timeline.choices import choices


class CloseForm(FormDialog):
    """Ends a case with its outcome; `tick` is the step that is done with it."""

    def __init__(
        self, ctx: Context, case: CaseDetail, *, tick: int | None = None, parent: QWidget | None = None
    ) -> None:
        self._ctx, self._case, self._tick = ctx, case, tick
        self._order_owes = False
        about = " · ".join(part for part in (named(case), case.title, case.customer_name) if part)
        super().__init__(
            tr("Close the service case"),
            tr("Close the case"),
            self._save,
            text=about,
            width=480,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        currency = str(ctx.book.setting("shop.currency"))
        outcomes = [choice for choice in choices(words.CASE_OUTCOMES) if choice[0]]
        self.add_row(
            outcome=ChoiceField(tr("What came of it"), outcomes, case.outcome or OUTCOMES[case.kind])
        )
        back, hint = self._given_back(currency)
        self.add_row(
            refunded=MoneyField(tr("Given back to the customer"), back, currency=currency, hint=hint),
            cost=MoneyField(
                tr("What it cost the shop"), case.cost or None, currency=currency,
                hint=tr("Parts, postage, work: without the money given back."),
            ),
        )  # fmt: skip
        if self._order_owes:
            self.add_row(
                on_order=CheckField(
                    tr("Note it as a refund of the order {number}", number=case.order_number),
                    case.kind == "return",
                )
            )
        if case.customer_id is not None and case.asked_at is None and case.rated_at is None:
            willing = asks_for_ratings(ctx.book, case.customer_id)
            refused = tr("The customer does not want to be asked.")
            asking = CheckField(tr("Ask the customer how it was"), willing, hint="" if willing else refused)
            stars = StarsField(tr("How was it? (empty: ask later)"))
            stars.changed.connect(lambda: asking.setEnabled(stars.value() is None))
            self.add_row(perceived=stars, ask=asking)
        self.add_row(text=LongTextField(tr("A last word (may be empty)"), lines=2))

    def _given_back(self, currency: str) -> tuple[int | None, str]:
        """What a return most likely gives back: what its items cost, as far as it was paid."""
        case = self._case
        if case.order_id is None:
            return case.refunded or None, ""
        order = order_rows(self._ctx.book, [case.order_id])[case.order_id]
        left = max(0, order.paid - order.refunded)
        self._order_owes = left > 0
        hint = tr("Paid and not given back yet: {amount}", amount=format_money(left, currency))
        if case.refunded:
            return case.refunded, hint
        worth = sum(item.amount for item in case.items)
        return (min(worth, left) or None) if case.kind == "return" else None, hint

    def _save(self, values: dict[str, Any]) -> None:
        self._ctx.changed(
            close_case(
                self._ctx.book,
                case_id=self._case.id,
                at=datetime.now().replace(microsecond=0),
                tick=self._tick,
                **{**values, "refunded": values["refunded"] or 0, "cost": values["cost"] or 0},
            )
        )
