"""The orders in which customers are listed, as statements that walk along an index or sort a few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop.core.pinyin import sort_key
from desktop.models.book import Book
from desktop.queries.customer_filter import STATES, Conditions, CustomerFilter, state_ranges
from desktop.queries.customer_search import RECENT, all_matches_sql

ORDERS: Mapping[str, tuple[str, ...]] = {
    "name": ("sort_name",),
    "last": ("last_day",),
    "first": ("first_day",),
    "rhythm": ("rhythm",),
    "orders": ("orders",),
    "spend": ("spend",),
    "rating": ("rating",),
    "complaints": ("complaints", "open_complaints"),
    "expected": ("next_day",),
    "points": ("points",),
    "last_contact": ("last_contact",),
    "state": ("drift_day", "lost_day"),
}
"""The orders that an index of customer_summary keeps, which ends in the id, and its columns; whatever else a
list may be sorted by is put in order in memory (field_order)."""

_RECENT = "recent"
_BLANK = frozenset({"last_day", "first_day", "rhythm", "rating", "next_day", "last_contact"})


def at_hand(order: str) -> bool:
    """Whether an order's first screenful comes at once, however many customers there are."""
    return not order or order in ORDERS


def statements(
    book: Book,
    view: CustomerFilter,
    order: str,
    descending: bool,
    today: date,
    *,
    walk: bool,
    among: Sequence[int] | None = None,
) -> list[tuple[str, dict[str, Any]]]:
    """The statements whose answers one after the other are the ordered ids.

    `walk`: along the order's index; else the conditions find the rows, which are then sorted.
    """
    conditions = Conditions(view, today, walk=walk)
    if among is None:
        text, params = text_condition(book, view)
    else:
        text, params = f"s.customer_id IN ({', '.join(map(str, among))})", {}
    narrowed = bool(conditions.sql or text)
    params = {**conditions.params, **params, "exact": sort_key(view.text.strip())}
    plus = "" if walk or not narrowed else "+"
    turn = " DESC" if descending or not order else ""
    made = []
    for condition, columns in _parts(view, order, descending):
        by = ", ".join(
            RECENT + turn if column == _RECENT else f"{plus}s.{column}{turn}"
            for column in (*columns, "customer_id")
        )
        where = conditions.where(text, condition)
        made.append((f"SELECT s.customer_id AS id FROM customer_summary AS s {where} ORDER BY {by}", params))
    return made


def _parts(view: CustomerFilter, order: str, descending: bool) -> list[tuple[str, tuple[str, ...]]]:
    """An order as conditions that follow one another, each with the columns that order within it."""
    if order == "state":
        wanted = [state for state in STATES if not view.states or state in view.states]
        ranges = [one for state in wanted for one in state_ranges(state)]
        return [(one, ORDERS["state"]) for one in (reversed(ranges) if descending else ranges)]
    if not order:
        # A search: the exact name, then who bought or was in touch last.
        return [("s.sort_name = :exact", (_RECENT,)), ("s.sort_name <> :exact", (_RECENT,))]
    columns = ORDERS[order]
    if columns[0] in _BLANK:
        # Who has no figure stands last, whichever way the others are turned.
        return [(f"s.{columns[0]} IS NOT NULL", columns), (f"s.{columns[0]} IS NULL", ())]
    return [("", columns)]


def text_condition(book: Book, view: CustomerFilter) -> tuple[str, dict[str, Any]]:
    if not view.text.strip():
        return "", {}
    sql, params = all_matches_sql(book, view.text)
    return f"s.customer_id IN ({sql})", params
