"""What was promised, to whom and until when: made, changed, kept or broken, open again, deleted.

A promise may belong to a complaint, whose history tells of it, or to a customer alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from desktop.core.dates import format_when, from_iso, iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import Promise
from desktop.models.history import Step
from desktop.operations.complaint_steps import add_step, load, moment_of
from desktop.operations.present_customer import present_customer


def add_promise(
    book: Book,
    *,
    text: str,
    made_at: datetime,
    due_at: datetime,
    complaint_id: int | None = None,
    customer_id: int | None = None,
    typed: bool = False,
    staff_id: int | None = None,
) -> Changes:
    """Record what was promised and until when; `staff_id` is who promised, the clerk at work if not said.

    Of a complaint it is its customer's. Raises UserError for no text, or a time before it is made.
    """
    text = _worded(text)
    if complaint_id is None:
        customer_id = present_customer(book, customer_id)
    with book.step(mark("Promise “{text}”"), text=text) as step:
        if complaint_id is not None:
            complaint = load(book, complaint_id)
            customer_id = complaint.customer_id
            made_at = moment_of(book, complaint, made_at, typed=typed, moves=False)
        _due_after(made_at, due_at)
        staff_id = book.clerk_id() if staff_id is None else staff_id
        step.insert(
            Promise,
            complaint_id=complaint_id,
            customer_id=customer_id,
            text=text,
            made_at=iso(made_at),
            due_at=iso(due_at),
            staff_id=staff_id,
        )
        if complaint_id is not None:
            add_step(step, complaint_id, made_at, "promise", text, staff_id)
    return step.changes


def keep_promise(
    book: Book, *, promise_id: int, at: datetime, typed: bool = False, staff_id: int | None = None
) -> Changes:
    """The promise was kept. Raises UserError when it is known to be broken."""
    return _end(book, promise_id, at, "kept", mark("Promise kept: “{text}”"), typed, staff_id)


def break_promise(
    book: Book, *, promise_id: int, at: datetime, typed: bool = False, staff_id: int | None = None
) -> Changes:
    """The promise was broken. Raises UserError when it is known to be kept."""
    return _end(book, promise_id, at, "broken", mark("Promise broken: “{text}”"), typed, staff_id)


def reopen_promise(book: Book, *, promise_id: int, at: datetime, staff_id: int | None = None) -> Changes:
    """The promise is open after all: it was called kept or broken by mistake."""
    with _working(book, promise_id, mark("Promise open again: “{text}”"), at, staff_id) as (promise, work):
        if promise.outcome:
            work.step.update(Promise, promise_id, outcome="", ended_at=None)
            work.note("promise-open", promise.text)
    return work.step.changes


def edit_promise(
    book: Book,
    *,
    promise_id: int,
    at: datetime,
    was: Mapping[str, Any] | None = None,
    staff_id: int | None = None,
    **values: Any,
) -> Changes:
    """Change what was promised (`text`), until when (`due_at`), and `by` which clerk it is kept (None: by
    nobody in particular); what is not named stays.

    `was`: what the form showed when it was opened; what stands unchanged in it is left alone, and what
    somebody else has changed meanwhile is not overwritten but told in a UserError, as are no text and a time
    before it was made.
    """
    new = _stored(values)
    shown = _stored(was, check=False) if was else {}
    new = {name: value for name, value in new.items() if name not in shown or value != shown[name]}
    with _working(book, promise_id, mark("Change the promise “{text}”"), at, staff_id) as (promise, work):
        if "due_at" in new:
            _due_after(from_iso(promise.made_at), from_iso(new["due_at"]))
        changed = {name: value for name, value in new.items() if getattr(promise, name) != value}
        if any(name in shown and getattr(promise, name) != shown[name] for name in changed):
            raise UserError(
                tr("The promise was changed meanwhile: “{text}”.", text=promise.text),
                tr("Nothing was overwritten. Open it again and see what it says now."),
            )
        if changed:
            work.step.update(Promise, promise_id, **changed)
            until = format_when(changed.get("due_at", promise.due_at))
            work.note(
                "promise-edited",
                tr("{text}; until {when}", text=changed.get("text", promise.text), when=until),
            )
    return work.step.changes


def _stored(values: Mapping[str, Any], *, check: bool = True) -> dict[str, Any]:
    """What a form says of a promise, as the book keeps it. Raises UserError for no text, if asked to."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name == "text":
            found["text"] = _worded(value) if check else value.strip()
        elif name == "due_at":
            found["due_at"] = iso(value)
        elif name == "by":
            found["staff_id"] = value
        else:
            raise KeyError(name)
    return found


