"""A customer's points: the ledger with its running balance, what came and went, and the shop's rule."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from desktop.models.book import Book


class PointsRow(NamedTuple):
    """An entry of the ledger; `balance` is the sum up to it, in the order of the entries' moments."""

    id: int
    at: str
    points: int
    reason: str
    text: str
    balance: int
    order_id: int | None
    order_number: str
    clerk: str
    file: str


class PointsFigures(NamedTuple):
    """Points that a customer has, that ever came and went, and when the last entry was."""

    balance: int
    came: int
    went: int
    entries: int
    last: str | None


class PointsRule(NamedTuple):
    """Points earned with each unit of money, and what one is worth in units of money; 0: no such rule."""

    per_unit: float
    worth: float


def points_ids(book: Book, *, customer_id: int) -> array[int]:
    """The ids of a customer's entries, the newest first."""
    rows = book.rows(
        "SELECT id FROM points_entry WHERE customer_id = ? ORDER BY at DESC, id DESC", (customer_id,)
    )
    return array("q", [row for (row,) in rows])


def points_rows(book: Book, ids: Sequence[int], *, customer_id: int) -> dict[int, PointsRow]:
    """The entries of some ids of a customer; those that are gone are left out."""
    wanted = tuple(ids)
    # The sums need the whole ledger, which an index holds; the words only these rows.
    rows = book.rows(
        "SELECT p.id, p.at, p.points, p.reason, p.text, s.balance, p.order_id, coalesce(o.number, ''), "
        "coalesce(staff.name, ''), coalesce(run.file_name, '') "
        "FROM (SELECT id, sum(points) OVER (ORDER BY at, id) AS balance FROM points_entry "
        "WHERE customer_id = ?) AS s JOIN points_entry AS p ON p.id = s.id "
        "LEFT JOIN orders AS o ON o.id = p.order_id LEFT JOIN staff ON staff.id = p.staff_id "
        "LEFT JOIN import_run AS run ON run.id = p.import_run_id "
        f"WHERE s.id IN ({', '.join('?' * len(wanted))})",
        (customer_id, *wanted),
    )
    return {row[0]: PointsRow(*row) for row in rows}


def points_figures(book: Book, *, customer_id: int) -> PointsFigures:
    """What the ledger of a customer adds up to."""
    row = book.row(
        "SELECT coalesce(sum(points), 0), coalesce(sum(max(points, 0)), 0), "
        "coalesce(sum(min(points, 0)), 0), count(*), max(at) FROM points_entry WHERE customer_id = ?",
        (customer_id,),
    )
    return PointsFigures(row[0], row[1], -row[2], row[3], row[4])


def points_rule(book: Book) -> PointsRule:
    """The shop's rule for points."""
    return PointsRule(float(book.setting("points.per_unit")), float(book.setting("points.worth")))
