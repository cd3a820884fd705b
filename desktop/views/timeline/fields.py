"""Form fields of service and complaints: a customer found while typing, one of their orders, a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QDateTimeEdit, QLineEdit

from desktop.core.dates import format_near_day
from desktop.core.money import format_money
from desktop.core.text import format_phone
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.queries.pickers import CustomerChoice, customer_choice, customer_choices, order_choices
from desktop.views.kit.context import Context
from desktop.views.kit.fields import ChoiceField, Field
from desktop.views.timeline.words import cut

_ID_ROLE = Qt.ItemDataRole.UserRole
_FEWEST = 12
"""Letters for which an order's box has room at least."""


class CustomerLine(QLineEdit):
    """A line in which a customer is looked for as the list does it; `picked` carries the id or None."""

    picked = Signal(object)

    def __init__(self, book: Book, customer_id: int | None = None) -> None:
        super().__init__()
        self._book = book
        self._id: int | None = None
        self._name = ""
        self.setPlaceholderText(tr("Name, pinyin, last 4 of phone…"))
        self._model = QStandardItemModel(self)
        found = QCompleter(self._model, self)
        found.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        found.setMaxVisibleItems(8)
        found.activated.connect(self._choose)
        self._found = found
        self.setCompleter(found)
        self.textEdited.connect(self._search)
        self.editingFinished.connect(self._settle)
        self.set_customer(customer_id)

    def customer(self) -> int | None:
        """The id of the customer chosen, or None."""
        return self._id

    def set_customer(self, customer_id: int | None) -> None:
        """Show a customer, or none."""
        choice = customer_choice(self._book, customer_id) if customer_id is not None else None
        self._take(choice)

    def unknown(self) -> bool:
        """Whether something is typed that is no customer."""
        return self._id is None and bool(self.text().strip())

    def _take(self, choice: CustomerChoice | None) -> None:
        before, self._id = self._id, choice.id if choice else None
        self._name = choice_text(choice) if choice else ""
        self.setText(self._name)
        # Where there is no room for all of it, the name is what is read.
        self.setCursorPosition(0)
        if before != self._id:
            self.picked.emit(self._id)

    def _search(self, text: str) -> None:
        if self._id is not None:
            self._id = None
            self.picked.emit(None)
        self._model.clear()
        for choice in customer_choices(self._book, text):
            item = QStandardItem(choice_text(choice))
            item.setData(choice.id, _ID_ROLE)
            self._model.appendRow(item)

    def _choose(self, _: object) -> None:
        popup = self._found.popup()
        # The completer's own current index is that of typing; the popup has the one that was chosen.
        self.set_customer(popup.currentIndex().data(_ID_ROLE) if popup else None)

    def _settle(self) -> None:
        """Who leaves the line with one customer found has chosen that one."""
        if self._id is None and self._model.rowCount() == 1 and self.text().strip():
            self.set_customer(self._model.item(0).data(_ID_ROLE))


class CustomerField(Field):
    """A customer; the value is the id or None."""

    def __init__(
        self, title: str, book: Book, value: int | None = None, *, hint: str = "", required: bool = False
    ) -> None:
        self.line = CustomerLine(book, value)
        super().__init__(title, self.line, hint=hint, required=required)
        self.line.picked.connect(lambda _: self.changed.emit())

    def value(self) -> int | None:
        return self.line.customer()

    def set_value(self, value: Any) -> None:
        self.line.set_customer(value)

    def problem(self) -> str:
        if self.line.unknown():
            return tr("Choose a customer from the list, or leave this empty.")
        return super().problem()


class OrderField(ChoiceField):
    """One of a customer's last orders, or none; the value is the order's id or None."""

    def __init__(
        self, title: str, book: Book, currency: str, customer_id: int | None, value: int | None
    ) -> None:
        self._book, self._currency, self._given = book, currency, value
        super().__init__(title, self._choices(customer_id), value)
        # What was bought may have a long name: it is cut in the box and whole in its list.
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(_FEWEST)

    def offer(self, customer_id: int | None) -> None:
        """Offer another customer's orders."""
        kept = self.value()
        choices = self._choices(customer_id)
        self._values = [value for value, _ in choices]
        self.box.clear()
        self.box.addItems([text for _, text in choices])
        self.set_value(kept)

    def _choices(self, customer_id: int | None) -> Sequence[tuple[int | None, str]]:
        choices: list[tuple[int | None, str]] = [(None, tr("No order"))]
        # The order that the form was opened for may be too old for the list, or of nobody.
        for order in order_choices(self._book, customer_id, also=self._given):
            parts = (
                format_near_day(order.placed_at, date.today()),
                format_money(order.amount, self._currency),
                order.first_line or order.number,
            )
            choices.append((order.id, " · ".join(part for part in parts if part)))
        return choices


class MomentField(Field):
    """A day and time; the value is a `datetime`."""

    def __init__(self, title: str, value: datetime, *, hint: str = "") -> None:
        self.moment = QDateTimeEdit()
        self.moment.setCalendarPopup(True)
        self.moment.setDisplayFormat("yyyy-MM-dd HH:mm")
        super().__init__(title, self.moment, hint=hint)
        self.set_value(value)
        self.moment.dateTimeChanged.connect(lambda _: self.changed.emit())

    def value(self) -> datetime:
        day, time = self.moment.date(), self.moment.time()
        return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), time.second())

    def set_value(self, value: Any) -> None:
        day = QDate(value.year, value.month, value.day)
        self.moment.setDateTime(QDateTime(day, QTime(value.hour, value.minute, value.second)))


def choice_text(choice: CustomerChoice) -> str:
    """A customer as a picker says it: name and phone."""
    name = choice.name or tr("No name")
    return " · ".join(part for part in (name, format_phone(choice.phone) if choice.phone else "") if part)


def customer_line(ctx: Context, customer_id: int | None) -> str:
    """Whom a form is about, for the line below its title; "" for nobody."""
    choice = customer_choice(ctx.book, customer_id) if customer_id is not None else None
    return tr("Customer: {name}", name=cut(choice.name or tr("No name"))) if choice else ""
