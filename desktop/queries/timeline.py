"""One stream of everything that happened with a customer, or in the whole shop, newest first, page by page.

Each source gives its next few keys through its own time index; they are merged here, and only the entries of
the page are then read whole. A page costs the same in a book of a hundred entries and of a million.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.core.days import ordinal
from desktop.models.book import Book
from desktop.queries.timeline_entries import RANK, Cursor, TimelineEntry, read_entries
from desktop.queries.timeline_sources import INTERACTION, KINDS, SOURCES, Source

PAGE = 60


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """Which entries are wanted; what is empty does not filter."""

    stages: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    channel: str = ""
    staff_id: int | None = None
    text: str = ""


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
    where = where or TimelineFilter()
    keys: list[tuple[str, int, int]] = []
    for source in SOURCES:
        if _wanted(source, where):
            keys += _keys(book, source, customer_id, where, before, limit + 1)
    keys.sort(reverse=True)
    page = read_entries(book, [(KINDS[rank], row) for _, rank, row in keys[:limit]])
    more = len(keys) > limit
    at, rank, row = keys[limit - 1] if more else ("", 0, 0)
    return Page(tuple(page), Cursor(at, KINDS[rank], row) if more else None)


def pinned_entries(
    book: Book, *, customer_id: int, where: TimelineFilter | None = None, limit: int = 20
) -> list[TimelineEntry]:
    """A customer's pinned notes, newest first: they stand above the stream."""
    where = where or TimelineFilter()
    if not _wanted(INTERACTION, where):
        return []
    keys = _keys(book, INTERACTION, customer_id, where, None, limit, pinned=True)
    return read_entries(book, [("interaction", row) for _, _, row in keys])


def timeline_counts(book: Book, *, customer_id: int | None = None) -> dict[str, int]:
    """How many entries each kind and, for notes, each stage holds: {"interaction": 12, "pre-sale": 4, …}."""
    found: dict[str, int] = {}
    for source in SOURCES:
        scope, params = _scope(source, customer_id)
        inner = f"{source.keys}{scope}"
        found[source.kind] = int(book.value(f"SELECT count(*) FROM ({inner})", params))
    scope, params = _scope(INTERACTION, customer_id)
    for stage, count in book.rows(
        f"SELECT stage, count(*) FROM interaction WHERE true{scope} GROUP BY stage", params
    ):
        found[str(stage)] = int(count)
    return found


def clerks(book: Book) -> list[tuple[int, str]]:
    """(id, name) of those who work in the shop."""
    return [
        (row, name) for row, name in book.rows("SELECT id, name FROM staff WHERE active = 1 ORDER BY name")
    ]


def _wanted(source: Source, where: TimelineFilter) -> bool:
    if where.kinds and source.kind not in where.kinds:
        return False
    if where.channel and source.channel == "''":
        return False
    return not where.stages or not source.stage or source.stage in where.stages


def _scope(source: Source, customer_id: int | None) -> tuple[str, dict[str, Any]]:
    """The condition that keeps a customer's rows, and its parameter."""
    if customer_id is None:
        return "", {}
    if source.kind == "import":
        return " AND id = (SELECT import_run_id FROM customer WHERE id = :customer)", {
            "customer": customer_id
        }
    return f" AND {source.customer} = :customer", {"customer": customer_id}


def _keys(
    book: Book,
    source: Source,
    customer_id: int | None,
    where: TimelineFilter,
    before: Cursor | None,
    limit: int,
    *,
    pinned: bool = False,
) -> list[tuple[str, int, int]]:
    """The source's next keys as (at, rank, id), newest first."""
    scope, params = _scope(source, customer_id)
    conditions: list[str] = []
    if source.kind == "interaction" and customer_id is not None:
        conditions.append("pinned = 1" if pinned else "pinned = 0")
    if before is not None:
        conditions.append(_below(source, before))
        params |= {"at": before.at, "last": before.id}
    if source.bound and customer_id is None:
        # Also above the newest entry: only a bound makes the planner walk the day's index.
        conditions.append(source.bound)
        params["day"] = ordinal(before.at) if before else date.max.toordinal()
    if where.channel:
        conditions.append(f"{source.channel} = :channel")
        params["channel"] = where.channel
    if where.staff_id is not None:
        conditions.append(f"{source.staff} = :staff")
        params["staff"] = where.staff_id
    if where.stages and not source.stage:
        names = {f"stage{n}": stage for n, stage in enumerate(sorted(where.stages))}
        conditions.append(f"stage IN ({', '.join(f':{name}' for name in names)})")
        params |= names
    if where.text.strip():
        conditions.append(_finds(source, customer_id))
        params["like"] = _pattern(where.text)
    order = source.order if source.order and customer_id is None else f"{source.at} DESC, {source.key} DESC"
    rest = "".join(f" AND {condition}" for condition in conditions)
    sql = f"{source.keys}{scope}{rest} ORDER BY {order} LIMIT :limit"
    used = {name: value for name, value in params.items() if f":{name}" in sql}
    rank = RANK[source.kind]
    return [(at, rank, row) for at, row in book.rows(sql, used | {"limit": limit})]


def _below(source: Source, before: Cursor) -> str:
    """The rows that stand below the cursor: earlier, or of the same second and a lower rank or id."""
    rank, last = RANK[source.kind], RANK[before.kind]
    if rank == last:
        return f"({source.at}, {source.key}) < (:at, :last)"
    return f"{source.at} <= :at" if rank < last else f"{source.at} < :at"


def _finds(source: Source, customer_id: int | None) -> str:
    words = list(source.words)
    if customer_id is None and source.kind != "import":
        words.append(f"{source.customer} IN (SELECT id FROM customer WHERE name LIKE :like ESCAPE '\\')")
    return f"({' OR '.join(words)})"


def _pattern(text: str) -> str:
    """What LIKE looks for: the text anywhere, its own signs taken as they are."""
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return f"%{text.strip()}%"
