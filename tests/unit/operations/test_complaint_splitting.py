"""A complaint taken apart, complaints linked: what goes where, and taken back exactly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.core.complaint_process import MOVING
from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.operations import complaint_moves as moves
from desktop.operations import complaint_words as said
from desktop.operations import complaints, promises, remedies
from desktop.operations.attachments import NewFile, add_attachments
from desktop.operations.complaint_links import link_complaints, unlink_complaints
from desktop.operations.complaint_splitting import may_move, split_complaint
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
AT = NOW + 5 * HOUR


def test_what_is_chosen_moves_and_the_rest_stays(book: Book) -> None:
    who = customer(book)
    row = new_complaint(book, customer_id=who, severity="high", mood="vent", subject="delivery")
    said.record_reply(book, complaint_id=row, at=NOW + HOUR)
    said.note_complaint(book, complaint_id=row, at=NOW + HOUR, text="发票也开错了")
    promise = promises.add_promise(
        book, complaint_id=row, text="补发票", made_at=NOW + HOUR, due_at=AT
    ).created["promise"]
    coupon = remedies.offer_remedy(book, complaint_id=row, kind="coupon", at=NOW + 2 * HOUR, cost=500)
    files = [NewFile("a.txt", data=b"a"), NewFile("b.txt", data=b"b")]
    add_attachments(book, subject="complaint", subject_id=row, files=files, at=NOW)
    note = book.value("SELECT id FROM complaint_step WHERE kind = 'note'")
    photo = book.value("SELECT id FROM attachment WHERE name = 'b.txt'")
    before = contents(book)

    new = split_complaint(
        book, complaint_id=row, title="发票抬头错误", at=AT, subject="contract", steps=[note],
        promises=[promise], remedies=[coupon.created["remedy"]], attachments=[photo],
    ).created["complaint"]  # fmt: skip

    shared = "received_at, customer_id, channel, severity, mood, replied_at, reply_due_at, settle_due_at"
    assert column(book, shared.replace(", ", " || "), row) == column(book, shared.replace(", ", " || "), new)
    assert [column(book, name, new) for name in ("number", "title", "subject", "status")] == [
        "C-2026-0002", "发票抬头错误", "contract", "offered",
    ]  # fmt: skip
    # Nothing is offered in the first one any more.
    assert column(book, "status", row) == "investigating"
    assert kinds(book, row) == ["received", "reply", "promise", "offer", "split", "investigating"]
    assert kinds(book, new) == ["note", "received", "reply", "offered", "split"]
    assert book.rows("SELECT complaint_id, linked_id, kind FROM complaint_link") == [(row, new, "split")]
    for table in ("promise", "remedy"):
        assert book.rows(f"SELECT complaint_id FROM {table}") == [(new,)]
    assert book.rows("SELECT subject_id FROM attachment ORDER BY name") == [(row,), (new,)]
    told = book.rows("SELECT text FROM complaint_step WHERE kind = 'split' ORDER BY id")
    assert told == [("C-2026-0002 “发票抬头错误”",), ("C-2026-0001 “两袋分量不足”",)]
    after = contents(book)
    book.undo()
    assert differences(before, contents(book)) == []
    book.redo()
    assert differences(after, contents(book)) == []


def test_both_clocks_have_stood_as_long(book: Book) -> None:
    row = new_complaint(book, severity="high")
    moves.wait_for_customer(book, complaint_id=row, at=NOW + HOUR)
    moves.resume_complaint(book, complaint_id=row, at=NOW + 2 * HOUR)
    moves.wait_for_customer(book, complaint_id=row, at=NOW + 3 * HOUR)
    new = split_complaint(book, complaint_id=row, title="另一件", at=AT, severity="urgent").created[
        "complaint"
    ]
    assert column(book, "waiting_since", new) == "2026-11-20 13:30:00"
    # Two hours from receipt, and the one that was waited; five when the wait goes on until 15:30.
    assert column(book, "settle_due_at", new) == "2026-11-20 13:30:00"
    moves.resume_complaint(book, complaint_id=new, at=AT)
    assert column(book, "settle_due_at", new) == "2026-11-20 15:30:00"
    complaints.set_severity(book, complaint_ids=[new], severity="high", at=AT)
    moves.resume_complaint(book, complaint_id=row, at=AT)
    assert column(book, "settle_due_at", new) == column(book, "settle_due_at", row) == "2026-11-20 17:30:00"


def test_only_words_leave_and_only_what_is_there(book: Book) -> None:
    row, other = new_complaint(book), new_complaint(book)
    received, strange = (
        book.value("SELECT id FROM complaint_step WHERE complaint_id = ?", (one,)) for one in (row, other)
    )
    before = contents(book)
    with pytest.raises(UserError, match="stays with it"):
        split_complaint(book, complaint_id=row, title="x", at=AT, steps=[received])
    with pytest.raises(UserError, match="no longer in complaint C-2026-0001"):
        split_complaint(book, complaint_id=row, title="x", at=AT, steps=[strange])
    with pytest.raises(UserError, match="no longer in complaint C-2026-0001"):
        split_complaint(book, complaint_id=row, title="x", at=AT, attachments=[77])
    assert differences(before, contents(book)) == []
    assert may_move("note")
    assert may_move("heard")
    assert not any(map(may_move, MOVING))


def test_links(book: Book) -> None:
    one, other, third = (new_complaint(book) for _ in range(3))
    start = contents(book)
    link_complaints(book, complaint_id=one, linked_id=other, at=AT)
    for way in ((one, other), (other, one)):
        with pytest.raises(UserError, match="are linked already"):
            link_complaints(book, complaint_id=way[0], linked_id=way[1], at=AT)
    link_complaints(book, complaint_id=other, linked_id=one, at=AT, kind="cause")
    assert book.rows("SELECT complaint_id, linked_id, kind FROM complaint_link") == [(other, one, "cause")]
    link_complaints(book, complaint_id=third, linked_id=one, at=AT)
    (link,) = book.row("SELECT id FROM complaint_link WHERE kind = 'cause'")
    unlink_complaints(book, link_id=link, at=AT)
    assert kinds(book, other) == ["received", "linked", "linked", "unlinked"]
    assert book.value("SELECT text FROM complaint_step WHERE kind = 'unlinked'") == "C-2026-0001"
    with pytest.raises(UserError, match="link is no longer"):
        unlink_complaints(book, link_id=link, at=AT)
    for _ in range(4):
        book.undo()
    assert differences(start, contents(book)) == []


def test_a_link_goes_with_either_complaint(book: Book) -> None:
    one, other = new_complaint(book), new_complaint(book)
    link_complaints(book, complaint_id=one, linked_id=other, at=AT)
    before = contents(book)
    complaints.delete_complaints(book, complaint_ids=[other])
    assert book.value("SELECT count(*) FROM complaint_link") == 0
    book.undo()
    assert differences(before, contents(book)) == []
