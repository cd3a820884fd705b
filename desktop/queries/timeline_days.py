"""The days of a stream: how many entries each has, the keys of one, and which days a change touched."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from datetime import date
from typing import Any

from desktop.core.days import ordinal
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.queries.timeline_keys import EVER, Scope, Span, conditions, packed_sql, where_sql
from desktop.queries.timeline_source import Source
from desktop.queries.timeline_sources import SOURCES

MOST_CHANGES = 400
"""Changed rows from which counting everything anew costs less than looking at each."""
_TABLES: dict[str, list[Source]] = {}
for _source in SOURCES:
    _TABLES.setdefault(_source.table, []).append(_source)


def day_counts(book: Book, scope: Scope) -> dict[int, int]:
    """How many entries each day has, of a scope that the indexes of moments answer (`Scope.by_moment`).

    Walks the indexes and no rows: 3,000,000 entries take about half a second.
    """
    found: dict[int, int] = {}
    first, last = scope.where.since or EVER.first, scope.where.until or EVER.last
    for source in scope.sources:
        for day, count in _counts(book, source):
            if first <= day <= last:
                found[day] = found.get(day, 0) + count
    return found


def _counts(book: Book, source: Source) -> Iterator[tuple[int, int]]:
    if source.day:
        yield from book.rows(f"SELECT {source.day}, count(*) {source.rows} GROUP BY {source.day}")
        return
    # From day to day: grouping by a part of the text would sort every row.
    at = source.at
    sql = f"""
        WITH RECURSIVE walked (day) AS (
            SELECT (SELECT substr({at}, 1, 10) {source.rows} ORDER BY {at} DESC LIMIT 1)
            UNION ALL
            SELECT (SELECT substr({at}, 1, 10) {source.rows} AND {at} < walked.day ORDER BY {at} DESC LIMIT 1)
            FROM walked WHERE walked.day IS NOT NULL
        )
        SELECT walked.day,
            (SELECT count(*) {source.rows} AND {at} BETWEEN walked.day AND walked.day || '~')
        FROM walked WHERE walked.day IS NOT NULL"""
    for day, count in book.rows(sql):
        yield ordinal(day), count


def day_keys(book: Book, scope: Scope, day: int) -> array[int]:
    """The packed keys of a day's entries, newest first."""
    parts: list[str] = []
    params: dict[str, Any] = {}
    for source in scope.sources:
        found, values = conditions(source, scope, Span(day, day))
        parts.append(f"SELECT {source.at} AS at, {packed_sql(source)} AS id {where_sql(source, found)}")
        params |= values
    if not parts:
        return array("q")
    return id_list(book, f"SELECT id FROM ({' UNION ALL '.join(parts)}) ORDER BY at DESC, id DESC", params)


def span_keys(book: Book, scope: Scope, span: Span = EVER) -> dict[int, array[int]]:
    """The packed keys of every day of a span that has any, newest first, the newest day first."""
    rows: list[tuple[str, int]] = []
    for source in scope.sources:
        found, params = conditions(source, scope, span)
        rows += book.rows(f"SELECT {source.at}, {packed_sql(source)} {where_sql(source, found)}", params)
    rows.sort(reverse=True)
    days: dict[str, array[int]] = {}
    for at, packed in rows:
        day = at[:10]
        if day not in days:
            days[day] = array("q")
        days[day].append(packed)
    return {ordinal(day): keys for day, keys in days.items()}


def bounds(book: Book, scope: Scope) -> Span | None:
    """The first and the last day on which anything may be; None for an empty book."""
    found: list[int] = []
    for source in scope.sources:
        if source.day:
            found += [
                day
                for (day,) in book.rows(
                    f"SELECT * FROM (SELECT min({source.day}) {source.rows}) UNION ALL "
                    f"SELECT * FROM (SELECT max({source.day}) {source.rows})"
                )
                if day is not None
            ]
            continue
        for way in ("ASC", "DESC"):
            at = book.value(f"SELECT {source.at} {source.rows} ORDER BY {source.at} {way} LIMIT 1")
            if at is not None:
                found.append(ordinal(at))
    if not found:
        return None
    where = scope.where
    return Span(max(min(found), where.since or EVER.first), min(max(found), where.until or EVER.last))


def newest_change(book: Book) -> int:
    """The mark from which `touched_days` tells what changed since."""
    return int(book.value("SELECT coalesce(max(id), 0) FROM change"))


def touched_days(book: Book, mark: int) -> set[int] | None:
    """The days on which entries came, went or changed since a mark; None when these are too many to tell."""
    days: set[int] = set()
    rows = book.rows(
        "SELECT tbl, op, first_row, last_row, old FROM change WHERE id > ? ORDER BY id LIMIT ?",
        (mark, MOST_CHANGES + 1),
    )
    if len(rows) > MOST_CHANGES or sum(last - first for _, _, first, last, _ in rows) > MOST_CHANGES:
        return None
    for table, op, first, last, old in rows:
        for source in _TABLES.get(table, ()):
            if op != "I" and (before := json.loads(old).get(source.column)) is not None:
                days.add(ordinal(before))
            if op != "D":
                now = f"SELECT {source.column} FROM {table} WHERE id BETWEEN ? AND ?"
                days.update(ordinal(at) for (at,) in book.rows(now, (first, last)) if at is not None)
    return days


def month_of(day: int) -> tuple[int, int]:
    """Year and month of a day."""
    when = date.fromordinal(day)
    return when.year, when.month
