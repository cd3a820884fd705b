"""How a case goes on: steps ticked, waiting for the customer, closed, called off, taken up again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from desktop.core.days import from_iso, iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.core.words import CASE_OUTCOMES
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.orders import Order
from desktop.models.service import CaseStep, ServiceCase
from desktop.operations.asking import ask_within
from desktop.operations.case_limits import check_revival
from desktop.operations.rated_things import About
from desktop.operations.ratings import Verdict, rate_within
from desktop.operations.service_cases import ENDED, load

OUTCOMES: Mapping[str, str] = {
    "return": "refunded",
    "exchange": "replaced",
    "repair": "repaired",
    "installation": "installed",
    "warranty": "repaired",
}
"""What a case of each kind comes to unless somebody says otherwise."""


def advance_case(
    book: Book, *, case_id: int, at: datetime, note: str = "", staff_id: int | None = None
) -> Changes:
    """Tick the case's next step; ticking the last one closes the case. Raises UserError when it is over."""
    case = load(book, case_id)
    _must_go_on(case)
    todo = next_step(book, case_id)
    with book.step(mark("Go on with the service case {number}"), number=case.number) as step:
        if todo is not None:
            step.update(CaseStep, todo, done_at=iso(at), note=note.strip(), staff_id=_who(book, staff_id))
        _follow(step, case, at)
    return step.changes


def tick_step(
    book: Book, *, step_id: int, done: bool, at: datetime, note: str = "", staff_id: int | None = None
) -> Changes:
    """Tick any step of a case, or take the tick back; the case ends with its last step, and begins again.

    Raises UserError for one that cannot begin again, because its goods went back in another.
    """
    case = load(book, book.value("SELECT case_id FROM case_step WHERE id = ?", (step_id,)))
    label = mark("Tick a step of the service case {number}")
    if not done:
        label = mark("Take back a step of the service case {number}")
    with book.step(label, number=case.number) as step:
        step.update(
            CaseStep,
            step_id,
            done_at=iso(at) if done else None,
            note=note.strip(),
            staff_id=_who(book, staff_id) if done else None,
        )
        _follow(step, case, at)
        if case.status in ENDED and _status(step, case_id=case.id) not in ENDED:
            check_revival(book, case)
    return step.changes


def answer_case(book: Book, *, case_id: int, at: datetime) -> Changes:
    """Note that the customer had a first word. Raises UserError when that is known already."""
    case = load(book, case_id)
    if case.answered_at is not None:
        raise UserError(tr("The first word to the customer is noted already."))
    with book.step(mark("First word on the service case {number}"), number=case.number) as step:
        step.update(ServiceCase, case_id, answered_at=iso(at))
    return step.changes


def wait_for_customer(book: Book, *, case_id: int, at: datetime) -> Changes:
    """Stop the clock: the next word is the customer's. Raises UserError when the case has ended."""
    case = load(book, case_id)
    _must_go_on(case)
    if case.status == "waiting":
        return Changes()
    with book.step(mark("The service case {number} waits for the customer"), number=case.number) as step:
        step.update(
            ServiceCase,
            case_id,
            status="waiting",
            waiting_since=iso(at),
            answered_at=case.answered_at or iso(at),
        )
    return step.changes


def resume_case(book: Book, *, case_id: int, at: datetime) -> Changes:
    """Start the clock again; what is due moves by the whole minutes that were waited."""
    case = load(book, case_id)
    if case.status != "waiting":
        return Changes()
    with book.step(mark("Go on with the service case {number}"), number=case.number) as step:
        step.update(ServiceCase, case_id, status="open", **_waited(step, case, at))
    return step.changes


def close_case(
    book: Book,
    *,
    case_id: int,
    at: datetime,
    called_off: bool = False,
    outcome: str = "",
    cost: int | None = None,
    refunded: int | None = None,
    on_order: bool = False,
    ask: bool = False,
    perceived: int | None = None,
    text: str = "",
    tick: int | None = None,
    staff_id: int | None = None,
) -> Changes:
    """End a case as it stands; `called_off` when nothing came of it. Raises UserError when it is over.

    `cost` is what it cost the shop, `refunded` what the customer got back, both minor units; `on_order` books
    what was given back beyond what the case had before as a refund of its order, which is returned when
    nothing of it is left. `ask`: the customer is asked for a rating, unless they said at once
    how they found it: `perceived`, 1-5. `text` is kept below the case's words,
    and `tick` is a step that is done with this. All of it is one undo step.
    """
    case = load(book, case_id)
    _must_go_on(case)
    if outcome and outcome not in CASE_OUTCOMES:
        raise UserError(tr("There is no outcome “{outcome}”.", outcome=outcome))
    if min(cost or 0, refunded or 0) < 0:
        raise UserError(tr("An amount cannot be less than nothing."))
    label = (
        mark("Call off the service case {number}") if called_off else mark("Close the service case {number}")
    )
    with book.step(label, number=case.number) as step:
        if tick is not None:
            step.update(CaseStep, tick, done_at=iso(at), staff_id=_who(book, staff_id))
        values = _ended(step, case, at)
        values["status"] = "cancelled" if called_off else "done"
        values["outcome"] = outcome or ("none" if called_off else OUTCOMES[case.kind])
        for name, amount in (("cost", cost), ("refunded", refunded)):
            if amount is not None:
                values[name] = amount
        if text.strip():
            values["text"] = "\n".join(part for part in (case.text, text.strip()) if part)
        step.update(ServiceCase, case_id, **values)
        if on_order and refunded is not None and case.order_id is not None:
            _book_refund(step, case, refunded - case.refunded, at)
        if perceived is not None:
            about = {"customer_id": case.customer_id, "order_id": case.order_id, "case_id": case_id}
            rate_within(book, step, Verdict(**about, rated_at=at, perceived=perceived, staff_id=staff_id))
        elif ask and not called_off:
            _ask(book, step, case, at)
    return step.changes


