"""A change of a field in words for people: names for codes, money with its currency, plain dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.core import words
from desktop.core.money import format_money, format_price
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.checking.complaint_entries import PromiseSaid, RemedySaid
from desktop.exchange.comparing.complaint_parts import PARTS, PromiseEnd, remedy_kind
from desktop.exchange.comparing.customer_changes import called
from desktop.exchange.comparing.identity import Identities
from desktop.exchange.comparing.modes import Change
from desktop.exchange.values.code_words import PROMISE_OUTCOMES, WORDS
from desktop.exchange.values.reader import Point
from desktop.exchange.vocabulary.fields import FIELD, Field
from desktop.exchange.vocabulary.subjects import TARGETS
from desktop.models.book import Book
from desktop.queries import known

_GROUPS: Mapping[str, str] = {subject.table: subject.groups[0] for subject in TARGETS.values()}
_CODES: Mapping[str, Mapping[str, str]] = {
    "status": words.ORDER_STATUSES,
    "customer_kind": words.CUSTOMER_KINDS,
    "relation": words.RELATIONS,
    "gender": words.GENDERS,
    "channel": words.CHANNELS,
    **{kind: told.codes for kind, told in WORDS.items()},
}
"""By kind of field."""
_OWN: Mapping[str, str] = {
    "tag": mark("tag"),
    "address": mark("address"),
    "customer": mark("customer"),
    "lines": mark("order lines"),
    "order_id": mark("order"),
    "complaint_id": mark("complaint"),
    "product_id": mark("product"),
}
_LINKED: Mapping[str, str] = {
    "order_id": "SELECT number FROM orders WHERE id = ?",
    "complaint_id": "SELECT number FROM complaint WHERE id = ?",
    "product_id": "SELECT name FROM product WHERE id = ?",
}


def _field(table: str, column: str) -> Field | None:
    return FIELD.get(f"{_GROUPS.get(table, table)}.{column}")


class Speller:
    """Says whose field changes, which, and from what to what."""

    def __init__(self, book: Book, identities: Identities) -> None:
        self._book, self._new = book, identities.new
        self._currency = str(book.setting("shop.currency"))

    def who(self, row: Any) -> str:
        """What a record is called."""
        if isinstance(row, known.KnownOrder):
            return tr("Order {number}", number=row.number)
        return str(row.name)

    def field(self, table: str, change: Change) -> str:
        """What a field is called."""
        name = change.field
        if name.startswith("custom:"):
            return name.partition(":")[2]
        if name == "point" and isinstance(change.new, Point):
            return words.name(words.CONTACT_KINDS, change.new.kind)
        if name in _OWN:
            return tr(_OWN[name])
        known_field = _field(table, name)
        return tr(known_field.name) if known_field else name

    def value(self, table: str, field: str, value: Any) -> str:
        """What stands there."""
        if value is None or value == "":
            return ""
        if isinstance(value, Point):
            return value.value
        if field == "lines":
            return ntr("{n} line", "{n} lines", int(value))
        if field == "customer":
            return self._customer(int(value))
        if field in PARTS:
            return self._part(value)
        if field in _LINKED:
            return str(self._book.value(_LINKED[field], (value,)) or "")
        known_field = _field(table, field)
        return self._told(known_field.kind if known_field else "", value)

    def _told(self, kind: str, value: Any) -> str:
        """A value of a kind of fields."""
        if kind in _CODES:
            return words.name(_CODES[kind], str(value))
        if kind == "amount":
            return format_money(int(value), self._currency)
        if kind == "price":
            return format_price(int(value), self._currency)
        if kind == "yesno":
            return tr("Yes") if value else tr("No")
        text = str(value)
        if kind in ("when", "later") and len(text) == 19:
            return text[:10] if text.endswith("00:00:00") else text[:16]
        return text

    def _part(self, value: Any) -> str:
        """What hangs on a complaint: a promise, what became of it, a remedy, a rating."""
        if isinstance(value, PromiseSaid):
            return value.text
        if isinstance(value, PromiseEnd):
            outcome = words.name(PROMISE_OUTCOMES, value.said.outcome or "")
            return tr("{outcome}: {promise}", outcome=outcome, promise=value.said.text)
        if isinstance(value, RemedySaid):
            kind = words.name(words.REMEDIES, remedy_kind(value))
            cost = format_money(value.cost, self._currency) if value.cost else ""
            return " · ".join(part for part in (kind, cost, value.text) if part)
        return str(value)

    def _customer(self, customer: int) -> str:
        if customer > 0:
            return known.names(self._book, [customer]).get(customer, "")
        return called(self._new[-1 - customer])
