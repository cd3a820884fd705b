"""A complaint from one line: of a customer, or of a caller who is new in the same step."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.core.errors import UserError
from desktop.core.typed_person import read_typed
from desktop.models.book import Book
from desktop.operations.complaint_capture import capture_complaint
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer
from desktop.queries.open_complaints import open_complaints

NOW = datetime(2026, 11, 20, 10, 0)


def test_a_known_caller(book: Book) -> None:
    wang = add_customer(book, values={"name": "Wang"}, points=[Point("phone", "13900138421")]).created[
        "customer"
    ]
    made = capture_complaint(book, words=" Lid leaks ", received_at=NOW, severity="high", customer_id=wang)
    assert book.row("SELECT title, text, severity, channel, customer_id, status FROM complaint") == (
        "Lid leaks", "", "high", "phone", wang, "received",
    )  # fmt: skip
    (shown,) = open_complaints(book, wang)
    assert (shown.id, shown.number, shown.title) == (made.created["complaint"], "C-2026-0001", "Lid leaks")
    book.undo()
    assert open_complaints(book, wang) == []


def test_somebody_new_and_their_complaint_are_one_step(book: Book) -> None:
    long = "The lid leaks. She has used it twice and both times the table was wet afterwards"
    made = capture_complaint(book, words=long, received_at=NOW, caller=read_typed("Li 138 0013 8000"))
    who, complaint = made.created["customer"], made.created["complaint"]
    assert book.value("SELECT name FROM customer WHERE id = ?", (who,)) == "Li"
    assert book.value("SELECT norm FROM contact_point WHERE customer_id = ?", (who,)) == "13800138000"
    assert book.row("SELECT customer_id, title, text FROM complaint WHERE id = ?", (complaint,)) == (
        who, "The lid leaks", long,
    )  # fmt: skip
    book.undo()
    assert book.value("SELECT count(*) FROM customer") == 0
    assert book.value("SELECT count(*) FROM complaint") == 0
    book.redo()
    assert book.value("SELECT customer_id FROM complaint") == who


def test_what_cannot_be_kept_leaves_nothing_behind(book: Book) -> None:
    add_customer(book, values={"name": "Wang"}, points=[Point("phone", "13900138421")])
    for words, typed in (("Leaks", "8421"), ("Leaks", "Li 13900138421"), ("  ", "Li 13800138000")):
        with pytest.raises(UserError):
            capture_complaint(book, words=words, received_at=NOW, caller=read_typed(typed))
    assert book.value("SELECT count(*) FROM customer") == 1
    assert book.value("SELECT count(*) FROM complaint") == 0
