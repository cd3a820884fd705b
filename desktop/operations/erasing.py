"""A customer erased: what is personal goes, also from the undo history; orders and money stay, of nobody."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark, tr
from desktop.models import history
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.forgetting import Forgetting, Owner, forget_step
from desktop.models.history import Step
from desktop.models.privacy import PrivacyRequest
from desktop.models.references import references_to
from desktop.queries.history import lifetime

ERASED = mark("Erased customer")

_CUSTOMER: Mapping[str, Any] = {
    "gender": "", "birthday": "", "birthday_calendar": "solar", "birthday_leap": 0, "region": "",
    "source": "", "referred_by": None, "likes": "", "dislikes": "", "expectations": "", "family": "",
    "notes": "", "custom": "{}", "checked_on": None,
}  # fmt: skip
_GONE: tuple[tuple[str, str], ...] = (
    ("contact_point", "customer_id"), ("customer_tag", "customer_id"), ("interaction", "customer_id"),
    ("consent", "customer_id"), ("task", "customer_id"), ("lead", "customer_id"), ("visit", "customer_id"),
    ("checklist", "customer_id"), ("relationship", "customer_id"), ("relationship", "related_id"),
    ("not_same", "one_id"), ("not_same", "other_id"), ("doubt", "one_id"), ("doubt", "other_id"),
    ("merge", "kept_id"),
)  # fmt: skip
"""Rows that go with the person: (table, the column that names the customer)."""
_BLANKED: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("orders", {"ship_to": "", "note": ""}),
    ("service_case", {"title": "", "text": ""}),
    (
        "complaint",
        {
            "title": None,
            "text": "",
            "wants": "",
            "rejected_because": "",
            "alternatives": "",
            "cause": "",
            "prevention": "",
            "settlement": "",
            "dispute": "",
        },
    ),
    ("rating", {"text": ""}),
    ("points_entry", {"text": ""}),
    ("shipment", {"number": "", "ship_to": "", "note": ""}),
    ("promise", {"text": None}),
    ("privacy_request", {"name": None, "note": ""}),
)
"""Rows that stay for the shop's figures, and their personal columns; None: where something has to stand."""
_BELOW: tuple[tuple[str, str, str, Mapping[str, Any]], ...] = (
    ("service_case", "case_step", "case_id", {"note": ""}),
    ("complaint", "complaint_step", "complaint_id", {"text": ""}),
    ("complaint", "promise", "complaint_id", {"text": None}),
    ("complaint", "remedy", "complaint_id", {"text": ""}),
)
"""Rows below those that stay: (above, table, the column that names it, personal columns)."""
_WORDS = frozenset({"value", "norm", "text", "title", "note", "name", "gone_name", "wants", "number"})
"""Columns of rows that go from which steps take their names."""
_WITH_FILES = ("orders", "service_case", "complaint", "interaction")


def erase_customer(
    book: Book, *, customer_id: int, at: datetime, note: str = "", progress: Progress = SILENT
) -> Changes:
    """Erase a person for good. No undo brings them back, nor does undoing any other step.

    Name, contact points, notes, wishes, consents, tasks, files and what was said in complaints go; orders,
    money, points, dates and ratings stay under "Erased customer". The request to erase is noted as done.
    Raises UserError when the customer is gone, and Cancelled; then nothing is changed.
    """
    if not book.value("SELECT 1 FROM customer WHERE id = ?", (customer_id,)):
        raise UserError(
            tr("This customer is no longer in the book."),
            tr("They were deleted meanwhile; undo brings them back."),
        )
    lives = _lives(book, customer_id)
    # What SQLite frees is written over, or the file would still hold it.
    book.db.execute_sql("PRAGMA secure_delete = ON")
    try:
        with book.db.stoppable(progress), book.step(mark("Erase a customer")) as step:
            erasing = _Erasing(step, customer_id, tr(ERASED))
            progress.report(0, 3, tr("Erasing what is personal…"))
            erasing.erase()
            erasing.removed["privacy_request"] = _note_request(
                step, customer_id, iso(at), tr(ERASED), note, book.clerk_id()
            )
            tables = {
                tbl
                for (tbl,) in step.execute("SELECT DISTINCT tbl FROM change WHERE step_id = ?", (step.id,))
            }
            history.forget_redo(book.db)
            forget_step(book.db, step.id)
            progress.report(1, 3, tr("Erasing the history…"))
            for person, (since, until) in lives.items():
                erasing.forget(Forgetting(book.db, since, until), person)
            progress.report(2, 3, tr("Clearing the search…"))
        with book.derive() as db:
            db.execute_sql("INSERT INTO customer_search (customer_search) VALUES ('optimize')")
            db.execute_sql("DELETE FROM likeness WHERE one_id = ?1 OR other_id = ?1", (customer_id,))
        book.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        book.db.execute_sql("PRAGMA secure_delete = OFF")
    return Changes(frozenset(tables | {"customer", "privacy_request"}))


