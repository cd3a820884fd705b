"""Promises: made, changed, kept or broken, open again, deleted; of a complaint or of a customer alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.shop import Staff
from desktop.operations import promises
from tests.unit.operations.complaint_books import (
    NOW,
    contents,
    customer,
    differences,
    kinds,
    new_complaint,
)

HOUR = timedelta(hours=1)
AT = NOW + HOUR


def promised(book: Book, complaint: int | None = None, who: int | None = None) -> int:
    return promises.add_promise(
        book, text="店长回电", made_at=NOW, due_at=NOW + 4 * HOUR, complaint_id=complaint, customer_id=who
    ).created["promise"]


def test_a_whole_life(book: Book) -> None:
    who = customer(book)
    row = new_complaint(book, customer_id=who)
    with book.step("clerk") as step:
        li = step.insert(Staff, name="小李")
    start = contents(book)
    one = promised(book, row)
    assert book.value("SELECT promises FROM customer_summary WHERE customer_id = ?", (who,)) == 1
    promises.edit_promise(book, promise_id=one, at=AT, text="店长回电并致歉", due_at=NOW + 8 * HOUR, by=li)
    assert not promises.edit_promise(book, promise_id=one, at=AT, by=li)
    promises.break_promise(book, promise_id=one, at=AT)
    assert not promises.break_promise(book, promise_id=one, at=AT)
    with pytest.raises(UserError, match="noted as broken already: 20 Nov 2026, 11:30"):
        promises.keep_promise(book, promise_id=one, at=AT)
    assert book.value("SELECT promises FROM customer_summary WHERE customer_id = ?", (who,)) == 0
    promises.reopen_promise(book, promise_id=one, at=AT)
    assert not promises.reopen_promise(book, promise_id=one, at=AT)
    promises.keep_promise(book, promise_id=one, at=AT + HOUR)
    with pytest.raises(UserError, match="noted as kept already"):
        promises.break_promise(book, promise_id=one, at=AT + HOUR)
    found = book.row("SELECT text, due_at, outcome, ended_at, staff_id, customer_id FROM promise")
    assert found == (
        "店长回电并致歉", "2026-11-20 18:30:00", "kept", "2026-11-20 12:30:00", li, who,
    )  # fmt: skip
    promises.delete_promise(book, promise_id=one, at=AT + HOUR)
    assert kinds(book, row) == [
        "received", "promise", "promise-edited", "promise-broken", "promise-open", "promise-kept",
        "promise-deleted",
    ]  # fmt: skip
    for run in (promises.keep_promise, promises.break_promise, promises.reopen_promise, promises.edit_promise,
                promises.delete_promise):  # fmt: skip
        with pytest.raises(UserError, match="promise is no longer in the book"):
            run(book, promise_id=one, at=AT)
    for _ in range(6):
        book.undo()
    assert differences(start, contents(book)) == []


def test_a_promise_without_a_complaint_has_no_history_to_write(book: Book) -> None:
    who = customer(book)
    one = promised(book, who=who)
    promises.edit_promise(book, promise_id=one, at=AT, text="送样品")
    promises.keep_promise(book, promise_id=one, at=AT)
    promises.reopen_promise(book, promise_id=one, at=AT)
    promises.delete_promise(book, promise_id=one, at=AT)
    assert book.value("SELECT count(*) FROM complaint_step") == 0


def test_what_can_not_be(book: Book) -> None:
    row = new_complaint(book)
    one = promised(book, row)
    before = contents(book)
    with pytest.raises(UserError, match="empty"):
        promises.edit_promise(book, promise_id=one, at=AT, text=" ")
    with pytest.raises(UserError, match="before it is made"):
        promises.edit_promise(book, promise_id=one, at=AT, due_at=NOW - HOUR)
    with pytest.raises(UserError, match="before it is made"):
        promises.add_promise(book, complaint_id=row, text="x", made_at=AT, due_at=NOW)
    assert differences(before, contents(book)) == []
