"""Changes to complaints: opened, answered, moved on, rejected, reopened, corrected; each writes its steps.

Promises and remedies are in operations/promises.py. Moments are given by the caller, so that what happened an
hour ago can be recorded as such.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from desktop.operations.complaint_steps import (
    add_step,
    deadlines,
    end_waiting,
    load,
    opening_hours,
    waits,
)
from desktop.operations.service import next_number

_MOVED = {
    "acknowledged": mark("Acknowledge complaint {number}"),
    "assessed": mark("Assess complaint {number}"),
    "investigating": mark("Investigate complaint {number}"),
    "offered": mark("Offer a remedy for complaint {number}"),
    "settled": mark("Settle complaint {number}"),
    "closed": mark("Close complaint {number}"),
}
"""What a move is called in the menu that undoes it."""


def open_complaint(
    book: Book,
    *,
    title: str,
    received_at: datetime,
    customer_id: int | None = None,
    order_id: int | None = None,
    product_id: int | None = None,
    channel: str = "shop",
    text: str = "",
    wants: str = "",
    nature: str = "valid",
    subject: str = "quality",
    detail: str = "",
    mood: str = "",
    severity: str = "medium",
    follows: int | None = None,
    staff_id: int | None = None,
) -> Changes:
    """Open a complaint; number (C-2026-0117) and deadlines come by themselves. Raises UserError untitled."""
    title = _title(title)
    with book.step(mark("New complaint “{title}”"), title=title) as step:
        _open(
            book,
            step,
            received_at,
            title=title,
            customer_id=customer_id,
            order_id=order_id,
            product_id=product_id,
            channel=channel,
            text=text.strip(),
            wants=wants.strip(),
            nature=nature,
            subject=subject,
            detail=detail.strip(),
            mood=mood,
            severity=severity,
            follows=follows,
            staff_id=staff_id,
        )
    return step.changes


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
        move(step, complaint, to, at)
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
            _open(book, step, at, text=text.strip(), follows=complaint_id, **_inherited(complaint))
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


def edit_complaint(
    book: Book, *, complaint_id: int, at: datetime, staff_id: int | None = None, **values: Any
) -> Changes:
    """Correct a complaint: any of `open_complaint`'s values. Open deadlines follow severity and receipt."""
    complaint = load(book, complaint_id)
    if "title" in values:
        values["title"] = _title(values["title"])
    received = values.pop("received_at", None) or from_iso(complaint.received_at)
    values["received_at"] = iso(received)
    severity = values.get("severity", complaint.severity)
    if complaint.status in OPEN and (severity, values["received_at"]) != (
        complaint.severity,
        complaint.received_at,
    ):
        values |= _new_deadlines(book, complaint, severity, received)
    with book.step(mark("Correct complaint {number}"), number=complaint.number) as step:
        changed = {name: value for name, value in values.items() if getattr(complaint, name) != value}
        if changed:
            step.update(Complaint, complaint_id, **changed)
            add_step(step, complaint_id, at, "edited", "", staff_id)
    return step.changes


def delete_complaints(book: Book, *, complaint_ids: Sequence[int]) -> Changes:
    """Remove complaints with their steps, promises and remedies."""
    if len(complaint_ids) == 1:
        label, args = mark("Delete complaint {number}"), {"number": load(book, complaint_ids[0]).number}
    else:
        label, args = mark("Delete {count} complaints"), {"count": len(complaint_ids)}
    with book.step(label, **args) as step:
        step.delete(Complaint, complaint_ids)
    return step.changes


def move(step: Step, complaint: Any, to: str, at: datetime) -> None:
    """Set the status and the times that go with it."""
    values: dict[str, Any] = {"status": to}
    if to in FIRST_WORD and not complaint.replied_at:
        values["replied_at"] = iso(at)
    if to == "settled":
        values["settled_at"] = iso(at)
    if to == "closed":
        values["closed_at"] = iso(at)
    step.update(Complaint, complaint.id, **values)


def _open(book: Book, step: Step, received: datetime, **values: Any) -> int:
    complaint_id = step.insert(
        Complaint,
        number=next_number(step, "complaint", "C", received.year),
        received_at=iso(received),
        **deadlines(opening_hours(book), values["severity"], received),
        **values,
    )
    add_step(step, complaint_id, received, "received", staff_id=values.get("staff_id"))
    return complaint_id


def _inherited(complaint: Any) -> dict[str, Any]:
    """What a complaint that follows another one has from it."""
    kept = "title", "customer_id", "order_id", "product_id", "channel", "staff_id"
    classified = "nature", "subject", "detail", "mood", "severity"
    return {name: getattr(complaint, name) for name in (*kept, *classified)}


def _new_deadlines(book: Book, complaint: Any, severity: str, received: datetime) -> dict[str, str]:
    """The deadlines after a correction: counted anew, past waiting added; a kept reply keeps its own."""
    hours = opening_hours(book)
    waited = sum(hours.between(start, end) for start, end in waits(book, complaint.id)[0])
    due = deadlines(hours, severity, received)
    due["settle_due_at"] = iso(hours.add(from_iso(due["settle_due_at"]), waited))
    if complaint.replied_at:
        del due["reply_due_at"]
    return due


def _title(title: str) -> str:
    title = title.strip()
    if not title:
        raise UserError(tr("The complaint has no title."), tr("Write in a few words what it is about."))
    return title


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
