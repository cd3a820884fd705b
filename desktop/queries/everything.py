"""Everything a book holds, table by table, in the order of the records and without holding it in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from desktop.models.book import Book

_BLOCK, _FEW = 5_000, 500


@contextmanager
def as_of_now(book: Book) -> Iterator[None]:
    """Inside the block this thread reads the book as it is now, whatever others write meanwhile."""
    with book.db.atomic("DEFERRED"):
        yield


def stored_columns(book: Book, table: str) -> list[str]:
    """The columns of a table that hold what somebody wrote; the derived ones are left out."""
    return book.db.columns(table)


def count(book: Book, table: str, where: str = "true") -> int:
    """How many records a table has; `where` is SQL over the alias t."""
    return int(book.value(f'SELECT count(*) FROM "{table}" AS t WHERE {where}'))


def records(
    book: Book, table: str, expressions: Sequence[str], where: str = "true"
) -> Iterator[tuple[Any, ...]]:
    """Every record of a table by its id: tuples of the id and then the expressions (SQL over the alias t)."""
    chosen = "".join(f", {expression}" for expression in expressions)
    last = None
    while True:
        rows = book.rows(
            f'SELECT t.id{chosen} FROM "{table}" AS t WHERE ({where}) AND (? IS NULL OR t.id > ?) '
            f"ORDER BY t.id LIMIT {_BLOCK}",
            (last, last),
        )
        yield from rows
        if len(rows) < _BLOCK:
            return
        last = rows[-1][0]


def records_of(
    book: Book, table: str, expressions: Sequence[str], ids: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """As `records`, those of some ids in their order; ids that are gone are left out."""
    chosen = "".join(f", {expression}" for expression in expressions)
    for start in range(0, len(ids), _FEW):
        part = ids[start : start + _FEW]
        marks = ", ".join("?" * len(part))
        rows = book.rows(f'SELECT t.id{chosen} FROM "{table}" AS t WHERE t.id IN ({marks})', tuple(part))
        found = {row[0]: row for row in rows}
        yield from (found[one] for one in part if one in found)


def nullable_columns(book: Book, table: str) -> list[str]:
    """The columns of a table that may be without a value."""
    return book.db.nullable(table)
