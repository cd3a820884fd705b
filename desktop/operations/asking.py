"""Asking for ratings: what is expected before a sale, what was asked, what is not asked, and cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from desktop.core.card_codes import new_code, read_code, written
from desktop.core.dates import format_when
from desktop.core.days import from_iso, iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.service import Rating
from desktop.operations.rated_things import About, claimed_row, ended, open_row, present, write
from desktop.operations.ratings import Verdict, check, named, rate_within
from desktop.operations.service import customer_name, gone

_SAME = timedelta(minutes=10)
"""An asking through the same channel within these is the same click once more."""


def tell_expectation(
    book: Book,
    about: About,
    *,
    at: datetime,
    expected: int,
    text: str = "",
    channel: str = "",
    staff_id: int | None = None,
) -> Changes:
    """Note before a sale what somebody expects, 1-5 and in words; told again, it takes the first one's place.

    `about` may name the order that was just placed; without one it is about the next purchase. The rating
    afterwards completes the same row. Raises UserError for a number outside its scale and without a customer.
    """
    check(expected=expected)
    customer_id = present(book, about)
    if customer_id is None:
        raise UserError(
            tr("An expectation needs a customer."),
            tr("It is compared with what the same customer says afterwards."),
        )
    row = open_row(book, customer_id, about)
    text = text.strip()
    if row is not None:
        found = book.row("SELECT expected, text FROM rating WHERE id = ? AND expected_at IS NOT NULL", (row,))
        if found == (expected, text or (found[1] if found else "")):
            return Changes()
    with book.step(mark("What {customer} expects"), customer=customer_name(book, customer_id)) as step:
        values: dict[str, Any] = {
            "customer_id": customer_id, **about.links(), "expected": expected, "expected_at": iso(at),
            "text": text or None, "channel": channel or None, "staff_id": staff_id,
        }  # fmt: skip
        if row is None:
            values["ended_at"] = iso(at)
        write(step, row, {name: value for name, value in values.items() if value is not None})
    return step.changes


def ask_rating(book: Book, about: About, *, at: datetime, channel: str = "", code: str = "") -> Changes:
    """Note that a customer was asked for a rating through a channel, or by a card with a code.

    Asked again, the last time counts. What was rated or asked just now already stays as it is. Raises
    UserError where what it is about is gone, and for a code that another card has.
    """
    customer_id = present(book, about)
    if not code and _settled(book, customer_id, about, at, channel):
        return Changes()
    if code and book.value("SELECT 1 FROM rating WHERE code = ?", (code,)):
        raise UserError(tr("The card {code} is in the book already.", code=written(code)))
    label, args = _asked_label(book, customer_id)
    with book.step(label, **args) as step:
        ask_within(book, step, about, at=at, channel=channel, code=code)
    return step.changes


def ask_within(
    book: Book, step: Step, about: About, *, at: datetime, channel: str = "", code: str = ""
) -> None:
    """Note an asking within a step that does more."""
    customer_id = present(book, about)
    row = claimed_row(book, step, customer_id, about, at)
    values: dict[str, Any] = {
        "customer_id": customer_id, **about.links(), "asked_at": iso(at), "channel": channel or None,
        "code": code or None, "ended_at": ended(book, about, at),
    }  # fmt: skip
    if row is not None:
        step.update(Rating, row, skipped_at=None)
    write(step, row, {name: value for name, value in values.items() if value is not None})


def card_for(book: Book, about: About, *, at: datetime) -> tuple[Changes, str]:
    """The code of the feedback card about something, and what was noted; printed again it stays the same."""
    row = open_row(book, present(book, about), about)
    known = row and book.value("SELECT code FROM rating WHERE id = ?", (row,))
    if known:
        return Changes(), str(known)
    code = new_code()
    return ask_rating(book, about, at=at, channel="shop", code=code), code


def skip_rating(book: Book, about: About, *, at: datetime) -> Changes:
    """Note that nobody is asked about this, or reminded of it. Raises UserError where it is gone."""
    customer_id = present(book, about)
    row = open_row(book, customer_id, about)
    if row is not None and book.value("SELECT skipped_at FROM rating WHERE id = ?", (row,)):
        return Changes()
    name = customer_name(book, customer_id)
    label = mark("Do not ask {customer} about this") if name else mark("Do not ask about this")
    with book.step(label, **({"customer": name} if name else {})) as step:
        if row is None:
            ends = ended(book, about, at)
            links = {"customer_id": customer_id, **about.links()}
            write(step, None, {**links, "skipped_at": iso(at), "ended_at": ends})
        else:
            step.update(Rating, row, skipped_at=iso(at))
    return step.changes


def unskip_rating(book: Book, *, rating_id: int) -> Changes:
    """Let it be asked about again."""
    found = book.get(Rating, rating_id)
    if found is None:
        raise gone()
    if found.skipped_at is None:
        return Changes()
    label, args = named(book, found, mark("Ask {customer} about this again"), mark("Ask about this again"))
    with book.step(label, **args) as step:
        if found.asked_at is None and found.expected_at is None and found.rated_at is None:
            step.delete(Rating, [rating_id])
        else:
            step.update(Rating, rating_id, skipped_at=None)
    return step.changes


def answer_by_code(book: Book, *, code: str, verdict: Verdict) -> Changes:
    """Record what stands on a feedback card that came back.

    A card that was given out for something answers that; a blank one becomes a rating of the shop, or of what
    `verdict` names. Raises UserError for a mistyped code, a card that was entered already, and as
    `add_rating` does.
    """
    known = read_code(code)
    if known is None:
        raise mistyped(code)
    found = book.row("SELECT id, rated_at FROM rating WHERE code = ?", (known,))
    if found is not None and found[1] is not None:
        raise UserError(
            tr("The card {code} was entered already.", code=written(known)),
            tr("Its rating is of {when}; correct that one if it is wrong.", when=format_when(found[1])),
        )
    if found is not None:
        verdict = _of_card(book, int(found[0]), verdict)
    customer = customer_name(book, present(book, verdict))
    label = mark("Feedback card of {customer}") if customer else mark("Feedback card {code}")
    with book.step(label, **({"customer": customer} if customer else {"code": written(known)})) as step:
        row = int(found[0]) if found is not None else None
        rate_within(book, step, verdict, row=row, code=known)
    return step.changes


def mistyped(code: str) -> UserError:
    """What is said of a code whose check is wrong."""
    return UserError(
        tr("“{code}” is not the code of a card.", code=code.strip()),
        tr("One letter or figure is wrong, or two have changed places. Compare it with the card."),
    )


def _of_card(book: Book, row: int, verdict: Verdict) -> Verdict:
    """The verdict on what the card was given out for."""
    found = book.row("SELECT case_id, complaint_id, order_id, customer_id FROM rating WHERE id = ?", (row,))
    names = ("case_id", "complaint_id", "order_id", "customer_id")
    known = {name: value for name, value in zip(names, found, strict=True) if value is not None}
    return replace(verdict, **known)


def _settled(book: Book, customer_id: int | None, about: About, at: datetime, channel: str) -> bool:
    """Whether there is nothing to ask: it was rated, or asked just now through the same channel."""
    row = open_row(book, customer_id, about)
    if row is not None:
        asked, through = book.row("SELECT asked_at, channel FROM rating WHERE id = ?", (row,)) or (None, "")
        return asked is not None and through == channel and abs(at - from_iso(asked)) < _SAME
    subject = about.subject()
    if subject is None:
        return False
    return bool(
        book.value(
            f"SELECT 1 FROM rating WHERE {subject} = ? AND customer_id IS ? AND rated_at IS NOT NULL"
            + (" AND case_id IS NULL AND complaint_id IS NULL" if subject == "order_id" else ""),
            (getattr(about, subject), customer_id),
        )
    )


def _asked_label(book: Book, customer_id: int | None) -> tuple[str, dict[str, str]]:
    name = customer_name(book, customer_id)
    if name:
        return mark("Ask {customer} for a rating"), {"customer": name}
    return mark("Ask for a rating"), {}
