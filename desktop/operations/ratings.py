"""Recording what a customer expected and what they got."""

from __future__ import annotations

from datetime import datetime

from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.service import Rating
from desktop.operations.service import customer_name


def add_rating(
    book: Book,
    *,
    rated_at: datetime,
    customer_id: int | None = None,
    expected: int | None = None,
    perceived: int | None = None,
    effort: int | None = None,
    recommend: int | None = None,
    reasons: str = "",
    text: str = "",
    channel: str = "",
    order_id: int | None = None,
    case_id: int | None = None,
    complaint_id: int | None = None,
    staff_id: int | None = None,
) -> Changes:
    """Record a rating: expected and perceived 1-5, effort 1-7, recommend 0-10; at least one of them.

    It counts for the day on which the rated thing ended (the order's end, the complaint's settlement), not
    for the day of the form. Raises UserError for a number outside its scale or a rating that says nothing.
    """
    scales = (
        (tr("Expected"), expected, 1, 5),
        (tr("Perceived"), perceived, 1, 5),
        (tr("Effort"), effort, 1, 7),
        (tr("Recommend"), recommend, 0, 10),
    )
    if all(value is None for _, value, _, _ in scales):
        raise UserError(tr("The rating is empty."), tr("Give at least one of its numbers."))
    for name, value, low, high in scales:
        if value is not None and not low <= value <= high:
            raise UserError(tr("“{name}” goes from {low} to {high}.", name=name, low=low, high=high))
    customer = customer_name(book, customer_id)
    label = mark("Rating by {customer}") if customer else mark("Rating of the shop")
    with book.step(label, customer=customer) as step:
        step.insert(
            Rating,
            customer_id=customer_id,
            order_id=order_id,
            case_id=case_id,
            complaint_id=complaint_id,
            channel=channel,
            rated_at=iso(rated_at),
            ended_at=_ended(book, rated_at, order_id=order_id, case_id=case_id, complaint_id=complaint_id),
            expected=expected,
            perceived=perceived,
            effort=effort,
            recommend=recommend,
            reasons=reasons.strip(),
            text=text.strip(),
            staff_id=staff_id,
        )
    return step.changes


def _ended(
    book: Book, rated_at: datetime, *, order_id: int | None, case_id: int | None, complaint_id: int | None
) -> str:
    """When the rated thing ended; the moment of the rating where it has no end of its own."""
    ended = None
    if complaint_id is not None:
        ended = book.value("SELECT settled_at FROM complaint WHERE id = ?", (complaint_id,))
    elif case_id is not None:
        ended = book.value("SELECT closed_at FROM service_case WHERE id = ?", (case_id,))
    elif order_id is not None:
        ended = book.value("SELECT coalesce(ended_at, placed_at) FROM orders WHERE id = ?", (order_id,))
    return str(ended or iso(rated_at))
