"""The columns of the customer list as a file has them: figures as figures, days as days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.core import words
from desktop.core.money import DEFAULT_CURRENCY
from desktop.core.translation import tr
from desktop.exchange.writers.columns import ExportColumn, Kind
from desktop.queries.customer_rows import CustomerRow
from desktop.queries.customers import CustomFieldRow
from desktop.views.customers.columns import columns
from desktop.views.customers.own_field import own_text
from desktop.views.customers.words import state_name
from desktop.views.kit.columns import Column

USUAL = (
    "name", "phone", "kind", "relation", "state", "region", "tags", "first", "last", "rhythm", "orders",
    "spend", "rating", "complaints",
)  # fmt: skip
"""What a list has for which no columns were chosen."""
_KINDS: dict[str, Kind] = {"number": "number", "money": "money", "rating": "rating"}
_OWN_KINDS: dict[str, Kind] = {"number": "number", "date": "date"}
_DAYS = {
    "first": "first_day", "last": "last_day", "expected": "next_day", "last_contact": "last_contact",
    "checked_on": "checked_on", "created": "created_at",
}  # fmt: skip


def export_columns(own: Sequence[CustomFieldRow] = ()) -> dict[str, ExportColumn]:
    """Every column of the list, by the key of the screen's."""
    kinds = {field.name: field for field in own}
    return {column.key: _exported(column, kinds) for column in columns(DEFAULT_CURRENCY, own)}


def _exported(column: Column, own: dict[str, CustomFieldRow]) -> ExportColumn:
    key, title = column.key, column.name
    if column.own:
        return _own(key, own[column.title])
    if key in _DAYS:
        return ExportColumn(key, title, "date", lambda row: _day(getattr(row, _DAYS[key])))
    if key == "rhythm":
        return ExportColumn(key, tr("Rhythm in days"), "number", _whole_rhythm)
    if column.kind in _KINDS:
        return ExportColumn(key, title, _KINDS[column.kind])
    special = {
        "name": lambda row: row.name,
        "phone": lambda row: row.phone,
        "state": lambda row: state_name(row.state),
        "tags": lambda row: ", ".join(row.tags),
        "kind": lambda row: words.name(words.CUSTOMER_KINDS, row.kind),
        "relation": lambda row: words.name(words.RELATIONS, row.relation),
        "gender": lambda row: words.name(words.GENDERS, row.gender),
        "birthday": lambda row: row.birthday,
    }
    return ExportColumn(key, title, "id" if column.copies else "text", special.get(key, column.value_of))


def _own(key: str, field: CustomFieldRow) -> ExportColumn:
    kind = _OWN_KINDS.get(field.kind, "text")

    def value(row: CustomerRow) -> Any:
        held = row.custom.get(field.name)
        if kind == "text":
            return own_text(field, held)
        return held if kind == "date" or isinstance(held, (int, float)) else None

    return ExportColumn(key, field.name, kind, value)


def _day(held: Any) -> Any:
    return held[:10] if isinstance(held, str) else held


def _whole_rhythm(row: CustomerRow) -> int | None:
    return None if row.rhythm is None else round(row.rhythm)
