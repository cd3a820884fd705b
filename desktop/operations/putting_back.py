"""An earlier value of a field put back, as a change of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.references import references_of
from desktop.operations.contact_points import holder_of
from desktop.operations.customers import edit_customer

FIELDS: Mapping[str, frozenset[str]] = {
    "customer": frozenset({
        "name", "kind", "relation", "gender", "birthday", "birthday_calendar", "birthday_leap", "region",
        "source", "referred_by", "likes", "dislikes", "expectations", "family", "notes",
    }),
    "interaction": frozenset({"title", "text", "stage", "channel", "minutes", "gave", "happened_at"}),
    "orders": frozenset({"note", "ship_to", "channel", "number"}),
    "service_case": frozenset({"title", "text", "place"}),
    "complaint": frozenset({
        "title", "text", "wants", "detail", "cause", "prevention", "settlement", "alternatives", "dispute",
    }),
    "rating": frozenset({"reasons", "text"}),
    "task": frozenset({"title", "note", "due_day"}),
    "product": frozenset({"name", "category", "unit", "price", "warranty_months"}),
}  # fmt: skip
"""What may be put back by itself; a status and an amount belong to processes of their own."""
_SAME: Mapping[str, tuple[str, ...]] = {
    "contact_point": ("customer_id", "kind", "channel", "norm"),
    "customer_tag": ("customer_id", "tag_id"),
    "relationship": ("customer_id", "related_id"),
}
"""Rows that are put back as a whole, and what tells that one stands already; its id may be another's now."""
_CUSTOM = "custom:"


def can_be_put_back(table: str, field: str, old: Any) -> bool:
    """Whether an entry of a history holds something that `put_back` takes."""
    if table in _SAME and not field:
        return isinstance(old, dict)
    return field.startswith(_CUSTOM) or field in FIELDS.get(table, frozenset())


def put_back(book: Book, *, table: str, row: int, field: str, value: Any) -> Changes:
    """Make a field hold an earlier value again, or (field "") a row that hung on a record stand again.

    Raises UserError when the record is gone, or somebody else has meanwhile what would be put back.
    """
    if not can_be_put_back(table, field, value):
        raise KeyError((table, field))
    if not field:
        return _whole(book, table, value)
    column = "custom" if field.startswith(_CUSTOM) else field
    found = book.row(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row,))
    if found is None:
        raise _gone()
    if field == "referred_by" and value is not None:
        _must_stand(book, "customer", value)
    if table == "customer" and not field.startswith(_CUSTOM):
        # A form's rules hold for old values too: nobody comes through themselves.
        values = {field: "" if value is None and field != "referred_by" else value}
        if field == "birthday":
            values["birthday_calendar"] = book.value(
                "SELECT birthday_calendar FROM customer WHERE id = ?", (row,)
            )
        return edit_customer(book, customer_id=row, values=values)
    with book.step(mark("Put an earlier value back")) as step:
        if field.startswith(_CUSTOM):
            own: dict[str, Any] = json.loads(found[0] or "{}")
            name = field.removeprefix(_CUSTOM)
            own = {key: kept for key, kept in {**own, name: value}.items() if kept is not None}
            step.execute(
                f'UPDATE "{table}" SET custom = ? WHERE id = ?', (json.dumps(own, ensure_ascii=False), row)
            )
        else:
            blank = book.value(
                "SELECT iif(\"notnull\", coalesce(trim(dflt_value, ''''), ''), NULL) "
                "FROM pragma_table_xinfo(?) WHERE name = ?",
                (table, field),
            )
            step.execute(
                f'UPDATE "{table}" SET "{field}" = ? WHERE id = ?', (blank if value is None else value, row)
            )
    return step.changes


def _whole(book: Book, table: str, values: Mapping[str, Any]) -> Changes:
    for reference in references_of(book.db, table):
        if values.get(reference.column) is not None:
            _must_stand(book, reference.target, values[reference.column])
    if table == "contact_point":
        holder = holder_of(book, values["kind"], values["norm"], channel=values["channel"])
        if holder and holder[0] != values["customer_id"]:
            raise UserError(
                tr("“{value}” belongs to {customer} now.", value=values["value"], customer=holder[1]),
                tr("Open that customer, or merge the two."),
            )
    same = " AND ".join(f'"{name}" IS ?' for name in _SAME[table])
    known = book.value(f'SELECT id FROM "{table}" WHERE {same}', [values[name] for name in _SAME[table]])
    with book.step(mark("Put an earlier value back")) as step:
        if table == "contact_point":
            # Only one of a kind is the main way to reach somebody.
            others = step.execute(
                "SELECT 1 FROM contact_point WHERE customer_id = ? AND kind = ? AND main = 1 AND id IS NOT ?",
                (values["customer_id"], values["kind"], known),
            ).fetchone()
            values = {**values, "main": 0 if others else values["main"]}
        names = [name for name in values if name != "id"]
        chosen = [values[name] for name in names]
        if known is None:
            columns, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
            step.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', chosen)
        else:
            sets = ", ".join(f'"{name}" = ?' for name in names)
            step.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', (*chosen, known))
    return step.changes


def _must_stand(book: Book, table: str, row: int) -> None:
    if not book.value(f'SELECT 1 FROM "{table}" WHERE id = ?', (row,)):
        raise UserError(
            tr("What this value refers to is no longer in the book."),
            tr("It was deleted meanwhile; undo brings it back."),
        )


def _gone() -> UserError:
    return UserError(
        tr("This entry is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
    )
