"""What happens meanwhile: a customer merged, erased, deleted; a complaint deleted or moved on; two clerks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.orders import Order, Product
from desktop.models.shop import Staff
from desktop.operations import complaint_moves as moves
from desktop.operations import complaint_words as said
from desktop.operations import complaints, promises, remedies
from desktop.operations.complaint_links import link_complaints
from desktop.operations.complaint_merging import merge_complaints
from desktop.operations.complaint_reopening import reopen_complaint
from desktop.operations.customers import delete_customers
from desktop.operations.erasing import erase_customer
from desktop.operations.membership import points_balance
from desktop.operations.merging import merge_customers
from desktop.operations.ratings import Verdict, add_rating
from desktop.operations.service import add_interaction
from desktop.operations.service_cases import add_case
from desktop.operations.tasks import add_task
from desktop.operations.unmerging import unmerge_customers
from tests.unit.operations.complaint_books import (
    NOW,
    column,
    contents,
    customer,
    differences,
    kinds,
    new_complaint,
)

HOUR = timedelta(hours=1)
AT = NOW + HOUR


# -- customers


def test_a_customer_merged_meanwhile_is_who_they_became(book: Book) -> None:
    first, second, third = customer(book, "甲"), customer(book, "乙"), customer(book, "丙")
    row = new_complaint(book, customer_id=first)
    promises.add_promise(book, complaint_id=row, text="回电", made_at=NOW, due_at=AT)
    remedies.give_remedy(book, complaint_id=row, kind="points", points=30, at=NOW)
    merge_customers(book, kept=second, gone=[first])
    merge_customers(book, kept=third, gone=[second])
    assert column(book, "customer_id", row) == third
    assert book.value("SELECT customer_id FROM promise") == third
    # Forms that stood open name the one who went; the complaint, the promise and the correction find them.
    later = new_complaint(book, customer_id=first)
    assert column(book, "customer_id", later) == third
    complaints.edit_complaint(book, complaint_id=later, at=AT, customer_id=second, title="三袋")
    assert column(book, "customer_id", later) == third
    promises.add_promise(book, customer_id=second, text="送样品", made_at=NOW, due_at=AT)
    assert {who for (who,) in book.rows("SELECT customer_id FROM promise")} == {third}
    remedies.decline_remedy(book, remedy_id=1, at=AT)
    assert points_balance(book, third) == 0
    # Taken apart again, the complaints that moved go back, and go on.
    for merge in (2, 1):
        unmerge_customers(book, merge=merge)
    assert column(book, "customer_id", row) == book.value("SELECT id FROM customer WHERE name = '甲'")
    said.record_contact(book, complaint_id=row, at=AT, text="再致电")


def test_customers_are_taken_apart_after_their_complaints_became_one(book: Book) -> None:
    """What became one complaint stays with the customer who was kept; nothing is lost, nothing stumbles."""
    kept, gone = customer(book, "甲"), customer(book, "乙")
    mine, theirs = (new_complaint(book, customer_id=who) for who in (kept, gone))
    promises.add_promise(book, complaint_id=theirs, text="回电", made_at=NOW, due_at=AT)
    merge_customers(book, kept=kept, gone=[gone])
    merge_complaints(book, kept_id=mine, gone_id=theirs, at=AT)
    later = new_complaint(book, customer_id=kept)
    unmerge_customers(book, merge=1)
    assert [column(book, "customer_id", row) for row in (mine, later)] == [kept, kept]
    assert book.value("SELECT count(*) FROM promise WHERE complaint_id = ?", (mine,)) == 1
    assert book.rows("PRAGMA foreign_key_check") == []
    moves.settle_complaint(book, complaint_id=mine, at=AT)


def test_a_customer_deleted_meanwhile(book: Book) -> None:
    who = customer(book)
    row = new_complaint(book, customer_id=who)
    delete_customers(book, customer_ids=[who])
    before = contents(book)
    runs: list[Callable[[], object]] = [
        lambda: new_complaint(book, customer_id=who),
        lambda: complaints.edit_complaint(book, complaint_id=row, at=AT, customer_id=who),
        lambda: promises.add_promise(book, customer_id=who, text="x", made_at=NOW, due_at=AT),
    ]
    for run in runs:
        with pytest.raises(UserError, match="customer is no longer in the book"):
            run()
    assert differences(before, contents(book)) == []
    # The complaint itself stays, of nobody, and goes on.
    assert column(book, "customer_id", row) is None
    moves.settle_complaint(book, complaint_id=row, at=AT, perceived=3)
    assert column(book, "status", row) == "settled"


def test_a_customer_erased_meanwhile_leaves_a_complaint_that_can_be_ended(book: Book) -> None:
    who = customer(book, "王丽华")
    row = new_complaint(book, customer_id=who, title="秘密标题", text="秘密原话")
    gone = new_complaint(book, customer_id=who, title="秘密二", text="秘密二话", wants="秘密要求")
    promises.add_promise(book, complaint_id=row, text="秘密承诺", made_at=NOW, due_at=AT)
    remedies.give_remedy(book, complaint_id=row, kind="gift", text="秘密礼物", cost=500, at=NOW)
    said.record_answer(book, complaint_id=gone, at=NOW, text="秘密答复")
    merge_complaints(book, kept_id=row, gone_id=gone, at=AT)
    complaints.edit_complaint(
        book, complaint_id=row, at=AT, cause="秘密原因", prevention="秘密预防", settlement="秘密解决"
    )
    erase_customer(book, customer_id=who, at=AT)
    said_of_them = [
        (table, line)
        for table in ("change", "step", "complaint", "complaint_step", "promise", "remedy", "complaint_alias")
        for line in book.rows(f"SELECT * FROM {table}")
        if "秘密" in str(line) or "王丽华" in str(line)
    ]
    assert said_of_them == []
    # Money and dates stay; the complaint goes on to its end, and nothing undone brings anybody back.
    assert book.value("SELECT cost FROM remedy") == 500
    said.note_complaint(book, complaint_id=row, at=AT, text="已按要求删除资料")
    moves.settle_complaint(book, complaint_id=row, at=AT + HOUR)
    promises.keep_promise(book, promise_id=1, at=AT + HOUR)
    while book.undo():
        pass
    assert "秘密" not in str(contents(book))
    while book.redo():
        pass
    assert "秘密" not in str(contents(book))


def test_what_else_is_gone_is_said(book: Book) -> None:
    row = new_complaint(book)
    for name, sentence in (("order_id", "order"), ("product_id", "product"), ("staff_id", "clerk")):
        wrong: dict[str, Any] = {name: 77}
        with pytest.raises(UserError, match=f"This {sentence} is no longer in the book"):
            complaints.edit_complaint(book, complaint_id=row, at=AT, **wrong)
    with book.step("things") as step:
        order = step.insert(Order, placed_at="2026-11-01 10:00:00")
        product = step.insert(Product, name="茶")
        clerk = step.insert(Staff, name="小李")
    complaints.edit_complaint(
        book, complaint_id=row, at=AT, order_id=order, product_id=product, staff_id=clerk, dispute="D-1"
    )
    assert [column(book, name, row) for name in ("order_id", "product_id", "staff_id", "dispute")] == [
        order, product, clerk, "D-1",
    ]  # fmt: skip


# -- complaints


def test_a_complaint_deleted_meanwhile(book: Book) -> None:
    row, other = new_complaint(book), new_complaint(book)
    promise = promises.add_promise(book, complaint_id=row, text="回电", made_at=NOW, due_at=AT).created[
        "promise"
    ]
    remedy = remedies.offer_remedy(book, complaint_id=row, kind="gift", at=NOW).created["remedy"]
    complaints.delete_complaints(book, complaint_ids=[row])
    before = contents(book)
    runs: list[Callable[[], object]] = [
        lambda: said.record_reply(book, complaint_id=row, at=AT),
        lambda: said.record_contact(book, complaint_id=row, at=AT, text="x"),
        lambda: said.record_answer(book, complaint_id=row, at=AT, text="x"),
        lambda: said.note_complaint(book, complaint_id=row, at=AT, text="x"),
        lambda: moves.advance_complaint(book, complaint_id=row, to="assessed", at=AT),
        lambda: moves.wait_for_customer(book, complaint_id=row, at=AT),
        lambda: moves.resume_complaint(book, complaint_id=row, at=AT),
        lambda: moves.settle_complaint(book, complaint_id=row, at=AT),
        lambda: moves.reject_complaint(book, complaint_id=row, at=AT, reason="x"),
        lambda: reopen_complaint(book, complaint_id=row, at=AT),
        lambda: complaints.edit_complaint(book, complaint_id=row, at=AT, title="x"),
        lambda: new_complaint(book, follows=row),
        lambda: complaints.delete_complaints(book, complaint_ids=[row]),
        lambda: complaints.set_severity(book, complaint_ids=[row], severity="low", at=AT),
        lambda: complaints.assign_complaints(book, complaint_ids=[row], staff_id=None, at=AT),
        lambda: remedies.offer_remedy(book, complaint_id=row, kind="gift", at=AT),
        lambda: remedies.give_remedy(book, complaint_id=row, kind="gift", at=AT),
        lambda: remedies.accept_remedy(book, remedy_id=remedy, at=AT),
        lambda: promises.add_promise(book, complaint_id=row, text="x", made_at=NOW, due_at=AT),
        lambda: promises.keep_promise(book, promise_id=promise, at=AT),
        lambda: link_complaints(book, complaint_id=other, linked_id=row, at=AT),
        lambda: link_complaints(book, complaint_id=row, linked_id=other, at=AT),
        lambda: merge_complaints(book, kept_id=other, gone_id=row, at=AT),
        lambda: merge_complaints(book, kept_id=row, gone_id=other, at=AT),
    ]
    for run in runs:
        with pytest.raises(UserError, match="is no longer in the book"):
            run()
    assert differences(before, contents(book)) == []


def test_several_at_once_leave_out_those_that_are_gone(book: Book) -> None:
    with book.step("clerk") as step:
        li = step.insert(Staff, name="小李")
    rows = [new_complaint(book, severity="high") for _ in range(3)]
    moves.settle_complaint(book, complaint_id=rows[2], at=AT)
    gone = new_complaint(book)
    complaints.delete_complaints(book, complaint_ids=[gone])
    before = contents(book)
    complaints.assign_complaints(book, complaint_ids=[*rows, gone, rows[0]], staff_id=li, at=AT)
    assert [column(book, "staff_id", row) for row in rows] == [li, li, li]
    assert kinds(book, rows[0]) == ["received", "assigned"]
    assert not complaints.assign_complaints(book, complaint_ids=rows, staff_id=li, at=AT)
    changes = complaints.set_severity(book, complaint_ids=rows, severity="urgent", at=AT)
    assert changes.args == {"count": 3}
    # The deadline of an ended one is history.
    assert [column(book, "settle_due_at", row)[11:16] for row in rows] == ["12:30", "12:30", "14:30"]
    complaints.delete_complaints(book, complaint_ids=[rows[0], rows[1], gone])
    assert book.value("SELECT count(*) FROM complaint") == 1
    for _ in range(3):
        book.undo()
    assert differences(before, contents(book)) == []


# -- two clerks


def test_the_later_one_is_told_what_it_is_now(book: Book) -> None:
    row = new_complaint(book)
    said.record_reply(book, complaint_id=row, at=AT, text="王已致电")
    moves.advance_complaint(book, complaint_id=row, to="assessed", at=AT)
    moves.settle_complaint(book, complaint_id=row, at=AT, settlement="换新")
    before = contents(book)
    runs: list[tuple[Callable[[], object], str]] = [
        (lambda: said.record_reply(book, complaint_id=row, at=AT), "recorded already: 20 Nov 2026, 11:30"),
        (
            lambda: moves.advance_complaint(book, complaint_id=row, to="assessed", at=AT),
            "that is “Settled” cannot become “Assessed”",
        ),
        (lambda: moves.settle_complaint(book, complaint_id=row, at=AT), "is “Settled” already"),
        (lambda: moves.reject_complaint(book, complaint_id=row, at=AT, reason="x"), "it is “Settled”"),
        (lambda: moves.wait_for_customer(book, complaint_id=row, at=AT), "it is “Settled”"),
    ]
    for run, sentence in runs:
        with pytest.raises(UserError, match=sentence):
            run()
    assert differences(before, contents(book)) == []


def test_a_form_overwrites_only_what_it_showed(book: Book) -> None:
    row = new_complaint(book, title="两袋", wants="退款")
    shown: dict[str, Any] = {
        "title": "两袋", "wants": "退款", "severity": "medium", "text": "", "received_at": NOW,
        "customer_id": None,
    }  # fmt: skip
    # Meanwhile somebody else weighs it and writes down its words.
    complaints.edit_complaint(book, complaint_id=row, at=AT, severity="urgent", text="少了半斤")
    # What this form did not touch stays as it is by now.
    complaints.edit_complaint(book, complaint_id=row, at=AT, was=shown, **{**shown, "wants": "换新 "})
    assert [column(book, name, row) for name in ("wants", "severity", "text")] == [
        "换新",
        "urgent",
        "少了半斤",
    ]
    before = contents(book)
    with pytest.raises(UserError, match="changed meanwhile: what the customer says"):
        complaints.edit_complaint(book, complaint_id=row, at=AT, was=shown, **{**shown, "text": "少了一斤"})
    assert differences(before, contents(book)) == []
    # Both wrote the same.
    same = {**shown, "text": "少了半斤"}
    assert not complaints.edit_complaint(book, complaint_id=row, at=AT, was=shown, **same)


def test_two_clerks_at_the_same_moment(book: Book) -> None:
    """Whichever comes first does it; the other is told, and nothing is written twice."""
    for _ in range(5):
        row, together = new_complaint(book), Barrier(2)

        def reply(_: int, row: int = row, together: Barrier = together) -> str:
            together.wait()
            try:
                moves.settle_complaint(book, complaint_id=row, at=AT, settlement="换新")
            except UserError as refused:
                return refused.message
            return ""

        with ThreadPoolExecutor(2) as both:
            told = sorted(both.map(reply, range(2)))
        number = column(book, "number", row)
        assert told == ["", f"The complaint {number} is “Settled” already."]
        assert kinds(book, row) == ["received", "settled"]


def test_what_was_merged_or_deleted_meanwhile_is_rated_as_it_is_by_then(book: Book) -> None:
    one, other = customer(book), customer(book)
    row = new_complaint(book, customer_id=one)
    merge_customers(book, kept=other, gone=[one])
    add_rating(book, Verdict(rated_at=AT, customer_id=one, complaint_id=row, perceived=4))
    add_rating(book, Verdict(rated_at=AT, customer_id=one, perceived=3))
    assert book.rows("SELECT customer_id FROM rating") == [(other,), (other,)]
    before = contents(book)
    complaints.delete_complaints(book, complaint_ids=[row])
    with pytest.raises(UserError, match="This complaint is no longer in the book"):
        add_rating(book, Verdict(rated_at=AT, customer_id=other, complaint_id=row, perceived=5))
    with pytest.raises(UserError, match="This entry is no longer in the book"):
        add_rating(book, Verdict(rated_at=AT, customer_id=other, case_id=404, perceived=5))
    delete_customers(book, customer_ids=[other])
    with pytest.raises(UserError, match="This customer is no longer in the book"):
        add_rating(book, Verdict(rated_at=AT, customer_id=other, perceived=5))
    book.undo()
    book.undo()
    assert not differences(before, contents(book))


def test_what_is_noted_about_something_gone_says_so(book: Book) -> None:
    one, other = customer(book), customer(book)
    row, kept = new_complaint(book, customer_id=one), new_complaint(book, customer_id=one)
    merge_customers(book, kept=other, gone=[one])
    add_task(book, title="回电", created_at=AT, customer_id=one, complaint_id=row)
    add_interaction(book, text="来电", stage="after-sale", at=AT, customer_id=one, complaint_id=row)
    add_case(book, kind="return", title="退", opened_at=AT, customer_id=one)
    for table in ("task", "interaction", "service_case"):
        assert book.rows(f"SELECT customer_id FROM {table}") == [(other,)]
    merge_complaints(book, kept_id=kept, gone_id=row, at=AT)
    with pytest.raises(UserError, match="merged into"):
        add_task(book, title="回电", created_at=AT, customer_id=one, complaint_id=row)
    delete_customers(book, customer_ids=[other])
    noting: list[Callable[[], object]] = [
        lambda: add_task(book, title="回电", created_at=AT, customer_id=one),
        lambda: add_interaction(book, text="来电", stage="after-sale", at=AT, customer_id=one),
        lambda: add_case(book, kind="return", title="退", opened_at=AT, customer_id=one),
        lambda: add_task(book, title="回电", created_at=AT, order_id=404),
        lambda: add_interaction(book, text="来电", stage="after-sale", at=AT, case_id=404),
    ]
    before = contents(book)
    for note in noting:
        with pytest.raises(UserError, match="no longer in the book"):
            note()
    assert not differences(before, contents(book))


@pytest.mark.parametrize(
    "act",
    [
        lambda book, row: complaints.delete_complaints(book, complaint_ids=[row]),
        lambda book, row: complaints.set_severity(book, complaint_ids=[row], severity="urgent", at=AT),
        lambda book, row: add_task(book, title="回电", created_at=AT, complaint_id=row),
    ],
)
def test_what_goes_in_the_last_moment_is_seen_within_the_step(
    book: Book, monkeypatch: pytest.MonkeyPatch, act: Callable[[Book, int], object]
) -> None:
    row = new_complaint(book)
    real = book.step

    def late(label: str, /, **args: Any) -> Any:
        monkeypatch.setattr(book, "step", real)
        complaints.delete_complaints(book, complaint_ids=[row])
        return real(label, **args)

    monkeypatch.setattr(book, "step", late)
    with pytest.raises(UserError, match="This complaint is no longer in the book"):
        act(book, row)
