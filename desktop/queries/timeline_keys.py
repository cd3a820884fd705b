"""Which entries a stream holds, and their keys in order: a source, a customer and the filters as SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from desktop.models.book import Book
from desktop.queries.timeline_source import Source
from desktop.queries.timeline_sources import KINDS, RANK, SOURCES

Key = tuple[str, int]
"""What tells an entry from all others: its kind and its row."""
_SHIFT = 48


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """Which entries are wanted; what is empty does not filter. `since`, `until`: ordinal days, both in."""

    stages: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    channel: str = ""
    staff_id: int | None = None
    text: str = ""
    pinned: bool = False
    gave: str = ""
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose stream and which entries of it. `names`: ids, as JSON, of customers whose name has the text.

    `pinned`: of a customer, their pinned notes, all others, or (None) both; the shop's stream has both.
    """

    customer_id: int | None = None
    where: TimelineFilter = TimelineFilter()
    names: str = "[]"
    pinned: bool | None = False

    @property
    def sources(self) -> list[Source]:
        """The sources that may hold something."""
        return [source for source in SOURCES if _wanted(source, self.where)]

    @property
    def by_moment(self) -> bool:
        """Whether the entries of a span of days are those of the indexes, none left out."""
        where = self.where
        columns = where.channel or where.staff_id is not None or where.text.strip() or where.pinned
        by_stage = where.stages and any(not source.stage for source in self.sources)
        return self.customer_id is None and not (columns or where.gave or by_stage)


class Span(NamedTuple):
    """Ordinal days, both in."""

    first: int = date.min.toordinal()
    last: int = date.max.toordinal()


EVER = Span()


def scope_of(book: Book, customer_id: int | None, where: TimelineFilter, *, pinned: bool = False) -> Scope:
    """The scope of a stream; looks the names of customers through where words are asked for in the shop's."""
    names: list[int] = []
    if customer_id is None and where.text.strip():
        sql = "SELECT id FROM customer WHERE name LIKE ? ESCAPE '\\'"
        names = [row for (row,) in book.rows(sql, (pattern(where.text),))]
    return Scope(customer_id, where, json.dumps(names), pinned)


def pack(kind: str, row: int) -> int:
    """A key as one number; of two at one moment the greater one stands above."""
    return RANK[kind] << _SHIFT | row


def unpack(packed: int) -> Key:
    """The key that a number holds."""
    return KINDS[packed >> _SHIFT], packed & ((1 << _SHIFT) - 1)


def packed_sql(source: Source) -> str:
    """The column that packs the key."""
    return f"{RANK[source.kind] << _SHIFT} + {source.key}"


def pattern(text: str) -> str:
    """What LIKE looks for: the text anywhere, its own signs taken as they are."""
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return f"%{text.strip()}%"


def conditions(source: Source, scope: Scope, span: Span = EVER) -> tuple[list[str], dict[str, Any]]:
    """What rows of the source must be like, and the parameters; every name is used somewhere in them."""
    found, params = _of_customer(source, scope)
    where = scope.where
    first, last = max(span.first, where.since or span.first), min(span.last, where.until or span.last)
    if (first, last) != EVER:
        _within(found, params, source, Span(first, last))
    if where.channel:
        found.append(f"{source.channel} = :channel")
        params["channel"] = where.channel
    if where.staff_id is not None:
        found.append(f"{source.staff} = :staff")
        params["staff"] = where.staff_id
    if where.stages and not source.stage:
        names = {f"stage{n}": stage for n, stage in enumerate(sorted(where.stages))}
        found.append(f"{source.stage_column} IN ({', '.join(f':{name}' for name in names)})")
        params |= names
    if source.kind == "interaction":
        if where.pinned:
            found.append("pinned = 1")
        if where.gave:
            found.append("gave = :gave")
            params["gave"] = where.gave
    if where.text.strip():
        found.append(_finds(source, scope, params))
    return found, params


def _of_customer(source: Source, scope: Scope) -> tuple[list[str], dict[str, Any]]:
    if scope.customer_id is None:
        return [], {}
    params = {"customer": scope.customer_id}
    if source.kind == "import":
        return ["id = (SELECT import_run_id FROM customer WHERE id = :customer)"], params
    found = [f"{source.customer} = :customer"]
    if source.kind == "interaction" and scope.pinned is not None:
        found.append("pinned = 1" if scope.pinned else "pinned = 0")
    return found, params


def _within(found: list[str], params: dict[str, Any], source: Source, span: Span) -> None:
    if source.day:
        found.append(f"{source.day} BETWEEN :first_day AND :last_day")
        params |= {"first_day": span.first, "last_day": span.last}
        return
    # "~" sorts behind every time of a day.
    found.append(f"{source.at} BETWEEN :first AND :last")
    params |= {"first": _text(span.first), "last": _text(span.last) + "~"}


def _text(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _wanted(source: Source, where: TimelineFilter) -> bool:
    if where.kinds and source.kind not in where.kinds:
        return False
    if (where.pinned or where.gave) and source.kind != "interaction":
        return False
    if where.channel and source.channel == "''":
        return False
    return not where.stages or not source.stage or source.stage in where.stages


def _finds(source: Source, scope: Scope, params: dict[str, Any]) -> str:
    words = list(source.words)
    params["like"] = pattern(scope.where.text)
    if scope.customer_id is None and source.kind != "import" and scope.names != "[]":
        words.append(f"{source.customer} IN (SELECT value FROM json_each(:names))")
        params["names"] = scope.names
    return f"({' OR '.join(words)})"


def where_sql(source: Source, found: Sequence[str]) -> str:
    """FROM … WHERE … of the source's rows that fulfil all conditions."""
    return source.rows + "".join(f" AND {condition}" for condition in found)
