"""Everything a book holds, table by table, in the order of the records and without holding it in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from desktop.models.book import Book

_BLOCK = 5_000


@contextmanager
def as_of_now(book: Book) -> Iterator[None]:
    """Inside the block this thread reads the book as it is now, whatever others write meanwhile."""
    with book.db.atomic("DEFERRED"):
        yield


def stored_columns(book: Book, table: str) -> list[str]:
    """The columns of a table that hold what somebody wrote; the derived ones are left out."""
    return book.db.columns(table)


def count(book: Book, table: str) -> int:
    """How many records a table has."""
    return int(book.value(f'SELECT count(*) FROM "{table}"'))


def records(book: Book, table: str, expressions: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Every record of a table by its id: tuples of the id and then the expressions (SQL over the alias t)."""
    chosen = "".join(f", {expression}" for expression in expressions)
    last = None
    while True:
        rows = book.rows(
            f'SELECT t.id{chosen} FROM "{table}" AS t WHERE ? IS NULL OR t.id > ? '
            f"ORDER BY t.id LIMIT {_BLOCK}",
            (last, last),
        )
        yield from rows
        if len(rows) < _BLOCK:
            return
        last = rows[-1][0]


def nullable_columns(book: Book, table: str) -> list[str]:
    """The columns of a table that may be without a value."""
    return book.db.nullable(table)
