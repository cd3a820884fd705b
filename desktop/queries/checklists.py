"""The process of a stage as it goes with a customer or an order: ticked by hand, or by a fact of the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from desktop.core.days import from_iso, iso
from desktop.core.service_process import ProcessStep
from desktop.models.book import Book
from desktop.queries.processes import process_steps


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One step; `title` as stored. `told` says that a fact of the book ticked it, not a person."""

    position: int
    title: str
    fact: str
    due_at: str | None
    done_at: str | None
    staff: str = ""
    note: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list; `id` None while nothing of it was written, for then it is the process as it stands today.

    `opened_at` is what its deadlines count from, None where its stage has not begun; `over` says that the
    stage is behind, so that what is not ticked was not noted rather than not done.
    """

    stage: str
    id: int | None
    opened_at: str | None
    closed_at: str | None
    steps: tuple[CheckStep, ...]
    over: bool = False

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.done_at is not None for step in self.steps)

    @property
    def next(self) -> CheckStep | None:
        """The first step that is to be done, or None."""
        return next((step for step in self.steps if step.done_at is None), None)


def order_checklist(book: Book, *, order_id: int, stage: str) -> Checklist | None:
    """The in-sale or after-sale list of an order; None when the order is gone."""
    order = book.row("SELECT placed_at, ended_at, status FROM orders WHERE id = ?", (order_id,))
    if order is None:
        return None
    placed, ended, status = order
    facts = order_facts(book, order_id)
    opened = placed if stage == "in-sale" else ended if status == "completed" else None
    over = status in ("completed", "cancelled", "returned") if stage == "in-sale" else status == "cancelled"
    head = book.row(
        "SELECT id, opened_at, closed_at FROM checklist WHERE order_id = ? AND stage = ? "
        "ORDER BY id DESC LIMIT 1",
        (order_id, stage),
    )
    if head is None:
        steps = fresh_steps(process_steps(book, stage), opened, facts)
        return Checklist(stage, None, opened, None, steps, over)
    return Checklist(*(stage, *head, written_steps(book, head[0], facts), over))


def customer_checklist(book: Book, *, customer_id: int) -> Checklist:
    """The pre-sale list of the sale that is in the making with a customer; a fresh one where none is."""
    head = book.row(
        "SELECT id, opened_at, closed_at FROM checklist WHERE customer_id = ? AND stage = 'pre-sale' "
        "AND closed_at IS NULL ORDER BY id DESC LIMIT 1",
        (customer_id,),
    )
    if head is None:
        return Checklist("pre-sale", None, None, None, fresh_steps(process_steps(book, "pre-sale"), None, {}))
    return Checklist(*("pre-sale", *head, written_steps(book, head[0], {})))


def order_facts(book: Book, order_id: int) -> dict[str, str]:
    """When what the book knows of an order came about, by the name of the fact.

    A parcel tells better than a status, and a status without a moment of its own counts from the last one
    that is known.
    """
    placed, paid, ended, status = book.row(
        "SELECT placed_at, paid_at, ended_at, status FROM orders WHERE id = ?", (order_id,)
    )
    sent, arrived = book.row(
        "SELECT min(CASE WHEN status <> 'packed' THEN shipped_at END), "
        "min(CASE WHEN status = 'arrived' THEN coalesce(arrived_at, shipped_at) END) "
        "FROM shipment WHERE order_id = ? AND direction = 'out'",
        (order_id,),
    )
    rated = book.value(
        "SELECT min(rated_at) FROM rating WHERE order_id = ? AND rated_at IS NOT NULL", (order_id,)
    )
    found: dict[str, str] = {}
    if paid or status in ("paid", "shipped", "completed"):
        found["paid"] = paid or placed
    if sent or status in ("shipped", "completed"):
        found["shipped"] = sent or ended or found["paid"]
    if arrived or status == "completed":
        found["arrived"] = arrived or ended or found["shipped"]
    if rated:
        found["rated"] = rated
    return found


def fresh_steps(
    process: Sequence[ProcessStep], opened_at: str | None, facts: Mapping[str, str]
) -> tuple[CheckStep, ...]:
    """The steps of a list of which nothing was written yet."""
    return tuple(
        _seen(CheckStep(position, title, fact, due(opened_at, hours), None), facts)
        for position, (title, hours, fact) in enumerate(process)
    )


def written_steps(book: Book, checklist_id: int, facts: Mapping[str, str]) -> tuple[CheckStep, ...]:
    """The steps of a list as the process had them on the day it was begun."""
    rows = book.rows(
        "SELECT position, title, fact, due_at, done_at, coalesce(staff.name, ''), note FROM checklist_step "
        "LEFT JOIN staff ON staff.id = staff_id WHERE checklist_id = ? ORDER BY position, checklist_step.id",
        (checklist_id,),
    )
    return tuple(_seen(CheckStep(*row), facts) for row in rows)


def due(opened_at: str | None, hours: int | None) -> str | None:
    """A step's deadline: so many hours after the opening."""
    if opened_at is None or hours is None:
        return None
    return iso(from_iso(opened_at) + timedelta(hours=hours))


def _seen(step: CheckStep, facts: Mapping[str, str]) -> CheckStep:
    """The step, ticked by its fact where nobody ticked it."""
    if step.done_at is not None or step.fact not in facts:
        return step
    return CheckStep(
        step.position, step.title, step.fact, step.due_at, facts[step.fact], note=step.note, told=True
    )
