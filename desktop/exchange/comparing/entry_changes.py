"""What a file changes in complaints, leads, parcels… of the book: fields by the mode, links only set."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import Any

from desktop.exchange.checking.complaint_entries import brings_children
from desktop.exchange.checking.records import Records
from desktop.exchange.comparing.complaint_parts import part_changes
from desktop.exchange.comparing.entry_comparison import EntryComparison
from desktop.exchange.comparing.entry_completion import completed
from desktop.exchange.comparing.identity import Identities
from desktop.exchange.comparing.modes import Change, Mode, text_change
from desktop.exchange.vocabulary.subjects import ORDER_DETAILS, Subject
from desktop.models.book import Book
from desktop.queries import known, known_entries

_LINKS = ("order_id", "complaint_id", "product_id")


class EntryTouches:
    """The records of a further subject that a file changes."""

    def __init__(
        self,
        book: Book,
        subject: Subject,
        records: Records,
        found: EntryComparison,
        identities: Identities,
        mode: Mode,
    ) -> None:
        self.subject, self.table = subject, subject.table
        self._book, self._records, self._found = book, records, found
        self._identities, self._mode = identities, mode
        self.ids: array[int] = array("q")
        self.counts: array[int] = array("i")
        self.conflicts = 0
        self._places: dict[int, int] = {}
        self._has_parts = subject.key == "complaints" and brings_children(records.entries)
        self._parts: dict[int, known_entries.ComplaintParts] = {}
        if mode.update and subject.updatable and subject.key != ORDER_DETAILS:
            self._look()

    def _look(self) -> None:
        for at, row_id in self._found.known.items():
            if at not in self._found.merged:
                self._places.setdefault(row_id, at)
        columns = self._book.db.columns(self.table)
        for rows in known.entries(self._book, self.table, columns, self._places):
            self._look_at_parts(rows)
            for row in rows:
                if changes := self.changes(row):
                    self.ids.append(row.id)
                    self.counts.append(len(changes))
                    self.conflicts += sum(change.conflict for change in changes)
        self._places = {one: self._places[one] for one in self.ids}

    def changes(self, row: known.KnownEntry) -> list[Change]:
        """What the file changes in a record, with what follows from it."""
        at = self._places[row.id]
        found: list[Change | None] = []
        for column in self.subject.updatable:
            said = self._records.entries.values.get(column)
            if said is not None:
                found.append(text_change(self._mode, column, row.values[column], said[at]))
        for column in _LINKS:
            link = self._found.links.get(column)
            if link and link[at] and column in row.values and row.values[column] is None:
                found.append(Change(column, column, None, link[at], conflict=False))
        if row.values.get("customer_id", 0) is None and (customer := self._customer(at)):
            found.append(Change("customer", "customer", "", customer, conflict=False))
        whole = self._whole(row, [change for change in found if change is not None])
        if self._has_parts:
            whole += part_changes(self._records.entries, at, self._parts.get(row.id), row.values, self._mode)
        return whole

    def _look_at_parts(self, rows: list[known.KnownEntry]) -> None:
        """Reads what hangs on complaints that are about to be compared."""
        if self._has_parts:
            self._parts = known_entries.complaint_parts(self._book, [row.id for row in rows])

    def _customer(self, at: int) -> int:
        place = self._records.entries.person[at]
        return self._found.customer[at] or (self._identities.customer[place] if place >= 0 else 0)

    def _whole(self, row: known.KnownEntry, changes: list[Change]) -> list[Change]:
        """The changes that are left, and those that come with them, once the record is consistent again."""
        if not changes:
            return []
        after = self.completion(row, {change.field: change.new for change in changes})
        kept = [change for change in changes if after.get(change.field, change.new) != change.old]
        kept = [change._replace(new=after.get(change.field, change.new)) for change in kept]
        told = {change.field for change in changes}
        further = (
            text_change(Mode(update="newest"), name, row.values[name], value)
            for name, value in after.items()
            if name not in told and row.values[name] != value
        )
        # What only follows is decided with what it follows from.
        first = kept[0].unit if kept else ""
        return [*kept, *(one._replace(unit=first) for one in further if one is not None)] if kept else []

    def completion(self, row: known.KnownEntry, changed: Mapping[str, Any]) -> dict[str, Any]:
        """The columns to set beside those that change, so that the record is consistent."""
        return completed(self.subject.key, {**row.values, **changed})

    def each(
        self, first: int = 0, until: int | None = None
    ) -> Iterator[tuple[known.KnownEntry, list[Change]]]:
        """See updates.Touches."""
        columns = self._book.db.columns(self.table)
        for rows in known.entries(self._book, self.table, columns, self.ids[first:until]):
            self._look_at_parts(rows)
            yield from ((row, self.changes(row)) for row in rows)
