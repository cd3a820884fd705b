"""What is asked about and rated, by whom, and which row of the book an answer completes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.core.days import iso
from desktop.models.book import Book
from desktop.models.history import Step
from desktop.models.service import Rating
from desktop.operations.complaint_steps import load
from desktop.operations.present_customer import present_customer
from desktop.operations.service import gone

_SUBJECTS = ("case_id", "complaint_id", "order_id")
"""The narrowest first: a case and a complaint are of an order, which may be asked about by itself."""

EXPECTED_DAYS = 180
"""Days in which what somebody expected before a purchase is taken to be about the next thing they rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Who is asked, and about what: a case, a complaint, an order, or, without any of them, the shop."""

    customer_id: int | None = None
    order_id: int | None = None
    case_id: int | None = None
    complaint_id: int | None = None

    def links(self) -> dict[str, int | None]:
        """The columns that say what it is about."""
        return {name: getattr(self, name) for name in _SUBJECTS}

    def subject(self) -> str | None:
        """The column of the narrowest thing; None for the shop."""
        return next((name for name in _SUBJECTS if getattr(self, name) is not None), None)


def present(book: Book, about: About) -> int | None:
    """Who is asked, as it is in the book by now. Raises UserError when what it is about was deleted."""
    for table, row in (("orders", about.order_id), ("service_case", about.case_id)):
        if row is not None and not book.value(f"SELECT 1 FROM {table} WHERE id = ?", (row,)):
            raise gone()
    if about.complaint_id is None:
        return present_customer(book, about.customer_id)
    found: int | None = load(book, about.complaint_id).customer_id
    return found


def ended(book: Book, about: About, otherwise: datetime) -> str:
    """When the thing ended, as stored; `otherwise` where it has no end of its own."""
    found = None
    if about.complaint_id is not None:
        found = book.value("SELECT settled_at FROM complaint WHERE id = ?", (about.complaint_id,))
    elif about.case_id is not None:
        found = book.value("SELECT closed_at FROM service_case WHERE id = ?", (about.case_id,))
    elif about.order_id is not None:
        found = book.value("SELECT coalesce(ended_at, placed_at) FROM orders WHERE id = ?", (about.order_id,))
    return str(found or iso(otherwise))


def open_row(book: Book, customer_id: int | None, about: About) -> int | None:
    """The row that waits for this customer's answer about this thing; None when nothing was asked or told."""
    subject = about.subject()
    if subject is None:
        if customer_id is None:
            return None
        where = "customer_id = ? AND order_id IS NULL"
        params: list[int | None] = [customer_id]
    else:
        where, params = f"{subject} = ? AND customer_id IS ?", [getattr(about, subject), customer_id]
    alone = " AND case_id IS NULL AND complaint_id IS NULL" if subject in (None, "order_id") else ""
    found = book.value(
        f"SELECT id FROM rating WHERE {where} AND rated_at IS NULL{alone} "
        "ORDER BY skipped_at IS NOT NULL, asked_at DESC, id DESC LIMIT 1",
        tuple(params),
    )
    return None if found is None else int(found)


def claimed_row(book: Book, step: Step, customer_id: int | None, about: About, at: datetime) -> int | None:
    """As `open_row`; what the customer expected before an order of theirs was placed becomes the order's.

    An order that was asked about already takes the expectation over, and the row of that alone goes.
    """
    own = open_row(book, customer_id, about)
    told = _told_before(book, customer_id, about, at)
    if told is None:
        return own
    if own is None:
        return told
    values = book.row("SELECT expected, expected_at, text FROM rating WHERE id = ?", (told,))
    had = book.value("SELECT expected FROM rating WHERE id = ?", (own,))
    if values is not None and had is None:
        step.update(Rating, own, **dict(zip(("expected", "expected_at", "text"), values, strict=True)))
        step.delete(Rating, [told])
    return own


def _told_before(book: Book, customer_id: int | None, about: About, at: datetime) -> int | None:
    """What this customer expected of a purchase to come, where it was not asked about otherwise meanwhile."""
    if customer_id is None or about.subject() != "order_id":
        return None
    found = book.value(
        "SELECT id FROM rating WHERE customer_id = ?1 AND order_id IS NULL AND case_id IS NULL "
        "AND complaint_id IS NULL AND rated_at IS NULL AND asked_at IS NULL AND skipped_at IS NULL "
        "AND expected_at IS NOT NULL AND expected_at <= ?2 AND julianday(?2) - julianday(expected_at) <= ?3 "
        "ORDER BY expected_at DESC, id DESC LIMIT 1",
        (customer_id, iso(at), EXPECTED_DAYS),
    )
    return None if found is None else int(found)


def write(step: Step, row: int | None, values: dict[str, Any]) -> int:
    """Complete a row, or add one; what is None is left as it stands. Gives its id."""
    if row is None:
        return step.insert(Rating, **values)
    step.update(Rating, row, **{name: value for name, value in values.items() if value is not None})
    step.created["rating"] = row
    return row
