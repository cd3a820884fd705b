"""Complaints that belong together: linked as related, of the same cause, or one split off from the other."""

from __future__ import annotations

from datetime import datetime

from desktop.core import words
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import ComplaintLink
from desktop.operations.complaint_steps import Work, load, moment_of, working


def link_complaints(
    book: Book,
    *,
    complaint_id: int,
    linked_id: int,
    at: datetime,
    kind: str = "related",
    staff_id: int | None = None,
) -> Changes:
    """Link a complaint to another; `kind` is one of words.COMPLAINT_LINKS. Both histories tell of it.

    Linking the same two in another way changes the kind. Raises UserError for a complaint and itself, or for
    two that are linked so already.
    """
    if kind not in words.COMPLAINT_LINKS:
        raise KeyError(kind)
    if complaint_id == linked_id:
        raise UserError(tr("A complaint can't be linked to itself."), tr("Choose another one."))
    label = mark("Link complaint {number} to {other}")
    other_number = load(book, linked_id).number
    with working(book, complaint_id, label, at, staff_id=staff_id, moves=False, other=other_number) as work:
        other = other_side(work, linked_id, at)
        known = book.row(
            "SELECT id, kind FROM complaint_link WHERE (complaint_id = ?1 AND linked_id = ?2) "
            "OR (complaint_id = ?2 AND linked_id = ?1)",
            (complaint_id, linked_id),
        )
        if known and known[1] == kind:
            raise UserError(
                tr(
                    "{number} and {other} are linked already.",
                    number=work.complaint.number,
                    other=other.complaint.number,
                )
            )
        if known:
            work.step.delete(ComplaintLink, [known[0]])
        work.step.insert(ComplaintLink, complaint_id=complaint_id, linked_id=linked_id, kind=kind)
        work.note("linked", other.complaint.number)
        other.note("linked", work.complaint.number)
    return work.step.changes


def unlink_complaints(book: Book, *, link_id: int, at: datetime, staff_id: int | None = None) -> Changes:
    """Take a link away; both histories tell of it. Raises UserError when it is gone."""
    complaint_id, linked_id = _link(book, link_id)
    label = mark("Unlink complaint {number} from {other}")
    other_number = load(book, linked_id).number
    with working(book, complaint_id, label, at, staff_id=staff_id, moves=False, other=other_number) as work:
        _link(book, link_id)
        other = other_side(work, linked_id, at)
        work.step.delete(ComplaintLink, [link_id])
        work.note("unlinked", other.complaint.number)
        other.note("unlinked", work.complaint.number)
    return work.step.changes


def other_side(work: Work, complaint_id: int, at: datetime) -> Work:
    """Work on a second complaint within the same step, at its own moment."""
    other = load(work.book, complaint_id)
    moment = moment_of(work.book, other, at, typed=False, moves=False)
    return Work(work.book, work.step, other, moment, work.staff_id)


def _link(book: Book, link_id: int) -> tuple[int, int]:
    found = book.row("SELECT complaint_id, linked_id FROM complaint_link WHERE id = ?", (link_id,))
    if found is None:
        raise UserError(
            tr("This link is no longer in the book."), tr("It was removed meanwhile; undo brings it back.")
        )
    return int(found[0]), int(found[1])
