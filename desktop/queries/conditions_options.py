"""What may be chosen for a field, with the words for it: fixed codes, and what the book holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.core import words
from desktop.core.calendar_words import month_name
from desktop.core.dates import format_day
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.queries.conditions import Value
from desktop.queries.conditions_fields import Field, fields

Choices = Mapping[Value, str]
"""What a condition holds, and how it is called; in the order in which it is offered."""

MOST_SUGGESTED = 500


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A book's fields and what may be chosen for each: enough to build filters and to say them in words."""

    fields: Mapping[str, Field]
    choices: Mapping[str, Choices]
    """By `Field.options`."""
    currency: str

    def choices_of(self, field: Field) -> Choices:
        """What may be chosen; empty where anything may be written."""
        return self.choices.get(field.options, {})


def vocabulary(book: Book) -> Vocabulary:
    """Everything of a book that filters speak of; a few milliseconds."""
    known = fields(book)
    named: dict[str, Choices] = {name: _codes(table) for name, table in _CODES.items()}
    named |= {name: _held(book, sql) for name, sql in _HELD.items()}
    named["months"] = {month: month_name(month) for month in range(1, 13)}
    named["imports"] = {
        row: tr("{file}, {day}", file=name, day=format_day(at))
        for row, name, at in book.rows("SELECT id, file_name, at FROM import_run ORDER BY at DESC, id DESC")
    }
    for name, listed in book.rows(
        "SELECT name, options FROM custom_field WHERE subject = 'customer' AND type = 'choice'"
    ):
        named[f"custom:{name}"] = {str(one): str(one) for one in json.loads(listed)}
    return Vocabulary(known, named, str(book.setting("shop.currency")))


def suggestions(book: Book, field: Field) -> list[str]:
    """What stands in a field already, the most frequent first, for those that are helped by it."""
    sql = _SUGGESTED.get(field.options)
    return [text for (text,) in book.rows(f"{sql} LIMIT {MOST_SUGGESTED}")] if sql else []


_CODES: Mapping[str, Mapping[str, str]] = {
    "states": {
        state: words.STATES[state] for state in ("regular", "drifting", "new", "one-time", "lost", "none")
    },
    "kinds": words.CUSTOMER_KINDS,
    "relations": words.RELATIONS,
    "genders": words.GENDERS,
    "channels": words.CHANNELS,
    "purposes": words.CONSENT_PURPOSES,
}
_HELD = {
    "tags": "SELECT id, name FROM tag ORDER BY name",
    "products": "SELECT id, CASE WHEN name <> '' THEN name ELSE coalesce(code, '') END FROM product "
    "ORDER BY name, id",
    "categories": "SELECT DISTINCT category, category FROM product WHERE category <> '' ORDER BY category",
}
_SUGGESTED = {
    f"{name}s": f"SELECT {name} FROM customer WHERE {name} <> '' GROUP BY {name} ORDER BY count(*) DESC"
    for name in ("source", "region")
}


def _codes(table: Mapping[str, str]) -> Choices:
    return {code: words.name(table, code) for code in table if code}


def _held(book: Book, sql: str) -> Choices:
    return {row: text or tr("No name") for row, text in book.rows(sql)}
