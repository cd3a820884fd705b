"""What the shop noted as causes of complaints, and against them: which comes up most often."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from desktop.models.book import Book

Noted = Literal["cause", "prevention"]
MOST = 8


@dataclass(frozen=True)
class Causes:
    """The commonest notes as (words, how many complaints), and of how many ended ones none was taken."""

    causes: tuple[tuple[str, int], ...]
    preventions: tuple[tuple[str, int], ...]
    ended: int
    unexplained: int


@dataclass(frozen=True, slots=True)
class CauseSlice:
    """Complaints received on the days [start, end); "" and None leave nothing out."""

    start: int
    end: int
    subject: str = ""
    product_id: int | None = None
    channel: str = ""
    staff_id: int | None = None
    severity: str = ""

    def where(self) -> tuple[str, dict[str, Any]]:
        """As a condition on `complaint`, with its parameters."""
        first, until = (date.fromordinal(day).isoformat() for day in (self.start, self.end))
        params: dict[str, Any] = {"first": first, "until": until}
        conditions = ["received_at >= :first", "received_at < :until"]
        for name in ("subject", "product_id", "channel", "staff_id", "severity"):
            value = getattr(self, name)
            if value not in ("", None):
                conditions.append(f"{name} = :{name}")
                params[name] = value
        return " AND ".join(conditions), params


def causes(book: Book, wanted: CauseSlice) -> Causes:
    """What was noted on some complaints; notes that differ in case and blanks alone are one."""
    where, params = wanted.where()
    rows = book.rows(
        "SELECT cause, prevention, open = 0 AND status <> 'rejected', count(*) FROM complaint "
        f"WHERE {where} GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2",
        params,
    )
    found: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    spelled: dict[str, str] = {}
    ended = unexplained = 0
    for *notes, over, count in rows:
        for counter, text in zip(found, notes, strict=True):
            if key := key_of(text):
                counter[key] += count
                # The commonest spelling comes first.
                spelled.setdefault(key, " ".join(text.split()))
        ended += over * count
        unexplained += over * count * (not any(notes))
    first, second = (
        tuple((spelled[key], count) for key, count in sorted(counter.items(), key=_rank)[:MOST])
        for counter in found
    )
    return Causes(first, second, ended, unexplained)


def noted_ids(book: Book, wanted: CauseSlice, noted: Noted, text: str) -> array[int]:
    """The complaints with that note, newest first; with "" the ended ones that have none at all."""
    where, params = wanted.where()
    if not text:
        rows = book.rows(
            f"SELECT id FROM complaint WHERE {where} AND open = 0 AND status <> 'rejected' "
            "AND cause = '' AND prevention = '' ORDER BY received_at DESC, id DESC",
            params,
        )
        return array("q", (row for (row,) in rows))
    rows = book.rows(
        f"SELECT id, {noted} FROM complaint WHERE {where} AND {noted} <> '' "
        "ORDER BY received_at DESC, id DESC",
        params,
    )
    return array("q", (row for row, said in rows if key_of(said) == key_of(text)))


def key_of(text: str) -> str:
    """What two spellings of one note have in common."""
    return " ".join(text.split()).casefold()


def _rank(entry: tuple[str, int]) -> tuple[int, str]:
    return -entry[1], entry[0]
