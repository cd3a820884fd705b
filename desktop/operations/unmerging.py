"""Customers who were made one taken apart again, at any later time and after whatever happened since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.recognition import Merge
from desktop.models.references import (
    PAIRS,
    added_since,
    marks,
    parts,
    records,
    references_of,
    standing,
    step_that_added,
)
from desktop.operations.merged_fields import CUSTOM, TEXTS, returned, returned_custom, without_loop
from desktop.operations.merging import called

LABEL = mark("Take {gone} apart from {name}")
Rows = dict[str, list[dict[str, Any]]]


def unmerge_customers(book: Book, *, merge: int) -> Changes:
    """Take two customers apart again, by the id of their merge; what was changed since stays as it is.

    The one who went comes back, under the old id if that is free (else a new one; it is in
    `created["customer"]`). Of what moved over goes back what still stands and still belongs to the one who
    stayed; fields that still hold what the merge wrote hold again what they held. Raises UserError when the
    merge is no longer known.
    """
    if not book.value("SELECT 1 FROM merge WHERE id = ?", (merge,)):
        raise UserError(
            tr("This merge is no longer in the book."),
            tr("It was taken apart already, or the customer was deleted; undo brings that back."),
        )
    gone, kept = book.row("SELECT gone_name, kept_id FROM merge WHERE id = ?", (merge,))
    with book.step(LABEL, gone=gone, name=called(book, [kept])[kept]) as step:
        parting = _Parting(step, merge)
        parting.bring_back()
        parting.part_pairs()
        parting.bring_rows_back()
        parting.part_rows()
        parting.part_fields()
        parting.end()
    return step.changes


class _Parting:
    """One merge on its way back."""

    def __init__(self, step: Step, merge: int) -> None:
        self.step, self.db, self.merge = step, step.db, merge
        (record,) = records(step.db, "merge", "id = ?", (merge,))
        held = json.loads(record["gone"])
        self.kept: int = record["kept_id"]
        self.old: int = record["gone_id"]
        self.into: int = held["into"]
        self.rows: Rows = held["rows"]
        self.taken: dict[str, list[Any]] = json.loads(record["taken"])
        self.moved: dict[str, dict[str, list[int]]] = json.loads(record["moved"])
        self.new: int = self.old
        self.since = step_that_added(step.db, "merge", merge)
        # Those who were merged later: their rows may hold what this merge had moved.
        self.later = {
            row: _Held(gone, json.loads(text), json.loads(taken), json.loads(moved))
            for row, gone, text, taken, moved in step.execute(
                "SELECT id, gone_id, gone, taken, moved FROM merge WHERE id > ? ORDER BY id", (merge,)
            ).fetchall()
        }

        # Whom a row of the one who went may belong to by now: each became part of the next.
        self.holders = {self.into, self.kept}
        for held in self.later.values():
            if held.gone_id in self.holders:
                self.holders.add(held.into)

    # -- the customer

    def bring_back(self) -> None:
        """The customer who went."""
        (customer,) = self.rows["customer"]
        free = not standing(self.db, "customer", [self.old])
        made = self._insert("customer", customer if free else {**customer, "id": None})
        self.new = self.old if made is None else made
        self.step.created["customer"] = self.new
        loop_free = without_loop(self.db, self.new, self._value("customer", self.new, "referred_by"))
        self._set("customer", "referred_by", loop_free, [self.new])

    def bring_rows_back(self) -> None:
        """The rows that went because the other had the like."""
        for table, rows in self.rows.items():
            if table != "customer":
                for row in rows:
                    self._insert(table, row)

    def _insert(self, table: str, row: Mapping[str, Any]) -> int | None:
        """Put a row back; its id, or None when what it hangs on is gone or somebody holds its place."""
        values = self._fitting(table, row)
        if values is None:
            return None
        if values.get("id") is not None and standing(self.db, table, [values["id"]]):
            values["id"] = None
        if values.get("id") is None:
            values.pop("id", None)
        names = ", ".join(f'"{name}"' for name in values)
        cursor = self.step.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks(list(values))}) ON CONFLICT DO NOTHING',
            list(values.values()),
        )
        return int(cursor.lastrowid) if cursor.rowcount else None

    def _fitting(self, table: str, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """The row as today's tables can hold it: None when it hangs on something that is gone."""
        columns = set(self.db.columns(table))
        values = {name: value for name, value in row.items() if name in columns}
        for reference in references_of(self.db, table):
            target = values.get(reference.column)
            if target is None:
                continue
            if reference.target == "customer":
                target = self._present(target, table, values)
            elif not standing(self.db, reference.target, [target]):
                target = None
            if target is None and reference.required:
                return None
            values[reference.column] = target
        if table in PAIRS:
            first, second = PAIRS[table]
            if values[first] == values[second]:
                return None
            if first == "one_id":
                values[first], values[second] = sorted((values[first], values[second]))
        return values

    def _present(self, customer: int, table: str, row: Mapping[str, Any]) -> int | None:
        """Who a customer is today: themselves, or whoever they became part of."""
        if customer == self.old and table != "customer":
            return self.new
        if standing(self.db, "customer", [customer]):
            return customer
        if table == "customer" and row.get("id") is not None:
            # When those are taken apart, this customer was referred by them again.
            became = customer
            for held in self.later.values():
                if held.gone_id == became:
                    held.note("customer", "referred_by", int(row["id"]))
                    became = held.into
        return self._kept_of(customer)

    def _kept_of(self, customer: int) -> int | None:
        found = self.step.execute(
            "SELECT kept_id FROM merge WHERE gone_id = ? ORDER BY id DESC", (customer,)
        ).fetchone()
        return int(found[0]) if found else None

    # -- what moved

    def part_pairs(self) -> None:
        """What was known of the kept one and a third only because it was known of the one who went."""
        for table, both in PAIRS.items():
            made = self.moved.get(table, {}).get("id", ())
            for part in parts(self._same_as_then(table, made)):
                self.step.execute(
                    f'DELETE FROM "{table}" WHERE id IN ({marks(part)}) AND ? IN ({", ".join(both)})',
                    (*part, self.kept),
                )

    def part_rows(self) -> None:
        """Give back what the merge moved and what still belongs to the one who stayed."""
        for table, columns in self.moved.items():
            known = set(self.db.columns(table))
            for column, ids in columns.items():
                if column in known and column not in ("id", "main"):
                    self._give_back(table, column, self._same_as_then(table, ids))
        # What was the main one before this merge or before a later one.
        stood_back = [self.moved, *(held.moved for held in self.later.values())]
        mine = set(self.moved.get("contact_point", {}).get("customer_id", ()))
        back = {row for moved in stood_back for row in moved.get("contact_point", {}).get("main", ())}
        self._lead_again(self._same_as_then("contact_point", sorted(mine & back)))

    def _same_as_then(self, table: str, ids: Iterable[int]) -> list[int]:
        """Without the ids that have been given to other rows since."""
        added = added_since(self.db, table, self.since, but=LABEL) if self.since else []
        return [row for row in ids if not any(first <= row <= last for first, last in added)]

    def _give_back(self, table: str, column: str, ids: list[int]) -> None:
        where = f'"{column}" = ?' + (" AND id <> ?" if table == "customer" else "")
        own = (self.new,) if table == "customer" else ()
        for part in parts(ids):
            self.step.execute(
                f'UPDATE "{table}" SET "{column}" = ? WHERE id IN ({marks(part)}) AND {where}',
                (self.new, *part, self.kept, *own),
            )
        if table == "customer":
            for held in self.later.values():
                if held.into in ids and held.taken.get(column, [None])[0] in (self.into, self.kept):
                    held.taken[column][0] = self.new
                    held.changed = True
        missing = set(ids) - standing(self.db, table, ids)
        if missing:
            self._give_back_held(table, column, missing)

    def _give_back_held(self, table: str, column: str, missing: set[int]) -> None:
        """Rows that went into a later merge: a customer's own row waits there, others come back at once."""
        for held in self.later.values():
            rows: list[dict[str, Any]] = held.rows.get(table, [])
            for row in [one for one in rows if one["id"] in missing]:
                if row.get(column) not in self.holders:
                    continue
                row[column] = self.new
                held.changed = True
                if table != "customer":
                    rows.remove(row)
                    self._insert(table, row)

    def _lead_again(self, ids: list[int]) -> None:
        """The main phone of the one who went is that again, unless they have another by now."""
        for row in ids:
            self.step.execute(
                "UPDATE contact_point AS t SET main = 1 WHERE id = ? AND customer_id = ? AND NOT EXISTS ("
                "SELECT 1 FROM contact_point AS o WHERE o.customer_id = t.customer_id AND o.kind = t.kind "
                "AND o.main = 1)",
                (row, self.new),
            )

    # -- fields

    def part_fields(self) -> None:
        """Fields of the one who stayed, also where they went into a later merge themselves."""
        if self.into == self.kept:
            (current,) = records(self.db, "customer", "id = ?", (self.kept,))
            for key, value in self._parted(current).items():
                self._set("customer", key, value, [self.kept])
        for held in self.later.values():
            (row,) = held.rows["customer"]
            if row["id"] == self.into:
                row.update(self._parted(row))
                held.changed = True
            elif held.into == self.into:
                held.changed = self._part_taken(held.taken) or held.changed

    def _parted(self, current: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, (before, after) in self.taken.items():
            if key == CUSTOM:
                custom = returned_custom(json.loads(current[CUSTOM]), before, after)
                found[CUSTOM] = json.dumps(custom, ensure_ascii=False)
            elif key == "referred_by":
                found[key] = self._referrer(current, before, after)
            elif key in current:
                found[key] = returned(current[key], before, after)
        return found

    def _referrer(self, current: Mapping[str, Any], before: int | None, after: int | None) -> int | None:
        """As `returned`, for a customer who may have become part of another one since."""
        held: int | None = current["referred_by"]
        if after is not None and not standing(self.db, "customer", [after]):
            after = self._kept_of(after)
        if held != after or before is None:
            return None if held == after else held
        value = self.new if before == self.old else self._present(before, "customer", current)
        return without_loop(self.db, current["id"], value)

    def _part_taken(self, taken: dict[str, list[Any]]) -> bool:
        """What a later merge into the same customer found there goes back too, for the day it is undone.

        What that merge wrote itself stays, but for the parts that it only passed on.
        """
        was = json.dumps(taken)
        for key, (before, after) in self.taken.items():
            if key not in taken:
                continue
            change = returned_custom if key == CUSTOM else returned
            found, made = taken[key]
            passed_on = key == CUSTOM or key in TEXTS
            taken[key] = [change(found, before, after), change(made, before, after) if passed_on else made]
        return json.dumps(taken) != was

    # -- the end

    def end(self) -> None:
        """Later merges keep what they learnt; this one is no more."""
        for row, held in self.later.items():
            if held.changed:
                self.step.update(Merge, row, **held.texts())
        self.step.delete(Merge, [self.merge])

    def _set(self, table: str, column: str, value: Any, ids: Sequence[int]) -> None:
        self.step.execute(
            f'UPDATE "{table}" SET "{column}" = ? WHERE id IN ({marks(ids)}) AND "{column}" IS NOT ?',
            (value, *ids, value),
        )

    def _value(self, table: str, row: int, column: str) -> int | None:
        found = self.step.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row,)).fetchone()
        return int(found[0]) if found and found[0] is not None else None


class _Held:
    """What a later merge holds; `changed` when it has to be written again."""

    def __init__(
        self, gone_id: int, held: dict[str, Any], taken: dict[str, list[Any]], moved: dict[str, Any]
    ) -> None:
        self.gone_id = gone_id
        self.into: int = held["into"]
        self.rows: Rows = held["rows"]
        self.taken, self.moved = taken, moved
        self.changed = False

    def note(self, table: str, column: str, row: int) -> None:
        """Add a row to what the merge moved."""
        self.moved.setdefault(table, {}).setdefault(column, []).append(row)
        self.changed = True

    def texts(self) -> dict[str, str]:
        """The columns of the merge."""
        values = {"gone": {"into": self.into, "rows": self.rows}, "taken": self.taken, "moved": self.moved}
        return {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
