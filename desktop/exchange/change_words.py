"""A change of a field in words for people: names for codes, money with its currency, plain dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.core import words
from desktop.core.money import format_money, format_price
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.fields import FIELD
from desktop.exchange.identity import Identities
from desktop.exchange.modes import Change
from desktop.exchange.values import Point
from desktop.models.book import Book
from desktop.queries import known

_GROUPS: Mapping[str, str] = {"customer": "customer", "orders": "order"}
_CODES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("orders", "status"): words.ORDER_STATUSES,
    ("customer", "kind"): words.CUSTOMER_KINDS,
    ("customer", "relation"): words.RELATIONS,
    ("customer", "gender"): words.GENDERS,
    ("customer", "birthday_calendar"): {"solar": mark("Solar calendar"), "lunar": mark("Lunar calendar")},
    ("interaction", "stage"): words.STAGES,
    ("complaint", "nature"): words.NATURES,
    ("complaint", "subject"): words.SUBJECTS,
    ("complaint", "mood"): words.MOODS,
    ("complaint", "severity"): words.SEVERITIES,
    ("complaint", "status"): words.COMPLAINT_STATUSES,
    ("lead", "status"): words.LEAD_STATUSES,
    ("shipment", "status"): words.SHIPMENT_STATUSES,
    ("shipment", "direction"): words.SHIPMENT_DIRECTIONS,
}
_MONEY = frozenset({("orders", "total"), ("orders", "paid"), ("orders", "refunded"), ("lead", "cost"),
                    ("shipment", "cost")})  # fmt: skip
_OWN: Mapping[str, str] = {
    "tag": mark("tag"),
    "address": mark("address"),
    "customer": mark("customer"),
    "lines": mark("order lines"),
    "birthday_calendar": mark("calendar of the birthday"),
}


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
        found = FIELD.get(f"{_GROUPS.get(table, table)}.{name}")
        return tr(found.name) if found else name

    def value(self, table: str, field: str, value: Any) -> str:
        """What stands there."""
        if value is None or value == "":
            return ""
        if isinstance(value, Point):
            return value.value
        if (table, field) in _CODES:
            return words.name(_CODES[table, field], str(value))
        if (table, field) in _MONEY:
            return format_money(int(value), self._currency)
        if (table, field) == ("product", "price"):
            return format_price(int(value), self._currency)
        if field == "lines":
            return ntr("{n} line", "{n} lines", int(value))
        if field == "customer":
            return self._customer(int(value))
        text = str(value)
        if field.endswith("_at") and len(text) == 19:
            return text[:10] if text.endswith("00:00:00") else text[:16]
        return text

    def _customer(self, customer: int) -> str:
        if customer > 0:
            return known.names(self._book, [customer]).get(customer, "")
        person = self._new[-1 - customer]
        return person.name or (person.points[0].value if person.points else "")
