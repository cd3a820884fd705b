"""The whole way of a complaint: numbers, deadlines, every move, promises, remedies, reopening."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest

from desktop.core.complaint_process import MOVES, next_status
from desktop.core.errors import UserError
from desktop.core.words import COMPLAINT_STATUSES
from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.operations import complaint_moves as moves
from desktop.operations import complaint_words as said
from desktop.operations import complaints as op
from desktop.operations import promises, remedies
from desktop.operations.complaint_reopening import reopen_complaint

NOW = datetime(2026, 11, 20, 10, 30)


def new(book: Book, **values: object) -> int:
    given: dict[str, object] = {"title": "两袋分量不足", "received_at": NOW, **values}
    return op.open_complaint(book, **given).created["complaint"]  # type: ignore[arg-type]  # any of its values


def column(book: Book, name: str, complaint: int) -> object:
    return book.value(f"SELECT {name} FROM complaint WHERE id = ?", (complaint,))


def kinds(book: Book, complaint: int) -> list[str]:
    rows = book.rows("SELECT kind FROM complaint_step WHERE complaint_id = ? ORDER BY id", (complaint,))
    return [kind for (kind,) in rows]


def test_numbers_go_on_within_their_year(book: Book) -> None:
    numbers = [
        column(book, "number", new(book, received_at=when))
        for when in (NOW, datetime(2025, 12, 31, 20, 0), NOW, datetime(2027, 1, 1, 9, 0))
    ]
    assert numbers == ["C-2026-0001", "C-2025-0001", "C-2026-0002", "C-2027-0001"]
    with book.step("imported") as step:
        step.insert(Complaint, number="C-2026-0117", title="x", received_at="2026-01-01 09:00:00")
        step.insert(Complaint, number="旧-17", title="x", received_at="2026-01-01 09:00:00")
    assert column(book, "number", new(book)) == "C-2026-0118"


@pytest.mark.parametrize(
    ("severity", "reply", "settle"),
    [
        ("urgent", "2026-11-20 20:45:00", "2026-11-21 10:15:00"),
        ("high", "2026-11-21 09:15:00", "2026-11-21 12:15:00"),
        ("medium", "2026-11-21 16:15:00", "2026-11-22 20:15:00"),
        ("low", "2026-11-22 20:15:00", "2026-11-26 20:15:00"),
    ],
)
def test_deadlines_count_open_hours(book: Book, severity: str, reply: str, settle: str) -> None:
    row = new(book, severity=severity, received_at=datetime(2026, 11, 20, 20, 15))
    assert (column(book, "reply_due_at", row), column(book, "settle_due_at", row)) == (reply, settle)


def test_every_move(book: Book) -> None:
    for now, then in itertools.product(COMPLAINT_STATUSES, COMPLAINT_STATUSES):
        row = new(book)
        with book.step("as it is") as step:
            step.update(Complaint, row, status=now)
        if then in MOVES[now]:
            moves.advance_complaint(book, complaint_id=row, to=then, at=NOW)
            assert column(book, "status", row) == then
            assert kinds(book, row)[-1] == then
        else:
            with pytest.raises(UserError):
                moves.advance_complaint(book, complaint_id=row, to=then, at=NOW)
            assert column(book, "status", row) == now


def test_the_full_way_is_allowed_step_by_step() -> None:
    status: str | None = "received"
    way = []
    while status:
        way.append(status)
        following = next_status(status)
        assert following is None or following in MOVES[status]
        status = following
    assert way == ["received", "acknowledged", "assessed", "investigating", "offered", "settled", "closed"]


def test_first_reply(book: Book) -> None:
    row = new(book)
    said.record_reply(book, complaint_id=row, at=NOW + timedelta(minutes=20), text="已致电道歉")
    assert column(book, "status", row) == "acknowledged"
    assert column(book, "replied_at", row) == "2026-11-20 10:50:00"
    assert kinds(book, row) == ["received", "reply"]
    with pytest.raises(UserError):
        said.record_reply(book, complaint_id=row, at=NOW)
    book.undo()
    assert column(book, "replied_at", row) is None
    assert column(book, "status", row) == "received"


def test_settling_at_once_counts_as_a_reply(book: Book) -> None:
    row = new(book)
    moves.advance_complaint(book, complaint_id=row, to="settled", at=NOW, text="当场换新")
    assert column(book, "replied_at", row) == column(book, "settled_at", row) == "2026-11-20 10:30:00"


def test_the_clock_stands_while_the_customer_is_waited_for(book: Book) -> None:
    row = new(book, severity="high")
    said.record_reply(book, complaint_id=row, at=NOW)
    moves.wait_for_customer(book, complaint_id=row, at=datetime(2026, 11, 20, 11, 0))
    with pytest.raises(UserError, match="waits for the customer already"):
        moves.wait_for_customer(book, complaint_id=row, at=datetime(2026, 11, 20, 11, 5))
    moves.resume_complaint(book, complaint_id=row, at=datetime(2026, 11, 21, 10, 0))
    # 14:30 and the ten hours until 21:00 and one hour from 09:00 that were waited.
    assert column(book, "settle_due_at", row) == "2026-11-21 13:30:00"
    op.edit_complaint(book, complaint_id=row, at=NOW, severity="medium")
    assert column(book, "settle_due_at", row) == "2026-11-23 09:30:00"
    # Moving on while waiting ends the waiting.
    moves.wait_for_customer(book, complaint_id=row, at=datetime(2026, 11, 21, 12, 0))
    moves.advance_complaint(book, complaint_id=row, to="investigating", at=datetime(2026, 11, 21, 12, 30))
    assert kinds(book, row)[-2:] == ["resumed", "investigating"]


def test_editing_moves_open_deadlines_only(book: Book) -> None:
    row = new(book, severity="low")
    before = column(book, "reply_due_at", row)
    op.edit_complaint(book, complaint_id=row, at=NOW, title="三袋分量不足", mood="remedy")
    assert column(book, "reply_due_at", row) == before
    op.edit_complaint(book, complaint_id=row, at=NOW, severity="urgent")
    assert column(book, "reply_due_at", row) == "2026-11-20 11:00:00"
    said.record_reply(book, complaint_id=row, at=NOW)
    op.edit_complaint(book, complaint_id=row, at=NOW, severity="low")
    assert column(book, "reply_due_at", row) == "2026-11-20 11:00:00"
    steps = len(kinds(book, row))
    assert not op.edit_complaint(book, complaint_id=row, at=NOW, severity="low")
    assert len(kinds(book, row)) == steps
    with pytest.raises(UserError):
        op.edit_complaint(book, complaint_id=row, at=NOW, title=" ")


def test_rejection_needs_a_reason_and_an_open_complaint(book: Book) -> None:
    row = new(book)
    with pytest.raises(UserError):
        moves.reject_complaint(book, complaint_id=row, at=NOW, reason=" ")
    moves.reject_complaint(book, complaint_id=row, at=NOW, reason="未在本店购买")
    assert column(book, "status", row) == "rejected"
    assert column(book, "replied_at", row) is not None
    with pytest.raises(UserError):
        moves.reject_complaint(book, complaint_id=row, at=NOW, reason="再次")


def test_reopening_within_the_window_and_after_it(book: Book) -> None:
    row = new(book)
    with pytest.raises(UserError):
        reopen_complaint(book, complaint_id=row, at=NOW)
    moves.advance_complaint(book, complaint_id=row, to="settled", at=NOW)
    changes = reopen_complaint(book, complaint_id=row, at=NOW + timedelta(days=14))
    assert "complaint" not in changes.created
    assert column(book, "status", row) == "investigating"
    assert column(book, "reopened", row) == 1
    assert column(book, "settled_at", row) is None
    again = NOW + timedelta(days=14)
    moves.advance_complaint(book, complaint_id=row, to="settled", at=again)
    late = reopen_complaint(book, complaint_id=row, at=again + timedelta(days=14, seconds=1))
    linked = late.created["complaint"]
    assert column(book, "follows", linked) == row
    assert column(book, "status", row) == "settled"
    assert column(book, "number", linked) == "C-2026-0002"
    assert kinds(book, linked) == ["received"]
    book.undo()
    assert column(book, "number", linked) is None


def test_promises_and_remedies_write_steps(book: Book) -> None:
    row = new(book)
    made = promises.add_promise(
        book, complaint_id=row, text="店长回电", made_at=NOW, due_at=NOW + timedelta(hours=4)
    )
    promise = made.created["promise"]
    promises.break_promise(book, promise_id=promise, at=NOW)
    with pytest.raises(UserError, match="noted as broken already"):
        promises.keep_promise(book, promise_id=promise, at=NOW)
    promises.reopen_promise(book, promise_id=promise, at=NOW)
    promises.keep_promise(book, promise_id=promise, at=NOW)
    assert not promises.keep_promise(book, promise_id=promise, at=NOW)
    assert book.value("SELECT outcome FROM promise") == "kept"
    given = remedies.give_remedy(book, complaint_id=row, kind="coupon", at=NOW, cost=3000, text="¥30 券")
    assert column(book, "status", row) == "offered"
    assert kinds(book, row) == [
        "received",
        "promise",
        "promise-broken",
        "promise-open",
        "promise-kept",
        "remedy",
    ]
    remedies.delete_remedy(book, remedy_id=given.created["remedy"], at=NOW)
    assert book.value("SELECT count(*) FROM remedy") == 0
    with pytest.raises(UserError):
        remedies.give_remedy(book, complaint_id=row, kind="money", at=NOW)
    with pytest.raises(UserError):
        promises.add_promise(book, complaint_id=row, text="x", made_at=NOW, due_at=NOW - timedelta(hours=1))


def test_remedy_after_the_end_leaves_the_status(book: Book) -> None:
    row = new(book)
    moves.advance_complaint(book, complaint_id=row, to="settled", at=NOW)
    remedies.give_remedy(book, complaint_id=row, kind="gift", at=NOW)
    assert column(book, "status", row) == "settled"


def test_delete_takes_everything_along_and_undo_brings_it_back(book: Book) -> None:
    row = new(book)
    remedies.give_remedy(book, complaint_id=row, kind="apology", at=NOW)
    op.delete_complaints(book, complaint_ids=[row])
    assert book.value("SELECT count(*) FROM complaint_step") == 0
    with pytest.raises(UserError):
        said.note_complaint(book, complaint_id=row, at=NOW, text="x")
    book.undo()
    assert kinds(book, row) == ["received", "remedy"]
    assert book.value("SELECT count(*) FROM remedy") == 1
