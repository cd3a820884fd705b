"""A complaint that turned out to be two taken apart: a second one with what is its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop.core.complaint_process import MOVING, deadlines
from desktop.core.dates import from_iso, iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.core.words import SEVERITIES
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import Complaint, ComplaintLink
from desktop.models.references import marks
from desktop.operations.complaint_steps import Work, add_step, allowed, must_be_open, waits, working
from desktop.operations.numbers import next_number
from desktop.operations.remedies import back_without_offer, has_remedy
from desktop.queries.opening import opening_hours

_SHARED = ("received_at", "customer_id", "order_id", "product_id", "channel", "staff_id", "waiting_since")
_KEPT = ("nature", "subject", "detail", "mood", "severity")


def split_complaint(
    book: Book,
    *,
    complaint_id: int,
    title: str,
    at: datetime,
    text: str = "",
    wants: str = "",
    nature: str | None = None,
    subject: str | None = None,
    detail: str | None = None,
    mood: str | None = None,
    severity: str | None = None,
    steps: Sequence[int] = (),
    promises: Sequence[int] = (),
    remedies: Sequence[int] = (),
    attachments: Sequence[int] = (),
    staff_id: int | None = None,
) -> Changes:
    """Open a second complaint from part of an open one, in one step; `created["complaint"]` is its id.

    It has the same receipt, customer, order, product, channel, clerk, first reply and waiting; what is None
    is as in the first. The chosen steps (words only, see `may_move`), promises, remedies and files move over.
    Both histories tell of it, and a link of the kind "split" ties them. Raises UserError without a title,
    when the first has ended, or when something chosen is no longer there.
    """
    title = title.strip()
    if not title:
        raise UserError(tr("The complaint has no title."), tr("Write in a few words what it is about."))
    if severity is not None and severity not in SEVERITIES:
        raise KeyError(severity)
    label = mark("Split complaint {number}")
    with working(book, complaint_id, label, at, staff_id=staff_id, moves=False) as work:
        must_be_open(work.complaint)
        _check_chosen(work, steps, promises, remedies, attachments)
        said = {"nature": nature, "subject": subject, "detail": detail, "mood": mood, "severity": severity}
        values = {
            name: getattr(work.complaint, name) if value is None else value for name, value in said.items()
        }
        new_id, number = _open(work, title=title, text=text.strip(), wants=wants.strip(), **values)
        _move(work, new_id, steps, promises, remedies, attachments)
        work.step.insert(ComplaintLink, complaint_id=complaint_id, linked_id=new_id, kind="split")
        work.note("split", tr("{number} “{title}”", number=number, title=title))
        first = tr("{number} “{title}”", number=work.complaint.number, title=work.complaint.title)
        add_step(work.step, new_id, work.at, "split", first, work.staff_id)
        if remedies:
            back_without_offer(work)
        # Whoever reads the id wants the complaint, and not what was written after it.
        work.step.created["complaint"] = new_id
    return work.step.changes


def may_move(kind: str) -> bool:
    """Whether a step may go to the complaint that is split off: what moved the first one stays with it."""
    return kind not in MOVING and kind not in ("merged", "split", "linked", "unlinked", "assigned", "edited")


def _open(work: Work, **values: Any) -> tuple[int, str]:
    """The second complaint, as far on its way as the first word and what is offered; its id and number."""
    old, step = work.complaint, work.step
    received = from_iso(old.received_at)
    number = next_number(step, "complaint", "C", received.year)
    hours, severity = opening_hours(work.book), values["severity"]
    if severity == old.severity and old.reply_due_at and old.settle_due_at:
        due = {"reply_due_at": old.reply_due_at, "settle_due_at": old.settle_due_at}
    else:
        waited = sum(hours.between(*span) for span in waits(work.book, old.id))
        due = {
            name: iso(hours.add(from_iso(when), waited))
            for name, when in deadlines(hours, allowed(work.book)[severity], received).items()
        }
    new_id = step.insert(
        Complaint,
        number=number,
        status="acknowledged" if old.replied_at else "received",
        replied_at=old.replied_at,
        **{name: getattr(old, name) for name in _SHARED},
        **values,
        **due,
    )
    add_step(step, new_id, received, "received", staff_id=work.staff_id)
    # Its clock has stood as long as the other's, and may still.
    step.execute(
        "INSERT INTO complaint_step (complaint_id, at, kind, text, staff_id) "
        "SELECT ?, at, kind, text, staff_id FROM complaint_step "
        "WHERE complaint_id = ? AND kind IN ('reply', 'waiting', 'resumed') ORDER BY at, id",
        (new_id, old.id),
    )
    return new_id, number


def _check_chosen(
    work: Work,
    steps: Sequence[int],
    promises: Sequence[int],
    remedies: Sequence[int],
    attachments: Sequence[int],
) -> None:
    """Raises UserError for what is not the complaint's any more, or for a step that can't leave it."""
    row = work.complaint.id
    for table, ids in (("complaint_step", steps), ("promise", promises), ("remedy", remedies)):
        _must_all_be(work, table, "complaint_id = ?", (row,), ids)
    _must_all_be(work, "attachment", "subject = 'complaint' AND subject_id = ?", (row,), attachments)
    kinds = work.book.rows(f"SELECT kind FROM complaint_step WHERE id IN ({marks(steps)})", tuple(steps))
    if not all(may_move(kind) for (kind,) in kinds):
        raise UserError(
            tr("What moved complaint {number} stays with it.", number=work.complaint.number),
            tr("Choose notes and words only."),
        )


def _must_all_be(work: Work, table: str, where: str, params: tuple[Any, ...], ids: Sequence[int]) -> None:
    found = work.book.value(
        f"SELECT count(*) FROM {table} WHERE {where} AND id IN ({marks(ids)})", (*params, *ids)
    )
    if found != len(set(ids)):
        raise UserError(
            tr("Something you chose is no longer in complaint {number}.", number=work.complaint.number),
            tr("It was deleted or moved meanwhile. Choose again."),
        )


def _move(
    work: Work,
    new_id: int,
    steps: Sequence[int],
    promises: Sequence[int],
    remedies: Sequence[int],
    attachments: Sequence[int],
) -> None:
    for table, ids in (("complaint_step", steps), ("promise", promises), ("remedy", remedies)):
        work.step.execute_many(
            f"UPDATE {table} SET complaint_id = ? WHERE id = ?", [(new_id, one) for one in ids]
        )
    work.step.execute_many(
        "UPDATE attachment SET subject_id = ? WHERE id = ?", [(new_id, one) for one in attachments]
    )
    if has_remedy(work.book, new_id):
        work.step.update(Complaint, new_id, status="offered")
        add_step(work.step, new_id, work.at, "offered", staff_id=work.staff_id)
