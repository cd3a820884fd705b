"""What every field of a record was, when and by whom: the journal told backwards from what stands now.

Each field's values form a chain: what one entry calls new, the next one calls old. Steps that were undone
are no part of it; they are told beside it, as undone, where they are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from desktop.models.book import Book
from desktop.models.journal import Happening, StepLine, defaults_of, happenings, once_named, steps
from desktop.models.references import records

Event = Literal["came", "set", "went"]
Values = dict[str, Any]

HANGING: Mapping[str, Sequence[tuple[str, str]]] = {
    "customer": (
        ("contact_point", "customer_id"), ("customer_tag", "customer_id"), ("relationship", "customer_id"),
        ("relationship", "related_id"),
    ),
    "orders": (("order_line", "order_id"),),
    "service_case": (("case_item", "case_id"),),
}  # fmt: skip
"""Rows of other tables that people take for fields of a record: (table, the column that names the record)."""
CUSTOM = "custom"
_UNTOLD = frozenset({"id", "norm", "import_run_id", "created_at"})


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of one field; values as they are stored.

    `field` is a column of `table`, "custom:NAME" for a field of the shop's own, or "" for a hanging row as a
    whole, whose `old` and `new` are then all its columns (None: it was not there). `file` names the file that
    brought the value in. `undone` says when the change was taken back, "" for one that stands.
    """

    order: int
    at: str
    clerk: str
    label: str
    args: Mapping[str, Any]
    table: str
    row: int
    field: str
    event: Event
    old: Any
    new: Any
    file: str = ""
    undone: str = ""


def history(book: Book, *, table: str, row: int, undone: bool = False) -> list[HistoryEntry]:
    """A record's history, the newest first; with `undone` also what was taken back since.

    A customer's includes their contact points, tags and relationships, those that are gone as well.
    """
    own = _Told(book, table, row, undone=undone)
    found = list(own.fields())
    for hanging, column in HANGING.get(table, ()):
        now = {one for (one,) in book.rows(f'SELECT id FROM "{hanging}" WHERE "{column}" = ?', (row,))}
        for one in sorted(now | once_named(book.db, hanging, column, row)):
            told = _Told(book, hanging, one, undone=undone, since=own.since)
            found += told.wholes(column, row)
    return sorted(found, key=lambda entry: entry.order, reverse=True)


def lifetime(book: Book, *, table: str, row: int) -> int:
    """The line of the journal with which this very record came; 0 when the journal does not know it."""
    return _Told(book, table, row, undone=False).since


