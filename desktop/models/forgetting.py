"""Erasing what the book's own memory holds of somebody: the journal and the names of steps.

An erasure that can be undone is none, and a journal with holes must still be replayed: undoing any step
before or after an erasure has to work, only without bringing back what was erased. So what the journal holds
of rows that are gone for good goes, columns that were blanked leave the entries of rows that stay, and what
referred to a row that is gone refers to nothing. Which rows came is left alone: ids say nothing of anybody.

Ids of deleted rows are given anew, so an entry is told to be somebody's by what the row held at the time.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from desktop.models.engine import BookDatabase
from desktop.models.references import references_to


class Owner(NamedTuple):
    """A column and the ids in it that make a row somebody's; `subject` is the word beside it, if any."""

    column: str
    ids: frozenset[int]
    subject: str = ""

    def has(self, values: Mapping[str, Any]) -> bool:
        """Whether a row, or the columns of it that changed, are somebody's."""
        if values.get(self.column) not in self.ids:
            return False
        return not self.subject or values.get("subject") == self.subject


class _Entry(NamedTuple):
    id: int
    step: int | None
    op: str
    row: int
    old: dict[str, Any]
    new: dict[str, Any]


@dataclass(slots=True)
class Forgetting:
    """What is forgotten of somebody, whom the journal knows from the line `since` to the line `until`."""

    db: BookDatabase
    since: int
    until: int = 2**62
    steps: set[int] = field(default_factory=set)
    """The steps that touched any of it, for what they are called."""
    nameless: set[int] = field(default_factory=set)
    """The steps of which nobody knows any more whom they touched."""
    words: set[str] = field(default_factory=set)
    """What somebody was called and what was said: no step may be called so."""

    def own(self, table: str, owner: Owner) -> set[int]:
        """The rows of a table that are somebody's now, or once were."""
        where = f'"{owner.column}" IN ({_listed(owner.ids)})'
        if owner.subject:
            where += f" AND subject = '{owner.subject}'"
        now = {row for (row,) in self.db.execute_sql(f'SELECT id FROM "{table}" WHERE {where}')}
        column = f"$.{owner.column}"
        rows = self.db.execute_sql(
            "SELECT first_row, old, new FROM change WHERE tbl = ?1 AND op <> 'I' AND id BETWEEN ?2 AND ?4 "
            f"AND (json_extract(old, ?3) IN ({_listed(owner.ids)}) "
            f"OR json_extract(new, ?3) IN ({_listed(owner.ids)}))",
            (table, self.since, column, self.until),
        )
        return now | {row for row, old, new in rows if owner.has(_read(old)) or owner.has(_read(new))}

    def forget_rows(self, table: str, ids: Collection[int], owner: Owner) -> None:
        """Drops what the journal holds of rows that are gone for good."""
        self._note_steps(table, ids)
        for entry in self._entries(table, ids, owner):
            self.hear(entry.old)
            self.hear(entry.new)
            if entry.op == "I":
                self._not_come(entry)
            else:
                self.db.execute_sql("DELETE FROM change WHERE id = ?", (entry.id,))

    def _not_come(self, entry: _Entry) -> None:
        """Takes a row out of the range it came with; one in its middle stays, to be looked for in vain."""
        self.db.execute_sql(
            "UPDATE change SET first_row = first_row + (first_row = ?2), "
            "last_row = last_row - (last_row = ?2 AND first_row < ?2) WHERE id = ?1",
            (entry.id, entry.row),
        )
        self.db.execute_sql("DELETE FROM change WHERE id = ? AND first_row > last_row", (entry.id,))

    def blank_rows(self, table: str, ids: Collection[int], owner: Owner, blanks: Mapping[str, Any]) -> None:
        """Takes columns out of what the journal holds of rows that stay, or that undoing may bring back."""
        self._note_steps(table, ids)
        for entry in self._entries(table, ids, owner):
            for side in (entry.old, entry.new):
                self.hear({key: side[key] for key in blanks if key in side})
            if entry.op == "I":
                continue
            if entry.op == "D":
                self._write(entry.id, {**entry.old, **blanks}, None)
                continue
            self._keep(entry, [key for key in entry.old if key not in blanks])

    def forget_what_is_undone(self, table: str) -> None:
        """Drops changes of rows that undoing took away for good: whose they were, nobody knows any more."""
        self.nameless.update(
            step
            for (step,) in self.db.execute_sql(
                "SELECT step_id FROM change WHERE tbl = ? AND op = 'I' AND id BETWEEN ? AND ? "
                "AND step_id IN (SELECT id FROM step WHERE undone = 2)",
                (table, self.since, self.until),
            )
        )
        self.db.execute_sql(
            "DELETE FROM change WHERE tbl = ? AND op = 'U' AND id BETWEEN ? AND ? AND step_id IN "
            f"(SELECT id FROM step WHERE undone = 2) AND (first_row NOT IN (SELECT id FROM {table}) OR "
            "EXISTS (SELECT 1 FROM change AS came WHERE came.tbl = change.tbl AND came.op = 'I' "
            "AND came.id > change.id AND came.last_row >= change.first_row "
            "AND came.first_row <= change.first_row))",
            (table, self.since, self.until),
        )

    def leave_alone(self, table: str, row: int, steps: Collection[int], columns: Collection[str]) -> None:
        """Lets some steps no longer have changed columns of a row that stays: it holds what it holds now."""
        for step in steps:
            for entry in self._of(table, row):
                if entry.step == step and entry.op == "U":
                    self._keep(entry, [key for key in entry.old if key not in columns])

    def steps_of(self, table: str, column: str, value: int) -> dict[int, set[int]]:
        """The steps that took away rows in which a column held a value, by those rows' ids."""
        found: dict[int, set[int]] = {}
        for row in self.own(table, Owner(column, frozenset({value}))):
            for entry in self._of(table, row):
                if entry.step is not None:
                    found.setdefault(row, set()).add(entry.step)
        return found

    def let_go(self, table: str, ids: Collection[int]) -> None:
        """Lets nothing in the journal refer to rows that are gone: undoing must not name them again."""
        for reference in references_to(self.db, table) if ids else ():
            condition = (
                "tbl = ?1 AND op <> 'I' AND id BETWEEN ?2 AND ?4 "
                f"AND json_extract(old, ?3) IN ({_listed(ids)})"
            )
            params = (reference.table, self.since, f"$.{reference.column}", self.until)
            if reference.required:
                self.db.execute_sql(f"DELETE FROM change WHERE {condition}", params)
            else:
                self.db.execute_sql(
                    f"UPDATE change SET old = json_set(old, ?3, NULL) WHERE {condition}", params
                )

    def hear(self, values: Mapping[str, Any]) -> None:
        """Remembers words that are somebody's."""
        self.words.update(value for value in values.values() if isinstance(value, str) and value)

    def end(self, blank: str) -> None:
        """Takes somebody's words out of what steps are called, and ends those left without effect."""
        # Of what was undone for good nobody knows any more whom it touched; what it is called tells.
        self.steps.update(
            step
            for step, args in self.db.execute_sql("SELECT id, args FROM step WHERE undone = 2")
            if not self.words.isdisjoint(value for value in _read(args).values() if isinstance(value, str))
        )
        nameless = self._family(self.nameless)
        for step in sorted(self._family(self.steps) | nameless):
            (text,) = self.db.execute_sql("SELECT args FROM step WHERE id = ?", (step,)).fetchone()
            args = _read(text)
            kept = {
                key: blank if value in self.words or (step in nameless and isinstance(value, str)) else value
                for key, value in args.items()
            }
            if kept != args:
                self.db.execute_sql("UPDATE step SET args = ? WHERE id = ?", (_written(kept), step))
        self.db.execute_sql(
            f"UPDATE step SET undone = 2 WHERE undone = 0 AND kind = 'do' AND id IN ({_listed(self.steps)}) "
            "AND NOT EXISTS (SELECT 1 FROM change WHERE step_id = step.id OR step_id IN "
            "(SELECT id FROM step AS other WHERE other.origin = step.id))"
        )

    def _family(self, steps: Collection[int]) -> set[int]:
        """Steps with what undid them or did them again, which is called as they are."""
        origins = f"SELECT coalesce(origin, id) FROM step WHERE id IN ({_listed(steps)})"
        rows = self.db.execute_sql(f"SELECT id FROM step WHERE id IN ({origins}) OR origin IN ({origins})")
        return {step for (step,) in rows}

    def _note_steps(self, table: str, ids: Collection[int]) -> None:
        """Remembers the steps with which rows came, changed and went."""
        for row in ids:
            self.steps.update(
                step
                for (step,) in self.db.execute_sql(
                    "SELECT step_id FROM change WHERE tbl = ?1 AND step_id IS NOT NULL AND "
                    "id BETWEEN ?3 AND ?4 AND "
                    "(first_row = ?2 OR (op = 'I' AND last_row >= ?2 AND first_row <= ?2))",
                    (table, row, self.since, self.until),
                )
            )

    def _entries(self, table: str, ids: Collection[int], owner: Owner) -> Iterator[_Entry]:
        """The entries about rows in those of their lives (from coming until going) that were somebody's."""
        for row in sorted(ids):
            stands = self.db.execute_sql(
                f'SELECT 1 FROM "{table}" WHERE id = ? AND "{owner.column}" NOT IN ({_listed(owner.ids)})',
                (row,),
            ).fetchone()
            life: list[_Entry] = []
            for entry in self._of(table, row):
                if entry.op == "I":
                    yield from life if _somebodys(life, owner) else ()
                    life = []
                life.append(entry)
                if entry.op == "D":
                    yield from life if _somebodys(life, owner) else ()
                    life = []
            if not stands or _somebodys(life, owner):
                yield from life

    def _of(self, table: str, row: int) -> list[_Entry]:
        rows = self.db.execute_sql(
            "SELECT id, step_id, op, old, new FROM change WHERE tbl = ?1 AND id BETWEEN ?3 AND ?4 AND "
            "(op <> 'I' AND first_row = ?2 OR op = 'I' AND last_row >= ?2 AND first_row <= ?2) ORDER BY id",
            (table, row, self.since, self.until),
        ).fetchall()
        return [_Entry(one, step, op, row, _read(old), _read(new)) for one, step, op, old, new in rows]

    def _keep(self, entry: _Entry, columns: Collection[str]) -> None:
        """Lets an update's entry know of these columns only, or not be."""
        if columns:
            old, new = ({key: side[key] for key in columns} for side in (entry.old, entry.new))
            self._write(entry.id, old, new)
        else:
            self.db.execute_sql("DELETE FROM change WHERE id = ?", (entry.id,))

    def _write(self, one: int, old: Mapping[str, Any], new: Mapping[str, Any] | None) -> None:
        self.db.execute_sql(
            "UPDATE change SET old = ?, new = ? WHERE id = ?",
            (_written(old), None if new is None else _written(new), one),
        )


def forget_step(db: BookDatabase, step: int) -> None:
    """Lets a step that is open leave nothing behind: it can't be undone and is in no history."""
    db.execute_sql("DELETE FROM change WHERE step_id = ?", (step,))


def _somebodys(life: list[_Entry], owner: Owner) -> bool:
    return any(owner.has(one.old) or owner.has(one.new) for one in life)


def _read(text: str | None) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(text) if text else {}
    return values


def _written(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _listed(ids: Collection[int]) -> str:
    return ", ".join(str(int(one)) for one in sorted(ids)) or "NULL"
