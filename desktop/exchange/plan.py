"""A plan of an import: what the file is, how it is read, and what will happen before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.exchange.checking.records import Problem, Records
from desktop.exchange.comparing.customer_changes import called
from desktop.exchange.comparing.modes import Mode
from desktop.exchange.matching.mapping import Mapping, mapping_from_words, match_columns
from desktop.exchange.reading.files import read_file
from desktop.exchange.reading.table import Table
from desktop.exchange.vocabulary import layouts
from desktop.exchange.vocabulary.subjects import CUSTOMERS, ORDER_DETAILS, ORDERS, TARGETS
from desktop.models.book import Book
from desktop.queries import known, known_entries

if TYPE_CHECKING:
    from desktop.exchange.checking.columns import Columns
    from desktop.exchange.checking.unknown_words import UnknownWord
    from desktop.exchange.comparing.compare import Comparison
    from desktop.exchange.comparing.updates import Updates
    from desktop.exchange.vocabulary.layouts import Layout

__all__ = ["Doubt", "ImportPlan", "Mode", "make_plan"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Somebody of the file who may be a customer of the book; nobody is joined before the owner says so."""

    name: str
    row: int
    customer_id: int
    """0 for somebody who comes in with the same file."""
    customer_name: str
    kind: str
    """The kind of contact point they share, or "name"."""
    value: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything good in a file, ready to be written, and the counts that a preview shows."""

    table: Table
    mapping: Mapping
    mode: Mode
    records: Records
    found: Comparison
    """What it would do to the book as it is now."""
    doubts: tuple[Doubt, ...]
    two_ways: bool
    """Whether some dates can be read in two ways: ask, and plan again with `mapping.with_day_first`."""
    unknown_words: tuple[UnknownWord, ...] = ()
    """Words for codes that nobody knows, or that the owner has explained (Mapping.with_word)."""
    left_out: int = 0
    """Rows that are no records: those a layout leaves out, a template's examples, totals."""

    @property
    def customers_new(self) -> int:
        """Customers that will be written."""
        return len(self.found.identities.new)

    @property
    def customers_matched(self) -> int:
        """Customers of the book that the file speaks of."""
        return self.found.identities.matched

    @property
    def matched_by(self) -> dict[str, int]:
        """Kind of contact point (or "name") → customers of the book recognised by it."""
        return self.found.identities.matched_by

    @property
    def contacts_new(self) -> int:
        """Contact points that known customers gain."""
        return len(self.found.identities.added)

    @property
    def orders_new(self) -> int:
        """Orders that will be written."""
        return len(self.found.new_orders)

    @property
    def orders_known(self) -> int:
        """Orders that the book has already."""
        return self.found.known_orders

    @property
    def lines(self) -> int:
        """Order lines that will be written."""
        return self.found.lines

    @property
    def entries_new(self) -> int:
        """Records of other kinds (service records, complaints, leads…) that will be written."""
        entries = self.found.entries
        return 0 if self.target == ORDER_DETAILS else len(entries.new) + len(entries.answers)

    @property
    def entries_known(self) -> int:
        """Records of other kinds that the book has already."""
        return 0 if self.target == ORDER_DETAILS else len(self.found.entries.known)

    @property
    def not_there(self) -> int:
        """Records that the book does not have and that an update leaves out."""
        return self.found.not_there

    @property
    def updates(self) -> Updates:
        """The fields of records of the book that will change."""
        return self.found.updates

    @property
    def file_name(self) -> str:
        """The file's name."""
        return self.table.name

    @property
    def target(self) -> str:
        """A target of subjects.TARGETS."""
        return self.mapping.target

    @property
    def rows(self) -> int:
        """Rows of the file that hold something, below the headers."""
        return self.records.rows

    @property
    def good_rows(self) -> int:
        """Rows without a problem."""
        return self.records.good_rows - len({problem.row for problem in self.found.entries.problems})

    @property
    def brings_something(self) -> bool:
        """Whether the book does not have all of it already."""
        return self.found.brings_something

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The rows that stay out, in the order of the file: unreadable, or lacking something of the book."""
        lacking = self.found.entries.problems
        if not lacking:
            return tuple(self.records.problems)
        return tuple(sorted((*self.records.problems, *lacking), key=lambda problem: problem.row))

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about the file as a whole."""
        return tuple(self.found.entries.notes)

    @property
    def unexplained(self) -> tuple[UnknownWord, ...]:
        """The words of which nobody has said what they stand for: their rows stay out."""
        return tuple(one for one in self.unknown_words if one.code is None)

    def counts(self) -> dict[str, Any]:
        """The figures, as kept with the import in the book."""
        updates = self.updates
        return {
            "rows": self.rows,
            "mode": self.mode.name,
            "customers": {"new": self.customers_new, "matched": self.customers_matched},
            "orders": {"new": self.orders_new, "known": self.orders_known},
            "lines": self.lines,
            "entries": {"new": self.entries_new, "known": self.entries_known},
            "updated": {
                "customers": updates.customers,
                "orders": updates.orders,
                "entries": updates.entries,
                "fields": len(updates),
            },
            "left_out": self.left_out,
            "not_there": self.not_there,
            "doubts": len(self.found.identities.doubts),
        }

    def summary(self) -> dict[str, Any]:
        """What the command line prints: the counts, how the columns were taken, and each problem row."""
        return {
            "file": self.file_name,
            "sheet": self.table.sheet,
            "target": self.target,
            "layout": self.mapping.layout,
            **self.counts(),
            "notes": list(self.notes),
            "unknown_words": [
                {"column": one.header, "word": one.word, "rows": one.rows} for one in self.unexplained
            ],
            "problems": [
                {"row": one.row, "column": one.column, "value": one.value, "reason": one.reason}
                for one in self.problems
            ],
            "mapping": {column.header: column.field for column in self.mapping.columns if column.field},
        }


