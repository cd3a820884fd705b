"""What complaints from a file get beside what it says: numbers, the deadlines of open ones, their history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from desktop.core.complaint_process import OPEN, deadlines
from desktop.core.days import from_iso
from desktop.models.book import Book
from desktop.models.history import Step
from desktop.operations.complaint_steps import allowed
from desktop.operations.numbers import next_number
from desktop.queries.opening import opening_hours

Row = dict[str, Any]


def with_numbers_and_deadlines(book: Book, step: Step, rows: list[Row]) -> list[Row]:
    """The rows, those without a number numbered by their year, open ones with the deadlines they lack."""
    given = {row["number"] for row in rows if row["number"]}
    following: dict[int, Iterator[str]] = {}
    hours, times = opening_hours(book), allowed(book)
    for row in rows:
        received = from_iso(row["received_at"])
        if not row["number"]:
            year = received.year
            numbers = following.setdefault(year, _numbers(next_number(step, "complaint", "C", year)))
            row["number"] = next(number for number in numbers if number not in given)
        if row["status"] in OPEN:
            due = deadlines(hours, times[row["severity"]], received)
            row["settle_due_at"] = row["settle_due_at"] or due["settle_due_at"]
            if row["status"] == "received" or row["replied_at"]:
                row["reply_due_at"] = row["reply_due_at"] or due["reply_due_at"]
    return rows


def _numbers(first: str) -> Iterator[str]:
    """A number and those that follow it."""
    start, _, count = first.rpartition("-")
    at = int(count)
    while True:
        yield f"{start}-{at:04}"
        at += 1


def complaint_steps(rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    """The history that each complaint's moments tell: (complaint, at, kind, text, clerk)."""
    for row in rows:
        steps = [(row["received_at"], "received", "")]
        if row["replied_at"]:
            steps.append((row["replied_at"], "reply", ""))
        if row["waiting_since"]:
            steps.append((row["waiting_since"], "waiting", ""))
        if row["settled_at"]:
            steps.append((row["settled_at"], "settled", row["settlement"]))
        if row["closed_at"] and row["status"] in ("closed", "rejected"):
            steps.append((row["closed_at"], row["status"], row["rejected_because"]))
        for at, kind, text in steps:
            yield row["id"], at, kind, text, row["staff_id"]
