"""Finding a customer as they are asked for at a counter: the best few at once, out of a million."""

from __future__ import annotations

import re
from array import array
from typing import Any

from desktop.core.pinyin import sort_key
from desktop.models.book import Book
from desktop.models.search_index import match_expression, matching_sql, newest_matching_sql

MOST_WEIGHED = 1000
"""Matches whose last purchase is looked up; a word that more customers share gives the newest of them."""

_GROUPED_DIGITS = re.compile(r"[+(]?\d[\d\s()./-]*\d")


def expression(text: str) -> str:
    """The full-text expression for what was typed; a number typed in groups is also looked for as one."""
    words = match_expression(text)
    typed = text.strip()
    if _GROUPED_DIGITS.fullmatch(typed):
        joined = re.sub(r"\D", "", typed)
        if joined != typed:
            return f"({words}) OR ({match_expression(joined)})"
    return words


def search_ids(book: Book, text: str, limit: int = 50) -> array[int]:
    """Ids of up to `limit` customers for what was typed: the exact name first, then who bought last.

    Looks at names (characters, pinyin, initials), phones (from either end), accounts, addresses and order
    numbers. Nothing typed finds nobody.
    """
    found = some_matches(book, text)
    return array("q", found[:limit])


def some_matches(book: Book, text: str, most: int = MOST_WEIGHED) -> list[int]:
    """Up to `most` matching ids, best first; fewer than `most` means that these are all."""
    typed = text.strip()
    if not typed:
        return []
    exact = [row for (row,) in book.rows(
        "SELECT customer_id FROM customer_summary WHERE sort_name = ? ORDER BY customer_id LIMIT ?",
        (sort_key(typed), most),
    )]  # fmt: skip
    candidates = set(exact)
    if match := expression(typed):
        candidates.update(row for (row,) in book.rows(newest_matching_sql(), {"match": match, "limit": most}))
    if number := _number_range(typed):
        candidates.update(
            row for (row,) in book.rows(f"{_BY_NUMBER} LIMIT :limit", {**number, "limit": most})
        )
    marks = ", ".join("?" * len(candidates))
    first = set(exact)
    weighed = book.rows(
        f"SELECT customer_id, last_day FROM customer_summary WHERE customer_id IN ({marks})",
        tuple(candidates),
    )
    weighed.sort(key=lambda row: (row[0] in first, row[1] or 0, row[0]), reverse=True)
    return [row for row, _ in weighed][:most]


def all_matches_sql(text: str) -> tuple[str, dict[str, Any]]:
    """SQL that selects the id of every customer who matches a text, with its parameters."""
    typed = text.strip()
    parts, params = (
        ["SELECT customer_id FROM customer_summary WHERE sort_name = :exact"],
        {"exact": sort_key(typed)},
    )
    if match := expression(typed):
        parts.append(matching_sql())
        params["match"] = match
    if number := _number_range(typed):
        parts.append(_BY_NUMBER)
        params.update(number)
    return " UNION ".join(parts), params


# "number <> ''" lets SQLite use the index, which leaves out the orders without a number.
_BY_NUMBER = (
    "SELECT DISTINCT customer_id FROM orders "
    "WHERE number <> '' AND number >= :number_from AND number < :number_to AND customer_id IS NOT NULL"
)


def _number_range(typed: str) -> dict[str, str] | None:
    """The bounds between which the order numbers lie that begin with what was typed."""
    if len(typed) < 3 or " " in typed or not any(char.isdigit() for char in typed):
        return None
    return {"number_from": typed, "number_to": typed + "\U0010ffff"}
