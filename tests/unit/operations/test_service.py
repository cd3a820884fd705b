"""Notes and cases: what they write, what is refused, and that every one of them is one undo step."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.core.errors import UserError
from desktop.core.service_process import BUILT_IN
from desktop.core.words import CASE_KINDS
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.operations.case_moves import advance_case, close_case, reopen_case, tick_step
from desktop.operations.ratings import Verdict, add_rating, delete_ratings, edit_rating
from desktop.operations.service import (
    add_interaction,
    delete_interactions,
    edit_interaction,
    pin_interaction,
)
from desktop.operations.service_cases import add_case, delete_cases, edit_case
from desktop.queries.case_detail import case_detail

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


@pytest.mark.parametrize("kind", sorted(CASE_KINDS))
def test_case_walks_its_steps_to_the_end(book: Book, customer: int, kind: str) -> None:
    changes = add_case(book, kind=kind, title="茶壶漏水", opened_at=NOW, customer_id=customer)
    case = changes.created["service_case"]
    assert book.value("SELECT number FROM service_case") == "S-2026-0001"
    for done in range(len(BUILT_IN[kind])):
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
    add_rating(book, Verdict(rated_at=rated, customer_id=customer, perceived=4, complaint_id=complaint))
    assert book.value("SELECT ended_at FROM rating") == "2026-11-21 09:00:00"
    assert book.value("SELECT rating FROM customer_summary WHERE customer_id = ?", (customer,)) == 4
    with pytest.raises(UserError):
        add_rating(book, Verdict(rated_at=rated, perceived=6))
    with pytest.raises(UserError):
        add_rating(book, Verdict(rated_at=rated))


def test_steps_are_ticked_in_any_order_and_the_case_follows(book: Book, customer: int) -> None:
    case = add_case(book, kind="return", title="茶罐凹陷", opened_at=NOW, customer_id=customer).created[
        "service_case"
    ]
    steps = [row for (row,) in book.rows("SELECT id FROM case_step ORDER BY position")]
    for step in reversed(steps):
        assert book.value("SELECT status FROM service_case") == "open"
        tick_step(book, step_id=step, done=True, at=NOW)
    assert book.row("SELECT status, closed_at FROM service_case") == ("done", "2026-11-20 10:30:00")
    tick_step(book, step_id=steps[2], done=False, at=NOW)
    assert book.row("SELECT status, closed_at FROM service_case") == ("open", None)
    assert book.value("SELECT done_at FROM case_step WHERE id = ?", (steps[2],)) is None
    book.undo()
    assert book.value("SELECT status FROM service_case") == "done"
    reopen_case(book, case_id=case)
    close_case(book, case_id=case, at=NOW, called_off=True)
    assert book.row("SELECT status, closed_at FROM service_case") == ("cancelled", "2026-11-20 10:30:00")
    with pytest.raises(UserError):
        close_case(book, case_id=case, at=NOW)


def test_a_case_is_corrected_and_deleted_but_its_notes_stay(book: Book, customer: int) -> None:
    changes = add_case(book, kind="repair", title="茶壶漏水", opened_at=NOW, customer_id=customer)
    case = changes.created["service_case"]
    add_interaction(book, text="壶嘴有裂纹", stage="after-sale", at=NOW, customer_id=customer, case_id=case)
    edit_case(book, case_id=case, title=" 茶壶裂了 ", place="柜台")
    detail = case_detail(book, case)
    assert detail is not None
    assert (detail.title, detail.place, len(detail.steps)) == ("茶壶裂了", "柜台", 5)
    assert [note.text for note in detail.notes] == ["壶嘴有裂纹"]
    delete_cases(book, case_ids=[case])
    assert case_detail(book, case) is None
    assert book.value("SELECT text FROM interaction") == "壶嘴有裂纹"
    with pytest.raises(UserError):
        edit_case(book, case_id=case, title="x")
    book.undo()
    assert case_detail(book, case) == detail


def test_a_rating_is_corrected_and_deleted(book: Book, customer: int) -> None:
    add_rating(book, Verdict(rated_at=NOW, customer_id=customer, perceived=2))
    rating = book.value("SELECT id FROM rating")
    edit_rating(book, rating_id=rating, perceived=5, text=" 其实很好 ")
    assert book.row("SELECT perceived, text FROM rating") == (5, "其实很好")
    assert book.value("SELECT rating FROM customer_summary WHERE customer_id = ?", (customer,)) == 5
    with pytest.raises(UserError):
        edit_rating(book, rating_id=rating, perceived=None)
    delete_ratings(book, rating_ids=[rating])
    assert book.value("SELECT count(*) FROM rating") == 0
    with pytest.raises(UserError):
        edit_rating(book, rating_id=rating, perceived=4)
