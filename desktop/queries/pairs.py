"""The pairs of customers who may be one, as the last sweep and the imports left them for the owner."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.models.book import Book
from desktop.models.id_lists import id_list

_ONE = 1 << 31


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair as the list shows it.

    `score` None: never swept, only doubted. `reasons` are (code of likeness.REASONS, value). `doubt` is the
    kind of contact point (or "name") over which an import was in doubt, `value` what it was.
    """

    id: int
    one: int
    other: int
    one_name: str
    other_name: str
    score: float | None
    reasons: tuple[tuple[str, str], ...] = ()
    doubt: str = ""
    value: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class SweepNote:
    """When the book was last swept, over how many customers, and how many came since."""

    at: str
    customers: int
    since: int


@dataclass(frozen=True, slots=True)
class ToldApart:
    """A pair the owner said are two people."""

    id: int
    one: int
    other: int
    one_name: str
    other_name: str
    at: str


def pair_id(one: int, other: int) -> int:
    """The number by which a list knows a pair."""
    return min(one, other) * _ONE + max(one, other)


def pair_of(row: int) -> tuple[int, int]:
    """The two customers of a pair's number, the smaller id first."""
    return divmod(row, _ONE)


_PAIRS = """
    SELECT one_id, other_id, 2.0 AS score FROM doubt
    UNION ALL
    SELECT one_id, other_id, score FROM likeness WHERE NOT EXISTS (
        SELECT 1 FROM doubt WHERE doubt.one_id = likeness.one_id AND doubt.other_id = likeness.other_id)
"""
_STANDING = """
    EXISTS (SELECT 1 FROM customer WHERE id = pair.one_id)
    AND EXISTS (SELECT 1 FROM customer WHERE id = pair.other_id)
    AND NOT EXISTS (SELECT 1 FROM not_same WHERE not_same.one_id = pair.one_id
        AND not_same.other_id = pair.other_id)
"""


def pair_ids(book: Book) -> array[int]:
    """The pairs to be looked at: what imports were in doubt about, then the likeliest first."""
    return id_list(
        book,
        f"SELECT one_id * {_ONE} + other_id AS id FROM ({_PAIRS}) AS pair WHERE {_STANDING} "
        "ORDER BY score DESC, one_id, other_id",
    )


def pair_count(book: Book) -> int:
    """How many pairs there are to be looked at."""
    return int(book.value(f"SELECT count(*) FROM ({_PAIRS}) AS pair WHERE {_STANDING}"))


def pair_rows(book: Book, ids: Sequence[int]) -> dict[int, PairRow]:
    """The rows of some pairs by their number; those with a customer who is gone are left out."""
    wanted = [(row, *pair_of(row)) for row in ids]
    people = sorted({one for _, *both in wanted for one in both})
    names = dict(book.rows(f"SELECT id, name FROM customer WHERE id IN ({_marks(people)})", people))
    found = {}
    for row, one, other in wanted:
        if one in names and other in names:
            score, reasons = _kept(book, one, other)
            found[row] = PairRow(
                row, one, other, names[one], names[other], score, reasons, *_doubt(book, one, other)
            )
    return found


def _kept(book: Book, one: int, other: int) -> tuple[float | None, tuple[tuple[str, str], ...]]:
    kept = book.row("SELECT score, reasons FROM likeness WHERE one_id = ? AND other_id = ?", (one, other))
    return (kept[0], tuple(map(tuple, json.loads(kept[1])))) if kept else (None, ())


def _doubt(book: Book, one: int, other: int) -> tuple[str, str, str]:
    found = book.row(
        "SELECT kind, value, coalesce((SELECT file_name FROM import_run WHERE id = import_run_id), '') "
        "FROM doubt WHERE one_id = ? AND other_id = ?",
        (one, other),
    )
    return tuple(found) if found else ("", "", "")


def pairs_with(book: Book, customer_id: int) -> list[int]:
    """The pairs a customer is in, the likeliest first."""
    rows = book.rows(
        f"SELECT one_id, other_id FROM ({_PAIRS}) AS pair WHERE (one_id = ?1 OR other_id = ?1) "
        f"AND {_STANDING} ORDER BY score DESC, one_id, other_id",
        (customer_id,),
    )
    return [pair_id(*row) for row in rows]


def last_sweep(book: Book) -> SweepNote | None:
    """When the book was last swept; None when it never was."""
    found = book.row("SELECT at, customers, newest FROM likeness_sweep")
    if found is None:
        return None
    at, customers, newest = found
    return SweepNote(at, customers, int(book.value("SELECT count(*) FROM customer WHERE id > ?", (newest,))))


def told_apart(book: Book) -> list[ToldApart]:
    """Pairs marked as not the same person, the newest first."""
    rows = book.rows(
        "SELECT n.id, n.one_id, n.other_id, one.name, other.name, n.at FROM not_same AS n "
        "JOIN customer AS one ON one.id = n.one_id JOIN customer AS other ON other.id = n.other_id "
        "ORDER BY n.at DESC, n.id DESC"
    )
    return [ToldApart(*row) for row in rows]


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
