"""Customers made one: everything attached moves along, field by field as chosen, and can be taken apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.days import now
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.recognition import Merge
from desktop.models.references import PAIRS, Reference, marks, parts, records, references_to, unique_with
from desktop.operations.merged_fields import CUSTOM, Choice, merged_fields, without_loop


@dataclass
class _Going:
    """One customer on the way into another, and what taking them apart will need."""

    step: Step
    kept: int
    gone: int
    rows: dict[str, list[dict[str, Any]]]
    moved: dict[str, dict[str, list[int]]]

    def note(self, table: str, column: str, ids: Sequence[int]) -> None:
        """Remember rows by what was done to them."""
        if ids:
            self.moved.setdefault(table, {}).setdefault(column, []).extend(ids)

    def drop(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Take rows out of the book and keep them for the way back."""
        if rows:
            self.rows.setdefault(table, []).extend(rows)
            self.step.db.many(f'DELETE FROM "{table}" WHERE id = ?', [(row["id"],) for row in rows])


def merge_customers(
    book: Book,
    *,
    kept: int,
    gone: Sequence[int],
    fields: Mapping[str, Choice] | None = None,
    custom: Mapping[str, Choice] | None = None,
) -> Changes:
    """Make customers one: those in `gone` become part of `kept`, with all that hangs on them.

    `fields` says for a column of the customer whose value stays: the id of one of them, or `Own(value)`;
    `custom` the same for the shop's own fields. What is not named keeps the kept one's value, or where that
    is blank the other's; notes, likes, dislikes, expectations and family are joined. One undo step, which
    leaves a `merge` record for each that went. Raises UserError when one of them is no longer in the book.
    """
    everybody = [kept, *gone]
    if len(set(everybody)) < 2 or len(set(everybody)) < len(everybody):
        msg = "a customer is merged with others"
        raise ValueError(msg)
    names = called(book, everybody)
    if len(names) < len(everybody):
        raise UserError(
            tr("One of these customers is no longer in the book."),
            tr("They were deleted or merged meanwhile; undo brings them back."),
        )
    label, args = (
        (mark("Merge {gone} into {name}"), {"gone": names[gone[0]]})
        if len(gone) == 1
        else (mark("Merge {count} customers into {name}"), {"count": len(gone)})
    )
    at = now()
    with book.step(label, **args, name=names[kept]) as step:
        for one in gone:
            _merge(step, kept, one, names[one], at, book.clerk_id(), fields or {}, custom or {})
    return step.changes


def called(book: Book, customers: Sequence[int]) -> dict[int, str]:
    """What customers are called in the history: their names, else what reaches them; none for those gone."""
    rows = book.rows(
        "SELECT id, coalesce(nullif(name, ''), (SELECT value FROM contact_point "
        "WHERE customer_id = customer.id "
        f"ORDER BY main DESC, id LIMIT 1), '?') FROM customer WHERE id IN ({marks(customers)})",
        tuple(customers),
    )
    return dict(rows)


def _merge(
    step: Step,
    kept: int,
    gone: int,
    name: str,
    at: str,
    clerk: int | None,
    fields: Mapping[str, Choice],
    custom: Mapping[str, Choice],
) -> None:
    mine, theirs = (records(step.db, "customer", "id = ?", (row,))[0] for row in (kept, gone))
    going = _Going(step, kept, gone, {"customer": [theirs]}, {})
    # Only one of a kind is the main way to reach somebody; done while it can be told whose is whose.
    _stand_back(going)
    references = references_to(step.db, "customer")
    for table in PAIRS:
        _move_pairs(going, table)
    for reference in references:
        if reference.table not in PAIRS:
            _move(going, reference)
    _move_attachments(going)
    before = {**mine, CUSTOM: json.loads(mine[CUSTOM])}
    after = merged_fields(mine, theirs, fields, custom)
    after["referred_by"] = without_loop(step.db, kept, after["referred_by"])
    taken = {key: [before[key], after[key]] for key in before if before[key] != after.get(key, before[key])}
    _write_fields(step, kept, taken)
    step.db.execute_sql("DELETE FROM customer WHERE id = ?", (gone,))
    step.insert(
        Merge,
        kept_id=kept,
        gone_id=gone,
        gone_name=name,
        at=at,
        gone=_json({"into": kept, "rows": going.rows}),
        taken=_json(taken),
        moved=_json(going.moved),
        staff_id=clerk,
    )


