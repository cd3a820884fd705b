"""Recording what a customer expected and what they got."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.service import Rating
from desktop.operations.complaint_steps import load
from desktop.operations.present_customer import present_customer
from desktop.operations.service import customer_name, gone

_NUMBERS = ("expected", "perceived", "effort", "recommend")


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
    for the day of the form; that of a complaint is its customer's, whoever that is by then. Raises UserError
    for a number outside its scale, a rating that says nothing, and where what is rated is gone.
    """
    customer_id = _present(book, customer_id, order_id=order_id, case_id=case_id, complaint_id=complaint_id)
    customer = customer_name(book, customer_id)
    label = mark("Rating by {customer}") if customer else mark("Rating of the shop")
    with book.step(label, customer=customer) as step:
        rate_within(
            book,
            step,
            rated_at=rated_at,
            customer_id=customer_id,
            expected=expected,
            perceived=perceived,
            effort=effort,
            recommend=recommend,
            reasons=reasons,
            text=text,
            channel=channel,
            order_id=order_id,
            case_id=case_id,
            complaint_id=complaint_id,
            staff_id=staff_id,
        )
    return step.changes


def rate_within(
    book: Book,
    step: Step,
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
) -> None:
    """Record a rating within a step that does more, as `add_rating` does."""
    _check(expected=expected, perceived=perceived, effort=effort, recommend=recommend)
    about = {"case_id": case_id, "complaint_id": complaint_id, "order_id": order_id}
    values = {
        "customer_id": customer_id,
        **about,
        "channel": channel,
        "rated_at": iso(rated_at),
        "ended_at": _ended(book, rated_at, order_id=order_id, case_id=case_id, complaint_id=complaint_id),
        "expected": expected,
        "perceived": perceived,
        "effort": effort,
        "recommend": recommend,
        "reasons": reasons.strip(),
        "text": text.strip(),
        "staff_id": staff_id,
    }
    asked = _asked(book, customer_id, about)
    if asked is None:
        step.insert(Rating, **values)
    else:
        step.update(Rating, asked, **{name: value for name, value in values.items() if value is not None})
        step.created["rating"] = asked


def _present(
    book: Book,
    customer_id: int | None,
    *,
    order_id: int | None,
    case_id: int | None,
    complaint_id: int | None,
) -> int | None:
    """Who rates, as it is in the book by now. Raises UserError when what is rated was deleted meanwhile."""
    for table, row in (("orders", order_id), ("service_case", case_id)):
        if row is not None and not book.value(f"SELECT 1 FROM {table} WHERE id = ?", (row,)):
            raise gone()
    if complaint_id is None:
        return present_customer(book, customer_id)
    found: int | None = load(book, complaint_id).customer_id
    return found


def _asked(book: Book, customer_id: int | None, about: dict[str, int | None]) -> int | None:
    """The question that a rating answers: asked about the same thing, and not answered yet; or None."""
    subject = next((name for name, row in about.items() if row is not None), None)
    if subject is None:
        return None
    # A case and a complaint are of an order, which may have been asked about by itself.
    alone = " AND case_id IS NULL AND complaint_id IS NULL" if subject == "order_id" else ""
    found = book.value(
        f"SELECT id FROM rating WHERE {subject} = ? AND customer_id IS ? AND rated_at IS NULL{alone} "
        "ORDER BY asked_at DESC, id DESC",
        (about[subject], customer_id),
    )
    return None if found is None else int(found)


def edit_rating(book: Book, *, rating_id: int, **values: Any) -> Changes:
    """Correct a rating: any of its four numbers, `reasons`, `text`. Raises UserError as `add_rating` does."""
    found = _rating(book, rating_id)
    _check(**{name: values.get(name, getattr(found, name)) for name in _NUMBERS})
    for name in ("reasons", "text"):
        if name in values:
            values[name] = values[name].strip()
    label, args = _named(book, found, mark("Correct the rating by {customer}"), mark("Correct the rating"))
    with book.step(label, **args) as step:
        step.update(Rating, rating_id, **values)
    return step.changes


def delete_ratings(book: Book, *, rating_ids: Sequence[int]) -> Changes:
    """Remove ratings; the figures forget them."""
    if len(rating_ids) == 1:
        found = _rating(book, rating_ids[0])
        label, args = _named(book, found, mark("Delete the rating by {customer}"), mark("Delete the rating"))
    else:
        label, args = mark("Delete {count} ratings"), {"count": str(len(rating_ids))}
    with book.step(label, **args) as step:
        step.delete(Rating, rating_ids)
    return step.changes


def _named(book: Book, found: Any, with_name: str, without: str) -> tuple[str, dict[str, str]]:
    name = customer_name(book, found.customer_id)
    return (with_name, {"customer": name}) if name else (without, {})


def _rating(book: Book, rating_id: int) -> Any:
    found = book.get(Rating, rating_id)
    if found is None:
        raise gone()
    return found


def _check(*, expected: int | None, perceived: int | None, effort: int | None, recommend: int | None) -> None:
    """Refuse a number outside its scale, and a rating without any."""
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
