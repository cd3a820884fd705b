"""The fitting input for the value of a bulk edit, and how its values are said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop.core import words
from desktop.core.dates import format_day
from desktop.core.translation import tr
from desktop.queries.bulk_edits import BulkEdit, BulkField
from desktop.queries.conditions_fields import FIELDS
from desktop.queries.conditions_options import suggestions
from desktop.queries.customers import CustomFieldRow, tags
from desktop.queries.pickers import customer_choice
from desktop.views.customers.own_field import own_field, own_text
from desktop.views.customers.words import display_name
from desktop.views.kit.context import Context
from desktop.views.kit.fields import ChoiceField, Field, TextField
from desktop.views.timeline.fields import CustomerField
from desktop.views.timeline.words import cut

CODES: Mapping[str, Mapping[str, str]] = {
    "relation": words.RELATIONS, "kind": words.CUSTOMER_KINDS, "gender": words.GENDERS,
}  # fmt: skip
"""The fields whose values are codes with names."""
_LONGEST = 40


def code_choices(key: str) -> list[tuple[str, str]]:
    """The codes of a field that can be chosen, with their names."""
    return [(code, words.name(CODES[key], code)) for code in CODES[key] if code]


def value_field(ctx: Context, field: BulkField, mode: str) -> Field | None:
    """An empty input for a field's value; None where there is nothing to be written."""
    title = tr("Value")
    if mode == "clear" or field.kind == "checked":
        return None
    if field.key in CODES:
        choices = code_choices(field.key)
        return ChoiceField(title, choices, choices[0][0])
    if field.kind == "customer":
        return CustomerField(title, ctx.book)
    if field.kind == "tags":
        made = TextField(title, placeholder=tr("A tag, known or new") if mode == "add" else "")
        complete(made.line, [tag.name for tag in tags(ctx.book)])
        return made
    if field.own and field.kind != "words":
        options = field.options if field.kind == "choice" else ()
        made_own = own_field(CustomFieldRow(field.title, field.kind, options))
        made_own.set_value(options[0] if options else None)
        return made_own
    made = TextField(title)
    if field.key in ("region", "source"):
        complete_later(ctx, made.line, field.key)
    return made


def complete_later(ctx: Context, line: QLineEdit, key: str) -> None:
    """Offer what stands in a field already as soon as it is known; in a large book that takes a moment."""
    book = ctx.book
    ctx.tasks.read(
        lambda _: suggestions(book, FIELDS[key]), lambda found: complete(line, found), owner=line, key="known"
    )


def complete(line: QLineEdit, known: list[str]) -> None:
    """Offer these words while something is typed."""
    completer = QCompleter(known, line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    line.setCompleter(completer)


def value_text(ctx: Context, edit: BulkEdit, value: Any, parent: QObject | None = None) -> str:
    """A value as it is said: a code by its name, a customer by theirs, "—" for none."""
    field = edit.field
    if value in (None, ""):
        return "—"
    if field.key in CODES:
        return words.name(CODES[field.key], value)
    if field.kind == "customer":
        found = customer_choice(ctx.book, value)
        return display_name(found.name) if found else "—"
    if field.kind == "checked":
        return format_day(date.fromordinal(value))
    if field.own:
        return cut(own_text(CustomFieldRow(field.title, _own_kind(field), field.options), value), _LONGEST)
    return cut(" ".join(str(value).split()), _LONGEST)


def _own_kind(field: BulkField) -> str:
    return "text" if field.kind == "words" else field.kind
