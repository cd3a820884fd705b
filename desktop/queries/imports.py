"""What was brought into the book before."""

from __future__ import annotations

import json
from dataclasses import dataclass

from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A file that was brought in; `newest`: it is the very thing that Undo would take back."""

    id: int
    at: str
    file_name: str
    target: str
    layout: str
    customers_new: int
    customers_known: int
    orders_new: int
    orders_known: int
    problems: int
    newest: bool
    updated: int = 0
    """Records of the book that it changed."""
    entries_new: int = 0
    """Records that are neither customers nor orders."""
    doubts: int = 0
    staff: str = ""
    """Who brought it in."""


def recent_imports(book: Book, *, limit: int = 12) -> list[ImportRow]:
    """The latest imports, newest first."""
    undo = book.next_undo()
    rows = book.rows(
        "SELECT import_run.id, at, file_name, target, layout, counts, coalesce(staff.name, ''), "
        "(SELECT max(step_id) FROM change WHERE "
        "tbl = 'import_run' AND op = 'I' AND first_row <= import_run.id AND last_row >= import_run.id) "
        "FROM import_run LEFT JOIN staff ON staff.id = import_run.staff_id "
        "ORDER BY import_run.id DESC LIMIT ?",
        (limit,),
    )
    found = []
    for row, at, file_name, target, layout, counts, staff, step in rows:
        told = json.loads(counts)
        customers, orders = told.get("customers", {}), told.get("orders", {})
        updated = told.get("updated", {})
        found.append(
            ImportRow(
                row, at, file_name, target, layout,
                customers.get("new", 0), customers.get("matched", 0),
                orders.get("new", 0), orders.get("known", 0),
                told.get("problems", 0),
                undo is not None and undo.id == step,
                sum(updated.get(kind, 0) for kind in ("customers", "orders", "entries")),
                told.get("entries", {}).get("new", 0),
                told.get("doubts", 0),
                staff,
            )
        )  # fmt: skip
    return found


def is_taken_back(book: Book, step: int) -> bool:
    """Whether a step does not stand any more."""
    return bool(book.value("SELECT undone FROM step WHERE id = ?", (step,)))
