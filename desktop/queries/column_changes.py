"""Which customers a book's journal says were touched since somebody looked last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from desktop.models.book import Book

MOST = 2000
"""Rows of changes beyond which everything is read anew sooner than mended."""

OF_CUSTOMERS = (
    "contact_point", "customer_tag", "orders", "rating", "complaint", "interaction", "service_case",
    "points_entry", "consent", "privacy_request", "promise",
)  # fmt: skip
"""The tables with a `customer_id` that a filter looks at."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the journal has been read, its last line (of which step, table, op, rows), and what it hides.

    That is the shop's rhythm, which states follow, and the erasures, which leave no line in it.
    """

    change: int
    line: tuple[int | None, str, str, int, int]
    beside: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """What changed: tables, and the customers (some of whom may be gone); None for too many to tell."""

    tables: frozenset[str]
    customers: frozenset[int] | None


class Line(NamedTuple):
    """Rows of a table that were inserted (I), updated (U) or deleted (D), and what the journal kept of them.

    `sides` hold the changed columns before and after, or the whole row that is gone.
    """

    table: str
    op: str
    first: int
    last: int
    sides: list[dict[str, Any]]


def mark_now(book: Book) -> Mark:
    """Where the journal stands."""
    last = book.row("SELECT id, step_id, tbl, op, first_row, last_row FROM change ORDER BY id DESC LIMIT 1")
    change, line = (last[0], tuple(last[1:])) if last else (0, (None, "", "", 0, 0))
    # `changed` and `orders` only count towards the next calibration.
    rhythm = book.row(
        "SELECT median_gap, second_median, second_late, drifting, alarming, lost FROM shop_rhythm"
    )
    erased = book.row(
        "SELECT count(*), max(done_at) FROM privacy_request WHERE kind = 'erase' AND done_at IS NOT NULL"
    )
    return Mark(change, line, (*(rhythm or ()), *erased))


def touched_since(book: Book, before: Mark, now: Mark) -> Touched:
    """What was touched between two marks."""
    if before == now:
        return Touched(frozenset(), frozenset())
    lines = lines_since(book, before, now)
    if lines is None:
        return Touched(frozenset(), None)
    tables = frozenset(line.table for line in lines)
    return Touched(tables, frozenset(customer for line in lines for customer in customers_of(book, line)))


def lines_since(book: Book, before: Mark, now: Mark) -> list[Line] | None:
    """What the journal holds between two marks, and may have held before; None when that can't be told.

    Or when there is so much of it that everything is read anew sooner than mended.
    """
    # The last row read may have grown since: neighbouring new rows are one row of the journal.
    rows = book.rows(
        "SELECT step_id, tbl, op, first_row, last_row, old, new FROM change WHERE id >= ? "
        "ORDER BY id LIMIT ?",
        (before.change, MOST + 1),
    )
    # A line that is gone before it was read (an undone change that can't be done again) leaves a hole.
    read = book.value("SELECT count(*) FROM change WHERE id > ?", (before.change,))
    if read != now.change - before.change or before.beside != now.beside:
        return None
    rows = _beyond(rows, before)
    if len(rows) > MOST or sum(last - first + 1 for _, _, _, first, last, _, _ in rows) > MOST:
        return None
    return [
        Line(table, op, first, last, [json.loads(side) for side in (old, new) if side])
        for _, table, op, first, last, old, new in rows
    ]


def _beyond(rows: list[tuple[Any, ...]], before: Mark) -> list[tuple[Any, ...]]:
    """The rows without what a mark had read of the first: an import is one line of half a million rows.

    The step tells that it is the same line: the number of one that is gone is given out again.
    """
    if not rows or rows[0][0] is None or rows[0][2] != "I" or rows[0][:4] != before.line[:4]:
        return rows
    *head, _, last, old, new = rows[0]
    known = before.line[4]
    if last < known:
        return rows
    return [(*head, known + 1, last, old, new), *rows[1:]] if last > known else rows[1:]


def customers_of(book: Book, line: Line) -> Iterator[int]:
    """The customers whom a line of the journal is about, before and after."""
    table, op, first, last, sides = line
    if table == "customer":
        yield from range(first, last + 1)
        yield from (side["referred_by"] for side in sides if side.get("referred_by"))
        if op == "I":
            told = "SELECT referred_by FROM customer WHERE id BETWEEN ? AND ? AND referred_by IS NOT NULL"
            yield from (row for (row,) in book.rows(told, (first, last)))
    elif table in OF_CUSTOMERS:
        yield from (side["customer_id"] for side in sides if side.get("customer_id"))
        if op != "D":
            owners = f"SELECT DISTINCT customer_id FROM {table} WHERE id BETWEEN ? AND ?"
            yield from (row for (row,) in book.rows(owners, (first, last)) if row is not None)
    elif table == "order_line":
        orders = {side["order_id"] for side in sides if side.get("order_id")}
        if op != "D":
            whose = "SELECT DISTINCT order_id FROM order_line WHERE id BETWEEN ? AND ?"
            orders |= {row for (row,) in book.rows(whose, (first, last))}
        for order in orders:
            owner = book.value("SELECT customer_id FROM orders WHERE id = ?", (order,))
            if owner is not None:
                yield owner
