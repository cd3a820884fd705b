"""What the operations on complaints share: reading one, writing its steps, and its clock in working hours."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desktop.core.complaint_process import DEADLINES
from desktop.core.days import from_iso, iso
from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.core.working_hours import OpeningHours
from desktop.models.book import Book
from desktop.models.complaints import Complaint, ComplaintStep
from desktop.models.history import Step


def opening_hours(book: Book) -> OpeningHours:
    """The shop's hours and holidays, by which deadlines count."""
    return OpeningHours.from_settings(book.setting("shop.opening"), book.setting("shop.holidays"))


def load(book: Book, complaint_id: int) -> Any:
    """The complaint's record. Raises UserError when it is gone."""
    found = book.get(Complaint, complaint_id)
    if found is None:
        raise UserError(
            tr("This complaint is no longer in the book."),
            tr("It was deleted meanwhile; undo brings it back."),
        )
    return found


def add_step(
    step: Step, complaint_id: int, at: datetime, kind: str, text: str = "", staff_id: int | None = None
) -> None:
    """Write one line of the complaint's history."""
    step.insert(
        ComplaintStep, complaint_id=complaint_id, at=iso(at), kind=kind, text=text.strip(), staff_id=staff_id
    )


def deadlines(hours: OpeningHours, severity: str, received: datetime) -> dict[str, str]:
    """`reply_due_at` and `settle_due_at` of a complaint received at a moment."""
    allowed = DEADLINES[severity]
    return {
        "reply_due_at": iso(hours.add(received, allowed.reply)),
        "settle_due_at": iso(hours.add(received, allowed.settle)),
    }


def waits(book: Book, complaint_id: int) -> tuple[list[tuple[datetime, datetime]], datetime | None]:
    """The times spent waiting for the customer, and since when we wait now (None: we don't)."""
    spans: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    for at, kind in book.rows(
        "SELECT at, kind FROM complaint_step WHERE complaint_id = ? AND kind IN ('waiting', 'resumed') "
        "ORDER BY at, id",
        (complaint_id,),
    ):
        moment = from_iso(at)
        if kind == "waiting":
            since = since or moment
        elif since:
            spans.append((since, moment))
            since = None
    return spans, since


def end_waiting(book: Book, step: Step, complaint: Any, at: datetime, staff_id: int | None = None) -> bool:
    """Start the clock again, if it stood: the open deadlines move by the working time that was waited."""
    _, since = waits(book, complaint.id)
    if since is None:
        return False
    hours = opening_hours(book)
    waited = max(0, hours.between(since, at))
    moved = {}
    if complaint.settle_due_at:
        moved["settle_due_at"] = iso(hours.add(from_iso(complaint.settle_due_at), waited))
    if complaint.reply_due_at and not complaint.replied_at:
        moved["reply_due_at"] = iso(hours.add(from_iso(complaint.reply_due_at), waited))
    step.update(Complaint, complaint.id, **moved)
    add_step(step, complaint.id, max(at, since), "resumed", staff_id=staff_id)
    return True
