"""Ticking the steps of a stage: a list is written with its first tick, as its process is on that day."""

from __future__ import annotations

from datetime import datetime

from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.processes import Checklist as ChecklistRow
from desktop.models.processes import ChecklistStep
from desktop.operations.service import gone
from desktop.queries.checklists import Checklist, customer_checklist, due, order_checklist
from desktop.queries.processes import process_steps


def tick_order(
    book: Book,
    *,
    order_id: int,
    stage: str,
    position: int,
    done: bool,
    at: datetime,
    note: str = "",
    staff_id: int | None = None,
) -> Changes:
    """Tick a step of an order's in-sale or after-sale list, or take the tick back.

    Raises UserError for a step that is ticked by a fact of the book: that is changed where it stands.
    """
    found = order_checklist(book, order_id=order_id, stage=stage)
    if found is None:
        raise gone()
    return _tick(book, found, position, done, at, note, staff_id, order_id=order_id)


def tick_customer(
    book: Book,
    *,
    customer_id: int,
    position: int,
    done: bool,
    at: datetime,
    note: str = "",
    staff_id: int | None = None,
) -> Changes:
    """Tick a step of the sale in the making with a customer; the first tick begins it, the last ends it."""
    found = customer_checklist(book, customer_id=customer_id)
    return _tick(book, found, position, done, at, note, staff_id, customer_id=customer_id)


def end_sale(book: Book, *, customer_id: int, at: datetime) -> Changes:
    """Put the sale in the making away, sold or not; the next tick begins a new one."""
    found = customer_checklist(book, customer_id=customer_id)
    if found.id is None:
        return Changes()
    with book.step(mark("End the sale in the making")) as step:
        step.update(ChecklistRow, found.id, closed_at=iso(at))
    return step.changes


def _tick(
    book: Book,
    found: Checklist,
    position: int,
    done: bool,
    at: datetime,
    note: str,
    staff_id: int | None,
    *,
    order_id: int | None = None,
    customer_id: int | None = None,
) -> Changes:
    ticked = next((one for one in found.steps if one.position == position), None)
    if ticked is None:
        raise UserError(tr("This step is no longer in the process."), tr("Somebody changed it meanwhile."))
    if ticked.told:
        raise UserError(
            tr("“{title}” is ticked by the order itself.", title=tr(ticked.title)),
            tr("Change the order, its parcel or its rating; the step follows."),
        )
    who = staff_id if staff_id is not None else book.clerk_id()
    label = mark("Tick “{title}”") if done else mark("Take back “{title}”")
    with book.step(label, title=tr(ticked.title)) as step:
        row = found.id
        if row is None:
            row = _begin(book, step, found, at, who, order_id=order_id, customer_id=customer_id)
        (step_id,) = step.execute(
            "SELECT id FROM checklist_step WHERE checklist_id = ? AND position = ?", (row, position)
        ).fetchone()
        step.update(
            ChecklistStep, step_id, done_at=iso(at) if done else None, staff_id=who if done else None,
            note=note.strip(),
        )  # fmt: skip
        left = sum(one.done_at is None for one in found.steps if one.position != position) + (not done)
        step.update(ChecklistRow, row, closed_at=None if left else iso(at))
    return step.changes


def _begin(
    book: Book,
    step: Step,
    found: Checklist,
    at: datetime,
    who: int | None,
    *,
    order_id: int | None,
    customer_id: int | None,
) -> int:
    """Write the list down: later changes of the process do not rewrite it."""
    opened = found.opened_at or iso(at)
    row = step.insert(
        ChecklistRow,
        stage=found.stage,
        order_id=order_id,
        customer_id=customer_id,
        opened_at=opened,
        staff_id=who,
    )
    for position, (title, hours, fact) in enumerate(process_steps(book, found.stage)):
        step.insert(
            ChecklistStep,
            checklist_id=row,
            position=position,
            title=title,
            fact=fact,
            due_at=due(opened, hours),
        )
    return row
