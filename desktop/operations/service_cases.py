"""Changes to after-sale cases: opened, their steps ticked, corrected, closed, taken up again, deleted.

A note on a case is an interaction with its `case_id` (operations/service.py).
"""

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
from desktop.models.service import CaseStep, ServiceCase
from desktop.operations.numbers import next_number
from desktop.operations.service import gone

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

ENDED = ("done", "cancelled")
"""The states of a case with which the shop has finished."""


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
    case = _case(book, case_id)
    if case.status in ENDED:
        raise UserError(
            tr("The service case {number} is closed.", number=case.number),
            tr("Open a new one if there is more to do."),
        )
    todo = book.value(
        "SELECT id FROM case_step WHERE case_id = ? AND done_at IS NULL ORDER BY position, id", (case_id,)
    )
    with book.step(mark("Go on with the service case {number}"), number=case.number) as step:
        if todo is not None:
            step.update(CaseStep, todo, done_at=iso(at), note=note.strip(), staff_id=staff_id)
        _follow(step, case, at)
    return step.changes


def tick_step(book: Book, *, step_id: int, done: bool, at: datetime, staff_id: int | None = None) -> Changes:
    """Tick any step of a case, or take the tick back; the case ends with its last step, and begins again."""
    case = _case(book, book.value("SELECT case_id FROM case_step WHERE id = ?", (step_id,)))
    label = mark("Tick a step of the service case {number}")
    if not done:
        label = mark("Take back a step of the service case {number}")
    with book.step(label, number=case.number) as step:
        step.update(CaseStep, step_id, done_at=iso(at) if done else None, staff_id=staff_id if done else None)
        _follow(step, case, at)
    return step.changes


def close_case(book: Book, *, case_id: int, at: datetime, called_off: bool = False) -> Changes:
    """End a case as it stands; `called_off` when nothing came of it. Raises UserError when it is over."""
    case = _case(book, case_id)
    if case.status in ENDED:
        raise UserError(tr("The service case {number} is closed.", number=case.number))
    label = (
        mark("Call off the service case {number}") if called_off else mark("Close the service case {number}")
    )
    with book.step(label, number=case.number) as step:
        step.update(ServiceCase, case_id, status="cancelled" if called_off else "done", closed_at=iso(at))
    return step.changes


def reopen_case(book: Book, *, case_id: int) -> Changes:
    """Take up an ended case again."""
    case = _case(book, case_id)
    with book.step(mark("Reopen the service case {number}"), number=case.number) as step:
        step.update(ServiceCase, case_id, status="open", closed_at=None)
    return step.changes


def edit_case(book: Book, *, case_id: int, **values: Any) -> Changes:
    """Correct a case: `title`, `text`, `place`, `order_id`, `staff_id`, `opened_at` (moment)."""
    case = _case(book, case_id)
    if "opened_at" in values:
        values["opened_at"] = iso(values["opened_at"])
    for name in ("title", "text", "place"):
        if name in values:
            values[name] = values[name].strip()
    with book.step(mark("Correct the service case {number}"), number=case.number) as step:
        step.update(ServiceCase, case_id, **values)
    return step.changes


def delete_cases(book: Book, *, case_ids: Sequence[int]) -> Changes:
    """Remove service cases with their steps; notes on them stay in the timeline."""
    if len(case_ids) == 1:
        label, args = mark("Delete the service case {number}"), {"number": _case(book, case_ids[0]).number}
    else:
        label, args = mark("Delete {count} service cases"), {"count": str(len(case_ids))}
    with book.step(label, **args) as step:
        step.delete(ServiceCase, case_ids)
    return step.changes


def _follow(step: Step, case: Any, at: datetime) -> None:
    """Let the case's state follow its steps."""
    (todo,) = step.execute(
        "SELECT count(*) FROM case_step WHERE case_id = ? AND done_at IS NULL", (case.id,)
    ).fetchone()
    if not todo:
        step.update(ServiceCase, case.id, status="done", closed_at=iso(at))
    elif case.status != "open":
        step.update(ServiceCase, case.id, status="open", closed_at=None)


def _case(book: Book, case_id: int | None) -> Any:
    case = book.get(ServiceCase, case_id) if case_id is not None else None
    if case is None:
        raise gone()
    return case
