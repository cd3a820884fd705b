"""Changes to the service timeline: notes on what passed with a customer, and after-sale cases."""

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
from desktop.models.service import CaseStep, Interaction, ServiceCase

CASE_STEPS: dict[str, tuple[str, ...]] = {
    "return": (
        mark("Agree on the return"),
        mark("Receive the goods"),
        mark("Check the goods"),
        mark("Give the money back"),
        mark("Ask how it was"),
    ),
    "exchange": (
        mark("Agree on the exchange"),
        mark("Receive the goods"),
        mark("Check the goods"),
        mark("Send the replacement"),
        mark("Ask how it was"),
    ),
    "repair": (
        mark("Receive the item"),
        mark("Find the fault"),
        mark("Agree on the price"),
        mark("Repair and test"),
        mark("Hand it back"),
    ),
    "installation": (
        mark("Agree on a time"),
        mark("Install on site"),
        mark("Explain how to use it"),
        mark("Ask how it was"),
    ),
    "warranty": (
        mark("Check the proof of purchase"),
        mark("Find the fault"),
        mark("Repair or replace"),
        mark("Hand it back"),
    ),
}
"""The steps a new case starts with, kept in the book as they stand here, translated where shown."""


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
    staff_id: int | None = None,
) -> Changes:
    """Note one touch with a customer (or, without one, in the shop). Raises UserError for an empty note."""
    values = _note(text=text, title=title, minutes=minutes)
    label, args = _named(book, customer_id, mark("Note on {customer}"), mark("Note in the shop's timeline"))
    with book.step(label, **args) as step:
        step.insert(
            Interaction,
            customer_id=customer_id,
            order_id=order_id,
            case_id=case_id,
            stage=stage,
            channel=channel,
            happened_at=iso(at),
            staff_id=staff_id,
            **values,
        )
    return step.changes


def edit_interaction(book: Book, *, interaction_id: int, **values: Any) -> Changes:
    """Correct a note: `text`, `title`, `stage`, `channel`, `minutes`, `at` (moment), `order_id`, `staff_id`.

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


def add_case(
    book: Book,
    *,
    kind: str,
    title: str,
    opened_at: datetime,
    customer_id: int | None = None,
    order_id: int | None = None,
    place: str = "",
    text: str = "",
    staff_id: int | None = None,
) -> Changes:
    """Open an after-sale case with its number (S-2026-0001) and the steps of its kind. Raises UserError."""
    if kind not in CASE_STEPS:
        raise UserError(tr("There is no service case of the kind “{kind}”.", kind=kind))
    with book.step(mark("Open the service case {title}"), title=title.strip() or kind) as step:
        case_id = step.insert(
            ServiceCase,
            number=next_number(step, "service_case", "S", opened_at.year),
            customer_id=customer_id,
            order_id=order_id,
            kind=kind,
            place=place.strip(),
            opened_at=iso(opened_at),
            title=title.strip(),
            text=text.strip(),
            staff_id=staff_id,
        )
        for position, name in enumerate(CASE_STEPS[kind]):
            step.insert(CaseStep, case_id=case_id, position=position, title=name)
    return step.changes


def advance_case(
    book: Book, *, case_id: int, at: datetime, note: str = "", staff_id: int | None = None
) -> Changes:
    """Tick the case's next step; ticking the last one closes the case. Raises UserError when it is over."""
    case = book.get(ServiceCase, case_id)
    if case is None:
        raise _gone()
    if case.status in ("done", "cancelled"):
        raise UserError(
            tr("The service case {number} is closed.", number=case.number),
            tr("Open a new one if there is more to do."),
        )
    todo = book.rows(
        "SELECT id FROM case_step WHERE case_id = ? AND done_at IS NULL ORDER BY position, id LIMIT 2",
        (case_id,),
    )
    with book.step(mark("Go on with the service case {number}"), number=case.number) as step:
        if todo:
            step.update(CaseStep, todo[0][0], done_at=iso(at), note=note.strip(), staff_id=staff_id)
        if len(todo) < 2:
            step.update(ServiceCase, case_id, status="done", closed_at=iso(at))
        else:
            step.update(ServiceCase, case_id, status="open")
    return step.changes


def next_number(step: Step, table: str, letter: str, year: int) -> str:
    """The next free number of a year, as C-2026-0117; for `complaint` and `service_case`."""
    start = f"{letter}-{year}-"
    (last,) = step.execute(
        f"SELECT max(CAST(substr(number, ?) AS INTEGER)) FROM {table} WHERE number >= ? AND number < ?",
        (len(start) + 1, start, start + "~"),
    ).fetchone()
    return f"{start}{(last or 0) + 1:04}"


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
        raise _gone()
    return found


def _gone() -> UserError:
    return UserError(
        tr("This entry is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
    )
