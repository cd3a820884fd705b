"""What makes a complaint good: offered, taken or declined, given, corrected; with cost and points.

Only what is given costs, and its points stand in the customer's ledger as long as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from desktop.core.complaint_process import OPEN
from desktop.core.dates import format_when, iso
from desktop.core.errors import UserError
from desktop.core.points import points_worth
from desktop.core.translation import mark, tr
from desktop.core.words import REMEDIES, REMEDY_STATES, name
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import Remedy
from desktop.operations.complaint_points import give_points, needs_customer, take_points
from desktop.operations.complaint_steps import Work, must_be_open, working


def offer_remedy(
    book: Book,
    *,
    complaint_id: int,
    kind: str,
    at: datetime,
    cost: int | None = None,
    text: str = "",
    points: int = 0,
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """Offer a remedy; the complaint becomes “remedy offered”, and its clock runs on.

    `cost` in minor units is what it will cost the shop; of `points` (for the kind "points") None is what the
    shop says they are worth. Raises UserError when the complaint has ended, or for points without a customer.
    """
    with working(
        book, complaint_id, mark("Offer a remedy for complaint {number}"), at, staff_id=staff_id, typed=typed
    ) as work:
        must_be_open(work.complaint)
        _write(work, "offered", kind, cost, text, points)
        _speak_of(work, "offer", kind, text)
    return work.step.changes


def give_remedy(
    book: Book,
    *,
    complaint_id: int,
    kind: str,
    at: datetime,
    cost: int | None = None,
    text: str = "",
    points: int = 0,
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """Offer a remedy and give it at once, as `offer_remedy`; a kindness after the end leaves the status."""
    with working(
        book, complaint_id, mark("Remedy for complaint {number}"), at, staff_id=staff_id, typed=typed
    ) as work:
        _write(work, "given", kind, cost, text, points)
        give_points(work.step, work.complaint, points, work.at, work.staff_id)
        _speak_of(work, "remedy", kind, text)
    return work.step.changes


def accept_remedy(
    book: Book, *, remedy_id: int, at: datetime, typed: bool = False, staff_id: int | None = None
) -> Changes:
    """The customer takes what was offered: it is given. Raises UserError when it is no open offer."""
    remedy = _remedy(book, remedy_id)
    label = mark("Remedy for complaint {number}")
    with working(book, remedy.complaint_id, label, at, staff_id=staff_id, typed=typed) as work:
        remedy = _remedy(book, remedy_id)
        _must_be(remedy, "offered")
        _give(work, remedy)
        if work.complaint.status in OPEN and work.complaint.replied_at is None:
            work.set(replied_at=iso(work.at))
    return work.step.changes


def decline_remedy(
    book: Book,
    *,
    remedy_id: int,
    at: datetime,
    text: str = "",
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """The customer does not take what was offered, or gave it back: points given are taken back.

    Without any other remedy the complaint is under investigation again. Raises UserError when it is declined.
    """
    remedy = _remedy(book, remedy_id)
    label = mark("Remedy declined for complaint {number}")
    with working(book, remedy.complaint_id, label, at, staff_id=staff_id, typed=typed) as work:
        remedy = _remedy(book, remedy_id)
        _must_be(remedy, "offered", "given")
        _decline(work, remedy, text)
        back_without_offer(work)
    return work.step.changes


def edit_remedy(
    book: Book,
    *,
    remedy_id: int,
    at: datetime,
    kind: str | None = None,
    cost: int | None = None,
    text: str | None = None,
    points: int | None = None,
    staff_id: int | None = None,
) -> Changes:
    """Correct a remedy; what is None stays. Points of a given one are put right in the ledger."""
    remedy = _remedy(book, remedy_id)
    label = mark("Correct the remedy for complaint {number}")
    with working(book, remedy.complaint_id, label, at, staff_id=staff_id, moves=False) as work:
        remedy = _remedy(book, remedy_id)
        kind = remedy.kind if kind is None else kind
        if points is None:
            points = remedy.points if kind == "points" else 0
        if (kind, points) != (remedy.kind, remedy.points):
            # One that a file brought may be points without saying how many.
            _check_kind(work, kind, points)
        values: dict[str, Any] = {
            "kind": kind,
            "points": points,
            "cost": _cost(work, remedy.cost if cost is None else cost, points),
            "text": remedy.text if text is None else text.strip(),
        }
        changed = {key: value for key, value in values.items() if getattr(remedy, key) != value}
        if changed:
            if remedy.state == "given" and "points" in changed:
                take_points(work.step, work.complaint, remedy.points, work.at, work.staff_id)
                give_points(work.step, work.complaint, points, work.at, work.staff_id)
            work.step.update(Remedy, remedy_id, **changed)
            work.note("remedy-edited", _called(kind, values["text"]))
    return work.step.changes


def delete_remedy(book: Book, *, remedy_id: int, at: datetime, staff_id: int | None = None) -> Changes:
    """Take a remedy off the complaint again, and its points back."""
    remedy = _remedy(book, remedy_id)
    label = mark("Delete the remedy for complaint {number}")
    with working(book, remedy.complaint_id, label, at, staff_id=staff_id, moves=False) as work:
        remedy = _remedy(book, remedy_id)
        if remedy.state == "given":
            take_points(work.step, work.complaint, remedy.points, work.at, work.staff_id)
        work.step.delete(Remedy, [remedy_id])
        work.note("remedy-deleted", _called(remedy.kind, remedy.text))
        back_without_offer(work)
    return work.step.changes


def give_offers(work: Work, *, but: Collection[int] = ()) -> None:
    """Every open offer is given now; those in `but` are declined."""
    for remedy in _offers(work):
        if remedy.id in but:
            _decline(work, remedy, "")
        else:
            _give(work, remedy)


def decline_offers(work: Work) -> None:
    """No open offer stands any longer."""
    for remedy in _offers(work):
        _decline(work, remedy, "")


def has_remedy(book: Book, complaint_id: int) -> bool:
    """Whether anything is offered or given to make a complaint good."""
    return bool(
        book.value(
            "SELECT EXISTS (SELECT 1 FROM remedy WHERE complaint_id = ? AND state <> 'declined')",
            (complaint_id,),
        )
    )


def back_without_offer(work: Work) -> None:
    """What is offered no more leaves a complaint where its cause is looked for."""
    if work.complaint.status == "offered" and not has_remedy(work.book, work.complaint.id):
        work.set(status="investigating")
        work.note("investigating")


def _write(work: Work, state: str, kind: str, cost: int | None, text: str, points: int) -> None:
    _check_kind(work, kind, points)
    work.step.insert(
        Remedy,
        complaint_id=work.complaint.id,
        text=text.strip(),
        given_at=iso(work.at),
        state=state,
        staff_id=work.staff_id,
        kind=kind,
        cost=_cost(work, cost, points),
        points=points,
    )


def _check_kind(work: Work, kind: str, points: int) -> None:
    """Raises UserError for a kind that there is not, and for points where they can't be."""
    if kind not in REMEDIES:
        raise UserError(tr("There is no remedy of the kind “{kind}”.", kind=kind))
    if kind == "points":
        if points <= 0:
            raise UserError(tr("No points are given."), tr("Write how many."))
        needs_customer(work.complaint)
    elif points:
        raise UserError(tr("Only a remedy in points has points."), tr("Choose “Points” as its kind."))


