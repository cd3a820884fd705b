"""Undo, redo and the audit trail: one step per change a person makes, replayed from the journal.

Triggers (engine.journal) write every insert, update and delete into `change` under the step that
`history_now` names, so nothing escapes, not even bulk SQL. Undoing a step replays its journal backwards as
a step of kind 'undo', which is journalled in turn and is what redo replays; steps are never deleted, so the
list of steps is the audit trail. Only the copies that an undone step keeps for redo go, once redo is
impossible.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.models.changes import Changes
from desktop.models.engine import BookDatabase

if TYPE_CHECKING:
    from peewee import Model


_AT_ONCE = 50_000
"""Changes set back at a time: a million of them would fill the memory."""


class Step:
    """One open undo step: the only thing that may write to a book's tables."""

    def __init__(self, db: BookDatabase, row: int, label: str, args: dict[str, Any]) -> None:
        self.db = db
        self.id = row
        self.label = label
        self.args = args
        self.created: dict[str, int] = {}
        self.changes = Changes()

    def insert(self, model: type[Model], **values: Any) -> int:
        """Adds one row and returns its id; the id is also kept in `changes.created`."""
        row: int = model.insert(**values).execute(self.db.records)
        self.created[model._meta.table_name] = row
        return row

    def insert_many(self, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Adds many rows, in the driver's own loop; values in the order of `columns`.

        The journal gets their ranges of ids from here instead of a trigger's work for each row, which halves
        the time of a large import. An error inside must end the step, as it does unless somebody hides it.
        """
        table = model._meta.table_name
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" for _ in columns)
        (newest,) = self.db.execute_sql(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()
        ranges: list[list[int]] = []
        self.db.execute_sql("UPDATE history_now SET bulk = ?", (table,))
        self.db.many(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
            _noting_ids(rows, columns.index("id") if "id" in columns else None, newest, ranges),
        )
        self.db.execute_sql("UPDATE history_now SET bulk = NULL")
        self.db.many(
            "INSERT INTO change (step_id, tbl, op, first_row, last_row) VALUES (?, ?, 'I', ?, ?)",
            ((self.id, table, first, last) for first, last in ranges),
        )

    def update(self, model: type[Model], row: int, **values: Any) -> None:
        """Sets columns of one row; columns that already hold the value leave no trace."""
        if values:
            model.update(**values).where(model._meta.primary_key == row).execute(self.db.records)

    def delete(self, model: type[Model], rows: Sequence[int]) -> None:
        """Removes rows; what hangs on them goes or lets go as the schema's foreign keys say."""
        self.db.many(f'DELETE FROM "{model._meta.table_name}" WHERE id = ?', ((row,) for row in rows))

    def execute(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        """Runs one statement inside the step, for set-wise changes."""
        return self.db.execute_sql(sql, params)

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs one statement for each row, in the driver's own loop."""
        self.db.many(sql, rows)


def _noting_ids(
    rows: Iterable[Sequence[Any]], at: int | None, newest: int, ranges: list[list[int]]
) -> Iterator[Sequence[Any]]:
    """Passes rows on, noting the ids they have at a place, or that SQLite gives next, as ranges."""
    row_id = newest
    for row in rows:
        row_id = row_id + 1 if at is None else row[at]
        if ranges and ranges[-1][1] == row_id - 1:
            ranges[-1][1] = row_id
        else:
            ranges.append([row_id, row_id])
        yield row


def begin(
    db: BookDatabase,
    label: str,
    args: dict[str, Any],
    *,
    kind: str = "do",
    origin: int | None = None,
    staff: int | None = None,
) -> Step:
    """Opens a step inside the transaction at hand; `staff` is the clerk whose change it is."""
    now = datetime.now().isoformat(" ", "seconds")
    row: int = db.execute_sql(
        "INSERT INTO step (label, args, at, kind, origin, staff_id) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (label, json.dumps(args, ensure_ascii=False), now, kind, origin, staff),
    ).fetchone()[0]
    db.execute_sql("UPDATE history_now SET step_id = ?", (row,))
    return Step(db, row, label, args)


def finish(step: Step) -> None:
    """Closes a step: forgets it if it changed nothing, else makes it the newest thing to undo."""
    db = step.db
    tables = frozenset(
        tbl for (tbl,) in db.execute_sql("SELECT DISTINCT tbl FROM change WHERE step_id = ?", (step.id,))
    )
    db.execute_sql("UPDATE history_now SET step_id = NULL")
    if not tables:
        db.execute_sql("DELETE FROM step WHERE id = ?", (step.id,))
        return
    step.changes = Changes(tables, step.id, step.label, step.args, step.created)


def forget_redo(db: BookDatabase) -> None:
    """Drops what undone steps kept for redo: a new change has made redoing them impossible."""
    db.execute_sql(
        "DELETE FROM change WHERE step_id IN (SELECT id FROM step WHERE kind = 'undo' AND origin IN "
        "(SELECT id FROM step WHERE kind = 'do' AND undone = 1))"
    )
    db.execute_sql("UPDATE step SET undone = 2 WHERE kind = 'do' AND undone = 1")


class Named(NamedTuple):
    """A step as a menu names it."""

    id: int
    label: str
    args: dict[str, Any]


def next_undo(db: BookDatabase) -> Named | None:
    """The newest step that stands, or None."""
    return _named(db, "undone = 0 ORDER BY id DESC")


def next_redo(db: BookDatabase) -> Named | None:
    """The step undone last, or None."""
    return _named(db, "undone = 1 ORDER BY id")


def _named(db: BookDatabase, condition: str) -> Named | None:
    sql = f"SELECT id, label, args FROM step WHERE kind = 'do' AND {condition} LIMIT 1"
    found = db.execute_sql(sql).fetchone()
    return Named(found[0], found[1], json.loads(found[2])) if found else None


def reverse(db: BookDatabase, origin: Named, *, undo: bool, staff: int | None = None) -> Step:
    """Undoes (or redoes) a step inside the transaction at hand; the caller finishes the step it returns."""
    wanted = ("do", "redo") if undo else ("undo", "undo")
    (last,) = db.execute_sql(
        "SELECT max(id) FROM step WHERE (id = ? OR origin = ?) AND kind IN (?, ?)",
        (origin.id, origin.id, *wanted),
    ).fetchone()
    db.execute_sql("PRAGMA defer_foreign_keys = ON")
    step = begin(
        db, origin.label, origin.args, kind="undo" if undo else "redo", origin=origin.id, staff=staff
    )
    for tbl, op, first, until in list(_runs(db, last)):
        if op == "I":
            _remove(db, tbl, first, until)
        elif op == "D":
            _restore(db, tbl, first, until)
        else:
            _set_back(db, tbl, first, until)
    db.execute_sql("UPDATE step SET undone = ? WHERE id = ?", (int(undo), origin.id))
    return step


def _runs(db: BookDatabase, step: int) -> Iterator[tuple[str, str, int, int]]:
    """A step's journal as runs of one table and one kind, newest first: (table, op, first id, last id)."""
    yield from db.execute_sql(
        """
        SELECT tbl, op, min(id), max(id) FROM (
            SELECT id, tbl, op, id - row_number() OVER (PARTITION BY tbl, op ORDER BY id) AS island
            FROM change WHERE step_id = ?
        ) GROUP BY tbl, op, island ORDER BY min(id) DESC
        """,
        (step,),
    )


def _remove(db: BookDatabase, tbl: str, first: int, until: int) -> None:
    spans = db.execute_sql(
        "SELECT first_row, last_row FROM change WHERE id BETWEEN ? AND ? ORDER BY id DESC", (first, until)
    ).fetchall()
    db.many(f'DELETE FROM "{tbl}" WHERE id BETWEEN ? AND ?', spans)


def _restore(db: BookDatabase, tbl: str, first: int, until: int) -> None:
    """Puts deleted rows back; a column that a later schema added gets its default."""
    names, values = [], []
    for name, kind, required, default, hidden in db.execute_sql(
        'SELECT name, type, "notnull", dflt_value, hidden FROM pragma_table_xinfo(?)', (tbl,)
    ):
        if hidden:
            continue
        value = f"json_extract(old, '$.{name}')"
        if kind == "BLOB":
            # Beside the JSON since schema 3, before that in it, and always when two blobs are in a row.
            value = f"coalesce(data, unhex({value}))"
        if required and default is not None:
            value = f"coalesce({value}, {default})"
        names.append(f'"{name}"')
        values.append(value)
    db.execute_sql(
        f'INSERT INTO "{tbl}" ({", ".join(names)}) SELECT {", ".join(values)} FROM change '
        "WHERE id BETWEEN ? AND ? ORDER BY id DESC",
        (first, until),
    )


def _set_back(db: BookDatabase, tbl: str, first: int, until: int) -> None:
    """Puts updated rows back, neighbours that changed the same columns together."""
    blobs = {
        n for n, t in db.execute_sql("SELECT name, type FROM pragma_table_xinfo(?)", (tbl,)) if t == "BLOB"
    }
    batch: list[tuple[Any, ...]] = []
    columns: tuple[str, ...] = ()

    def flush() -> None:
        if batch:
            sets = ", ".join(f'"{c}" = ' + ("unhex(?)" if c in blobs else "?") for c in columns)
            db.many(f'UPDATE "{tbl}" SET {sets} WHERE id = ?', list(batch))
            batch.clear()

    for top in range(until, first - 1, -_AT_ONCE):
        rows = db.execute_sql(
            "SELECT last_row, first_row, old FROM change WHERE id BETWEEN ? AND ? ORDER BY id DESC",
            (max(first, top - _AT_ONCE + 1), top),
        ).fetchall()
        for now, before, old in rows:
            values = json.loads(old)
            if now != before:
                values["id"] = before
            if tuple(values) != columns:
                flush()
                columns = tuple(values)
            batch.append((*values.values(), now))
        flush()
