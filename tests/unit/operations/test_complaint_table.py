"""Every operation on a complaint in every state it can be in: it does its work, or says why not."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from desktop.core.complaint_process import ENDED, MOVES, OPEN
from desktop.core.errors import UserError
from desktop.core.words import COMPLAINT_STATUSES
from desktop.models.book import Book
from desktop.operations import complaint_moves as moves
from desktop.operations import complaint_words as said
from desktop.operations import complaints, promises, remedies
from desktop.operations.complaint_links import link_complaints
from desktop.operations.complaint_merging import merge_complaints
from desktop.operations.complaint_reopening import reopen_complaint
from desktop.operations.complaint_splitting import split_complaint
from tests.unit.operations.complaint_books import (
    NOW,
    column,
    contents,
    differences,
    in_status,
    kinds,
    new_complaint,
)

AT = NOW + timedelta(hours=2)

OTHER = 1
"""The complaint that others are linked to and merged with."""
NAMES = {"received": "Received", "acknowledged": "Acknowledged", "assessed": "Assessed",
         "investigating": "Investigating", "offered": "Remedy offered", "settled": "Settled",
         "closed": "Closed", "rejected": "Rejected"}  # fmt: skip


def refusal(now: str, then: str) -> tuple[str, str]:
    """What is said of a move that the process does not have, worked out apart from the code."""
    if now == then:
        return f"The complaint C-2026-0001 is “{NAMES[now]}” already.", ""
    said = f"A complaint that is “{NAMES[now]}” cannot become “{NAMES[then]}”."
    if now in ("settled", "closed", "rejected"):
        return said, "Reopen it first."
    if then == "rejected":
        return said, "Use “Reject” and give the reason."
    return said, "Settle it first." if then == "closed" else "Complaints go forward through their steps."


@pytest.mark.parametrize("now", COMPLAINT_STATUSES)
def test_every_move_from_every_status(book: Book, now: str) -> None:
    row = in_status(book, now)
    before = contents(book)
    for then in COMPLAINT_STATUSES:
        if then in MOVES[now]:
            moves.advance_complaint(book, complaint_id=row, to=then, at=AT)
            assert column(book, "status", row) == then
            assert kinds(book, row)[-1] == then
            book.undo()
        else:
            with pytest.raises(UserError) as refused:
                moves.advance_complaint(book, complaint_id=row, to=then, at=AT)
            assert (refused.value.message, refused.value.hint) == refusal(now, then)
        assert differences(before, contents(book)) == []


def test_what_the_table_allows() -> None:
    """The table itself, as ISO 10002 and the design have it."""
    assert set(MOVES) == set(COMPLAINT_STATUSES) == {*OPEN, *ENDED}
    order = list(COMPLAINT_STATUSES)
    for now, then in itertools.product(MOVES, MOVES):
        forward = order.index(then) > order.index(now)
        back_from_offer = (now, then) == ("offered", "investigating")
        if now in OPEN:
            allowed = (forward and then not in ("closed", "rejected")) or back_from_offer
        else:
            allowed = (now, then) == ("settled", "closed")
        assert (then in MOVES[now]) is allowed, (now, then)


Do = Callable[[Book, int], object]
# What is done, and of which statuses it is refused with a sentence that holds these words.
OPERATIONS: Mapping[str, tuple[Do, tuple[str, ...], str]] = {
    "reply": (
        lambda book, row: said.record_reply(book, complaint_id=row, at=AT, text="已致电"),
        # These cannot be reached without a word to the customer.
        ("acknowledged", "offered", "settled", "closed", "rejected"),
        "is recorded already",
    ),
    "contact": (lambda book, row: said.record_contact(book, complaint_id=row, at=AT, text="再致电"), (), ""),
    "answer": (lambda book, row: said.record_answer(book, complaint_id=row, at=AT, text="可以"), (), ""),
    "note": (lambda book, row: said.note_complaint(book, complaint_id=row, at=AT, text="查监控"), (), ""),
    "wait": (
        lambda book, row: moves.wait_for_customer(book, complaint_id=row, at=AT),
        ENDED,
        "has ended: it is",
    ),
    "resume": (
        lambda book, row: moves.resume_complaint(book, complaint_id=row, at=AT),
        tuple(COMPLAINT_STATUSES),
        "has ended: it is|does not wait for the customer: it is",
    ),
    "reject": (
        lambda book, row: moves.reject_complaint(book, complaint_id=row, at=AT, reason="不属实"),
        ENDED,
        "has ended: it is",
    ),
    "settle": (
        lambda book, row: moves.settle_complaint(
            book, complaint_id=row, at=AT, settlement="换新", perceived=4
        ),
        ENDED,
        "cannot become “Settled”|is “Settled” already",
    ),
    "reopen": (
        lambda book, row: reopen_complaint(book, complaint_id=row, at=AT),
        OPEN,
        "is open: it is",
    ),
    "offer": (
        lambda book, row: remedies.offer_remedy(book, complaint_id=row, kind="coupon", at=AT, cost=3000),
        ENDED,
        "has ended: it is",
    ),
    "give": (lambda book, row: remedies.give_remedy(book, complaint_id=row, kind="gift", at=AT), (), ""),
    "promise": (
        lambda book, row: promises.add_promise(
            book, complaint_id=row, text="回电", made_at=AT, due_at=AT + timedelta(days=1)
        ),
        (),
        "",
    ),
    "edit": (
        lambda book, row: complaints.edit_complaint(
            book, complaint_id=row, at=AT, severity="urgent", title="三袋", mood="respect", cause="秤不准"
        ),
        (),
        "",
    ),
    "severity": (
        lambda book, row: complaints.set_severity(book, complaint_ids=[row], severity="low", at=AT),
        (),
        "",
    ),
    "split": (
        lambda book, row: split_complaint(book, complaint_id=row, title="另一件", at=AT),
        ENDED,
        "has ended: it is",
    ),
    "link": (lambda book, row: link_complaints(book, complaint_id=row, linked_id=OTHER, at=AT), (), ""),
    "merge": (
        lambda book, row: merge_complaints(book, kept_id=row, gone_id=OTHER, at=AT),
        ENDED,
        "has ended: it is",
    ),
    "delete": (lambda book, row: complaints.delete_complaints(book, complaint_ids=[row]), (), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_in_every_status(book: Book, name: str) -> None:
    run, refused_in, sentence = OPERATIONS[name]
    assert new_complaint(book) == OTHER
    for status in COMPLAINT_STATUSES:
        row = in_status(book, status)
        _does_or_says_why_not(book, row, run, sentence if status in refused_in else "")
        if status in OPEN:
            moves.wait_for_customer(book, complaint_id=row, at=NOW + timedelta(hours=1))
            refused = sentence if status in refused_in and name != "resume" else ""
            if name == "wait":
                refused = "waits for the customer already, since 20 Nov 2026, 11:30"
            _does_or_says_why_not(book, row, run, refused)


def _does_or_says_why_not(book: Book, row: int, run: Do, refusal: str) -> None:
    """A refusal leaves everything as it was; what is done is one step, taken back and done again exactly."""
    before, stood = contents(book), book.next_undo()
    if refusal:
        with pytest.raises(UserError, match=refusal):
            run(book, row)
        assert (book.next_undo(), differences(before, contents(book))) == (stood, [])
        return
    assert run(book, row)
    after = contents(book)
    assert differences(before, after)
    book.undo()
    assert (book.next_undo(), differences(before, contents(book))) == (stood, [])
    book.redo()
    assert differences(after, contents(book)) == []
    book.undo()


def test_the_first_reply_of_an_ended_complaint_lies_before_its_end(book: Book) -> None:
    """A file may tell of a complaint that is closed without having told of a word to the customer."""
    row = new_complaint(book)
    with book.step("brought in") as step:
        step.execute(
            "UPDATE complaint SET status = 'closed', closed_at = '2026-11-21 10:00:00' WHERE id = ?", (row,)
        )
    with pytest.raises(UserError, match="ended before that: 21 Nov 2026, 10:00"):
        said.record_reply(book, complaint_id=row, at=NOW + timedelta(days=2))
    said.record_reply(book, complaint_id=row, at=NOW + timedelta(hours=1), typed=True)
    assert column(book, "replied_at", row) == "2026-11-20 11:30:00"
    assert column(book, "status", row) == "closed"


def test_what_is_empty_is_refused(book: Book) -> None:
    row: Any = new_complaint(book)
    before = contents(book)
    runs: list[Callable[[], object]] = [
        lambda: said.note_complaint(book, complaint_id=row, at=AT, text=" "),
        lambda: said.record_answer(book, complaint_id=row, at=AT, text=" "),
        lambda: moves.reject_complaint(book, complaint_id=row, at=AT, reason=" \n"),
        lambda: complaints.edit_complaint(book, complaint_id=row, at=AT, title=" "),
        lambda: complaints.open_complaint(book, title=" ", received_at=AT),
        lambda: split_complaint(book, complaint_id=row, title="", at=AT),
        lambda: promises.add_promise(book, complaint_id=row, text="", made_at=AT, due_at=AT),
        lambda: moves.settle_complaint(book, complaint_id=row, at=AT, perceived=6),
        lambda: link_complaints(book, complaint_id=row, linked_id=row, at=AT),
        lambda: merge_complaints(book, kept_id=row, gone_id=row, at=AT),
    ]
    for run in runs:
        with pytest.raises(UserError):
            run()
    assert differences(before, contents(book)) == []
