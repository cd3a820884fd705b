"""Words about a complaint: the first reply, what was said later, what the customer answered, notes."""

from __future__ import annotations

from datetime import datetime

from desktop.core.complaint_process import ENDED
from desktop.core.dates import format_when, iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations.complaint_steps import Work, moment_of, working


def record_reply(
    book: Book,
    *,
    complaint_id: int,
    at: datetime,
    text: str = "",
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """Record the first word to the customer; a complaint just received counts as acknowledged by it.

    Of one that has ended it must lie before the end. Raises UserError when it is recorded already.
    """
    label = mark("First reply to complaint {number}")
    with working(book, complaint_id, label, at, staff_id=staff_id, typed=typed, moves=False) as work:
        complaint = work.complaint
        if complaint.replied_at:
            raise UserError(
                tr(
                    "The first reply to {number} is recorded already: {when}.",
                    number=complaint.number,
                    when=format_when(complaint.replied_at),
                ),
                tr("Record what was said later instead."),
            )
        ended = complaint.settled_at or complaint.closed_at
        if complaint.status in ENDED and ended and iso(work.at) > ended:
            raise UserError(
                tr(
                    "The complaint {number} ended before that: {when}.",
                    number=complaint.number,
                    when=format_when(ended),
                ),
                tr("Choose the time at which the customer had the first word from you."),
            )
        _reply(work, text)
    return work.step.changes


def record_contact(
    book: Book,
    *,
    complaint_id: int,
    at: datetime,
    text: str = "",
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """Record what was said to the customer; of an open complaint without a first reply it is that."""
    label = mark("Word to the customer on complaint {number}")
    with working(book, complaint_id, label, at, staff_id=staff_id, typed=typed, moves=False) as work:
        if work.complaint.replied_at is None and work.complaint.status not in ENDED:
            _reply(work, text)
        else:
            work.note("contact", text)
    return work.step.changes


def record_answer(
    book: Book,
    *,
    complaint_id: int,
    at: datetime,
    text: str = "",
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """Record what the customer said; the clock that stood for it runs again.

    Raises UserError for no words, unless they were waited for.
    """
    label = mark("The customer's answer on complaint {number}")
    with working(book, complaint_id, label, at, staff_id=staff_id, typed=typed, moves=False) as work:
        if work.complaint.waiting_since is None:
            _needs(text, tr("The answer is empty."), tr("Write what the customer said, then save it."))
        else:
            moment_of(book, work.complaint, at, typed=typed, moves=True)
        work.note("heard", text)
        work.end_waiting()
    return work.step.changes


def note_complaint(
    book: Book,
    *,
    complaint_id: int,
    at: datetime,
    text: str,
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """Write something down in the complaint's history. Raises UserError for no words."""
    _needs(text, tr("The note is empty."), tr("Write what happened, then save it."))
    label = mark("Note on complaint {number}")
    with working(book, complaint_id, label, at, staff_id=staff_id, typed=typed, moves=False) as work:
        work.note("note", text)
    return work.step.changes


def _reply(work: Work, text: str) -> None:
    status = "acknowledged" if work.complaint.status == "received" else work.complaint.status
    work.set(replied_at=iso(work.at), status=status)
    work.note("reply", text)


def _needs(text: str, problem: str, hint: str) -> None:
    if not text.strip():
        raise UserError(problem, hint)
