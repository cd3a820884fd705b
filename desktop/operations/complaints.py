"""Changes to the record of a complaint: opened, corrected, deleted.

What happens to it in between is in operations/complaint_moves.py, promises and remedies in
operations/promises.py. Moments are given by the caller, so that what happened an hour ago can be recorded as
such.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop.core.complaint_process import OPEN
from desktop.core.days import from_iso, iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import Complaint
from desktop.models.history import Step
from desktop.operations.complaint_steps import add_step, deadlines, load, opening_hours, waits
from desktop.operations.numbers import next_number


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
        open_within(
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


def open_within(book: Book, step: Step, received: datetime, **values: Any) -> int:
    """Open a complaint as part of a step that does more; gives its id."""
    complaint_id = step.insert(
        Complaint,
        number=next_number(step, "complaint", "C", received.year),
        received_at=iso(received),
        **deadlines(opening_hours(book), values["severity"], received),
        **values,
    )
    add_step(step, complaint_id, received, "received", staff_id=values.get("staff_id"))
    return complaint_id


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