def _cost(work: Work, cost: int | None, points: int) -> int:
    """What a remedy costs, if nobody says what its points are worth. Raises UserError below nothing."""
    if cost is None:
        worth, currency = work.book.setting("points.worth"), work.book.setting("shop.currency")
        return points_worth(points, float(worth), str(currency))
    if cost < 0:
        raise UserError(tr("The cost cannot be less than nothing."))
    return cost


def _speak_of(work: Work, step: str, kind: str, text: str) -> None:
    """An offer is a word to the customer: it answers them, ends waiting, and makes the complaint offered."""
    if work.complaint.status in OPEN:
        work.end_waiting()
        work.set(status="offered", replied_at=work.complaint.replied_at or iso(work.at))
    work.note(step, _called(kind, text))


def _give(work: Work, remedy: Any) -> None:
    give_points(work.step, work.complaint, remedy.points, work.at, work.staff_id)
    work.step.update(Remedy, remedy.id, state="given", given_at=iso(work.at))
    work.note("remedy", _called(remedy.kind, remedy.text))


def _decline(work: Work, remedy: Any, text: str) -> None:
    if remedy.state == "given":
        take_points(work.step, work.complaint, remedy.points, work.at, work.staff_id)
    work.step.update(Remedy, remedy.id, state="declined")
    work.note("remedy-declined", text.strip() or _called(remedy.kind, remedy.text))


def _offers(work: Work) -> list[Any]:
    rows = work.book.rows(
        "SELECT id FROM remedy WHERE complaint_id = ? AND state = 'offered' ORDER BY id", (work.complaint.id,)
    )
    return [work.book.get(Remedy, row) for (row,) in rows]


def _called(kind: str, text: str) -> str:
    """What the history says of a remedy: its words, else the name of its kind."""
    return text.strip() or name(REMEDIES, kind)


def _remedy(book: Book, remedy_id: int) -> Any:
    found = book.get(Remedy, remedy_id)
    if found is None:
        raise UserError(
            tr("This remedy is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
        )
    return found


def _must_be(remedy: Any, *states: str) -> None:
    if remedy.state not in states:
        raise UserError(
            tr(
                "This remedy is “{state}” already, since {when}.",
                state=name(REMEDY_STATES, remedy.state),
                when=format_when(remedy.given_at),
            )
        )
