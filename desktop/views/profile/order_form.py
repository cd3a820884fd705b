"""The form in which an order is entered by hand, or corrected."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.dates import from_iso
from desktop.core.translation import tr
from desktop.operations import orders
from desktop.queries.orders import OrderRow, next_number, order_lines
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField, MoneyField, TextField
from desktop.views.kit.widgets import label
from desktop.views.profile.order_lines import LinesEditor
from desktop.views.timeline.fields import MomentField
from desktop.views.timeline.words import cut


class OrderForm(FormDialog):
    """Total and paid follow the lines until somebody writes another amount."""

    def __init__(
        self,
        ctx: Context,
        *,
        customer_id: int,
        name: str,
        channel: str = "shop",
        known: OrderRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = tr("Edit the order {number}", number=known.number) if known else tr("New order")
        super().__init__(
            title,
            tr("Save") if known else tr("Add the order"),
            self._store,
            text=tr("For {customer}", customer=cut(name)),
            width=640,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._customer, self._known = ctx, customer_id, known
        currency = str(ctx.book.setting("shop.currency"))
        self._own: set[str] = {"total", "paid"} if known else set()
        number = known.number if known else next_number(ctx.book, date.today())
        placed = from_iso(known.placed_at) if known else datetime.now().replace(microsecond=0)
        self.add_row(
            number=TextField(tr("Order number"), number),
            placed_at=MomentField(tr("When"), placed),
        )
        self.add_row(
            channel=ChoiceField(tr("Channel"), _named(words.CHANNELS), known.channel if known else channel),
            status=ChoiceField(
                tr("Status"), _named(words.ORDER_STATUSES), known.status if known else "completed"
            ),
        )
        self.add_widget(label(tr("What was bought"), size=theme.SECTION, bold=True))
        self.lines = LinesEditor(ctx.book, currency)
        self.add_widget(self.lines)
        total, paid = (known.total, known.paid) if known else (None, None)
        self.add_row(
            total=MoneyField(tr("Total"), total, currency=currency),
            paid=MoneyField(tr("Amount paid"), paid, currency=currency),
        )
        self.add_row(note=LongTextField(tr("Note"), known.note if known else "", lines=2))
        for line in order_lines(ctx.book, order_id=known.id) if known else ():
            self.lines.add_row(line)
        if not self.lines.rows:
            self.lines.add_row()
        self.lines.changed.connect(self._follow)
        self._field("total").line.textEdited.connect(lambda _: self._make_own("total"))
        self._field("paid").line.textEdited.connect(lambda _: self._make_own("paid"))
        self.fields["status"].changed.connect(self._follow)

    def _field(self, name: str) -> MoneyField:
        field = self.fields[name]
        assert isinstance(field, MoneyField)
        return field

    def _make_own(self, name: str) -> None:
        """What a person wrote stays; with nothing left there the amount follows the lines again."""
        if self._field(name).line.text().strip():
            self._own.add(name)
        else:
            self._own.discard(name)
        if name == "total":
            self._follow()

    def _follow(self) -> None:
        if "total" not in self._own:
            self._field("total").set_value(self.lines.total() or None)
        if "paid" not in self._own:
            unpaid = self.fields["status"].value() in ("unpaid", "cancelled")
            self._field("paid").set_value(0 if unpaid else self._field("total").value())

    def _store(self, values: dict[str, Any]) -> None:
        """Save the form. Raises UserError, which the form shows."""
        given = {
            "lines": self.lines.lines(),
            "placed_at": values["placed_at"],
            "number": values["number"],
            "channel": values["channel"],
            "status": values["status"],
            "note": values["note"],
        }
        if self._known:
            changes = orders.edit_order(
                self._ctx.book,
                order_id=self._known.id,
                total=values["total"] or 0,
                paid=values["paid"] or 0,
                **given,
            )
        else:
            changes = orders.add_order(
                self._ctx.book,
                customer_id=self._customer,
                total=values["total"],
                paid=values["paid"],
                **given,
            )
        self._ctx.changed(changes)


def _named(table: Any) -> list[tuple[str, str]]:
    return [(code, words.name(table, code)) for code in table]
