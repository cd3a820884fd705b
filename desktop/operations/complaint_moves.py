"""What moves a complaint from its receipt to its end, and what stops its clock.

Moments are given by the caller: `at` is the computer's clock, or with `typed` what somebody wrote (see
complaint_steps.moment_of).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from desktop.core import words
from desktop.core.complaint_process import ENDED, FIRST_WORD, MOVES
from desktop.core.dates import format_when, iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations.asking import ask_within
from desktop.operations.complaint_steps import Work, must_be_open, working
from desktop.operations.rated_things import About
from desktop.operations.ratings import Verdict, rate_within
from desktop.operations.remedies import decline_offers, give_offers

_MOVED = {
    "acknowledged": mark("Acknowledge complaint {number}"),
    "assessed": mark("Assess complaint {number}"),
    "investigating": mark("Investigate complaint {number}"),
    "offered": mark("Offer a remedy for complaint {number}"),
    "settled": mark("Settle complaint {number}"),
    "closed": mark("Close complaint {number}"),
}
"""What a move is called in the menu that undoes it."""
_FOUND = frozenset({"cause", "prevention", "settlement"})


def advance_complaint(
    book: Book,
    *,
    complaint_id: int,
    to: str,
    at: datetime,
    text: str = "",
    declined: Collection[int] = (),
    typed: bool = False,
    staff_id: int | None = None,
    **found: str,
) -> Changes:
    """Move a complaint to another status. Raises UserError for a move that the process does not have.

    `found`: `cause`, `prevention`, `settlement`, as far as they are known now. Back from an offer, open
    offers are declined; settling gives them, but those `declined`, and takes `text` as the settlement if none
    is said.
    """
    if to == "settled":
        found.setdefault("settlement", text)
        text = text or found["settlement"]
    with working(book, complaint_id, _MOVED.get(to, ""), at, staff_id=staff_id, typed=typed) as work:
        _check_move(work, to)
        _advance(work, to, text, declined, found)
    return work.step.changes


def settle_complaint(
    book: Book,
    *,
    complaint_id: int,
    at: datetime,
    settlement: str = "",
    cause: str = "",
    prevention: str = "",
    perceived: int | None = None,
    asked: bool = False,
    declined: Collection[int] = (),
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """End a complaint as the customer agreed; what was offered is given, but the remedies `declined`.

    `perceived` (1-5) is how the customer found the handling, where they said so at once; `asked`: they were
    asked and may say so later. Raises UserError as `advance_complaint` does, and for a number outside its
    scale.
    """
    label = _MOVED["settled"]
    with working(book, complaint_id, label, at, staff_id=staff_id, typed=typed) as work:
        _check_move(work, "settled")
        found = {"settlement": settlement, "cause": cause, "prevention": prevention}
        _advance(work, "settled", settlement, declined, found)
        complaint, channel = work.complaint, work.complaint.channel
        about = {"customer_id": complaint.customer_id, "complaint_id": complaint.id}
        if perceived is not None:
            said = Verdict(
                **about, rated_at=work.at, channel=channel, perceived=perceived, staff_id=work.staff_id
            )
            rate_within(book, work.step, said)
        elif asked:
            ask_within(book, work.step, About(**about), at=work.at, channel=channel)
    return work.step.changes


def wait_for_customer(
    book: Book,
    *,
    complaint_id: int,
    at: datetime,
    text: str = "",
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """Stop the clock: the next word is the customer's. Raises UserError when it has ended, or stands."""
    label = mark("Complaint {number} waits for the customer")
    with working(book, complaint_id, label, at, staff_id=staff_id, typed=typed) as work:
        complaint = work.complaint
        must_be_open(complaint)
        if complaint.waiting_since:
            raise UserError(
                tr(
                    "Complaint {number} waits for the customer already, since {when}.",
                    number=complaint.number,
                    when=format_when(complaint.waiting_since),
                )
            )
        work.set(waiting_since=iso(work.at))
        work.note("waiting", text)
    return work.step.changes


def resume_complaint(
    book: Book, *, complaint_id: int, at: datetime, typed: bool = False, staff_id: int | None = None
) -> Changes:
    """Start the clock again; the deadlines move by the working time that was waited.

    Raises UserError when it has ended, or does not stand.
    """
    label = mark("Take up complaint {number} again")
    with working(book, complaint_id, label, at, staff_id=staff_id, typed=typed) as work:
        must_be_open(work.complaint)
        if not work.end_waiting():
            raise UserError(
                tr(
                    "Complaint {number} does not wait for the customer: it is “{status}”.",
                    number=work.complaint.number,
                    status=words.name(words.COMPLAINT_STATUSES, work.complaint.status),
                )
            )
    return work.step.changes


def reject_complaint(
    book: Book,
    *,
    complaint_id: int,
    at: datetime,
    reason: str,
    alternatives: str = "",
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """Reject a complaint, saying what else the customer can do; what was offered counts as declined.

    Raises UserError without a reason, or when it has ended already.
    """
    reason, alternatives = reason.strip(), alternatives.strip()
    if not reason:
        raise UserError(
            tr("A rejection needs a reason."),
            tr("Write what the customer was told, and what they can do instead."),
        )
    label = mark("Reject complaint {number}")
    with working(book, complaint_id, label, at, staff_id=staff_id, typed=typed) as work:
        must_be_open(work.complaint)
        work.end_waiting()
        decline_offers(work)
        now = iso(work.at)
        work.set(
            status="rejected",
            rejected_because=reason,
            alternatives=alternatives,
            closed_at=now,
            replied_at=work.complaint.replied_at or now,
        )
        work.note("rejected", "\n".join(part for part in (reason, alternatives) if part))
    return work.step.changes


def _check_move(work: Work, to: str) -> None:
    """Raises UserError for a move that the process does not have, saying what the complaint is now."""
    complaint = work.complaint
    if to in MOVES[complaint.status]:
        return
    now = words.name(words.COMPLAINT_STATUSES, complaint.status)
    if to == complaint.status:
        raise UserError(
            tr("The complaint {number} is “{status}” already.", number=complaint.number, status=now)
        )
    raise UserError(
        tr(
            "A complaint that is “{now}” cannot become “{then}”.",
            now=now,
            then=words.name(words.COMPLAINT_STATUSES, to),
        ),
        _way_out(complaint.status, to),
    )


def _way_out(status: str, to: str) -> str:
    if status in ENDED:
        return tr("Reopen it first.")
    if to == "rejected":
        return tr("Use “Reject” and give the reason.")
    if to == "closed":
        return tr("Settle it first.")
    return tr("Complaints go forward through their steps.")


def _advance(work: Work, to: str, text: str, declined: Collection[int], found: dict[str, str]) -> None:
    """Move on, with what goes with it: the clock, the offers, the moments, what was found."""
    if not found.keys() <= _FOUND:
        raise KeyError(*(found.keys() - _FOUND))
    complaint, now = work.complaint, iso(work.at)
    work.end_waiting()
    if complaint.status == "offered" and to == "investigating":
        decline_offers(work)
    if to == "settled":
        give_offers(work, but=declined)
    values: dict[str, Any] = {name: value.strip() for name, value in found.items() if value.strip()}
    values["status"] = to
    if to in FIRST_WORD and not complaint.replied_at:
        values["replied_at"] = now
    if to == "settled":
        values["settled_at"] = now
    if to == "closed":
        values["closed_at"] = now
    work.set(**values)
    work.note(to, text)
