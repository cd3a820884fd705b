"""What the operations on complaints share: reading one, its moment, its history and its clock."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.core import words
from desktop.core.complaint_process import ENDED, MOVING, Allowed, allowed_minutes, deadlines, step_name
from desktop.core.dates import format_when, from_iso, iso
from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.core.working_hours import OpeningHours
from desktop.models.book import Book
from desktop.models.complaints import Complaint, ComplaintStep
from desktop.models.history import Step
from desktop.queries.opening import opening_hours

_MOVING = ", ".join(f"'{kind}'" for kind in sorted(MOVING))


@dataclass(slots=True)
class Work:
    """A complaint on which a step works: as the book has it in this transaction, at what moment, by whom."""

    book: Book
    step: Step
    complaint: Any
    at: datetime
    staff_id: int | None

    def set(self, **values: Any) -> None:
        """Change the complaint, in the book and here."""
        self.step.update(Complaint, self.complaint.id, **values)
        for name, value in values.items():
            setattr(self.complaint, name, value)

    def note(self, kind: str, text: str = "") -> None:
        """Write one line of its history."""
        add_step(self.step, self.complaint.id, self.at, kind, text, self.staff_id)

    def end_waiting(self) -> bool:
        """Start the clock again, if it stood: the open deadlines move by the working time that was waited."""
        complaint = self.complaint
        if complaint.waiting_since is None:
            return False
        hours = opening_hours(self.book)
        waited = max(0, hours.between(from_iso(complaint.waiting_since), self.at))
        moved: dict[str, str | None] = {"waiting_since": None}
        for column, counts in (("settle_due_at", True), ("reply_due_at", complaint.replied_at is None)):
            due = getattr(complaint, column)
            if due and counts:
                moved[column] = iso(hours.add(from_iso(due), waited))
        self.set(**moved)
        self.note("resumed")
        return True


@contextmanager
def working(
    book: Book,
    complaint_id: int,
    label: str,
    at: datetime,
    *,
    staff_id: int | None = None,
    typed: bool = False,
    moves: bool = True,
    **args: Any,
) -> Iterator[Work]:
    """Open a step on a complaint; `label` gets its {number}. Whoever is not named is the clerk at work.

    The complaint is read within the transaction, so that two clerks who press at once follow each other.
    Of the moment see `moment_of`. Raises UserError when the complaint is gone.
    """
    number = load(book, complaint_id).number
    with book.step(label, number=number, **args) as step:
        complaint = load(book, complaint_id)
        moment = moment_of(book, complaint, at, typed=typed, moves=moves)
        yield Work(book, step, complaint, moment, book.clerk_id() if staff_id is None else staff_id)


def load(book: Book, complaint_id: int) -> Any:
    """The complaint's record. Raises UserError when it is gone, saying where to if it was merged."""
    found = book.get(Complaint, complaint_id)
    if found is None:
        into = _merged_into(book, complaint_id)
        if into:
            raise UserError(
                tr("This complaint was merged into {number}.", number=into), tr("Go on with that one.")
            )
        raise UserError(
            tr("This complaint is no longer in the book."),
            tr("It was deleted meanwhile; undo brings it back."),
        )
    return found


def moment_of(book: Book, complaint: Any, at: datetime, *, typed: bool, moves: bool) -> datetime:
    """When something counts as having happened to a complaint.

    A moment taken from the computer never lies before what happened last: where its clock was set back, it
    is that moment. One that somebody wrote (`typed`) may be any since the complaint was received, and for
    what moves the complaint or its clock any since the last such move; an earlier one raises UserError.
    """
    received = from_iso(complaint.received_at)
    kinds = f"AND kind IN ({_MOVING})" if typed else ""
    last, kind = book.row(
        f"SELECT at, kind FROM complaint_step WHERE complaint_id = ? {kinds} "
        "ORDER BY at DESC, id DESC LIMIT 1",
        (complaint.id,),
    ) or (complaint.received_at, "received")
    if not typed:
        return max(at, received, from_iso(last))
    if at < received:
        raise UserError(
            tr("That is before the complaint was received: {when}.", when=format_when(complaint.received_at)),
            tr("Choose a later time, or correct when it was received."),
        )
    if moves and at < from_iso(last):
        raise UserError(
            tr(
                "That is before the complaint's last step: “{step}”, {when}.",
                step=step_name(kind),
                when=format_when(last),
            ),
            tr("Choose a later time."),
        )
    return at


def must_be_open(complaint: Any) -> None:
    """Raises UserError when the complaint has ended, saying how."""
    if complaint.status in ENDED:
        raise UserError(
            tr(
                "The complaint {number} has ended: it is “{status}”.",
                number=complaint.number,
                status=words.name(words.COMPLAINT_STATUSES, complaint.status),
            ),
            tr("Reopen it first."),
        )


def add_step(
    step: Step, complaint_id: int, at: datetime, kind: str, text: str = "", staff_id: int | None = None
) -> None:
    """Write one line of the complaint's history."""
    step.insert(
        ComplaintStep, complaint_id=complaint_id, at=iso(at), kind=kind, text=text.strip(), staff_id=staff_id
    )


def allowed(book: Book) -> Mapping[str, Allowed]:
    """What each severity allows in this shop, in working minutes."""
    return allowed_minutes(book.setting("complaints.deadlines"))


def recounted(
    book: Book,
    complaint: Any,
    *,
    hours: OpeningHours,
    allowed: Allowed,
    received: datetime | None = None,
) -> dict[str, str]:
    """The deadlines of an open complaint counted anew, past waiting added; that of a kept reply stays.

    They count from its receipt, or from when it was last reopened. `allowed` is what its severity allows,
    `received` its receipt if that is being corrected.
    """
    start = received or from_iso(complaint.received_at)
    if complaint.reopened:
        again = book.value(
            "SELECT max(at) FROM complaint_step WHERE complaint_id = ? AND kind = 'reopened'", (complaint.id,)
        )
        start = max(start, from_iso(again)) if again else start
    waited = sum(
        hours.between(max(since, start), end) for since, end in waits(book, complaint.id) if end > start
    )
    due = deadlines(hours, allowed, start)
    if complaint.replied_at:
        del due["reply_due_at"]
    return {name: iso(hours.add(from_iso(at), waited)) for name, at in due.items()}


def waits(book: Book, complaint_id: int) -> list[tuple[datetime, datetime]]:
    """The times spent waiting for the customer that are over."""
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
    return spans


def _merged_into(book: Book, complaint_id: int) -> str | None:
    """The number of the complaint that one which is gone became part of, as the journal and aliases know."""
    old = book.value(
        "SELECT old FROM change WHERE tbl = 'complaint' AND op = 'D' AND first_row = ? ORDER BY id DESC",
        (complaint_id,),
    )
    if old is None:
        return None
    found = book.value(
        "SELECT complaint.number FROM complaint_alias JOIN complaint ON complaint.id = complaint_id "
        "WHERE complaint_alias.number = ?",
        (json.loads(old)["number"],),
    )
    return None if found is None else str(found)
