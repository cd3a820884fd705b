"""What a customer list may be narrowed to, as a value that can be kept in the book and turned into SQL."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

STATES = ("new", "regular", "one-time", "drifting", "lost", "none")
"""The purchase states in the order in which a list sorted by state shows them."""


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Conditions on customers, all of which must hold; within one tuple any value will do.

    `spend_*` are minor units, `last_*` ordinal days of the last purchase, bounds included.
    """

    text: str = ""
    states: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    spend_from: int | None = None
    spend_to: int | None = None
    last_from: int | None = None
    last_to: int | None = None
    new_this_month: bool = False
    complained: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is left out at all."""
        return self != CustomerFilter()

    def without_text(self) -> CustomerFilter:
        """The same conditions for whatever is typed."""
        return replace(self, text="")

    def to_json(self) -> str:
        """The conditions that are set, as JSON."""
        plain = CustomerFilter()
        return json.dumps(
            {key: value for key, value in asdict(self).items() if value != getattr(plain, key)},
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> CustomerFilter:
        """What `to_json` wrote; conditions that a later version added are left out."""
        known = {field.name for field in fields(cls)}
        found: dict[str, Any] = {}
        for key, value in json.loads(text).items():
            if key in known:
                found[key] = tuple(value) if isinstance(value, list) else value
        return cls(**found)


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
    """The WHERE conditions of a filter over `customer_summary AS s`, and their parameters."""

    def __init__(self, view: CustomerFilter, today: date, *, walk: bool) -> None:
        """`walk`: the rows come along an index of the order; else these conditions choose the way."""
        self.params: dict[str, Any] = {"today": today.toordinal()}
        self.sql: list[str] = []
        plus = "+" if walk else ""
        if view.states:
            ranges = [one for state in view.states for one in state_ranges(state, plus)]
            self.sql.append("(" + " OR ".join(f"({one})" for one in ranges) + ")")
        if view.tags:
            tags = self._several("tag", view.tags)
            self.sql.append(
                "EXISTS (SELECT 1 FROM customer_tag AS t "
                f"WHERE t.tag_id IN ({tags}) AND t.customer_id = s.customer_id)"
                if walk
                else f"s.customer_id IN (SELECT customer_id FROM customer_tag WHERE tag_id IN ({tags}))"
            )
        for column, wanted in (("kind", view.kinds), ("relation", view.relations)):
            if wanted:
                names = self._several(column, wanted)
                self.sql.append(
                    "EXISTS (SELECT 1 FROM customer AS c "
                    f"WHERE c.id = s.customer_id AND c.{column} IN ({names}))"
                )
        self._range(f"{plus}s.spend", "spend", view.spend_from, view.spend_to)
        self._range(f"{plus}s.last_day", "last", view.last_from, view.last_to)
        if view.new_this_month:
            self._range(f"{plus}s.first_day", "first", today.replace(day=1).toordinal(), None)
        if view.complained:
            self.sql.append(f"{plus}s.complaints > 0")

    def where(self, *more: str) -> str:
        """ "WHERE …" of these and some more conditions, or ""."""
        parts = [part for part in (*self.sql, *more) if part]
        return "WHERE " + " AND ".join(parts) if parts else ""

    def _several(self, name: str, values: tuple[Any, ...]) -> str:
        names = [f"{name}_{number}" for number in range(len(values))]
        self.params.update(zip(names, values, strict=True))
        return ", ".join(f":{one}" for one in names)

    def _range(self, column: str, name: str, low: int | None, high: int | None) -> None:
        for sign, bound, end in ((">=", low, "from"), ("<=", high, "to")):
            if bound is not None:
                self.sql.append(f"{column} {sign} :{name}_{end}")
                self.params[f"{name}_{end}"] = bound
