"""Points: given, redeemed, put right; entries are only ever added, and the balance is their sum."""

from __future__ import annotations

from datetime import datetime

from desktop.core import words
from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.membership import PointsEntry

_LABELS = {
    "earned": (mark("Points earned by {customer}"), mark("Points earned")),
    "redeemed": (mark("Points redeemed by {customer}"), mark("Points redeemed")),
    "gift": (mark("Points given to {customer}"), mark("Points given")),
    "expired": (mark("Points of {customer} expired"), mark("Points expired")),
    "correction": (mark("Points of {customer} put right"), mark("Points put right")),
}
_COMING = frozenset({"earned", "gift"})
_GOING = frozenset({"redeemed", "expired"})


def add_points(
    book: Book,
    *,
    customer_id: int,
    points: int,
    reason: str,
    at: datetime,
    text: str = "",
    order_id: int | None = None,
    staff_id: int | None = None,
) -> Changes:
    """Enter points that come (above 0) or go (below 0); `reason` is a key of words.POINTS_REASONS.

    Only a correction may leave a balance below nothing. Raises UserError for more than there are, for none
    at all, for a sign that contradicts the reason, or when the customer is gone.
    """
    name = known_name(book, customer_id)
    _check(points, reason)
    balance = points_balance(book, customer_id)
    if points < 0 and reason != "correction" and balance + points < 0:
        raise UserError(
            tr("There are only {balance} points.", balance=f"{balance:,}"),
            tr("Take fewer, or put the balance right with a correction."),
        )
    label = _LABELS[reason][0 if name else 1]
    with book.step(label, **({"customer": name} if name else {})) as step:
        write_points_entry(
            step, customer_id, points, reason, at, text=text, order_id=order_id, staff_id=staff_id
        )
    return step.changes


def points_balance(book: Book, customer_id: int) -> int:
    """The points a customer has."""
    return int(book.value("SELECT sum(points) FROM points_entry WHERE customer_id = ?", (customer_id,)) or 0)


def known_name(book: Book, customer_id: int) -> str:
    """The customer's name, which may be "". Raises UserError when there is no such customer."""
    found = book.row("SELECT name FROM customer WHERE id = ?", (customer_id,))
    if found is None:
        raise UserError(
            tr("This customer is no longer in the book."),
            tr("They were deleted meanwhile; undo brings them back."),
        )
    return str(found[0])


def write_points_entry(
    step: Step,
    customer_id: int,
    points: int,
    reason: str,
    at: datetime,
    *,
    text: str = "",
    order_id: int | None = None,
    staff_id: int | None = None,
) -> int:
    """Add an entry within a step; its id."""
    return step.insert(
        PointsEntry,
        customer_id=customer_id,
        order_id=order_id,
        at=iso(at),
        points=points,
        reason=reason,
        text=text.strip(),
        staff_id=staff_id,
    )


def _check(points: int, reason: str) -> None:
    if reason not in words.POINTS_REASONS:
        raise UserError(tr("There is no reason “{reason}” for points.", reason=reason))
    if not points:
        raise UserError(tr("No points are given."), tr("Write how many."))
    if (reason in _COMING and points < 0) or (reason in _GOING and points > 0):
        raise UserError(
            tr("The points go the wrong way for “{reason}”.", reason=words.name(words.POINTS_REASONS, reason))
        )
