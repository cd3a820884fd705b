"""The journal read: what happened to a record, step by step, and which records once named another.

The triggers of `engine.journal` write it, `history` replays it; SQLite's JSON stands here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from desktop.models.engine import BookDatabase

_PART = 500


class Happening(NamedTuple):
    """One line of the journal about one record: op I (came), U (changed columns) or D (went, all columns)."""

    id: int
    step: int | None
    op: str
    row: int
    old: dict[str, Any]
    new: dict[str, Any]


class StepLine(NamedTuple):
    """A step as a history says it; `undone` is when it was taken back, "" while it stands."""

    id: int
    label: str
    args: dict[str, Any]
    at: str
    clerk: str
    undone: str


def happenings(db: BookDatabase, table: str, row: int) -> list[Happening]:
    """All that the journal knows of a record's id, in the order in which it happened.

    Only what people did: what undoing and redoing wrote follows from it.
    """
    rows = db.execute_sql(
        "SELECT c.id, c.step_id, c.op, c.old, c.new FROM change AS c LEFT JOIN step AS s ON s.id = c.step_id "
        "WHERE c.tbl = ?1 AND c.op <> 'I' AND c.first_row = ?2 AND coalesce(s.kind, 'do') = 'do' UNION ALL "
        "SELECT c.id, c.step_id, c.op, NULL, NULL FROM change AS c LEFT JOIN step AS s ON s.id = c.step_id "
        "WHERE c.tbl = ?1 AND c.op = 'I' AND c.last_row >= ?2 AND c.first_row <= ?2 "
        "AND coalesce(s.kind, 'do') = 'do' ORDER BY 1",
        (table, row),
    )
    return [Happening(one, step, op, row, _values(old), _values(new)) for one, step, op, old, new in rows]


def once_named(db: BookDatabase, table: str, column: str, value: int) -> set[int]:
    """The ids of records of a table whose column held a value before they changed or went, or since."""
    # Reading a JSON takes ten times as long as looking for a number in its text.
    sign = f'"{column}":{value}'
    rows = db.execute_sql(
        "SELECT DISTINCT first_row FROM change WHERE tbl = ?1 AND op <> 'I' AND "
        "((instr(old, ?2) AND json_extract(old, ?3) = ?4) OR "
        "(instr(new, ?2) AND json_extract(new, ?3) = ?4))",
        (table, sign, f"$.{column}", value),
    )
    return {row for (row,) in rows}


def steps(db: BookDatabase, ids: Sequence[int]) -> dict[int, StepLine]:
    """Steps by their ids."""
    found = {}
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        for row in db.execute_sql(
            "SELECT s.id, s.label, s.args, s.at, coalesce(staff.name, ''), iif(s.undone = 0, '', "
            "coalesce((SELECT max(at) FROM step AS u WHERE u.origin = s.id AND u.kind = 'undo'), s.at)) "
            "FROM step AS s LEFT JOIN staff ON staff.id = s.staff_id "
            f"WHERE s.id IN ({', '.join('?' * len(part))})",
            tuple(part),
        ):
            found[row[0]] = StepLine(row[0], row[1], json.loads(row[2]), *row[3:])
    return found


def defaults_of(db: BookDatabase, table: str) -> dict[str, Any]:
    """What the columns of a table hold where nobody said anything."""
    found = {}
    for name, default in db.execute_sql(
        "SELECT name, dflt_value FROM pragma_table_xinfo(?)", (table,)
    ).fetchall():
        if default is not None:
            (found[name],) = db.execute_sql(f"SELECT {default}").fetchone()
    return found


def _values(text: str | None) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(text) if text else {}
    return values
