"""Changes to the service timeline: notes on what passed with a customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.service import Interaction
from desktop.operations.present_records import present_records

_LINKED = {
    "order": ("orders", "order_id"),
    "case": ("service_case", "case_id"),
    "complaint": ("complaint", "complaint_id"),
}
"""What a note can hang on: the table, and the note's column."""


def add_interaction(
    book: Book,
    *,
    text: str,
    stage: str,
    at: datetime,
    customer_id: int | None = None,
    channel: str = "shop",
    minutes: int | None = None,
    title: str = "",
    order_id: int | None = None,
    case_id: int | None = None,
    complaint_id: int | None = None,
    gave: str = "",
    staff_id: int | None = None,
) -> Changes:
    """Note one touch with a customer (or, without one, in the shop). Raises UserError for an empty note, and
    where what it is about is gone.

    `gave`: what the shop got with it, a "suggestion" or an "interview", else "".
    """
    values = _note(text=text, title=title, minutes=minutes)
    label, args = _named(book, customer_id, mark("Note on {customer}"), mark("Note in the shop's timeline"))
    with book.step(label, **args) as step:
        about = present_records(
            book,
            customer_id=customer_id,
            order_id=order_id,
            case_id=case_id,
            complaint_id=complaint_id,
            staff_id=staff_id,
        )
        step.insert(
            Interaction,
            **about,
            stage=stage,
            channel=channel,
            happened_at=iso(at),
            gave=gave,
            **values,
        )
    return step.changes


def edit_interaction(book: Book, *, interaction_id: int, **values: Any) -> Changes:
    """Correct a note: `text`, `title`, `stage`, `channel`, `minutes`, `at` (moment), `order_id`, `staff_id`,
    `gave`.

    What stood before stays in the book's history. Raises UserError when the note is gone or left empty.
    """
    found = _interaction(book, interaction_id)
    if "at" in values:
        values["happened_at"] = iso(values.pop("at"))
    kept = {"text": found.text, "title": found.title, "minutes": found.minutes}
    values |= _note(**{key: values.get(key, old) for key, old in kept.items()})
    label, args = _named(
        book, found.customer_id, mark("Correct the note on {customer}"), mark("Correct the note")
    )
    with book.step(label, **args) as step:
        step.update(Interaction, interaction_id, **values)
    return step.changes


def pin_interaction(book: Book, *, interaction_id: int, pinned: bool = True) -> Changes:
    """Keep a note at the top of the timeline, or let it go back to its day."""
    found = _interaction(book, interaction_id)
    if pinned:
        names = mark("Pin the note on {customer}"), mark("Pin the note")
    else:
        names = mark("Unpin the note on {customer}"), mark("Unpin the note")
    label, args = _named(book, found.customer_id, *names)
    with book.step(label, **args) as step:
        step.update(Interaction, interaction_id, pinned=pinned)
    return step.changes


def link_interaction(book: Book, *, interaction_id: int, kind: str, row: int | None) -> Changes:
    """Hang a note on an "order", a "case" or a "complaint" of its customer; None takes it off.

    Raises UserError when the note is gone, or the thing is another customer's.
    """
    found = _interaction(book, interaction_id)
    table, column = _LINKED[kind]
    if row is not None:
        owner = book.row(f"SELECT customer_id FROM {table} WHERE id = ?", (row,))
        if owner is None:
            raise gone()
        if owner[0] != found.customer_id:
            raise UserError(
                tr("That belongs to another customer."), tr("Link the note to something of its own customer.")
            )
    if row is None:
        names = mark("Unlink the note on {customer}"), mark("Unlink the note")
    else:
        names = mark("Link the note on {customer}"), mark("Link the note")
    label, args = _named(book, found.customer_id, *names)
    with book.step(label, **args) as step:
        step.update(Interaction, interaction_id, **{column: row})
    return step.changes


def set_gave(book: Book, *, interaction_id: int, gave: str) -> Changes:
    """Say that the customer gave a "suggestion" or an "interview" with a note, or ("") neither."""
    found = _interaction(book, interaction_id)
    names = mark("Mark the note on {customer}"), mark("Mark the note")
    label, args = _named(book, found.customer_id, *names)
    with book.step(label, **args) as step:
        step.update(Interaction, interaction_id, gave=gave)
    return step.changes


def delete_interactions(book: Book, *, interaction_ids: Sequence[int]) -> Changes:
    """Remove notes from the timeline."""
    if len(interaction_ids) == 1:
        found = _interaction(book, interaction_ids[0])
        names = mark("Delete the note on {customer}"), mark("Delete the note")
        label, args = _named(book, found.customer_id, *names)
    else:
        label, args = mark("Delete {count} notes"), {"count": str(len(interaction_ids))}
    with book.step(label, **args) as step:
        step.delete(Interaction, interaction_ids)
    return step.changes


def customer_name(book: Book, customer_id: int | None) -> str:
    """The customer's name as menus say it; "" for nobody and for a customer without a name."""
    if customer_id is None:
        return ""
    return str(book.value("SELECT name FROM customer WHERE id = ?", (customer_id,)) or "")


def _named(book: Book, customer_id: int | None, with_name: str, without: str) -> tuple[str, dict[str, str]]:
    name = customer_name(book, customer_id)
    return (with_name, {"customer": name}) if name else (without, {})


def _note(*, text: str, title: str, minutes: int | None) -> dict[str, Any]:
    text, title = text.strip(), title.strip()
    if not text and not title:
        raise UserError(tr("The note is empty."), tr("Write what happened, then save it."))
    if minutes is not None and minutes < 0:
        raise UserError(tr("The minutes cannot be less than none."))
    return {"text": text, "title": title, "minutes": minutes}


def _interaction(book: Book, interaction_id: int) -> Any:
    found = book.get(Interaction, interaction_id)
    if found is None:
        raise gone()
    return found


def gone() -> UserError:
    """What is said of an entry that somebody deleted meanwhile."""
    return UserError(
        tr("This entry is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
    )
