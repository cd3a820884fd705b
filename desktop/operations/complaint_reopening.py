"""Complaints that come back after their end: taken up again, or after the window followed by a new one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from desktop.core import words
from desktop.core.complaint_process import OPEN, deadlines
from desktop.core.dates import from_iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations.complaint_steps import Work, allowed, working
from desktop.operations.complaints import open_within
from desktop.queries.opening import opening_hours


def reopen_complaint(
    book: Book,
    *,
    complaint_id: int,
    at: datetime,
    text: str = "",
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """Take up an ended complaint again: within the window itself, later as a new one that follows it.

    `created["complaint"]` holds the new one's id in the second case. Raises UserError when it is open.
    """
    label = mark("Reopen complaint {number}")
    with working(book, complaint_id, label, at, staff_id=staff_id, typed=typed) as work:
        complaint = work.complaint
        if complaint.status in OPEN:
            raise UserError(
                tr(
                    "The complaint {number} is open: it is “{status}”.",
                    number=complaint.number,
                    status=words.name(words.COMPLAINT_STATUSES, complaint.status),
                )
            )
        if work.at - from_iso(_ended_at(complaint)) > reopening_window(book):
            open_within(
                book, work.step, work.at, text=text.strip(), follows=complaint_id, **_inherited(complaint)
            )
        else:
            _take_up_again(work, text)
    return work.step.changes


def reopening_window(book: Book) -> timedelta:
    """How long after its end a complaint is reopened itself; later a new one follows it."""
    # More days than the calendar has are as good as any.
    return timedelta(days=min(max(0, int(book.setting("complaints.reopen_days"))), 100_000))


def _take_up_again(work: Work, text: str) -> None:
    """Back under investigation, with deadlines that count from now."""
    complaint = work.complaint
    due = deadlines(opening_hours(work.book), allowed(work.book)[complaint.severity], work.at)
    if complaint.replied_at:
        del due["reply_due_at"]
    work.set(
        status="investigating",
        reopened=complaint.reopened + 1,
        settled_at=None,
        closed_at=None,
        rejected_because="",
        alternatives="",
        settlement="",
        **due,
    )
    work.note("reopened", text)


def _inherited(complaint: Any) -> dict[str, Any]:
    """What a complaint that follows another one has from it."""
    kept = "title", "customer_id", "order_id", "product_id", "channel", "staff_id", "dispute"
    classified = "nature", "subject", "detail", "mood", "severity"
    return {name: getattr(complaint, name) for name in (*kept, *classified)}


def _ended_at(complaint: Any) -> str:
    return str(complaint.closed_at or complaint.settled_at or complaint.received_at)
