"""The form of a note: what happened, at which stage, by which channel, how long, about which order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.dates import from_iso
from desktop.core.translation import tr
from desktop.operations import service
from desktop.queries.timeline import clerks
from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.answers.insert_button import InsertAnswer
from desktop.views.answers.values import answer_values
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField, NumberField, TextField
from desktop.views.timeline.choices import choices
from desktop.views.timeline.fields import CustomerField, MomentField, OrderField, customer_line


class NoteDialog(FormDialog):
    """Writes a new note, or corrects one; what stood there before stays in the book's history."""

    def __init__(
        self,
        ctx: Context,
        *,
        entry: TimelineEntry | None = None,
        customer_id: int | None = None,
        stage: str = "in-sale",
        channel: str = "shop",
        text: str = "",
        minutes: int = 0,
        links: Mapping[str, int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._ctx, self._entry = ctx, entry
        self._links: dict[str, Any] = dict(links or {})
        self._customer = entry.customer_id if entry else customer_id
        title = tr("Correct the note") if entry else tr("New note")
        who = customer_line(ctx, self._customer)
        kept = tr("What stood here before stays in the history.") if entry else ""
        hint = "\n".join(part for part in (who, kept) if part)
        super().__init__(title, tr("Save"), self._save, text=hint, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if entry is None and customer_id is None:
            self.add_row(
                customer_id=CustomerField(tr("Customer"), ctx.book, hint=tr("Empty: a note of the shop."))
            )
        words_ = LongTextField(tr("What happened"), entry.text if entry else text, lines=5)
        self.add_row(text=words_)
        self.add_widget(InsertAnswer(ctx, words_, self._known, place=entry.stage if entry else stage))
        self.add_row(title=TextField(tr("Title (may be empty)"), entry.title if entry else ""))
        self.add_row(
            stage=ChoiceField(tr("Stage"), choices(words.STAGES), entry.stage if entry else stage),
            channel=ChoiceField(tr("Channel"), choices(words.CHANNELS), entry.channel if entry else channel),
        )
        self.add_row(
            at=MomentField(
                tr("When"), from_iso(entry.at) if entry else datetime.now().replace(microsecond=0)
            ),
            minutes=NumberField(
                tr("Minutes (0: not noted)"), (entry.minutes or 0) if entry else minutes, most=1440
            ),
        )
        people = [(None, tr("No clerk")), *clerks(ctx.book)]
        currency = str(ctx.book.setting("shop.currency"))
        order = OrderField(
            tr("Order"),
            ctx.book,
            currency,
            self._customer,
            entry.order_id if entry else self._links.pop("order_id", None),
        )
        clerk = entry.staff_id if entry else ctx.book.clerk_id()
        self.add_row(order_id=order, staff_id=ChoiceField(tr("Clerk"), people, clerk))
        gave = [(code, name or tr("Nothing in particular")) for code, name in choices(words.GAVE)]
        self.add_row(gave=ChoiceField(tr("The customer gave"), gave, entry.gave if entry else ""))
        if "customer_id" in self.fields:
            picker = self.fields["customer_id"]
            picker.changed.connect(lambda: order.offer(picker.value()))

    def _known(self) -> dict[str, str]:
        """What an answer's places are filled with, by what the form says now."""
        picker = self.fields.get("customer_id")
        customer = picker.value() if picker is not None else self._customer
        return answer_values(self._ctx, customer_id=customer, order_id=self.fields["order_id"].value())

    def _save(self, values: dict[str, Any]) -> None:
        values["minutes"] = values["minutes"] or None
        book = self._ctx.book
        if self._entry:
            changes = service.edit_interaction(book, interaction_id=self._entry.id, **values)
        else:
            customer = values.pop("customer_id", self._customer)
            changes = service.add_interaction(book, customer_id=customer, **self._links, **values)
        self._ctx.changed(changes)
