"""Writes what an import changes in records of the book: one statement for all that change the same fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from desktop.core.translation import tr
from desktop.exchange.comparing.complaint_parts import PARTS
from desktop.exchange.comparing.customer_changes import CALENDAR, CUSTOM
from desktop.exchange.comparing.entry_changes import EntryTouches
from desktop.exchange.comparing.modes import ASK, Change
from desktop.exchange.comparing.updates import CustomerTouches, OrderTouches, Touches
from desktop.models.customers import ContactPoint
from desktop.operations.import_writing import BATCH, Writing
from desktop.operations.importing_complaint_parts import write_part_changes
from desktop.operations.importing_customers import POINT_COLUMNS, write_custom_fields, write_tags
from desktop.queries import known

_ADDED = frozenset({"tag", "address", "point", "lines"})
"""Changes that are rows of their own."""

Columns = Callable[[Any, Sequence[Change]], dict[str, Any]]


def taken(writing: Writing, table: str, record: int, changes: Sequence[Change]) -> list[Change]:
    """The changes that are made: all, or in mode ask those of blanks and those that the owner took."""
    if writing.plan.mode.update != ASK:
        return list(changes)
    return [
        change
        for change in changes
        if not change.conflict or (table, record, change.unit) in writing.accepted
    ]


def touched(writing: Writing, part: Touches) -> Iterator[tuple[Any, list[Change]]]:
    """The rows of the book that do change, and how."""
    for row, changes in part.each():
        if made := taken(writing, part.table, row.id, changes):
            yield row, made


def write_updates(writing: Writing) -> dict[str, int]:
    """Makes every change; how many records and fields of each kind that were."""
    counts = {"customers": 0, "orders": 0, "entries": 0, "fields": 0}
    columns: Columns
    for part in writing.found.updates.parts:
        if isinstance(part, CustomerTouches):
            kind, what, columns = "customers", tr("Writing customers…"), _customer_columns
        elif isinstance(part, OrderTouches):
            kind, what, columns = "orders", tr("Writing orders…"), _order_columns(writing)
        else:
            assert isinstance(part, EntryTouches)
            kind, what, columns = "entries", tr("Writing records…"), _entry_columns(writing, part)
        for rows in _batches(touched(writing, part)):
            counts[kind] += len(rows)
            counts["fields"] += sum(len(changes) for _, changes in rows)
            if kind == "customers":
                _add_to_customers(writing, rows)
            elif kind == "orders":
                writing.staff_ids(c.new for _, changes in rows for c in changes if c.field == "staff")
            _write(writing, part.table, rows, columns)
            if part.table == "complaint":
                write_part_changes(writing, [({"id": row.id, **row.values}, made) for row, made in rows])
            writing.tell(len(rows), what)
    return counts


def _batches(rows: Iterator[tuple[Any, list[Change]]]) -> Iterator[list[tuple[Any, list[Change]]]]:
    batch = []
    for one in rows:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _write(writing: Writing, table: str, rows: Sequence[tuple[Any, list[Change]]], columns: Columns) -> None:
    """Updates rows, those that change the same columns with one statement."""
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for row, changes in rows:
        if found := columns(row, changes):
            groups.setdefault(tuple(found), []).append((*found.values(), row.id))
    for names, values in groups.items():
        sets = ", ".join(f'"{name}" = ?' for name in names)
        writing.step.execute_many(f'UPDATE "{table}" SET {sets} WHERE id = ?', values)


def _customer_columns(row: known.KnownCustomer, changes: Sequence[Change]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    for change in changes:
        if change.field.startswith(CUSTOM):
            custom[change.field.removeprefix(CUSTOM)] = change.new
        elif change.field not in _ADDED:
            found[change.field] = change.new
    if CALENDAR in found:
        found["birthday_leap"] = 0
    if custom:
        found["custom"] = json.dumps({**row.custom, **custom}, ensure_ascii=False)
    return found


def _order_columns(writing: Writing) -> Columns:
    def columns(_: known.KnownOrder, changes: Sequence[Change]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for change in changes:
            if change.field == "staff":
                found["staff_id"] = writing.staff_ids(())[change.new]
            elif change.field == "customer":
                found["customer_id"] = writing.id_of(change.new)
            elif change.field not in _ADDED:
                found[change.field] = change.new
        return found

    return columns


def _entry_columns(writing: Writing, part: EntryTouches) -> Columns:
    def columns(row: known.KnownEntry, changes: Sequence[Change]) -> dict[str, Any]:
        found = {
            "customer_id" if change.field == "customer" else change.field: (
                writing.id_of(change.new) if change.field == "customer" else change.new
            )
            for change in changes
            if change.field not in PARTS
        }
        if not found:
            return {}
        # The owner may have taken some of the changes only: what is made must be consistent.
        return {**found, **part.completion(row, found)}

    return columns


def _add_to_customers(writing: Writing, rows: Sequence[tuple[Any, list[Change]]]) -> None:
    """Adds tags, addresses and contact points; a first one of its kind is the main one."""
    each = [(row.id, change) for row, changes in rows for change in changes]
    write_tags(writing, [(who, change.new) for who, change in each if change.field == "tag"])
    write_custom_fields(
        writing, [change.field.removeprefix(CUSTOM) for _, change in each if change.field.startswith(CUSTOM)]
    )
    points = [(who, change.new) for who, change in each if change.field in ("address", "point")]
    if points:
        there = known.contact_kinds(writing.book, customers={who for who, _ in points})
        added = []
        for who, point in points:
            added.append((who, *point, (who, point.kind) not in there))
            there.add((who, point.kind))
        writing.many(ContactPoint, POINT_COLUMNS, added)