def delete_promise(book: Book, *, promise_id: int, at: datetime, staff_id: int | None = None) -> Changes:
    """Take a promise out of the book: it was never made, or to somebody else."""
    with _working(book, promise_id, mark("Delete the promise “{text}”"), at, staff_id) as (promise, work):
        work.step.delete(Promise, [promise_id])
        work.note("promise-deleted", promise.text)
    return work.step.changes


class _Work:
    """A promise on which a step works; its complaint's history tells of it."""

    def __init__(self, book: Book, step: Step, promise: Any, at: datetime, staff_id: int | None) -> None:
        self.step, self.staff_id = step, book.clerk_id() if staff_id is None else staff_id
        self.complaint_id: int | None = promise.complaint_id
        self.at = max(at, from_iso(promise.made_at))
        if self.complaint_id is not None:
            complaint = load(book, self.complaint_id)
            self.at = moment_of(book, complaint, self.at, typed=False, moves=False)

    def note(self, kind: str, text: str) -> None:
        """Write one line of the complaint's history."""
        if self.complaint_id is not None:
            add_step(self.step, self.complaint_id, self.at, kind, text, self.staff_id)


@contextmanager
def _working(
    book: Book, promise_id: int, label: str, at: datetime, staff_id: int | None
) -> Iterator[tuple[Any, _Work]]:
    """Open a step on a promise, which is read within the transaction. Raises UserError when it is gone."""
    text = _promise(book, promise_id).text
    with book.step(label, text=text) as step:
        promise = _promise(book, promise_id)
        yield promise, _Work(book, step, promise, at, staff_id)


def _end(
    book: Book, promise_id: int, at: datetime, outcome: str, label: str, typed: bool, staff_id: int | None
) -> Changes:
    with _working(book, promise_id, label, at, staff_id) as (promise, work):
        if promise.outcome == outcome:
            return Changes()
        if promise.outcome:
            raise _ended_otherwise(promise)
        if typed:
            if at < from_iso(promise.made_at):
                raise UserError(
                    tr("That is before the promise was made: {when}.", when=format_when(promise.made_at)),
                    tr("Choose a later time."),
                )
            work.at = at
        work.step.update(Promise, promise_id, outcome=outcome, ended_at=iso(work.at))
        work.note(f"promise-{outcome}", promise.text)
    return work.step.changes


def _ended_otherwise(promise: Any) -> UserError:
    when = format_when(promise.ended_at or promise.due_at)
    if promise.outcome == "kept":
        said = tr("The promise “{text}” was noted as kept already: {when}.", text=promise.text, when=when)
    else:
        said = tr("The promise “{text}” was noted as broken already: {when}.", text=promise.text, when=when)
    return UserError(said, tr("Open it again first if that is wrong."))


def _promise(book: Book, promise_id: int) -> Any:
    promise = book.get(Promise, promise_id)
    if promise is None:
        raise UserError(
            tr("This promise is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
        )
    return promise


def _worded(text: str) -> str:
    text = text.strip()
    if not text:
        raise UserError(tr("The promise is empty."), tr("Write what was promised."))
    return text


def _due_after(made_at: datetime, due_at: datetime) -> None:
    if due_at < made_at:
        raise UserError(tr("The promise would be due before it is made."), tr("Choose a later time."))
