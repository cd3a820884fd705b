"""When things count as having happened: typed moments, a clock that was set back, who wrote them down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.shop import Staff
from desktop.operations import complaint_moves as moves
from desktop.operations import complaint_words as said
from desktop.operations import complaints, promises, remedies
from desktop.operations.complaint_reopening import reopen_complaint
from desktop.operations.settings import set_book_setting
from tests.unit.operations.complaint_books import NOW, column, in_status, kinds, new_complaint

HOUR = timedelta(hours=1)


def steps(book: Book, complaint: int) -> list[tuple[str, str]]:
    return book.rows("SELECT at, kind FROM complaint_step WHERE complaint_id = ? ORDER BY id", (complaint,))


def test_a_clock_that_was_set_back_stands_still(book: Book) -> None:
    """Nothing happens before what happened before it, and no duration is negative."""
    row, back = new_complaint(book), NOW - timedelta(days=3)
    said.record_reply(book, complaint_id=row, at=back)
    assert column(book, "replied_at", row) == "2026-11-20 10:30:00"
    moves.wait_for_customer(book, complaint_id=row, at=NOW + 2 * HOUR)
    due = column(book, "settle_due_at", row)
    moves.resume_complaint(book, complaint_id=row, at=back)
    assert column(book, "settle_due_at", row) == due
    remedies.offer_remedy(book, complaint_id=row, kind="gift", at=back)
    moves.settle_complaint(book, complaint_id=row, at=back, settlement="换新")
    moves.advance_complaint(book, complaint_id=row, to="closed", at=back - HOUR)
    two = "2026-11-20 12:30:00"
    assert [column(book, name, row) for name in ("settled_at", "closed_at")] == [two, two]
    reopen_complaint(book, complaint_id=row, at=back)
    # From 12:30 three days of twelve hours, less the half that medium does not need.
    assert column(book, "settle_due_at", row) == "2026-11-22 12:30:00"
    at = [at for at, _ in steps(book, row)]
    assert at == sorted(at)
    assert min(at) == "2026-11-20 10:30:00"


def test_promises_after_a_clock_was_set_back(book: Book) -> None:
    row = new_complaint(book)
    made = promises.add_promise(
        book, complaint_id=row, text="回电", made_at=NOW - HOUR, due_at=NOW + HOUR
    ).created["promise"]
    assert book.value("SELECT made_at FROM promise") == "2026-11-20 10:30:00"
    promises.keep_promise(book, promise_id=made, at=NOW - HOUR)
    assert book.value("SELECT ended_at FROM promise") == "2026-11-20 10:30:00"
    alone = promises.add_promise(book, text="送样品", made_at=NOW, due_at=NOW + HOUR).created["promise"]
    promises.break_promise(book, promise_id=alone, at=NOW - HOUR)
    assert book.value("SELECT ended_at FROM promise WHERE id = ?", (alone,)) == "2026-11-20 10:30:00"
    # The deadline is before what the clock had shown already: there is no such promise.
    with pytest.raises(UserError, match="due before it is made"):
        promises.add_promise(book, complaint_id=row, text="x", made_at=NOW - 2 * HOUR, due_at=NOW - HOUR)


def test_a_typed_moment_before_the_receipt_is_refused_everywhere(book: Book) -> None:
    row, early = new_complaint(book), NOW - HOUR
    runs: list[Callable[[], object]] = [
        lambda: said.record_reply(book, complaint_id=row, at=early, typed=True),
        lambda: said.record_contact(book, complaint_id=row, at=early, text="x", typed=True),
        lambda: said.record_answer(book, complaint_id=row, at=early, text="x", typed=True),
        lambda: said.note_complaint(book, complaint_id=row, at=early, text="x", typed=True),
        lambda: moves.wait_for_customer(book, complaint_id=row, at=early, typed=True),
        lambda: moves.advance_complaint(book, complaint_id=row, to="assessed", at=early, typed=True),
        lambda: moves.settle_complaint(book, complaint_id=row, at=early, typed=True),
        lambda: moves.reject_complaint(book, complaint_id=row, at=early, reason="x", typed=True),
        lambda: remedies.offer_remedy(book, complaint_id=row, kind="gift", at=early, typed=True),
        lambda: remedies.give_remedy(book, complaint_id=row, kind="gift", at=early, typed=True),
        lambda: promises.add_promise(
            book, complaint_id=row, text="x", made_at=early, due_at=NOW, typed=True
        ),
    ]  # fmt: skip
    for run in runs:
        with pytest.raises(UserError, match="before the complaint was received: 20 Nov 2026, 10:30"):
            run()
    assert kinds(book, row) == ["received"]


def test_typed_moves_keep_their_order_and_words_find_their_place(book: Book) -> None:
    row = new_complaint(book)
    moves.advance_complaint(book, complaint_id=row, to="assessed", at=NOW + 3 * HOUR)
    with pytest.raises(UserError, match="last step: “Assessed”, 20 Nov 2026, 13:30"):
        moves.advance_complaint(book, complaint_id=row, to="investigating", at=NOW + 2 * HOUR, typed=True)
    # The call that nobody had written down yet was two hours earlier, and so was a note.
    said.record_reply(book, complaint_id=row, at=NOW + HOUR, typed=True)
    said.note_complaint(book, complaint_id=row, at=NOW + HOUR, text="查监控", typed=True)
    assert column(book, "replied_at", row) == "2026-11-20 11:30:00"
    moves.wait_for_customer(book, complaint_id=row, at=NOW + 4 * HOUR)
    # Heard before anybody waited for it, so that it ends no waiting: refused as it would turn time around.
    with pytest.raises(UserError, match="Waiting for the customer"):
        said.record_answer(book, complaint_id=row, at=NOW + 2 * HOUR, text="x", typed=True)
    said.record_answer(book, complaint_id=row, at=NOW + 5 * HOUR, text="可以", typed=True)
    assert column(book, "waiting_since", row) is None
    # A note later than everything does not stand in the way of a move that is typed before it.
    said.note_complaint(book, complaint_id=row, at=NOW + 9 * HOUR, text="已查", typed=True)
    moves.advance_complaint(book, complaint_id=row, to="settled", at=NOW + 6 * HOUR, typed=True)
    assert column(book, "settled_at", row) == "2026-11-20 16:30:00"


def test_a_promise_is_kept_after_it_was_made(book: Book) -> None:
    row = new_complaint(book)
    made = promises.add_promise(
        book, complaint_id=row, text="回电", made_at=NOW + HOUR, due_at=NOW + 5 * HOUR, typed=True
    ).created["promise"]
    with pytest.raises(UserError, match="before the promise was made: 20 Nov 2026, 11:30"):
        promises.keep_promise(book, promise_id=made, at=NOW, typed=True)
    said.note_complaint(book, complaint_id=row, at=NOW + 4 * HOUR, text="x")
    promises.keep_promise(book, promise_id=made, at=NOW + 2 * HOUR, typed=True)
    assert book.value("SELECT ended_at FROM promise") == "2026-11-20 12:30:00"


def test_the_receipt_can_be_corrected_up_to_what_happened_next(book: Book) -> None:
    row = new_complaint(book, severity="high")
    said.record_reply(book, complaint_id=row, at=NOW + HOUR)
    complaints.edit_complaint(book, complaint_id=row, at=NOW + 2 * HOUR, received_at=NOW - HOUR)
    assert steps(book, row)[0] == ("2026-11-20 09:30:00", "received")
    assert column(book, "settle_due_at", row) == "2026-11-20 13:30:00"
    # What was replied in time stays replied in time, as far as the deadline goes.
    assert column(book, "reply_due_at", row) == "2026-11-20 11:30:00"
    with pytest.raises(UserError, match="recorded in the complaint before that: 20 Nov 2026, 11:30"):
        complaints.edit_complaint(book, complaint_id=row, at=NOW, received_at=NOW + 2 * HOUR)


def test_who_is_at_work_is_who_wrote_it(book: Book) -> None:
    with book.step("clerks") as step:
        li, zhao = (step.insert(Staff, name=name) for name in ("小李", "小赵"))
    book.clerk = "小李"
    row = new_complaint(book, staff_id=zhao)
    said.record_reply(book, complaint_id=row, at=NOW)
    remedies.offer_remedy(book, complaint_id=row, kind="gift", at=NOW, staff_id=zhao)
    promises.add_promise(book, complaint_id=row, text="回电", made_at=NOW, due_at=NOW)
    who = book.rows("SELECT kind, staff_id FROM complaint_step ORDER BY id")
    assert who == [("received", zhao), ("reply", li), ("offer", zhao), ("promise", li)]
    assert book.value("SELECT staff_id FROM promise") == li
    assert book.value("SELECT staff_id FROM remedy") == zhao
    # The clerk who looks after it is one of its values, and is corrected as the others are.
    complaints.edit_complaint(book, complaint_id=row, at=NOW, staff_id=li)
    assert column(book, "staff_id", row) == li


@pytest.mark.parametrize(("days", "follows"), [(0, False), (13, False), (14, False), (15, True)])
def test_the_window_is_the_shops(book: Book, days: int, follows: bool) -> None:
    row = in_status(book, "settled")
    when = NOW + HOUR + timedelta(days=days)
    assert ("complaint" in reopen_complaint(book, complaint_id=row, at=when).created) is follows
    book.undo()
    set_book_setting(book, key="complaints.reopen_days", value=days)
    assert "complaint" not in reopen_complaint(book, complaint_id=row, at=when).created
    book.undo()
    later = when + timedelta(seconds=1)
    assert "complaint" in reopen_complaint(book, complaint_id=row, at=later).created


def test_deadlines_are_what_the_shop_allows(book: Book) -> None:
    own = {"urgent": [15, 45], "high": [60, 5], "low": ["a", 1], "medium": 7}
    set_book_setting(book, key="complaints.deadlines", value=own)
    due = {}
    for severity in ("urgent", "high", "medium", "low"):
        row = new_complaint(book, severity=severity)
        due[severity] = tuple(column(book, name, row)[5:16] for name in ("reply_due_at", "settle_due_at"))
    # What makes no sense is the default: 1 h and 4 h, 8 h and 24 h, 24 h and 72 h, of twelve a day.
    assert due == {
        "urgent": ("11-20 10:45", "11-20 11:15"),
        "high": ("11-20 11:30", "11-20 14:30"),
        "medium": ("11-20 18:30", "11-22 10:30"),
        "low": ("11-22 10:30", "11-26 10:30"),
    }


def test_reopening_counts_anew_and_so_does_what_is_corrected_later(book: Book) -> None:
    row = new_complaint(book, severity="low")
    moves.wait_for_customer(book, complaint_id=row, at=NOW)
    moves.settle_complaint(book, complaint_id=row, at=NOW + timedelta(days=2))
    again = datetime(2026, 11, 25, 10, 0)
    reopen_complaint(book, complaint_id=row, at=again)
    assert column(book, "settle_due_at", row) == "2026-12-01 10:00:00"
    moves.wait_for_customer(book, complaint_id=row, at=again)
    moves.resume_complaint(book, complaint_id=row, at=again + HOUR)
    complaints.set_severity(book, complaint_ids=[row], severity="high", at=again + HOUR)
    # Four hours from the reopening, and the one that was waited since; what was waited before is past.
    assert column(book, "settle_due_at", row) == "2026-11-25 15:00:00"
