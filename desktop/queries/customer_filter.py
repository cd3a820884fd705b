"""What a customer list may be narrowed to: a value that the book keeps as JSON, its chips turned into SQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.queries.conditions import Condition, Group, Unreadable, all_of, from_plain, to_plain
from desktop.queries.conditions_days import day_range

STATES = ("new", "regular", "one-time", "drifting", "lost", "none")
"""The purchase states in the order in which a list sorted by state shows them."""


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Whom a list is narrowed to: the words typed, what the chips stand for, and a tree of conditions.

    All of it must hold; within `states` any one will do. `unread` is the JSON of a filter that this program
    does not understand: it leaves nobody, and goes back into the book as it came.
    """

    text: str = ""
    states: tuple[str, ...] = ()
    new_this_month: bool = False
    complained: bool = False
    where: Group | None = None
    unread: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is left out at all."""
        return self != CustomerFilter()

    @property
    def simple(self) -> bool:
        """Whether words and chips are all: then the indexes of the book carry it."""
        return self.where is None and not self.unread

    def without_text(self) -> CustomerFilter:
        """The same conditions for whatever is typed."""
        return replace(self, text="")

    def tree(self) -> Group | None:
        """Everything but the words as one tree of conditions."""
        return all_of(
            Condition("state", "is", self.states) if self.states else None,
            Condition("first", "this-month") if self.new_this_month else None,
            Condition("complaints", "ge", (1,)) if self.complained else None,
            self.where,
        )

    def to_json(self) -> str:
        """The conditions that are set, as JSON."""
        if self.unread:
            return self.unread
        found: dict[str, Any] = {
            key: value
            for key in ("text", "states", "new_this_month", "complained")
            if (value := getattr(self, key))
        }
        if self.where is not None:
            found["where"] = to_plain(self.where)
        return json.dumps(found, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> CustomerFilter:
        """What `to_json` of this or an earlier version wrote; that of a later one as `unread`."""
        try:
            return _read(json.loads(text))
        except (Unreadable, ValueError, TypeError):
            return cls(unread=text)


def _read(plain: object) -> CustomerFilter:
    if not isinstance(plain, dict) or not plain.keys() <= _KNOWN | _EARLIER.keys():
        raise Unreadable
    where = from_plain(plain["where"]) if "where" in plain else None
    earlier = [_EARLIER[key](plain[key]) for key in _EARLIER if key in plain]
    if not isinstance(plain.get("text", ""), str):
        raise Unreadable
    return CustomerFilter(
        text=plain.get("text", ""),
        states=tuple(map(str, plain.get("states", ()))),
        new_this_month=bool(plain.get("new_this_month")),
        complained=bool(plain.get("complained")),
        where=all_of(*earlier, where) if earlier or not isinstance(where, Group) else where,
    )


_KNOWN = {"text", "states", "new_this_month", "complained", "where"}
# What the first versions kept by names of their own.
_EARLIER: Mapping[str, Callable[[Any], Condition]] = {
    "tags": lambda found: Condition("tags", "any", tuple(map(int, found))),
    "kinds": lambda found: Condition("kind", "is", tuple(map(str, found))),
    "relations": lambda found: Condition("relation", "is", tuple(map(str, found))),
    "spend_from": lambda found: Condition("spend", "ge", (int(found),)),
    "spend_to": lambda found: Condition("spend", "le", (int(found),)),
    "last_from": lambda found: Condition("last", "after", (int(found) - 1,)),
    "last_to": lambda found: Condition("last", "before", (int(found) + 1,)),
}


def state_ranges(state: str, plus: str = "") -> tuple[str, ...]:
    """A purchase state on :today as ranges of the index summary_state; agrees with summaries.state_sql.

    `plus` = "+" keeps SQLite from using that index, for a walk along another one.
    """
    times, drift, lost = f"{plus}min(s.occasions, 2)", f"{plus}s.drift_day", f"{plus}s.lost_day"
    return {
        "none": (f"{times} = 0",),
        "new": (f"{times} = 1 AND {drift} >= :today AND {lost} >= :today",),
        "one-time": (f"{times} = 1 AND {drift} < :today AND {lost} >= :today",),
        "regular": (f"{times} = 2 AND {drift} >= :today AND {lost} >= :today",),
        "drifting": (f"{times} = 2 AND {drift} < :today AND {lost} >= :today",),
        "lost": (f"{times} = 1 AND {lost} < :today", f"{times} = 2 AND {lost} < :today"),
    }[state]


class Conditions:
    """The WHERE conditions of words and chips over `customer_summary AS s`, and their parameters."""

    def __init__(self, view: CustomerFilter, today: date, *, walk: bool) -> None:
        """`walk`: the rows come along an index of the order; else these conditions choose the way."""
        self.params: dict[str, Any] = {"today": today.toordinal()}
        self.sql: list[str] = []
        plus = "+" if walk else ""
        if view.states:
            ranges = [one for state in view.states for one in state_ranges(state, plus)]
            self.sql.append("(" + " OR ".join(f"({one})" for one in ranges) + ")")
        if view.new_this_month:
            first = day_range("this-month", (), today)
            self.params.update(zip(("first_from", "first_to"), first, strict=True))
            self.sql.append(f"{plus}s.first_day BETWEEN :first_from AND :first_to")
        if view.complained:
            self.sql.append(f"{plus}s.complaints > 0")

    def where(self, *more: str) -> str:
        """ "WHERE …" of these and some more conditions, or ""."""
        parts = [part for part in (*self.sql, *more) if part]
        return "WHERE " + " AND ".join(parts) if parts else ""