def make_plan(
    book: Book,
    source: str | Path | Table,
    *,
    layout: str | None = None,
    mapping: Mapping | Sequence[str] | None = None,
    sheet: str | None = None,
    mode: Mode | None = None,
    progress: Progress = SILENT,
) -> ImportPlan:
    """Reads a file (or takes a table read before), places its columns, checks its rows, asks the book.

    `mapping` is a whole one, or corrections as typed ("COLUMN=field") to the one found; without a `mode` the
    usual one of the target. Raises UserError for a file that cannot be read, or when a column is missing
    without which nothing can be done; Cancelled.
    """
    from desktop.exchange.checking.columns import Columns, reading_of
    from desktop.exchange.checking.unknown_words import unknown_words
    from desktop.exchange.comparing.compare import compare

    table = source if isinstance(source, Table) else read_file(source, sheet=sheet, progress=progress)
    if not isinstance(mapping, Mapping):
        mapping = mapping_from_words(match_columns(table, layout), mapping or ())
    if not mapping.placed:
        raise UserError(
            tr("No column of “{name}” could be recognised.", name=table.name), tr("Say where its columns go.")
        )
    progress.report(0, 0, tr("Checking {name}…", name=table.name))
    known_layout = layouts.named(mapping.layout) if mapping.layout else None
    currency, country = str(book.setting("shop.currency")), str(book.setting("shop.country"))
    reading = reading_of(known_layout, mapping, currency, country)
    if mapping.target == "complaints":
        reading = replace(reading, details=known_entries.complaint_details(book))
    columns = Columns(table, mapping, reading)
    progress.check()
    records = _check(columns, known_layout, mapping.target, currency, progress)
    if not records.rows:
        raise UserError(
            tr("“{name}” has headers but no rows below them.", name=table.name), tr("Choose another file.")
        )
    mode = mode or Mode.usual(mapping.target)
    two_ways, left_out = columns.two_ways, columns.left_out
    words = unknown_words(columns, mapping.words)
    # What was read of each column is in the records now, and the book's answers need room.
    del columns
    found = compare(book, records, mapping.target, mode, progress)
    return ImportPlan(
        table,
        mapping,
        mode,
        records,
        found,
        _doubts(book, records, found),
        two_ways=two_ways,
        unknown_words=words,
        left_out=left_out,
    )


def _check(
    columns: Columns, layout: Layout | None, target: str, currency: str, progress: Progress
) -> Records:
    """Every cell read, by the rules of the target."""
    from desktop.exchange.checking.check_entries import check_entries
    from desktop.exchange.checking.customers import check_customers
    from desktop.exchange.checking.orders import check_orders

    channel = layout.channel if layout else ""
    if target == ORDERS:
        paid_is_net = layout.paid_is_net if layout else None
        return check_orders(
            columns, currency=currency, channel=channel, paid_is_net=paid_is_net, progress=progress
        )
    if target == CUSTOMERS:
        return check_customers(columns, channel=channel, progress=progress)
    return check_entries(columns, TARGETS[target], currency=currency, channel=channel, progress=progress)


def _doubts(book: Book, records: Records, found: Comparison) -> tuple[Doubt, ...]:
    """The doubts with the names of both."""
    doubts = found.identities.doubts
    names = known.names(book, {who for doubt in doubts for who in doubt[:2] if who > 0})

    def name(who: int) -> str:
        return names.get(who, "") if who > 0 else called(found.identities.new[-1 - who])

    spelled = []
    for doubt in doubts:
        person = records.people[doubt.person]
        # Whoever is new is the one in question, else whom the row was taken for.
        one, other = (doubt.other, doubt.one) if doubt.one > 0 > doubt.other else (doubt.one, doubt.other)
        said = person.name or name(one)
        spelled.append(Doubt(said, person.row, max(other, 0), name(other), doubt.kind, doubt.value))
    return tuple(spelled)
