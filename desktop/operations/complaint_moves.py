"""What happens to a complaint from its first answer to its end, or to its return; each writes its steps.

Moments are given by the caller, so that what happened an hour ago can be recorded as such.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from desktop.core import words
from desktop.core.complaint_process import ENDED, FIRST_WORD, MOVES, OPEN, REOPEN_DAYS
from desktop.core.days import from_iso, iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import Complaint
from desktop.models.history import Step
from desktop.operations.complaint_steps import add_step, deadlines, end_waiting, load, opening_hours, waits
from desktop.operations.complaints import open_within

_MOVED = {
    "acknowledged": mark("Acknowledge complaint {number}"),
    "assessed": mark("Assess complaint {number}"),
    "investigating": mark("Investigate complaint {number}"),
    "offered": mark("Offer a remedy for complaint {number}"),
    "settled": mark("Settle complaint {number}"),
    "closed": mark("Close complaint {number}"),
}
"""What a move is called in the menu that undoes it."""


def advance_complaint(
    book: Book, *, complaint_id: int, to: str, at: datetime, text: str = "", staff_id: int | None = None
) -> Changes:
    """Move a complaint to another status. Raises UserError for a move that the process does not have."""
    complaint = load(book, complaint_id)
    if to not in MOVES[complaint.status]:
        raise UserError(
            tr(
                "A complaint that is “{now}” cannot become “{then}”.",
                now=words.name(words.COMPLAINT_STATUSES, complaint.status),
                then=words.name(words.COMPLAINT_STATUSES, to),
            ),
            _way_out(complaint.status, to),
        )
    with book.step(_MOVED[to], number=complaint.number) as step:
        end_waiting(book, step, complaint, at, staff_id)
        _move(step, complaint, to, at)
        add_step(step, complaint_id, at, to, text, staff_id)
    return step.changes


def record_reply(
    book: Book, *, complaint_id: int, at: datetime, text: str = "", staff_id: int | None = None
) -> Changes:
    """Record the first word to the customer; a complaint just received counts as acknowledged by it."""
    complaint = load(book, complaint_id)
    if complaint.replied_at:
        raise UserError(
            tr("The first reply to {number} is recorded already.", number=complaint.number),
            tr("Add a note instead."),
        )
    with book.step(mark("First reply to complaint {number}"), number=complaint.number) as step:
        status = "acknowledged" if complaint.status == "received" else complaint.status
        step.update(Complaint, complaint_id, replied_at=iso(at), status=status)
        add_step(step, complaint_id, at, "reply", text, staff_id)
    return step.changes


def note_complaint(
    book: Book, *, complaint_id: int, at: datetime, text: str, staff_id: int | None = None
) -> Changes:
    """Write something down in the complaint's history."""
    complaint = load(book, complaint_id)
    if not text.strip():
        raise UserError(tr("The note is empty."), tr("Write what happened, then save it."))
    with book.step(mark("Note on complaint {number}"), number=complaint.number) as step:
        add_step(step, complaint_id, at, "note", text, staff_id)
    return step.changes


def wait_for_customer(
    book: Book, *, complaint_id: int, at: datetime, text: str = "", staff_id: int | None = None
) -> Changes:
    """Stop the clock: the next word is the customer's. Raises UserError when the complaint has ended."""
    complaint = load(book, complaint_id)
    _must_be_open(complaint)
    if waits(book, complaint_id)[1]:
        return Changes()
    with book.step(mark("Complaint {number} waits for the customer"), number=complaint.number) as step:
        add_step(step, complaint_id, at, "waiting", text, staff_id)
    return step.changes


def resume_complaint(book: Book, *, complaint_id: int, at: datetime, staff_id: int | None = None) -> Changes:
    """Start the clock again; the deadlines move by the working time that was waited."""
    complaint = load(book, complaint_id)
    with book.step(mark("Take up complaint {number} again"), number=complaint.number) as step:
        end_waiting(book, step, complaint, at, staff_id)
    return step.changes


def reject_complaint(
    book: Book, *, complaint_id: int, at: datetime, reason: str, staff_id: int | None = None
) -> Changes:
    """Reject a complaint. Raises UserError without a reason, or when it has ended already."""
    complaint = load(book, complaint_id)
    _must_be_open(complaint)
    if not reason.strip():
        raise UserError(
            tr("A rejection needs a reason."),
            tr("Write what the customer was told, and what they can do instead."),
        )
    with book.step(mark("Reject complaint {number}"), number=complaint.number) as step:
        end_waiting(book, step, complaint, at, staff_id)
        step.update(
            Complaint,
            complaint_id,
            status="rejected",
            rejected_because=reason.strip(),
            closed_at=iso(at),
            replied_at=complaint.replied_at or iso(at),
        )
        add_step(step, complaint_id, at, "rejected", reason, staff_id)
    return step.changes


def reopen_complaint(
    book: Book, *, complaint_id: int, at: datetime, text: str = "", staff_id: int | None = None
) -> Changes:
    """Take up an ended complaint again: within the window itself, later as a new one that follows it.

    `created["complaint"]` holds the new one's id in the second case. Raises UserError when it is open.
    """
    complaint = load(book, complaint_id)
    if complaint.status in OPEN:
        raise UserError(tr("The complaint {number} is open.", number=complaint.number))
    with book.step(mark("Reopen complaint {number}"), number=complaint.number) as step:
        if at - from_iso(_ended_at(complaint)) > timedelta(days=REOPEN_DAYS):
            open_within(book, step, at, text=text.strip(), follows=complaint_id, **_inherited(complaint))
        else:
            step.update(
                Complaint,
                complaint_id,
                status="investigating",
                reopened=complaint.reopened + 1,
                settled_at=None,
                closed_at=None,
                rejected_because="",
                settle_due_at=deadlines(opening_hours(book), complaint.severity, at)["settle_due_at"],
            )
            add_step(step, complaint_id, at, "reopened", text, staff_id)
    return step.changes


def _move(step: Step, complaint: Any, to: str, at: datetime) -> None:
    """Set the status and the times that go with it."""
    values: dict[str, Any] = {"status": to}
    if to in FIRST_WORD and not complaint.replied_at:
        values["replied_at"] = iso(at)
    if to == "settled":
        values["settled_at"] = iso(at)
    if to == "closed":
        values["closed_at"] = iso(at)
    step.update(Complaint, complaint.id, **values)


def _inherited(complaint: Any) -> dict[str, Any]:
    """What a complaint that follows another one has from it."""
    kept = "title", "customer_id", "order_id", "product_id", "channel", "staff_id"
    classified = "nature", "subject", "detail", "mood", "severity"
    return {name: getattr(complaint, name) for name in (*kept, *classified)}


def _ended_at(complaint: Any) -> str:
    return str(complaint.closed_at or complaint.settled_at or complaint.received_at)


def _must_be_open(complaint: Any) -> None:
    if complaint.status in ENDED:
        raise UserError(
            tr("The complaint {number} has ended.", number=complaint.number), tr("Reopen it first.")
        )


def _way_out(status: str, to: str) -> str:
    if to == "rejected":
        return tr("Use “Reject” and give the reason.")
    if status in ENDED:
        return tr("Reopen it first.")
    return tr("Complaints go forward through their steps.")
