"""What refers to a record, read from the schema itself, so that no table of a later one is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.models.engine import BookDatabase
from desktop.models.migrations import JOURNALLED

PAIRS: Mapping[str, tuple[str, str]] = {
    "not_same": ("one_id", "other_id"), "doubt": ("one_id", "other_id"),
    "relationship": ("customer_id", "related_id"),
}  # fmt: skip
"""Tables whose rows tie two customers to each other; those of "one" and "other" have the smaller id first."""
_PART = 500


@dataclass(frozen=True, slots=True)
class Reference:
    """A column of a table that names a record of another."""

    table: str
    column: str
    target: str
    required: bool


def references_of(db: BookDatabase, table: str) -> list[Reference]:
    """What the records of a table refer to."""
    nullable = set(db.nullable(table))
    return [
        Reference(table, column, target, column not in nullable)
        for target, column in db.execute_sql(
            'SELECT "table", "from" FROM pragma_foreign_key_list(?) ORDER BY "from"', (table,)
        ).fetchall()
    ]


def references_to(db: BookDatabase, target: str) -> list[Reference]:
    """What refers to the records of a table, in every table whose changes are journalled."""
    return [one for table in JOURNALLED for one in references_of(db, table) if one.target == target]


def delete_with_all(db: BookDatabase, target: str, which: str, params: Mapping[str, Any]) -> None:
    """Deletes the rows whose ids a query gives, and before them, set-wise, what hangs on them.

    What becomes of that is what the foreign keys say. Left to them it goes row by row, tables in turn, and
    undoing it takes back each of those turns by itself.
    """
    for table in JOURNALLED:
        for column, action in db.execute_sql(
            'SELECT "from", on_delete FROM pragma_foreign_key_list(?) WHERE "table" = ?', (table, target)
        ).fetchall():
            hanging = f'"{column}" IN ({which})'
            if action == "CASCADE":
                delete_with_all(db, table, f'SELECT id FROM "{table}" WHERE {hanging}', params)
            elif action == "SET NULL":
                db.execute_sql(f'UPDATE "{table}" SET "{column}" = NULL WHERE {hanging}', params)
    db.execute_sql(f'DELETE FROM "{target}" WHERE id IN ({which})', params)


def unique_with(db: BookDatabase, table: str, column: str) -> list[list[str]]:
    """For each uniqueness that a column takes part in, the other columns of it."""
    found = []
    for name, unique in db.execute_sql(
        'SELECT name, "unique" FROM pragma_index_list(?)', (table,)
    ).fetchall():
        columns = [row for (row,) in db.execute_sql("SELECT name FROM pragma_index_info(?)", (name,))]
        if unique and column in columns:
            found.append([one for one in columns if one != column])
    return found


def records(db: BookDatabase, table: str, condition: str, params: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """The records of a table that a condition chooses, by the names of the stored columns, ordered by id."""
    columns = db.columns(table)
    names = ", ".join(f'"{name}"' for name in columns)
    rows = db.execute_sql(f'SELECT {names} FROM "{table}" AS t WHERE {condition} ORDER BY id', params)
    return [dict(zip(columns, row, strict=True)) for row in rows.fetchall()]


def standing(db: BookDatabase, table: str, ids: Iterable[int]) -> set[int]:
    """Which of these records are there."""
    found: set[int] = set()
    for part in parts(list(ids)):
        found.update(
            row for (row,) in db.execute_sql(f'SELECT id FROM "{table}" WHERE id IN ({marks(part)})', part)
        )
    return found


def added_since(db: BookDatabase, table: str, step: int, *, but: str) -> list[tuple[int, int]]:
    """The ranges of ids that people added to a table in later steps, which nobody undid.

    An id is given out again when the newest record is deleted: what has it now may be another record. Steps
    called `but` put back what had been there.
    """
    rows = db.execute_sql(
        "SELECT first_row, last_row FROM change JOIN step ON step.id = change.step_id "
        "WHERE change.tbl = ? AND step.id > ? AND change.op = 'I' AND step.kind = 'do' AND step.undone = 0 "
        "AND step.label <> ?",
        (table, step, but),
    ).fetchall()
    return [(first, last) for first, last in rows]


def step_that_added(db: BookDatabase, table: str, row: int) -> int:
    """The newest step that added a record; 0 when the journal does not know it."""
    (found,) = db.execute_sql(
        "SELECT coalesce(max(step_id), 0) FROM change "
        "WHERE tbl = ? AND op = 'I' AND ? BETWEEN first_row AND last_row",
        (table, row),
    ).fetchone()
    return int(found)


def parts(values: Sequence[int]) -> Iterator[Sequence[int]]:
    """A long list in parts that a statement can take."""
    for start in range(0, len(values), _PART):
        yield values[start : start + _PART]


def marks(values: Sequence[Any]) -> str:
    """As many question marks as there are values."""
    return ", ".join("?" * len(values))
