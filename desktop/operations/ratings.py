"""Recording what a customer expected and what they got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.rating_reasons import join, split
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.service import Rating
from desktop.operations.rated_things import About, claimed_row, ended, present, write
from desktop.operations.service import customer_name, gone

_NUMBERS = ("expected", "perceived", "effort", "recommend")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(About):
    """What somebody says of a thing: expected and perceived 1-5, effort 1-7, recommend 0-10.

    `reasons` are titles, one a line (`core.rating_reasons`). `public`: written where all can read it; None
    leaves what the book has.
    """

    rated_at: datetime
    expected: int | None = None
    perceived: int | None = None
    effort: int | None = None
    recommend: int | None = None
    reasons: str = ""
    text: str = ""
    public: bool | None = None
    channel: str = ""
    staff_id: int | None = None

    def numbers(self) -> dict[str, int | None]:
        """The four answers on scales."""
        return {name: getattr(self, name) for name in _NUMBERS}


def add_rating(book: Book, verdict: Verdict) -> Changes:
    """Record a rating with at least one number; it completes what was asked or expected before, if anything.

    It counts for the day on which the rated thing ended (the order's end, the complaint's settlement), not
    for the day of the form; that of a complaint is its customer's, whoever that is by then. Raises UserError
    for a number outside its scale, a rating that says nothing, and where what is rated is gone.
    """
    customer = customer_name(book, present(book, verdict))
    label = mark("Rating by {customer}") if customer else mark("Rating of the shop")
    with book.step(label, customer=customer) as step:
        rate_within(book, step, verdict)
    return step.changes


def rate_within(
    book: Book, step: Step, verdict: Verdict, *, row: int | None = None, code: str | None = None
) -> None:
    """Record a rating within a step that does more, as `add_rating` does.

    `row` is the question it answers, where that is known; `code` the one of the card it stands on.
    """
    check(**verdict.numbers())
    customer_id = present(book, verdict)
    if row is None:
        row = claimed_row(book, step, customer_id, verdict, verdict.rated_at)
    values = {
        "customer_id": customer_id,
        **verdict.links(),
        **verdict.numbers(),
        "channel": verdict.channel or None,
        "rated_at": iso(verdict.rated_at),
        "ended_at": ended(book, verdict, verdict.rated_at),
        "reasons": join(split(verdict.reasons)) or None,
        "text": verdict.text.strip() or None,
        "public": verdict.public,
        "staff_id": verdict.staff_id,
        "code": code,
    }
    values = {name: value for name, value in values.items() if value is not None}
    told = "" if row is None else str(book.value("SELECT text FROM rating WHERE id = ?", (row,)) or "")
    if told and (text := verdict.text.strip()) and text != told:
        # What they expected, in their words, and then what they got.
        values["text"] = f"{told}\n{text}"
    if row is not None:
        step.update(Rating, row, skipped_at=None)
    write(step, row, values)


def edit_rating(book: Book, *, rating_id: int, **values: Any) -> Changes:
    """Correct a rating: any of its four numbers, `reasons`, `text`, `public`.

    Raises UserError as `add_rating` does.
    """
    found = _rating(book, rating_id)
    check(**{name: values.get(name, getattr(found, name)) for name in _NUMBERS})
    if "text" in values:
        values["text"] = values["text"].strip()
    if "reasons" in values:
        values["reasons"] = join(split(values["reasons"]))
    label, args = named(book, found, mark("Correct the rating by {customer}"), mark("Correct the rating"))
    with book.step(label, **args) as step:
        step.update(Rating, rating_id, **values)
    return step.changes


def delete_ratings(book: Book, *, rating_ids: Sequence[int]) -> Changes:
    """Remove ratings; the figures forget them."""
    if len(rating_ids) == 1:
        found = _rating(book, rating_ids[0])
        label, args = named(book, found, mark("Delete the rating by {customer}"), mark("Delete the rating"))
    else:
        label, args = mark("Delete {count} ratings"), {"count": str(len(rating_ids))}
    with book.step(label, **args) as step:
        step.delete(Rating, rating_ids)
    return step.changes


def named(book: Book, found: Any, with_name: str, without: str) -> tuple[str, dict[str, str]]:
    """The label of a step on somebody's rating, and what to fill in."""
    name = customer_name(book, found.customer_id)
    return (with_name, {"customer": name}) if name else (without, {})


def _rating(book: Book, rating_id: int) -> Any:
    found = book.get(Rating, rating_id)
    if found is None:
        raise gone()
    return found


def check(
    *,
    expected: int | None = None,
    perceived: int | None = None,
    effort: int | None = None,
    recommend: int | None = None,
) -> None:
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