class _Told:
    """One record's happenings, with the whole record before and after each."""

    def __init__(self, book: Book, table: str, row: int, *, undone: bool, since: int | None = None) -> None:
        self._book, self._table, self._row = book, table, row
        # A hanging row's id may have been given anew; it is told from when its record came.
        self._hanging = since is not None
        known = [one for one in happenings(book.db, table, row) if one.id > (since or 0)]
        self._lines: dict[int, StepLine] = steps(
            book.db, sorted({one.step for one in known if one.step is not None})
        )
        self._links = self._chain([one for one in known if not self._undone(one)])
        self.since = self._links[0][0].id if self._links else 0
        """The line of the journal with which this very record came."""
        self._taken_back = [one for one in known if undone and self._undone(one) and one.id > self.since]

    def _undone(self, one: Happening) -> str:
        return "" if one.step is None else self._lines[one.step].undone

    def _chain(self, standing: list[Happening]) -> list[tuple[Happening, Values | None, Values | None]]:
        """What stands, oldest first, from when this very record came."""
        kept = records(self._book.db, self._table, "id = ?", (self._row,))
        after: Values | None = kept[0] if kept else None
        links: list[tuple[Happening, Values | None, Values | None]] = []
        for at in range(len(standing) - 1, -1, -1):
            one = standing[at]
            before: Values | None = None
            if one.op == "D":
                before, after = one.old, None
            elif one.op == "U":
                before = None if after is None else {**after, **one.old}
            links.append((one, before, after))
            gone = standing[at - 1] if at else None
            if one.op == "I" and not self._hanging and not self._is_back(after, gone):
                break
            after = before
        links.reverse()
        return links

    def _is_back(self, came: Values | None, gone: Happening | None) -> bool:
        """Whether a record that came is the one that went before: ids of deleted records are given anew."""
        if gone is None or gone.op != "D" or came is None:
            return False
        told = {key: value for key, value in self._said(gone.old).items() if key not in _UNTOLD}
        same = [key for key, value in told.items() if came.get(key) == value]
        return 2 * len(same) > len(told) if told else came.get("created_at") == gone.old.get("created_at")

    # -- the record's own fields

    def fields(self) -> Iterator[HistoryEntry]:
        """An entry for each field that changed; for each that held something, when it came or went."""
        for one, before, after in self._links:
            if one.op == "U":
                yield from self._changed(one, one.old, one.new, "set")
            elif one.op == "I" and after is not None:
                yield from self._changed(one, {}, self._said(after), "came", self._file(after))
            elif before is not None:
                yield from self._changed(one, self._said(before), {}, "went")
        for one in self._taken_back:
            if one.op == "U":
                yield from self._changed(one, one.old, one.new, "set")

    def _said(self, values: Values) -> Values:
        """The columns in which somebody said something."""
        return {
            key: value
            for key, value in values.items()
            if value is not None and value not in ("", 0) and value != self._defaults.get(key)
        }

    @cached_property
    def _defaults(self) -> Values:
        return defaults_of(self._book.db, self._table)

    def _changed(
        self, one: Happening, old: Values, new: Values, event: Event, file: str = ""
    ) -> Iterator[HistoryEntry]:
        for field in {**old, **new}:
            before, after = old.get(field), new.get(field)
            if field == CUSTOM:
                mine, theirs = _own_fields(before), _own_fields(after)
                for name in {**mine, **theirs}:
                    if mine.get(name) != theirs.get(name):
                        yield self._entry(
                            one, f"{CUSTOM}:{name}", event, mine.get(name), theirs.get(name), file
                        )
            elif field not in _UNTOLD:
                yield self._entry(one, field, event, before, after, file)

    # -- rows that hang on a record

    def wholes(self, column: str, owner: int) -> Iterator[HistoryEntry]:
        """An entry for each time the row came to the record, changed while it hung there, or left it."""
        for one, before, after in self._links:
            yield from self._whole(one, _belonging(before, column, owner), _belonging(after, column, owner))
        for one in self._taken_back:
            # What was taken back never stood: only its own words are told.
            if one.op == "D" and one.old.get(column) == owner:
                yield from self._whole(one, one.old, None)

    def _whole(self, one: Happening, before: Values | None, after: Values | None) -> Iterator[HistoryEntry]:
        if before == after:
            return
        event: Event = "came" if before is None else "went" if after is None else "set"
        yield self._entry(one, "", event, before, after, self._file(after) if event == "came" else "")

    def _entry(self, one: Happening, field: str, event: Event, old: Any, new: Any, file: str) -> HistoryEntry:
        line = self._lines.get(one.step) if one.step is not None else None
        at, clerk, label, args, undone = (
            (line.at, line.clerk, line.label, line.args, line.undone) if line else ("", "", "", {}, "")
        )
        return HistoryEntry(
            one.id, at, clerk, label, args, self._table, self._row, field, event, old, new, file, undone
        )

    def _file(self, values: Values | None) -> str:
        run = (values or {}).get("import_run_id")
        found = self._book.value("SELECT file_name FROM import_run WHERE id = ?", (run,)) if run else None
        return str(found or "")


def _belonging(values: Values | None, column: str, owner: int) -> Values | None:
    return values if values is not None and values.get(column) == owner else None


def _own_fields(text: Any) -> Values:
    values: Values = json.loads(text) if isinstance(text, str) and text else {}
    return values


def record_name(book: Book, *, table: str, row: int) -> str:
    """What people call a record that another refers to; "" when it is no longer in the book."""
    named = {
        "customer": "name", "orders": "number", "complaint": "number", "service_case": "number",
        "product": "name", "staff": "name", "tag": "name", "import_run": "file_name",
        "interaction": "iif(title = '', text, title)", "order_line": "title",
    }.get(table, "id")  # fmt: skip
    found = book.value(f'SELECT {named} FROM "{table}" WHERE id = ?', (row,))
    return "" if found is None else str(found)
