"""Changes to after-sale cases: opened, corrected, noted upon, deleted; how they go on is in `case_moves`.

A note on a case is an interaction with its `case_id` (operations/service.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from desktop.core.days import from_iso, iso
from desktop.core.errors import UserError
from desktop.core.service_process import ProcessStep, allowed_hours
from desktop.core.translation import mark, tr
from desktop.core.words import CASE_KINDS
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.service import CaseItem, CaseStep, Interaction, ServiceCase
from desktop.operations.case_limits import check_items
from desktop.operations.numbers import next_number
from desktop.operations.present_records import present_records
from desktop.operations.service import gone
from desktop.queries.processes import process_steps

ENDED = ("done", "cancelled")
"""The states of a case with which the shop has finished."""

Deadline = datetime | None | Literal["process"]


class Item(NamedTuple):
    """Some of an order's line, or a thing without one; `amount` what it cost, minor units."""

    title: str
    quantity: float = 1
    order_line_id: int | None = None
    product_id: int | None = None
    amount: int = 0


def add_case(
    book: Book,
    *,
    kind: str,
    title: str = "",
    opened_at: datetime,
    items: Iterable[Item] = (),
    reason: str = "",
    customer_id: int | None = None,
    order_id: int | None = None,
    place: str = "",
    text: str = "",
    due_at: Deadline = "process",
    answered: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """Open an after-sale case with its number (S-2026-0001) and the steps of its kind, with their deadlines.

    Without a title it is called by its items. `due_at` is the deadline of the whole, that of the process
    unless given; `answered`: the customer was there, so that the first word was at once.
    Raises UserError for a kind there is not, for more than can be returned, and where its customer or order
    is gone.
    """
    if kind not in CASE_KINDS:
        raise UserError(tr("There is no service case of the kind “{kind}”.", kind=kind))
    kept = _kept(items)
    check_items(book, kind, order_id, kept)
    title = title.strip() or _named_by(kept)
    steps = process_steps(book, kind)
    with book.step(mark("Open the service case {title}"), title=title or tr(CASE_KINDS[kind])) as step:
        about = present_records(book, customer_id=customer_id, order_id=order_id, staff_id=staff_id)
        case_id = step.insert(
            ServiceCase,
            number=next_number(step, "service_case", "S", opened_at.year),
            **about,
            kind=kind,
            reason=reason,
            place=place.strip(),
            opened_at=iso(opened_at),
            due_at=_due(steps, opened_at) if due_at == "process" else _moment(due_at),
            answered_at=iso(opened_at) if answered else None,
            title=title,
            text=text.strip(),
        )
        for position, (name, hours, _) in enumerate(steps):
            step.insert(
                CaseStep, case_id=case_id, position=position, title=name, due_at=_after(opened_at, hours)
            )
        _write_items(step, case_id, kept)
        step.created["service_case"] = case_id
    return step.changes


def edit_case(book: Book, *, case_id: int, items: Iterable[Item] | None = None, **values: Any) -> Changes:
    """Correct a case: `title`, `text`, `place`, `reason`, `outcome`, `order_id`, `staff_id`, `opened_at` and
    `due_at` (moments), `cost` and `refunded` (minor units), and with `items` what it is about.

    An earlier or later opening moves no deadline. Raises UserError for more than can be returned.
    """
    case = load(book, case_id)
    for name in ("opened_at", "due_at"):
        if name in values:
            values[name] = _moment(values[name])
    for name in ("title", "text", "place"):
        if name in values:
            values[name] = values[name].strip()
    if min(values.get("cost", 0), values.get("refunded", 0)) < 0:
        raise UserError(tr("An amount cannot be less than nothing."))
    kept = None if items is None else _kept(items)
    if case.status != "cancelled":
        wanted = kept if kept is not None else items_of(book, case_id)
        check_items(book, case.kind, values.get("order_id", case.order_id), wanted, case)
    if kept is not None and "title" in values:
        values["title"] = values["title"] or _named_by(kept)
    with book.step(mark("Correct the service case {number}"), number=case.number) as step:
        step.update(ServiceCase, case_id, **values)
        if kept is not None and kept != items_of(book, case_id):
            step.execute("DELETE FROM case_item WHERE case_id = ?", (case_id,))
            _write_items(step, case_id, kept)
    return step.changes


def note_case(
    book: Book, *, case_id: int, text: str, at: datetime, channel: str = "shop", staff_id: int | None = None
) -> Changes:
    """Note what passed with the customer about a case; the first such note is the first word to them."""
    case = load(book, case_id)
    if not text.strip():
        raise UserError(tr("The note is empty."), tr("Write what happened, then save it."))
    with book.step(mark("Note on the service case {number}"), number=case.number) as step:
        step.insert(
            Interaction,
            customer_id=case.customer_id,
            order_id=case.order_id,
            case_id=case_id,
            stage="after-sale",
            channel=channel,
            happened_at=iso(at),
            text=text.strip(),
            staff_id=staff_id if staff_id is not None else book.clerk_id(),
        )
        if case.answered_at is None and case.status not in ENDED:
            step.update(ServiceCase, case_id, answered_at=iso(at))
    return step.changes


def delete_cases(book: Book, *, case_ids: Sequence[int]) -> Changes:
    """Remove service cases with their steps; notes on them stay in the timeline."""
    if len(case_ids) == 1:
        label, args = mark("Delete the service case {number}"), {"number": load(book, case_ids[0]).number}
    else:
        label, args = mark("Delete {count} service cases"), {"count": str(len(case_ids))}
    with book.step(label, **args) as step:
        step.delete(ServiceCase, case_ids)
    return step.changes


def items_of(book: Book, case_id: int) -> list[Item]:
    """What a case is about, as its operations take it."""
    rows = book.rows(
        "SELECT title, quantity, order_line_id, product_id, amount FROM case_item WHERE case_id = ? "
        "ORDER BY id",
        (case_id,),
    )
    return [Item(*row) for row in rows]


def load(book: Book, case_id: int | None) -> Any:
    """The case's record. Raises UserError when it is gone."""
    case = book.get(ServiceCase, case_id) if case_id is not None else None
    if case is None:
        raise gone()
    return case


def _kept(items: Iterable[Item]) -> list[Item]:
    """The items that say something. Raises UserError for a quantity of nothing."""
    kept = [item._replace(title=item.title.strip()) for item in items]
    kept = [item for item in kept if item.title or item.order_line_id is not None]
    for item in kept:
        if not item.quantity > 0:
            raise UserError(
                tr("The quantity of {product} must be more than none.", product=item.title),
                tr("Take the line out if the case is not about it."),
            )
    return kept


def _named_by(items: Sequence[Item]) -> str:
    """A case by what it is about: the first item, and that there are more."""
    names = [item.title for item in items if item.title]
    if len(names) < 2:
        return "".join(names)
    return tr("{item} and more", item=names[0])


def _write_items(step: Step, case_id: int, items: Sequence[Item]) -> None:
    for item in items:
        step.insert(CaseItem, case_id=case_id, **item._asdict())


def _due(steps: tuple[ProcessStep, ...], opened_at: datetime) -> str | None:
    return _after(opened_at, allowed_hours(steps))


def _after(start: datetime, hours: int | None) -> str | None:
    return None if hours is None else iso(start + timedelta(hours=hours))


def _moment(at: Any) -> str | None:
    """A moment as the book keeps it; texts come from the book itself."""
    if at is None:
        return None
    return iso(from_iso(at) if isinstance(at, str) else at)
