"""Long lists of ids, fetched so that a window stays smooth meanwhile.

The driver takes Python's lock again for every row of an answer. A million rows are a million chances for a
busy window to be made to wait, or to make the list wait; one row that holds all the ids is one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.models.book import Book

_PIECE = 700_000
"""Characters turned into numbers at a time, so that the text is never in memory as a million strings."""


def id_list(book: Book, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> array[int]:
    """The ids that a query selects as its only column, which must be named `id`, in the query's order."""
    # SQLite keeps a subquery's order for any aggregate that is not one of count, min and max.
    text = book.value(f"SELECT group_concat(id) FROM ({sql})", params) or ""
    found: array[int] = array("q")
    start = 0
    while start < len(text):
        end = text.find(",", start + _PIECE)
        end = len(text) if end < 0 else end
        found.extend(map(int, text[start:end].split(",")))
        start = end + 1
    return found


AMONG = "(SELECT value FROM json_each(:ids))"
"""SQL for the ids of a piece that `id_pieces` gave, bound as `ids`: `WHERE id IN (…)`."""


def id_pieces(ids: Sequence[int], size: int = 20_000) -> Iterator[tuple[int, str]]:
    """A long list of ids in pieces: how many came before, and what a set-wise statement binds as `ids`."""
    for start in range(0, len(ids), size):
        yield start, f"[{','.join(map(str, ids[start : start + size]))}]"
