"""Two complaints that are one made one: everything of the one that goes moves to the one that is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desktop.core import words
from desktop.core.complaint_process import ENDED, OPEN
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import ComplaintAlias, ComplaintLink
from desktop.models.references import Reference, references_to, unique_with
from desktop.operations.complaint_links import other_side
from desktop.operations.complaint_steps import Work, load, must_be_open, working

_SEVEREST = ("urgent", "high", "medium", "low")
_FILLED = ("customer_id", "order_id", "product_id", "channel", "wants", "detail", "mood", "staff_id",
           "dispute", "cause", "prevention")  # fmt: skip
"""What the kept complaint takes from the other where it says nothing itself."""


def merge_complaints(
    book: Book, *, kept_id: int, gone_id: int, at: datetime, staff_id: int | None = None
) -> Changes:
    """Make two complaints one, in one step: `gone_id` becomes part of `kept_id`, which keeps its number.

    Steps, promises, remedies, ratings, tasks, notes, files and links move over; the number of the one that
    goes is an alias of the other's from now on, and what it said a step of its history. The kept one takes
    the earlier receipt, first reply and deadlines, the higher severity, and of two open ones the further
    status; it waits for the customer only if both do. Raises UserError for complaints of two customers, and
    for one that has ended when the other is open.
    """
    if kept_id == gone_id:
        raise UserError(tr("A complaint can't be merged with itself."), tr("Choose another one."))
    gone_number = load(book, gone_id).number
    label = mark("Merge complaint {gone} into {number}")
    with working(book, kept_id, label, at, staff_id=staff_id, gone=gone_number) as work:
        gone = other_side(work, gone_id, at)
        _must_fit(work.complaint, gone.complaint)
        # Both clocks run before they are compared, unless both stand.
        if not (work.complaint.waiting_since and gone.complaint.waiting_since):
            work.end_waiting()
            gone.end_waiting()
        _share_customer(work, gone)
        _move_everything(work, gone_id)
        values = _united(work.complaint, gone.complaint)
        work.step.execute("DELETE FROM complaint WHERE id = ?", (gone_id,))
        work.step.insert(ComplaintAlias, number=gone.complaint.number, complaint_id=kept_id)
        work.set(**values)
        work.at = max(work.at, gone.at)
        work.note("merged", _said(gone.complaint))
    return work.step.changes


def _must_fit(kept: Any, gone: Any) -> None:
    if None not in (kept.customer_id, gone.customer_id) and kept.customer_id != gone.customer_id:
        raise UserError(
            tr("{number} and {other} are of two customers.", number=kept.number, other=gone.number),
            tr("Only complaints of one customer become one; others can be linked."),
        )
    if kept.status in ENDED and gone.status in OPEN:
        must_be_open(kept)


def _united(kept: Any, gone: Any) -> dict[str, Any]:
    """What the kept complaint is afterwards, as far as that differs."""
    values: dict[str, Any] = {
        name: getattr(gone, name) for name in _FILLED if not getattr(kept, name) and getattr(gone, name)
    }
    values["received_at"] = min(kept.received_at, gone.received_at)
    values["severity"] = min(kept.severity, gone.severity, key=_SEVEREST.index)
    values["reopened"] = max(kept.reopened, gone.reopened)
    replied = min(filter(None, (kept.replied_at, gone.replied_at)), default=None)
    ended = kept.settled_at or kept.closed_at
    if not (ended and replied and replied > ended):
        values["replied_at"] = replied
    if kept.status in OPEN and gone.status in OPEN:
        for name in ("reply_due_at", "settle_due_at"):
            values[name] = min(filter(None, (getattr(kept, name), getattr(gone, name))), default=None)
        values["status"] = max(kept.status, gone.status, key=OPEN.index)
        if kept.waiting_since and gone.waiting_since:
            values["waiting_since"] = max(kept.waiting_since, gone.waiting_since)
    if values.get("status", kept.status) == "received" and values.get("replied_at"):
        values["status"] = "acknowledged"
    return values


def _said(gone: Any) -> str:
    """What the complaint that goes said: its number and state, and its words."""
    status = words.name(words.COMPLAINT_STATUSES, gone.status)
    head = tr("{number} “{title}” ({status})", number=gone.number, title=gone.title, status=status)
    return "\n".join(part for part in (head, gone.text, gone.wants, gone.settlement) if part)


def _share_customer(work: Work, gone: Work) -> None:
    """What hangs on the one that has no customer is the other's customer's."""
    customer = work.complaint.customer_id or gone.complaint.customer_id
    if customer is not None:
        for table in ("promise", "rating", "interaction", "task"):
            work.step.execute(
                f"UPDATE {table} SET customer_id = ? WHERE complaint_id IN (?, ?) AND customer_id IS NULL",
                (customer, work.complaint.id, gone.complaint.id),
            )


def _move_everything(work: Work, gone_id: int) -> None:
    """Whatever refers to the complaint that goes refers to the kept one; what would stand twice goes."""
    kept_id, db = work.complaint.id, work.step.db
    for reference in references_to(db, "complaint"):
        if reference.table == "complaint_link":
            continue
        if reference.table == "complaint":
            _move_followers(work, gone_id)
        else:
            _move(work, reference, gone_id)
    _move_links(work, gone_id)
    work.step.execute(
        "DELETE FROM attachment WHERE subject = 'complaint' AND subject_id = ?1 AND sha256 IN "
        "(SELECT sha256 FROM attachment WHERE subject = 'complaint' AND subject_id = ?2)",
        (gone_id, kept_id),
    )
    work.step.execute(
        "UPDATE attachment SET subject_id = ? WHERE subject = 'complaint' AND subject_id = ?",
        (kept_id, gone_id),
    )


def _move(work: Work, reference: Reference, gone_id: int) -> None:
    table, column = reference.table, reference.column
    for others in unique_with(work.step.db, table, column):
        same = "".join(f' AND theirs."{name}" = t."{name}"' for name in others)
        work.step.execute(
            f'DELETE FROM "{table}" AS t WHERE t."{column}" = ?1 AND EXISTS '
            f'(SELECT 1 FROM "{table}" AS theirs WHERE theirs."{column}" = ?2{same})',
            (gone_id, work.complaint.id),
        )
    work.step.execute(
        f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?', (work.complaint.id, gone_id)
    )


def _move_followers(work: Work, gone_id: int) -> None:
    """Those that follow the one that goes follow the kept one; none ever follows itself."""
    kept_id, book = work.complaint.id, work.book
    after = _followed(book, gone_id)
    work.step.execute("UPDATE complaint SET follows = ? WHERE follows = ?", (kept_id, gone_id))
    own = _followed(book, kept_id)
    own = after if own in (None, kept_id) else own
    seen = {kept_id, gone_id}
    ahead = own
    while ahead is not None and ahead not in seen:
        seen.add(ahead)
        ahead = _followed(book, ahead)
    # A chain that comes back to the kept one is cut where it leaves it.
    work.step.execute(
        "UPDATE complaint SET follows = ? WHERE id = ?", (None if ahead is not None else own, kept_id)
    )


def _followed(book: Book, complaint_id: int) -> int | None:
    found = book.value("SELECT follows FROM complaint WHERE id = ?", (complaint_id,))
    return None if found is None else int(found)


def _move_links(work: Work, gone_id: int) -> None:
    kept_id = work.complaint.id
    known = {
        other
        for pair in work.book.rows(
            "SELECT complaint_id, linked_id FROM complaint_link WHERE ? IN (complaint_id, linked_id)",
            (kept_id,),
        )
        for other in pair
    } | {kept_id}
    for row, one, other in work.book.rows(
        "SELECT id, complaint_id, linked_id FROM complaint_link WHERE ? IN (complaint_id, linked_id)",
        (gone_id,),
    ):
        side, third = ("complaint_id", other) if one == gone_id else ("linked_id", one)
        if third in known:
            work.step.delete(ComplaintLink, [row])
        else:
            work.step.update(ComplaintLink, row, **{side: kept_id})
            known.add(third)
