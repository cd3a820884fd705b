"""What a complainant is promised and given: promises made, kept or broken, and remedies with their cost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desktop.core.complaint_process import OPEN
from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.core.words import REMEDIES
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import Complaint, Promise, Remedy
from desktop.operations.complaint_steps import add_step, end_waiting, load


def add_promise(
    book: Book,
    *,
    text: str,
    made_at: datetime,
    due_at: datetime,
    complaint_id: int | None = None,
    customer_id: int | None = None,
    staff_id: int | None = None,
) -> Changes:
    """Record what was promised and until when. Raises UserError for no text, or a time before it is made."""
    text = text.strip()
    if not text:
        raise UserError(tr("The promise is empty."), tr("Write what was promised."))
    if due_at < made_at:
        raise UserError(tr("The promise would be due before it is made."), tr("Choose a later time."))
    if complaint_id is not None:
        customer_id = load(book, complaint_id).customer_id
    with book.step(mark("Promise “{text}”"), text=text) as step:
        step.insert(
            Promise,
            complaint_id=complaint_id,
            customer_id=customer_id,
            text=text,
            made_at=iso(made_at),
            due_at=iso(due_at),
            staff_id=staff_id,
        )
        if complaint_id is not None:
            add_step(step, complaint_id, made_at, "promise", text, staff_id)
    return step.changes


def keep_promise(book: Book, *, promise_id: int, at: datetime, staff_id: int | None = None) -> Changes:
    """The promise was kept."""
    return _end(book, promise_id, at, "kept", mark("Promise kept: “{text}”"), staff_id)


def break_promise(book: Book, *, promise_id: int, at: datetime, staff_id: int | None = None) -> Changes:
    """The promise was broken."""
    return _end(book, promise_id, at, "broken", mark("Promise broken: “{text}”"), staff_id)


def give_remedy(
    book: Book,
    *,
    complaint_id: int,
    kind: str,
    at: datetime,
    cost: int = 0,
    text: str = "",
    staff_id: int | None = None,
) -> Changes:
    """Record a remedy and its cost in minor units; an open complaint becomes “remedy offered” by it."""
    complaint = load(book, complaint_id)
    if kind not in REMEDIES:
        raise UserError(tr("There is no remedy of the kind “{kind}”.", kind=kind))
    if cost < 0:
        raise UserError(tr("The cost cannot be less than nothing."))
    with book.step(mark("Remedy for complaint {number}"), number=complaint.number) as step:
        step.insert(
            Remedy, complaint_id=complaint_id, kind=kind, cost=cost, text=text.strip(), given_at=iso(at)
        )
        if complaint.status in OPEN:
            end_waiting(book, step, complaint, at, staff_id)
            replied = complaint.replied_at or iso(at)
            step.update(Complaint, complaint_id, status="offered", replied_at=replied)
        add_step(step, complaint_id, at, "remedy", text, staff_id)
    return step.changes


def delete_remedy(book: Book, *, remedy_id: int) -> Changes:
    """Take a remedy off the complaint again."""
    found: Any = book.get(Remedy, remedy_id)
    if found is None:
        return Changes()
    number = load(book, found.complaint_id).number
    with book.step(mark("Delete the remedy for complaint {number}"), number=number) as step:
        step.delete(Remedy, [remedy_id])
    return step.changes


def _end(
    book: Book, promise_id: int, at: datetime, outcome: str, label: str, staff_id: int | None
) -> Changes:
    promise: Any = book.get(Promise, promise_id)
    if promise is None:
        raise UserError(
            tr("This promise is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
        )
    if promise.outcome == outcome:
        return Changes()
    with book.step(label, text=promise.text) as step:
        step.update(Promise, promise_id, outcome=outcome, ended_at=iso(at))
        if promise.complaint_id is not None:
            add_step(step, promise.complaint_id, at, f"promise-{outcome}", promise.text, staff_id)
    return step.changes
