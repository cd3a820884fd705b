"""Consent noted, and requests about somebody's data taken down and answered."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from desktop.core import words
from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.privacy import Consent, PrivacyRequest
from desktop.queries.opening import opening_hours

_SATURDAY = 5
_LABELS = {
    "contact": (mark("{customer} may be contacted"), mark("{customer} is not to be contacted")),
    "promotion": (mark("{customer} wants offers"), mark("{customer} wants no offers")),
    "rating": (
        mark("{customer} may be asked for ratings"),
        mark("{customer} is not to be asked for ratings"),
    ),
    "photo": (mark("Photos of {customer} are allowed"), mark("Photos of {customer} are not allowed")),
    "share": (
        mark("Data of {customer} may be passed on"),
        mark("Data of {customer} are not to be passed on"),
    ),
}


def note_consent(
    book: Book,
    *,
    customer_id: int,
    purpose: str,
    given: bool,
    at: datetime,
    channel: str = "",
    text: str = "",
) -> Changes:
    """Note that a customer agreed to a purpose (a key of words.CONSENT_PURPOSES), or refused or withdrew it.

    The earlier words stay. Raises UserError when the customer is gone, or for a purpose nobody knows.
    """
    if purpose not in words.CONSENT_PURPOSES:
        raise UserError(tr("There is no purpose “{purpose}”.", purpose=purpose))
    name = _name(book, customer_id)
    with book.step(_LABELS[purpose][0 if given else 1], customer=name) as step:
        step.insert(
            Consent,
            customer_id=customer_id,
            purpose=purpose,
            given=given,
            at=iso(at),
            channel=channel,
            text=text.strip(),
            staff_id=book.clerk_id(),
        )
    return step.changes


def take_request(
    book: Book,
    *,
    customer_id: int,
    kind: str,
    received_at: datetime,
    due: date | None = None,
    note: str = "",
) -> Changes:
    """Note what a customer asked about their data (a key of words.PRIVACY_KINDS).

    Without `due` the deadline is the shop's own (`deadline`). Raises UserError when the customer is gone.
    """
    if kind not in words.PRIVACY_KINDS:
        raise UserError(tr("There is no request “{kind}”.", kind=kind))
    name = _name(book, customer_id)
    until = due or deadline(book, received_at.date())
    with book.step(mark("Request of {customer} about their data"), customer=name) as step:
        step.insert(
            PrivacyRequest,
            customer_id=customer_id,
            name=name,
            kind=kind,
            received_at=iso(received_at),
            due_at=iso(datetime.combine(until, time(23, 59))),
            note=note.strip(),
            staff_id=book.clerk_id(),
        )
    return step.changes


def finish_request(book: Book, *, request_id: int, at: datetime, outcome: str) -> Changes:
    """Note what came of a request. Raises UserError when it is gone, or nothing is said."""
    if not outcome.strip():
        raise UserError(tr("Say what came of it."), tr("Somebody may ask in a year."))
    name = _request_name(book, request_id)
    with book.step(mark("Request of {customer} about their data done"), customer=name) as step:
        step.update(PrivacyRequest, request_id, done_at=iso(at), outcome=outcome.strip())
    return step.changes


def reopen_request(book: Book, *, request_id: int) -> Changes:
    """Let a request wait again. Raises UserError when it is gone."""
    name = _request_name(book, request_id)
    with book.step(mark("Reopen the request of {customer} about their data"), customer=name) as step:
        step.update(PrivacyRequest, request_id, done_at=None, outcome="")
    return step.changes


def delete_request(book: Book, *, request_id: int) -> Changes:
    """Take a request away that was noted by mistake. Raises UserError when it is gone."""
    name = _request_name(book, request_id)
    with book.step(mark("Delete the request of {customer} about their data"), customer=name) as step:
        step.delete(PrivacyRequest, [request_id])
    return step.changes


def deadline(book: Book, received: date) -> date:
    """By when a request is to be answered: within a month, or the shop's number of working days.

    Saturdays, Sundays and the shop's holidays are no working days.
    """
    days = int(book.setting("privacy.working_days"))
    if days <= 0:
        return month_later(received)
    hours = opening_hours(book)
    day = received
    while days:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and not hours.is_day_off(day):
            days -= 1
    return day


def month_later(day: date) -> date:
    """The same day of the next month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month, 12)
    first = date(year, month + 1, 1)
    return min(first + timedelta(days=day.day - 1), _last_of(first))


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _name(book: Book, customer_id: int) -> str:
    found = book.row("SELECT name FROM customer WHERE id = ?", (customer_id,))
    if found is None:
        raise UserError(
            tr("This customer is no longer in the book."),
            tr("They were deleted meanwhile; undo brings them back."),
        )
    return str(found[0]) or tr("No name")


def _request_name(book: Book, request_id: int) -> str:
    found = book.row("SELECT name FROM privacy_request WHERE id = ?", (request_id,))
    if found is None:
        raise UserError(
            tr("This request is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
        )
    return str(found[0]) or tr("No name")
