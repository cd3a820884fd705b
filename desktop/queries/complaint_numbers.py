"""Complaints by their numbers, and by those of complaints that were merged into them."""

from __future__ import annotations

from desktop.models.book import Book

_SHORTEST = 3


def complaints_by_number(book: Book, typed: str, most: int) -> list[int]:
    """Up to so many complaints whose number, now or once, begins with what is typed; the latest first."""
    if len(typed) < _SHORTEST or not any(map(str.isdigit, typed)):
        return []
    found: set[int] = set()
    for start in {typed, typed.upper(), typed.lower()}:
        rows = book.rows(
            "SELECT id FROM (SELECT id FROM complaint WHERE number >= :start AND number < :end "
            "ORDER BY number DESC LIMIT :most) "
            "UNION SELECT complaint_id FROM complaint_alias WHERE number >= :start AND number < :end",
            {"start": start, "end": start + "\U0010ffff", "most": most},
        )
        found.update(row for (row,) in rows)
    return sorted(found, reverse=True)[:most]
