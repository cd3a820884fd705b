"""One stream of everything that happened with a customer, or in the whole shop, newest first, page by page.

Each source gives its next few keys through its own time index; they are merged here, and only the entries of
the page are then read whole. A page costs the same in a book of a hundred entries and of a million.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.core.days import ordinal
from desktop.models.book import Book
from desktop.queries.timeline_entries import Cursor, TimelineEntry, read_entries
from desktop.queries.timeline_keys import Scope, TimelineFilter, conditions, scope_of, where_sql
from desktop.queries.timeline_source import Source
from desktop.queries.timeline_sources import BY_KIND, KINDS, RANK, SOURCES

__all__ = ["PAGE", "Page", "TimelineFilter", "clerks", "pinned_entries", "timeline_counts", "timeline_page"]

PAGE = 60
MOST_PINNED = 500


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries and where the next page begins; None at the stream's end."""

    entries: tuple[TimelineEntry, ...]
    following: Cursor | None


def timeline_page(
    book: Book,
    *,
    customer_id: int | None = None,
    where: TimelineFilter | None = None,
    before: Cursor | None = None,
    limit: int = PAGE,
) -> Page:
    """The next `limit` entries of the shop's stream, or of a customer's (pinned notes left out of theirs)."""
    scope = scope_of(book, customer_id, where or TimelineFilter())
    keys: list[tuple[str, int, int]] = []
    for source in scope.sources:
        keys += _keys(book, source, scope, before, limit + 1)
    keys.sort(reverse=True)
    page = read_entries(book, [(KINDS[rank], row) for _, rank, row in keys[:limit]])
    more = len(keys) > limit
    at, rank, row = keys[limit - 1] if more else ("", 0, 0)
    return Page(tuple(page), Cursor(at, KINDS[rank], row) if more else None)


def pinned_entries(
    book: Book, *, customer_id: int, where: TimelineFilter | None = None, limit: int = MOST_PINNED
) -> list[TimelineEntry]:
    """A customer's pinned notes, newest first: they stand above the stream."""
    scope = scope_of(book, customer_id, where or TimelineFilter(), pinned=True)
    interaction = BY_KIND["interaction"]
    if interaction not in scope.sources:
        return []
    keys = _keys(book, interaction, scope, None, limit)
    return read_entries(book, [("interaction", row) for _, _, row in keys])


def timeline_counts(book: Book, *, customer_id: int | None = None) -> dict[str, int]:
    """How many entries each kind holds, how many notes are "pinned", and of a customer's notes each stage.

    {"interaction": 12, "order": 4, …, "pinned": 1, "pre-sale": 4, …}
    """
    found: dict[str, int] = {}
    scope = Scope(customer_id, pinned=None)
    for source in SOURCES:
        named, params = conditions(source, scope)
        found[source.kind] = int(book.value(f"SELECT count(*) {where_sql(source, named)}", params))
    notes = BY_KIND["interaction"]
    named, params = conditions(notes, scope)
    pinned = where_sql(notes, [*named, "pinned = 1"])
    found["pinned"] = int(book.value(f"SELECT count(*) {pinned}", params))
    if customer_id is not None:
        stages = f"SELECT stage, count(*) {where_sql(notes, named)} GROUP BY stage"
        found |= {str(stage): int(count) for stage, count in book.rows(stages, params)}
    return found


def clerks(book: Book) -> list[tuple[int, str]]:
    """(id, name) of those who work in the shop."""
    return [
        (row, name) for row, name in book.rows("SELECT id, name FROM staff WHERE active = 1 ORDER BY name")
    ]


def _keys(
    book: Book, source: Source, scope: Scope, before: Cursor | None, limit: int
) -> list[tuple[str, int, int]]:
    """The source's next keys as (at, rank, id), newest first."""
    found, params = conditions(source, scope)
    if before is not None:
        condition, values = _below(source, before)
        found.append(condition)
        params |= values
    if source.day and scope.customer_id is None:
        # Also above the newest entry: only a bound makes the planner walk the day's index.
        found.append(f"{source.day} <= :day")
        params["day"] = ordinal(before.at) if before else date.max.toordinal()
    by_day = source.order and scope.customer_id is None
    order = source.order if by_day else f"{source.at} DESC, {source.key} DESC"
    sql = f"SELECT {source.at}, {source.key} {where_sql(source, found)} ORDER BY {order} LIMIT :limit"
    rank = RANK[source.kind]
    return [(at, rank, row) for at, row in book.rows(sql, params | {"limit": limit})]


def _below(source: Source, before: Cursor) -> tuple[str, dict[str, str | int]]:
    """The rows that stand below the cursor: earlier, or of the same second and a lower rank or id."""
    rank, last = RANK[source.kind], RANK[before.kind]
    if rank == last:
        return f"({source.at}, {source.key}) < (:at, :last_id)", {"at": before.at, "last_id": before.id}
    return f"{source.at} {'<=' if rank < last else '<'} :at", {"at": before.at}
