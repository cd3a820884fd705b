"""The board of complaints: for each of its columns the most urgent ones, and how many there are in all."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.models.book import Book
from desktop.queries.complaint_filter import WIDE, ComplaintFilter, Part, parts, text_ids
from desktop.queries.complaint_orders import DUE
from desktop.queries.complaints import wide_moment

if TYPE_CHECKING:
    from desktop.queries.complaint_columns import ComplaintMoment


@dataclass(frozen=True, slots=True)
class Heap:
    """A column's complaints: the ids of the most urgent ones in order, and how many it has in all."""

    ids: array[int]
    total: int


def board(
    book: Book, *, now: datetime, view: ComplaintFilter, columns: Sequence[Sequence[str]], most: int
) -> list[Heap]:
    """What stands in each column, which holds some statuses; of each at most so many ids."""
    if (moment := wide_moment(book, view)) is not None:
        return _from_columns(book, view, moment, columns, most)
    found = parts(book, view, now)
    if view.narrows and view.scope not in WIDE:
        return _sorted_out(book, found, columns, most)
    totals = _totals(book, view, found)
    heaps = []
    for statuses in columns:
        total = sum(totals.get(status, 0) for status in statuses)
        ids: array[int] = array("q")
        codes = ", ".join(f"'{status}'" for status in statuses)
        for part in found:
            if len(ids) >= min(most, total):
                break
            # The plus: the order's index is walked until there are enough; nothing is sorted.
            sql = (
                f"SELECT complaint.id FROM complaint WHERE {part.where} AND +complaint.status IN ({codes}) "
                f"ORDER BY {part.urgency} LIMIT {most - len(ids)}"
            )
            ids.extend([row for (row,) in book.rows(sql, part.params)])
        heaps.append(Heap(ids, total))
    return heaps


def _sorted_out(book: Book, found: Sequence[Part], columns: Sequence[Sequence[str]], most: int) -> list[Heap]:
    """By one pass over what the filter holds: what narrows is asked of each complaint once."""
    ids: list[array[int]] = [array("q") for _ in columns]
    totals = [0] * len(columns)
    at = {status: place for place, statuses in enumerate(columns) for status in statuses}
    for part in found:
        sql = f"SELECT id, status FROM complaint WHERE {part.where} ORDER BY {part.urgency}"
        for row, status in book.rows(sql, part.params):
            place = at[status]
            totals[place] += 1
            if len(ids[place]) < most:
                ids[place].append(row)
    return [Heap(some, total) for some, total in zip(ids, totals, strict=True)]


def _from_columns(
    book: Book, view: ComplaintFilter, moment: ComplaintMoment, columns: Sequence[Sequence[str]], most: int
) -> list[Heap]:
    from desktop.queries.complaint_wide import in_order, of_statuses, places

    words = text_ids(book, view.text) if view.text.strip() else None
    table, at = moment.complaints, places(moment, view, words)
    heaps = []
    for statuses in columns:
        part = of_statuses(table, at, statuses)
        heaps.append(Heap(in_order(table, part, DUE, descending=False)[:most], len(part)))
    return heaps


def _totals(book: Book, view: ComplaintFilter, found: Sequence[Part]) -> dict[str, int]:
    """How many complaints of each status a filter holds."""
    everything = view.scope == "all" and not view.narrows
    # The index of statuses knows the numbers of all; the plus keeps it from being walked for a few.
    sql = "SELECT status, count(*) FROM complaint {where} GROUP BY {plus}status"
    if everything:
        return dict(book.rows(sql.format(where="", plus="")))
    totals: dict[str, int] = {}
    for part in found:
        for status, number in book.rows(sql.format(where=f"WHERE {part.where}", plus="+"), part.params):
            totals[status] = totals.get(status, 0) + number
    return totals
