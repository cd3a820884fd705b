"""Customers who were made one earlier, for the list from which they are taken apart."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.models.book import Book
from desktop.models.id_lists import id_list


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One merge: who stayed, who went, when and by whom; `moved` counts what went along, by table."""

    id: int
    kept: int
    kept_name: str
    gone_name: str
    at: str
    staff: str
    moved: Mapping[str, int]


def merge_ids(book: Book) -> array[int]:
    """Every merge that stands, the newest first."""
    return id_list(book, "SELECT id FROM merge ORDER BY at DESC, id DESC")


def merge_rows(book: Book, ids: Sequence[int]) -> dict[int, MergeRow]:
    """Some merges by their id; those taken apart meanwhile are left out."""
    rows = book.rows(
        "SELECT m.id, m.kept_id, c.name, m.gone_name, m.at, coalesce(s.name, ''), m.moved FROM merge AS m "
        "JOIN customer AS c ON c.id = m.kept_id LEFT JOIN staff AS s ON s.id = m.staff_id "
        f"WHERE m.id IN ({', '.join('?' * len(ids))})",
        tuple(ids),
    )
    return {row[0]: MergeRow(*(*row[:6], _moved(row[6]))) for row in rows}


def merge_count(book: Book) -> int:
    """How many merges stand."""
    return int(book.value("SELECT count(*) FROM merge"))


def _moved(text: str) -> dict[str, int]:
    """Records by table; what only changed beside them (which phone is the main one) does not count."""
    return {
        table: count
        for table, columns in json.loads(text).items()
        if (count := sum(len(ids) for column, ids in columns.items() if column not in ("main", "id")))
    }