def _lives(book: Book, customer_id: int) -> dict[int, tuple[int, int]]:
    """The customer and everybody merged into them, each with the lines of the journal that are theirs."""
    found = {customer_id: (lifetime(book, table="customer", row=customer_id), 2**62)}
    for gone, text in book.rows("SELECT gone_id, gone FROM merge WHERE kept_id = ?", (customer_id,)):
        (was,) = json.loads(text)["rows"]["customer"]
        until = book.value(
            "SELECT max(id) FROM change WHERE tbl = 'customer' AND op = 'D' AND first_row = ? "
            "AND json_extract(old, '$.created_at') = ? AND json_extract(old, '$.name') = ?",
            (gone, was["created_at"], was["name"]),
        )
        if until is not None:
            since = book.value(
                "SELECT coalesce(max(id), 0) FROM change WHERE tbl = 'customer' AND op = 'I' "
                "AND last_row >= ?1 AND first_row <= ?1 AND id < ?2",
                (gone, until),
            )
            found[gone] = (since, until)
    return found


@dataclass(slots=True)
class _Erasing:
    """One person on the way out."""

    step: Step
    customer: int
    blank: str
    words: set[str] = field(default_factory=set)
    """What the person was called and what was said of them: no step may be called so."""
    removed: dict[str, set[int]] = field(default_factory=dict)
    """The rows that went, by table: nothing else knows them any more."""

    def erase(self) -> None:
        """Takes the person out of the tables."""
        me = self.customer
        self._hear("customer", ("name", "likes", "dislikes"), f"id = {me}")
        self._hear("merge", ("gone_name",), f"kept_id = {me}")
        for table, blanks in _BLANKED:
            self._hear(table, tuple(blanks), f"customer_id = {me}")
        for table, column in (("customer", "id"), *((one, "customer_id") for one in _WITH_FILES)):
            self._remove(
                "attachment",
                f"subject = '{table}' AND subject_id IN (SELECT id FROM {table} WHERE {column} = {me})",
            )
        for above, table, column, blanks in _BELOW:
            self._set(table, blanks, f'"{column}" IN (SELECT id FROM {above} WHERE customer_id = {me})')
        for table, blanks in _BLANKED:
            self._set(table, blanks, f"customer_id = {me}")
        for table, column in _GONE:
            self._remove(table, f'"{column}" = {me}')
        self._set("customer", self._customer_blanks, f"id = {me}")

    def _remove(self, table: str, where: str) -> None:
        for below in references_to(self.step.db, table):
            if below.required:
                self._remove(below.table, f'"{below.column}" IN (SELECT id FROM "{table}" WHERE {where})')
        words = [name for name in self.step.db.columns(table) if name in _WORDS]
        self._hear(table, words, where)
        rows = self.step.execute(f'DELETE FROM "{table}" WHERE {where} RETURNING id').fetchall()
        self.removed.setdefault(table, set()).update(row for (row,) in rows)

    def _hear(self, table: str, columns: Collection[str], where: str) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        rows = self.step.execute(f'SELECT {names} FROM "{table}" WHERE {where}') if names else ()
        self.words |= {one for row in rows for one in row if isinstance(one, str) and one}

    @property
    def _customer_blanks(self) -> dict[str, Any]:
        return {"name": self.blank, **_CUSTOMER}

    def _filled(self, blanks: Mapping[str, Any]) -> dict[str, Any]:
        return {key: self.blank if value is None else value for key, value in blanks.items()}

    def _set(self, table: str, blanks: Mapping[str, Any], where: str) -> None:
        values = blanks if table == "customer" else self._filled(blanks)
        sets = ", ".join(f'"{key}" = ?' for key in values)
        self.step.execute(f'UPDATE "{table}" SET {sets} WHERE {where}', tuple(values.values()))

    def forget(self, memory: Forgetting, person: int) -> None:
        """Takes the person, as they were called by an id of theirs, out of the journal."""
        me = frozenset({person})
        memory.words |= self.words
        kept: dict[str, set[int]] = {}
        for table, blanks in _BLANKED:
            owner = Owner("customer_id", me)
            kept[table] = memory.own(table, owner)
            self._blank(memory, table, kept[table], owner, blanks)
        for above, table, column, blanks in _BELOW:
            below = Owner(column, frozenset(kept[above]))
            self._blank(memory, table, memory.own(table, below), below, blanks)
        gone: dict[str, set[int]] = {}
        for table, column in _GONE:
            owner = Owner(column, me)
            ids = memory.own(table, owner) | self._removed(table, person)
            memory.forget_rows(table, ids, owner)
            gone.setdefault(table, set()).update(ids)
        for table, ids in gone.items():
            for child in references_to(memory.db, table):
                if child.required:
                    owner = Owner(child.column, frozenset(ids))
                    rows = memory.own(child.table, owner) | self._removed(child.table, person)
                    memory.forget_rows(child.table, rows, owner)
                    memory.forget_what_is_undone(child.table)
        memory.forget_rows(
            "privacy_request", self._removed("privacy_request", person), Owner("customer_id", me)
        )
        self._forget_files(memory, me, {**kept, **gone})
        for table, ids in gone.items():
            memory.let_go(table, ids)
            memory.forget_what_is_undone(table)
        # Who was merged into somebody and taken apart again has left traces with them.
        for row, steps in memory.steps_of("merge", "gone_id", person).items():
            for other in self._kept(row):
                memory.leave_alone("customer", other, steps, self._customer_blanks)
            memory.forget_rows("merge", [row], Owner("gone_id", me))
            memory.steps |= steps
        memory.blank_rows("customer", me, Owner("id", me), self._customer_blanks)
        memory.words.discard(self.blank)
        memory.end(self.blank)

    def _blank(
        self, memory: Forgetting, table: str, ids: Collection[int], owner: Owner, blanks: Mapping[str, Any]
    ) -> None:
        memory.blank_rows(table, ids, owner, self._filled(blanks))
        memory.forget_what_is_undone(table)

    def _removed(self, table: str, person: int) -> set[int]:
        return self.removed.get(table, set()) if person == self.customer else set()

    def _kept(self, merge: int) -> set[int]:
        """Those into whom a merge that is in the journal made somebody."""
        rows = self.step.execute(
            "SELECT json_extract(old, '$.kept_id') FROM change WHERE tbl = 'merge' AND op = 'D' "
            "AND first_row = ?",
            (merge,),
        )
        return {int(kept) for (kept,) in rows if kept is not None}

    def _forget_files(self, memory: Forgetting, me: frozenset[int], ids: Mapping[str, set[int]]) -> None:
        owners = [Owner("subject_id", frozenset(ids[table]), table) for table in _WITH_FILES]
        for owner in (Owner("subject_id", me, "customer"), *owners):
            files = memory.own("attachment", owner) | self._removed("attachment", *me)
            memory.forget_rows("attachment", files, owner)
        memory.forget_what_is_undone("attachment")


def _note_request(step: Step, customer_id: int, at: str, name: str, note: str, clerk: int | None) -> set[int]:
    """Notes the request to erase as done; where none was noted, one is: somebody will ask why.

    Returns the requests that it takes the place of.

    The note has an id that no step knows, for undoing one must neither take it away nor stumble over it.
    """
    known = step.execute(
        "SELECT id, received_at, due_at FROM privacy_request WHERE customer_id = ? AND kind = 'erase' "
        "AND done_at IS NULL ORDER BY received_at",
        (customer_id,),
    ).fetchall()
    step.delete(PrivacyRequest, [row for row, _, _ in known])
    (newest,) = step.execute(
        "SELECT max((SELECT coalesce(max(id), 0) FROM privacy_request), "
        "(SELECT coalesce(max(last_row), 0) FROM change WHERE tbl = 'privacy_request'))"
    ).fetchone()
    step.insert(
        PrivacyRequest,
        id=newest + 1,
        customer_id=customer_id,
        name=name,
        kind="erase",
        received_at=known[0][1] if known else at,
        due_at=known[0][2] if known else None,
        done_at=at,
        outcome=tr("Erased; orders and money stay."),
        note=note,
        staff_id=clerk,
    )
    return {row for row, _, _ in known}
