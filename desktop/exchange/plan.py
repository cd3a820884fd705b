"""A plan of an import: what the file is, how it is read, and what will happen before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.exchange import layouts
from desktop.exchange.fields import ORDERS
from desktop.exchange.matching import Mapping, mapping_from_words, match_columns
from desktop.exchange.reading import read_file
from desktop.exchange.records import Problem, Records
from desktop.exchange.table import Table
from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything good in a file, ready to be written, and the counts that a preview shows."""

    table: Table
    mapping: Mapping
    records: Records
    customers_new: int
    customers_matched: int
    matched_by: dict[str, int]
    """Kind of contact point (or "name") → customers of the book recognised by it."""
    orders_new: int
    orders_known: int
    lines: int
    """Order lines that will be written."""
    contacts_new: int
    """Contact points that known customers gain."""
    two_ways: bool
    """Whether some dates can be read in two ways: ask, and plan again with `mapping.with_day_first`."""

    @property
    def file_name(self) -> str:
        """The file's name."""
        return self.table.name

    @property
    def target(self) -> str:
        """orders or customers."""
        return self.mapping.target

    @property
    def rows(self) -> int:
        """Rows of the file that hold something, below the headers."""
        return self.records.rows

    @property
    def good_rows(self) -> int:
        """Rows without a problem."""
        return self.records.good_rows

    @property
    def brings_something(self) -> bool:
        """Whether the book does not have all of it already."""
        return bool(self.customers_new or self.orders_new or self.contacts_new)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The rows that stay out, in the order of the file."""
        return tuple(self.records.problems)

    def counts(self) -> dict[str, Any]:
        """The figures, as kept with the import in the book."""
        return {
            "rows": self.rows,
            "customers": {"new": self.customers_new, "matched": self.customers_matched},
            "orders": {"new": self.orders_new, "known": self.orders_known},
            "lines": self.lines,
        }

    def summary(self) -> dict[str, Any]:
        """What the command line prints: the counts, how the columns were taken, and each problem row."""
        return {
            "file": self.file_name,
            "sheet": self.table.sheet,
            "target": self.target,
            "layout": self.mapping.layout,
            **self.counts(),
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
    progress: Progress = SILENT,
) -> ImportPlan:
    """Reads a file (or takes a table read before), places its columns, checks its rows, asks the book.

    `mapping` is a whole one, or corrections as typed ("COLUMN=field") to the one found. Raises UserError for
    a file that cannot be read, or when a column is missing without which nothing can be done; Cancelled.
    """
    from desktop.exchange.check_customers import check_customers
    from desktop.exchange.check_orders import check_orders
    from desktop.exchange.columns import Columns, reading_of
    from desktop.exchange.comparing import compare

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
    columns = Columns(table, mapping, reading_of(known_layout, mapping, currency, country))
    progress.check()
    channel = known_layout.channel if known_layout else ""
    if mapping.target == ORDERS:
        paid_is_net = known_layout.paid_is_net if known_layout else None
        records = check_orders(
            columns, currency=currency, channel=channel, paid_is_net=paid_is_net, progress=progress
        )
    else:
        records = check_customers(columns, channel=channel, progress=progress)
    if not records.rows:
        raise UserError(
            tr("“{name}” has headers but no rows below them.", name=table.name), tr("Choose another file.")
        )
    found = compare(book, records)
    return ImportPlan(
        table,
        mapping,
        records,
        customers_new=len(found.identities.new),
        customers_matched=found.identities.matched,
        matched_by=found.identities.matched_by,
        orders_new=len(found.new_orders),
        orders_known=found.known_orders,
        lines=_lines_of(records, found.new_orders),
        contacts_new=len(found.identities.added),
        two_ways=columns.two_ways,
    )


def _lines_of(records: Records, orders: list[int]) -> int:
    """How many lines those orders have."""
    import numpy as np

    if records.lines is None:
        return 0
    if len(orders) == len(records.orders):
        return len(records.lines)
    return int(np.isin(records.lines.order, orders).sum())
