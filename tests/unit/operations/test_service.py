"""Notes and cases: what they write, what is refused, and that every one of them is one undo step."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.operations.ratings import add_rating
from desktop.operations.service import (
    CASE_STEPS,
    add_case,
    add_interaction,
    advance_case,
    delete_interactions,
    edit_interaction,
    pin_interaction,
)

NOW = datetime(2026, 11, 20, 10, 30)


@pytest.fixture
def customer(book: Book) -> int:
    with book.step("a customer") as step:
        return step.insert(Customer, name="王丽华", created_at="2026-01-01 09:00:00", custom="{}")


def note(book: Book, customer: int | None, text: str = "问今年雨前茶") -> int:
    changes = add_interaction(
        book, text=text, stage="pre-sale", at=NOW, customer_id=customer, channel="wechat", minutes=4
    )
    return changes.created["interaction"]


def test_note_is_one_named_step(book: Book, customer: int) -> None:
    row = note(book, customer)
    assert book.row(
        "SELECT text, stage, channel, minutes, happened_at FROM interaction WHERE id = ?", (row,)
    ) == (
        "问今年雨前茶",
        "pre-sale",
        "wechat",
        4,
        "2026-11-20 10:30:00",
    )
    named = book.next_undo()
    assert named is not None
    assert named.args == {"customer": "王丽华"}
    book.undo()
    assert book.value("SELECT count(*) FROM interaction") == 0


def test_old_words_stay_in_the_history(book: Book, customer: int) -> None:
    row = note(book, customer)
    edit_interaction(book, interaction_id=row, text="问明前茶", at=datetime(2026, 11, 19, 9, 0))
    assert book.value("SELECT text FROM interaction") == "问明前茶"
    assert "雨前茶" in book.value("SELECT old FROM change WHERE tbl = 'interaction' AND op = 'U'")
    assert book.value("SELECT minutes FROM interaction") == 4


def test_empty_note_and_gone_note_are_refused(book: Book, customer: int) -> None:
    with pytest.raises(UserError):
        note(book, customer, "  \n ")
    row = note(book, customer)
    with pytest.raises(UserError):
        edit_interaction(book, interaction_id=row, text=" ")
    delete_interactions(book, interaction_ids=[row])
    with pytest.raises(UserError):
        pin_interaction(book, interaction_id=row)
    book.undo()
    pin_interaction(book, interaction_id=row)
    assert book.value("SELECT pinned FROM interaction") == 1


@pytest.mark.parametrize("kind", sorted(CASE_STEPS))
def test_case_walks_its_steps_to_the_end(book: Book, customer: int, kind: str) -> None:
    changes = add_case(book, kind=kind, title="茶壶漏水", opened_at=NOW, customer_id=customer)
    case = changes.created["service_case"]
    assert book.value("SELECT number FROM service_case") == "S-2026-0001"
    for done in range(len(CASE_STEPS[kind])):
        assert book.value("SELECT status FROM service_case") == "open"
        assert book.value("SELECT count(*) FROM case_step WHERE done_at IS NOT NULL") == done
        advance_case(book, case_id=case, at=NOW)
    assert book.row("SELECT status, closed_at FROM service_case") == ("done", "2026-11-20 10:30:00")
    with pytest.raises(UserError):
        advance_case(book, case_id=case, at=NOW)


def test_rating_counts_for_the_end_of_what_it_rates(book: Book, customer: int) -> None:
    from desktop.operations.complaint_moves import advance_complaint
    from desktop.operations.complaints import open_complaint

    made = open_complaint(book, title="分量不足", received_at=NOW, customer_id=customer)
    complaint = made.created["complaint"]
    settled = datetime(2026, 11, 21, 9, 0)
    advance_complaint(book, complaint_id=complaint, to="settled", at=settled)
    rated = datetime(2026, 11, 25, 9, 0)
    add_rating(book, rated_at=rated, customer_id=customer, perceived=4, complaint_id=complaint)
    assert book.value("SELECT ended_at FROM rating") == "2026-11-21 09:00:00"
    assert book.value("SELECT rating FROM customer_summary WHERE customer_id = ?", (customer,)) == 4
    with pytest.raises(UserError):
        add_rating(book, rated_at=rated, perceived=6)
    with pytest.raises(UserError):
        add_rating(book, rated_at=rated)
