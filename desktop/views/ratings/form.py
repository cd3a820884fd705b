"""The form of a rating: what the customer expected, what they got, how easy it was, whom they would tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop.core.dates import format_near_day
from desktop.core.rating_reasons import CASE, COMPLAINT, PURCHASE
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations import ratings
from desktop.queries.rating_detail import RatingDetail, Told, rating_detail, told_before
from desktop.views.kit.context import Context
from desktop.views.kit.forms import CheckField, FormDialog, LongTextField
from desktop.views.kit.labels import label
from desktop.views.ratings.reasons_field import ReasonsField
from desktop.views.ratings.scale_field import ScaleField
from desktop.views.ratings.stars_field import StarsField
from desktop.views.ratings.words import drawn
from desktop.views.timeline.fields import CustomerField, OrderField, customer_line
from desktop.views.timeline.words import cut

WIDTH = 640
"""Pixels in which both scales stand side by side."""


@dataclass(frozen=True)
class Shown:
    """What the fields of a rating begin with."""

    perceived: int | None = None
    expected: int | None = None
    effort: int | None = None
    recommend: int | None = None
    reasons: str = ""
    text: str = ""
    public: bool = False


def add_fields(form: FormDialog, ctx: Context, shown: Shown | RatingDetail, *, kind: str = PURCHASE) -> None:
    """Add the four numbers, the reasons that follow the stars, the words and whether all can read them."""
    stars = StarsField(tr("Satisfied (1 to 5)"), shown.perceived)
    form.add_row(perceived=stars, expected=StarsField(tr("Had expected (1 to 5)"), shown.expected))
    reasons = ReasonsField(ctx.book.setting("ratings.reasons"), shown.reasons, kind=kind)
    reasons.reasons.show_stars(shown.perceived)

    def follow() -> None:
        reasons.reasons.show_stars(stars.value())
        if form.isVisible():
            # The reasons know their lines once they are laid out.
            QTimer.singleShot(0, form, form.fit)

    stars.changed.connect(follow)
    form.add_row(reasons=reasons)
    form.add_row(
        effort=ScaleField(
            tr("How easy it was (1 to 7)"), 1, 7, shown.effort, ends=tr("1 very hard, 7 very easy")
        ),
        recommend=ScaleField(
            tr("Would recommend (0 to 10)"), 0, 10, shown.recommend, ends=tr("0 not at all, 10 certainly")
        ),
    )
    form.add_row(text=LongTextField(tr("In their words (may be empty)"), shown.text, lines=2))
    form.add_row(public=CheckField(tr("They wrote it where all can read it"), shown.public))


class RatingForm(FormDialog):
    """Writes down a rating, of an order, a case or the shop; with `rating_id` given it corrects that one."""

    def __init__(
        self,
        ctx: Context,
        *,
        rating_id: int | None = None,
        customer_id: int | None = None,
        order_id: int | None = None,
        case_id: int | None = None,
        complaint_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._ctx, self._rating = ctx, rating_id
        found = rating_detail(ctx.book, rating_id) if rating_id is not None else None
        self._given = {"customer_id": customer_id, "case_id": case_id, "complaint_id": complaint_id}
        whose = found.customer_id if found else customer_id
        super().__init__(
            tr("Correct the rating") if found else tr("New rating"),
            tr("Save"),
            self._save,
            text=" · ".join(
                part for part in (customer_line(ctx, whose), about_line(found) if found else "") if part
            ),
            width=WIDTH,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        kind = kind_of(found) if found else CASE if case_id else COMPLAINT if complaint_id else PURCHASE
        self._told = label("", role="muted", wrap=True)
        self._told.hide()
        if kind == PURCHASE and found is None:
            self._ask_what(customer_id, order_id)
        elif found is None:
            self._given["order_id"] = order_id
        self.add_widget(self._told)
        add_fields(self, ctx, found or Shown(), kind=kind)
        self._recall()

    def _ask_what(self, customer_id: int | None, order_id: int | None) -> None:
        """Whose rating it is, where nobody is given, and about which order."""
        currency = str(self._ctx.book.setting("shop.currency"))
        order = OrderField(tr("About the order"), self._ctx.book, currency, customer_id, order_id)
        if customer_id is None:
            picker = CustomerField(tr("Customer"), self._ctx.book, hint=tr("Empty: nobody in particular."))
            picker.changed.connect(lambda: order.offer(picker.value()))
            self.add_row(customer_id=picker)
        self.add_row(order_id=order)
        order.changed.connect(self._recall)

    def _recall(self) -> None:
        """Say what they expected before, if they told, and give it to the stars that ask for it."""
        told: Told | None = None
        if "order_id" in self.fields:
            whose = self.fields["customer_id"].value() if "customer_id" in self.fields else None
            whose = whose or self._given["customer_id"]
            told = told_before(self._ctx.book, customer_id=whose, order_id=self.fields["order_id"].value())
        self._told.setVisible(told is not None)
        if told is None:
            return
        said = tr(
            "Before, on {day}, they expected {stars}",
            day=format_near_day(told.at, datetime.now().date()),
            stars=drawn(told.expected),
        )
        self._told.setText(tr("{said}: “{words}”", said=said, words=cut(told.text)) if told.text else said)
        if self.fields["expected"].value() is None:
            self.fields["expected"].set_value(told.expected)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.fields["perceived"].setFocus()

    def _save(self, values: dict[str, Any]) -> None:
        self._ctx.changed(self._write(values))

    def _write(self, values: dict[str, Any]) -> Changes:
        book = self._ctx.book
        if self._rating is not None:
            return ratings.edit_rating(book, rating_id=self._rating, **values)
        now = datetime.now().replace(microsecond=0)
        said = ratings.Verdict(rated_at=now, staff_id=book.clerk_id(), **{**self._given, **values})
        return ratings.add_rating(book, said)


def kind_of(found: RatingDetail) -> str:
    """Which reasons go with a rating."""
    if found.complaint_id is not None:
        return COMPLAINT
    return CASE if found.case_id is not None else PURCHASE


def about_line(found: RatingDetail) -> str:
    """What a rating is about, in a few words."""
    if found.complaint_id is not None:
        return tr("Complaint {number}", number=found.complaint_number)
    if found.case_id is not None:
        return tr("Service case {number}", number=found.case_number)
    if found.order_id is not None:
        return tr("Order {number}", number=found.order_number) if found.order_number else tr("A purchase")
    return tr("The shop")