def _write_fields(step: Step, row: int, taken: Mapping[str, Sequence[Any]]) -> None:
    for key, (_, value) in taken.items():
        written = _json(value) if key == CUSTOM else value
        step.execute(f'UPDATE customer SET "{key}" = ? WHERE id = ?', (written, row))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _move(going: _Going, reference: Reference) -> None:
    """Let rows name the kept customer; what would stand there twice goes, and is kept for the way back."""
    table, column, db = reference.table, reference.column, going.step.db
    for condition in _doubles(going, table, column):
        going.drop(
            table, records(db, table, f't."{column}" = ? AND EXISTS ({condition})', (going.gone, going.kept))
        )
    if table == "customer":
        # Whoever came through the one who goes, came through the one who stays; nobody through themselves.
        chosen = f'"{column}" = ? AND id NOT IN ({going.kept}, {going.gone})'
        db.execute_sql(f'UPDATE customer SET "{column}" = NULL WHERE id = ? AND "{column}" = ?',
                       (going.kept, going.gone))  # fmt: skip
    else:
        chosen = f'"{column}" = ?'
    ids = [row for (row,) in db.execute_sql(f'SELECT id FROM "{table}" WHERE {chosen}', (going.gone,))]
    for part in parts(ids):
        db.execute_sql(
            f'UPDATE "{table}" SET "{column}" = ? WHERE id IN ({marks(part)})', (going.kept, *part)
        )
    going.note(table, column, ids)


def _doubles(going: _Going, table: str, column: str) -> Iterator[str]:
    """Conditions under which a row `t` of the one who goes is one that the kept customer has already."""
    alike = unique_with(going.step.db, table, column)
    if table == "contact_point":
        # Addresses are anybody's, so nothing in the schema keeps one from standing there twice.
        alike = [*alike, ["kind", "channel", "norm"]]
    for others in alike:
        same = "".join(f' AND theirs."{name}" = t."{name}"' for name in others)
        yield f'SELECT 1 FROM "{table}" AS theirs WHERE theirs."{column}" = ?{same}'


def _stand_back(going: _Going) -> None:
    rows = going.step.execute(
        "SELECT id FROM contact_point AS t WHERE customer_id = ? AND main = 1 AND EXISTS (SELECT 1 FROM "
        "contact_point AS theirs WHERE theirs.customer_id = ? AND theirs.kind = t.kind AND theirs.main = 1)",
        (going.gone, going.kept),
    ).fetchall()
    going.step.db.many("UPDATE contact_point SET main = 0 WHERE id = ?", rows)
    going.note("contact_point", "main", [row for (row,) in rows])


def _move_pairs(going: _Going, table: str) -> None:
    """What is known of the one who goes and a third customer is known of the kept one from now on."""
    db = going.step.db
    first, second = PAIRS[table]
    rows = records(db, table, f"{first} = ?1 OR {second} = ?1", (going.gone,))
    going.drop(table, rows)
    for row in rows:
        one, other = (going.kept if row[column] == going.gone else row[column] for column in PAIRS[table])
        if first == "one_id":
            one, other = sorted((one, other))
        known = f'SELECT 1 FROM "{table}" WHERE {first} = ? AND {second} = ?'
        if one == other or db.execute_sql(known, (one, other)).fetchone():
            continue
        made = {**row, first: one, second: other}
        del made["id"]
        names = ", ".join(f'"{name}"' for name in made)
        (row_id,) = db.execute_sql(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks(list(made))}) RETURNING id', list(made.values())
        ).fetchone()
        going.note(table, "id", [row_id])


def _move_attachments(going: _Going) -> None:
    """Attachments name their subject in words, which no foreign key tells."""
    rows = going.step.execute(
        "SELECT id FROM attachment WHERE subject = 'customer' AND subject_id = ?", (going.gone,)
    ).fetchall()
    going.step.db.many(
        "UPDATE attachment SET subject_id = ? WHERE id = ?", [(going.kept, row) for (row,) in rows]
    )
    going.note("attachment", "subject_id", [row for (row,) in rows])
