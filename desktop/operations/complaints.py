"""Changes to the record of a complaint: opened, corrected, given to a clerk, weighed anew, deleted.

What happens to it in between is in operations/complaint_moves.py and complaint_words.py, promises in
promises.py, remedies in remedies.py. Moments are given by the caller, so that what happened an hour ago can
be recorded as such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desktop.core.complaint_process import OPEN, deadlines
from desktop.core.dates import format_when, from_iso, iso, now
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import Complaint, ComplaintStep
from desktop.models.history import Step
from desktop.operations.complaint_points import give_points, given_points, take_points
from desktop.operations.complaint_steps import Work, add_step, allowed, load, moment_of, recounted, working
from desktop.operations.complaint_values import cleaned, refuse_unseen
from desktop.operations.numbers import next_number
from desktop.queries.opening import opening_hours


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
    dispute: str = "",
    follows: int | None = None,
    staff_id: int | None = None,
) -> Changes:
    """Open a complaint; number (C-2026-0117) and deadlines come by themselves.

    `staff_id` is the clerk who looks after it, `dispute` the number that a platform gave it. A customer who
    was merged meanwhile is the one they became. Raises UserError untitled, or when what it names is gone.
    """
    values = cleaned(
        book,
        title=title,
        customer_id=customer_id,
        order_id=order_id,
        product_id=product_id,
        channel=channel,
        text=text,
        wants=wants,
        nature=nature,
        subject=subject,
        detail=detail,
        mood=mood,
        severity=severity,
        dispute=dispute,
        staff_id=staff_id,
    )
    if follows is not None:
        load(book, follows)
    with book.step(mark("New complaint “{title}”"), title=values["title"]) as step:
        open_within(book, step, received_at, follows=follows, **values)
    return step.changes


def edit_complaint(
    book: Book, *, complaint_id: int, at: datetime, was: Mapping[str, Any] | None = None, **values: Any
) -> Changes:
    """Correct a complaint: any of `open_complaint`'s values, and what was found out and agreed (`cause`,
    `prevention`, `settlement`, `alternatives`, `rejected_because`).

    Open deadlines follow severity and receipt; promises and points given follow the customer. `was`: what the
    form showed when it was opened; what stands unchanged in it is left alone, and what somebody else has
    changed meanwhile is not overwritten but told in a UserError, as is what `open_complaint` refuses.
    """
    values = cleaned(book, **values)
    if was is not None:
        shown = cleaned(book, check=False, **{name: was[name] for name in values if name in was})
        values = {name: value for name, value in values.items() if name not in shown or value != shown[name]}
    else:
        shown = {}
    with working(book, complaint_id, mark("Correct complaint {number}"), at, moves=False) as work:
        changed = {name: value for name, value in values.items() if getattr(work.complaint, name) != value}
        refuse_unseen(work.complaint, changed, shown)
        if changed:
            _correct(work, changed)
            work.note("edited")
    return work.step.changes


def assign_complaints(
    book: Book, *, complaint_ids: Sequence[int], staff_id: int | None, at: datetime
) -> Changes:
    """Give complaints to a clerk, or to nobody in particular; those deleted meanwhile are left out."""
    cleaned(book, staff_id=staff_id)
    who = book.value("SELECT name FROM staff WHERE id = ?", (staff_id,)) or ""
    label, args = _several(
        book,
        complaint_ids,
        mark("Give complaint {number} to a clerk"),
        mark("Give {count} complaints to a clerk"),
    )
    with book.step(label, **args) as step:
        for complaint in _still_there(book, complaint_ids):
            if complaint.staff_id != staff_id:
                work = _among_several(book, step, complaint, at)
                work.set(staff_id=staff_id)
                work.note("assigned", who)
    return step.changes


def set_severity(book: Book, *, complaint_ids: Sequence[int], severity: str, at: datetime) -> Changes:
    """Weigh complaints anew; the deadlines of open ones follow. Those deleted meanwhile are left out."""
    cleaned(book, severity=severity)
    label, args = _several(
        book, complaint_ids, mark("Severity of complaint {number}"), mark("Severity of {count} complaints")
    )
    with book.step(label, **args) as step:
        for complaint in _still_there(book, complaint_ids):
            if complaint.severity != severity:
                work = _among_several(book, step, complaint, at)
                _correct(work, {"severity": severity})
                work.note("edited")
    return step.changes


def delete_complaints(book: Book, *, complaint_ids: Sequence[int]) -> Changes:
    """Remove complaints with their steps, promises, remedies and files; points given by them are taken back.

    Those deleted meanwhile are left out. Raises UserError when none is left.
    """
    label, args = _several(
        book, complaint_ids, mark("Delete complaint {number}"), mark("Delete {count} complaints")
    )
    at = from_iso(now())
    with book.step(label, **args) as step:
        there = _still_there(book, complaint_ids)
        for complaint in there:
            take_points(step, complaint, given_points(step, complaint.id), at, book.clerk_id())
        step.delete(Complaint, [complaint.id for complaint in there])
    return step.changes


def open_within(book: Book, step: Step, received: datetime, **values: Any) -> int:
    """Open a complaint as part of a step that does more; gives its id."""
    complaint_id = step.insert(
        Complaint,
        number=next_number(step, "complaint", "C", received.year),
        received_at=iso(received),
        **deadlines(opening_hours(book), allowed(book)[values["severity"]], received),
        **values,
    )
    staff_id = values.get("staff_id")
    clerk = book.clerk_id() if staff_id is None else staff_id
    add_step(step, complaint_id, received, "received", staff_id=clerk)
    return complaint_id


def _correct(work: Work, changed: dict[str, Any]) -> None:
    """Write corrected values with what follows from them."""
    complaint = work.complaint
    received = changed.get("received_at", complaint.received_at)
    if received != complaint.received_at:
        _receive_at(work, received)
    if "customer_id" in changed:
        _change_customer(work, changed["customer_id"])
    if complaint.status in OPEN and {"severity", "received_at"} & set(changed):
        changed |= recounted(
            work.book,
            complaint,
            hours=opening_hours(work.book),
            allowed=allowed(work.book)[changed.get("severity", complaint.severity)],
            received=from_iso(received),
        )
    work.set(**changed)


def _receive_at(work: Work, received: str) -> None:
    """The history begins when the complaint was received. Raises UserError when it began before that."""
    row = work.complaint.id
    begins = work.book.value(
        "SELECT id FROM complaint_step WHERE complaint_id = ? AND kind = 'received' ORDER BY at, id", (row,)
    )
    earliest = work.book.value(
        "SELECT min(at) FROM complaint_step WHERE complaint_id = ? AND id IS NOT ?", (row, begins)
    )
    if earliest is not None and received > earliest:
        raise UserError(
            tr("Something was recorded in the complaint before that: {when}.", when=format_when(earliest)),
            tr("Choose an earlier time."),
        )
    if begins is not None:
        work.step.update(ComplaintStep, begins, at=received)
    work.at = max(work.at, from_iso(received))


def _change_customer(work: Work, customer_id: int | None) -> None:
    """What hangs on a complaint is of its customer: promises, ratings, notes, tasks, points given."""
    step, complaint = work.step, work.complaint
    was = complaint.customer_id
    points = given_points(step, complaint.id)
    take_points(step, complaint, points, work.at, work.staff_id)
    for table in ("promise", "rating", "interaction", "task"):
        step.execute(
            f"UPDATE {table} SET customer_id = ? WHERE complaint_id = ? AND customer_id IS ?",
            (customer_id, complaint.id, was),
        )
    work.set(customer_id=customer_id)
    give_points(step, complaint, points, work.at, work.staff_id)


def _several(book: Book, complaint_ids: Sequence[int], one: str, many: str) -> tuple[str, dict[str, Any]]:
    """What a step on those of the complaints that are still there is called, with its words."""
    there = _still_there(book, complaint_ids)
    return (one, {"number": there[0].number}) if len(there) == 1 else (many, {"count": len(there)})


def _still_there(book: Book, complaint_ids: Sequence[int]) -> list[Any]:
    """The records of those that are still there, to be read again within the step: an undo may be under way.

    Raises UserError when none is.
    """
    there = [found for row in dict.fromkeys(complaint_ids) if (found := book.get(Complaint, row)) is not None]
    if not there:
        load(book, complaint_ids[0])
    return there


def _among_several(book: Book, step: Step, complaint: Any, at: datetime) -> Work:
    moment = moment_of(book, complaint, at, typed=False, moves=False)
    return Work(book, step, complaint, moment, book.clerk_id())
