"""The fields that the shop added to its customers: what they are, how many have a value, what would fit."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark
from desktop.models.book import Book
from desktop.models.own_values import own_value_sql, own_value_type_sql

KINDS: Mapping[str, str] = {
    "text": mark("Any text"), "number": mark("Number"), "date": mark("Date"),
    "choice": mark("One of several"), "yesno": mark("Yes or no"),
}  # fmt: skip
_YES = frozenset({"1", "1.0", "true", "yes", "y", "是", "有", "对", "√"})
_NO = frozenset({"0", "0.0", "false", "no", "n", "否", "无", "没有", "×"})


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field the shop added; `kind` is a key of KINDS, `options` what a choice offers."""

    id: int
    name: str
    kind: str
    options: tuple[str, ...]


def own_fields(book: Book) -> list[OwnField]:
    """The shop's own fields of a customer, in its order."""
    rows = book.rows(
        "SELECT id, name, type, options FROM custom_field WHERE subject = 'customer' ORDER BY position, id"
    )
    return [OwnField(row, name, kind, tuple(map(str, json.loads(told)))) for row, name, kind, told in rows]


def own_field_uses(book: Book) -> dict[int, int]:
    """How many customers have a value in each field, by its id; a walk through all customers."""
    fields = own_fields(book)
    if not fields:
        return {}
    sums = ", ".join(f"coalesce(sum({own_value_type_sql(field.name)} IS NOT NULL), 0)" for field in fields)
    row = book.row(f"SELECT {sums} FROM customer AS c WHERE c.custom <> '{{}}'")
    return {field.id: count for field, count in zip(fields, row, strict=True)}


def held_values(book: Book, name: str) -> list[tuple[int, Any]]:
    """The customers with a value in a field, each with it; yes is 1, no 0."""
    sql = own_value_sql(name)
    return book.rows(f"SELECT c.id, {sql} FROM customer AS c WHERE {own_value_type_sql(name)} IS NOT NULL")


def unfit_values(
    book: Book, name: str, kind: str, options: tuple[str, ...], progress: Progress = SILENT
) -> tuple[int, list[str]]:
    """How many customers have a value that a field of that kind could not hold, and some of those values."""
    read = reader(kind, options)
    count, seen = 0, dict[str, None]()
    for done, (_, value) in enumerate(held_values(book, name)):
        if not done % 1000:
            progress.check()
        if read(value) is None:
            count += 1
            seen.setdefault(str(value))
    return count, list(seen)[:3]


def reader(kind: str, options: tuple[str, ...]) -> Callable[[Any], Any]:
    """What makes a value of another kind one of this; None where it can't be made."""
    if kind == "choice":
        return lambda value: text if (text := _text(value)) in options else None
    return {"number": _number, "date": _date, "yesno": _truth, "text": _text}[kind]


def _text(value: Any) -> str | None:
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value).strip() or None


def _number(value: Any) -> int | float | None:
    if isinstance(value, (int, float)):
        return value
    try:
        found = float(str(value).replace(",", "").replace("，", ""))
    except ValueError:
        return None
    if found != found or abs(found) == float("inf"):
        return None
    return int(found) if found == int(found) else found


def _date(value: Any) -> str | None:
    from desktop.core.when import DateError, parse_when

    try:
        return parse_when(str(value)).date().isoformat() if isinstance(value, str) else None
    except DateError:
        return None


def _truth(value: Any) -> bool | None:
    said = str(value).strip().casefold()
    return True if said in _YES else False if said in _NO else None