def reopen_case(book: Book, *, case_id: int) -> Changes:
    """Take up an ended case again. Raises UserError when its goods went back in another one meanwhile."""
    case = load(book, case_id)
    if case.status not in ENDED:
        return Changes()
    check_revival(book, case)
    with book.step(mark("Reopen the service case {number}"), number=case.number) as step:
        step.update(ServiceCase, case_id, status="open", closed_at=None, outcome="")
    return step.changes


def next_step(book: Book, case_id: int) -> int | None:
    """The first step of a case that is to be done."""
    found = book.value(
        "SELECT id FROM case_step WHERE case_id = ? AND done_at IS NULL ORDER BY position, id", (case_id,)
    )
    return None if found is None else int(found)


def _follow(step: Step, case: Any, at: datetime) -> None:
    """Let the case's state follow its steps: a tick ends its waiting, the last one the case."""
    (todo,) = step.execute(
        "SELECT count(*) FROM case_step WHERE case_id = ? AND done_at IS NULL", (case.id,)
    ).fetchone()
    if not todo:
        if case.status not in ENDED:
            outcome = case.outcome or OUTCOMES[case.kind]
            step.update(ServiceCase, case.id, status="done", outcome=outcome, **_ended(step, case, at))
    elif case.status in ENDED:
        step.update(ServiceCase, case.id, status="open", closed_at=None, outcome="")
    else:
        answered = case.answered_at or iso(at)
        step.update(ServiceCase, case.id, status="open", answered_at=answered, **_waited(step, case, at))


def _ended(step: Step, case: Any, at: datetime) -> dict[str, Any]:
    """The times of a case that ends: its waiting is over, and the customer knows."""
    return {"closed_at": iso(at), "answered_at": case.answered_at or iso(at), **_waited(step, case, at)}


def _waited(step: Step, case: Any, at: datetime) -> dict[str, Any]:
    """End the waiting, if any: what is still due moves by it. A clock set back has waited nothing."""
    if case.waiting_since is None:
        return {}
    minutes = max(0, int((at - from_iso(case.waiting_since)).total_seconds() // 60))
    moved = timedelta(minutes=minutes)
    for row, due in step.execute(
        "SELECT id, due_at FROM case_step WHERE case_id = ? AND done_at IS NULL AND due_at IS NOT NULL",
        (case.id,),
    ).fetchall():
        step.update(CaseStep, row, due_at=iso(from_iso(due) + moved))
    values: dict[str, Any] = {"waiting_since": None, "waited_minutes": case.waited_minutes + minutes}
    if case.due_at is not None:
        values["due_at"] = iso(from_iso(case.due_at) + moved)
    return values


def _book_refund(step: Step, case: Any, more: int, at: datetime) -> None:
    """Add to what was given back of the case's order; one of which nothing is left is returned."""
    number, status, paid, refunded, ended = step.execute(
        "SELECT number, status, paid, refunded, ended_at FROM orders WHERE id = ?", (case.order_id,)
    ).fetchone()
    if refunded + more > max(paid, 0):
        raise UserError(
            tr("More would be given back than was paid for the order {number}.", number=number),
            tr("Write a smaller amount, or leave the order as it is."),
        )
    values: dict[str, Any] = {"refunded": max(0, refunded + more)}
    if case.kind == "return" and 0 < paid <= refunded + more and status in ("paid", "shipped", "completed"):
        values |= {"status": "returned", "ended_at": ended or iso(at)}
    step.update(Order, case.order_id, **values)


def _ask(book: Book, step: Step, case: Any, at: datetime) -> None:
    """Ask for a rating, unless the customer was asked about this case already."""
    if step.execute("SELECT 1 FROM rating WHERE case_id = ?", (case.id,)).fetchone():
        return
    about = About(customer_id=case.customer_id, order_id=case.order_id, case_id=case.id)
    ask_within(book, step, about, at=at)


def _status(step: Step, case_id: int) -> str:
    (status,) = step.execute("SELECT status FROM service_case WHERE id = ?", (case_id,)).fetchone()
    return str(status)


def _must_go_on(case: Any) -> None:
    if case.status in ENDED:
        raise UserError(
            tr("The service case {number} is closed.", number=case.number),
            tr("Open a new one if there is more to do."),
        )


def _who(book: Book, staff_id: int | None) -> int | None:
    """Who ticked it: whoever is named, else whoever works here now."""
    return staff_id if staff_id is not None else book.clerk_id()
