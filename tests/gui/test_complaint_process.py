"""The checklist of a complaint: in every state each step is done, due, to come or skipped as it should be."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desktop.core.complaint_process import MOVES
from desktop.models.book import Book
from desktop.operations import complaint_moves as moves
from desktop.operations import complaint_words, remedies
from desktop.operations import complaints as op
from desktop.operations.complaint_reopening import reopen_complaint
from desktop.operations.ratings import Verdict, add_rating
from desktop.queries.complaint_detail import complaint_detail
from desktop.views.complaints.process import DONE, TODO, ProcessStep, process

START = datetime(2026, 11, 20, 10)
WALK = ("reply", "assessed", "investigating", "offered", "settled", "closed")


def new(book: Book) -> int:
    return op.open_complaint(book, title="x", received_at=START).created["complaint"]


def walk(book: Book, row: int, to: str) -> None:
    """Go the whole way up to a step."""
    for hour, key in enumerate(WALK[: WALK.index(to) + 1], 1):
        at = START + timedelta(hours=hour)
        if key == "reply":
            complaint_words.record_reply(book, complaint_id=row, at=at)
        elif key == "offered":
            remedies.offer_remedy(book, complaint_id=row, kind="gift", at=at)
        else:
            moves.advance_complaint(book, complaint_id=row, to=key, at=at)


def steps(book: Book, row: int) -> dict[str, ProcessStep]:
    detail = complaint_detail(book, row)
    assert detail is not None
    return {step.key: step for step in process(detail)}


def states(book: Book, row: int) -> str:
    """The states of the steps by their first letters."""
    return "".join(step.state[0] for step in steps(book, row).values())


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        # received, reply, assessed, investigating, offered, settled, rated, closed
        ("", "dntttttt"),
        ("reply", "ddnttttt"),
        ("assessed", "dddntttt"),
        ("investigating", "dddnnttt"),
        ("offered", "dddddntt"),
        ("settled", "ddddddnt"),
        ("closed", "ddddddsd"),
    ],
)
def test_the_whole_way(book: Book, to: str, expected: str) -> None:
    row = new(book)
    if to:
        walk(book, row, to)
    assert states(book, row) == expected


def test_what_was_skipped_says_so(book: Book) -> None:
    row = new(book)
    moves.advance_complaint(book, complaint_id=row, to="settled", at=START + timedelta(minutes=5))
    found = steps(book, row)
    assert states(book, row) == "ddsssdnt"
    assert found["reply"].at == found["settled"].at == "2026-11-20 10:05:00"
    assert found["rated"].may


def test_a_cause_that_was_found_ends_the_looking(book: Book) -> None:
    row = new(book)
    walk(book, row, "investigating")
    assert steps(book, row)["investigating"].state == "now"
    op.edit_complaint(book, complaint_id=row, at=START + timedelta(hours=5), cause="秤不准")
    found = steps(book, row)["investigating"]
    assert (found.state, found.text) == ("done", "秤不准")


def test_reopened_goes_through_it_again(book: Book) -> None:
    row = new(book)
    walk(book, row, "settled")
    reopen_complaint(book, complaint_id=row, at=START + timedelta(days=1))
    found = steps(book, row)
    assert found["settled"].state == "todo"
    assert found["settled"].may
    assert found["offered"].state == "now", "the offer of the first time is over"


def test_rejected_shows_what_had_been_done(book: Book) -> None:
    row = new(book)
    walk(book, row, "assessed")
    moves.reject_complaint(
        book, complaint_id=row, at=START + timedelta(hours=4), reason="不是本店", alternatives="消协"
    )
    assert list(steps(book, row)) == ["received", "reply", "assessed", "rejected"]


def test_a_rating_is_asked_for_once_it_has_ended(book: Book) -> None:
    row = new(book)
    assert not steps(book, row)["rated"].may
    walk(book, row, "closed")
    assert steps(book, row)["rated"].may
    add_rating(book, Verdict(complaint_id=row, rated_at=START + timedelta(days=1), perceived=4))
    assert steps(book, row)["rated"].state == "done"


def test_what_may_be_ticked_is_what_the_process_allows(book: Book) -> None:
    for to in ("", *WALK):
        row = new(book)
        if to:
            walk(book, row, to)
        detail = complaint_detail(book, row)
        assert detail is not None
        for key in ("assessed", "investigating", "offered", "settled", "closed"):
            step = steps(book, row)[key]
            at_it = key == "investigating" and detail.row.status == "investigating"
            # Back from an offer is a way of the menu's, not of the list's.
            ahead = key in MOVES[detail.row.status] and step.state != "done"
            assert step.may == (ahead or at_it), (to, key)


def test_every_step_has_its_words() -> None:
    assert set(TODO) == set(DONE) - {"received", "rejected"}
