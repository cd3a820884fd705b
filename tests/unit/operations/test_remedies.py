"""Remedies: offered, taken, declined, given, corrected; their cost, their points, and what they move."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.operations import complaint_moves as moves
from desktop.operations import complaints, remedies
from desktop.operations.membership import points_balance
from desktop.operations.settings import set_book_setting
from tests.unit.operations.complaint_books import (
    NOW,
    column,
    contents,
    customer,
    differences,
    in_status,
    kinds,
    new_complaint,
)

HOUR = timedelta(hours=1)
AT = NOW + HOUR


def offer(book: Book, row: int, **values: Any) -> int:
    given = {"kind": "coupon", "cost": 3000, "at": AT, "text": "¥30 券", **values}
    return remedies.offer_remedy(book, complaint_id=row, **given).created["remedy"]


def states(book: Book) -> list[str]:
    return [state for (state,) in book.rows("SELECT state FROM remedy ORDER BY id")]


def test_an_offer_is_a_word_to_the_customer(book: Book) -> None:
    row = new_complaint(book)
    moves.wait_for_customer(book, complaint_id=row, at=NOW)
    offer(book, row)
    assert [column(book, name, row) for name in ("status", "replied_at", "waiting_since")] == [
        "offered", "2026-11-20 11:30:00", None,
    ]  # fmt: skip
    assert kinds(book, row) == ["received", "waiting", "resumed", "offer"]
    assert book.row("SELECT state, cost, points, text FROM remedy") == ("offered", 3000, 0, "¥30 券")


def test_taken_or_declined_once(book: Book) -> None:
    row = new_complaint(book)
    first, second = offer(book, row), offer(book, row, kind="gift", text="")
    remedies.accept_remedy(book, remedy_id=first, at=AT + HOUR)
    assert book.value("SELECT given_at FROM remedy WHERE id = ?", (first,)) == "2026-11-20 12:30:00"
    remedies.decline_remedy(book, remedy_id=second, at=AT + HOUR, text="不想要")
    # The first one stands.
    assert column(book, "status", row) == "offered"
    assert states(book) == ["given", "declined"]
    told = book.rows("SELECT kind, text FROM complaint_step WHERE kind LIKE 'remedy%' ORDER BY id")
    assert told == [("remedy", "¥30 券"), ("remedy-declined", "不想要")]
    with pytest.raises(UserError, match="“Accepted and given” already"):
        remedies.accept_remedy(book, remedy_id=first, at=AT)
    with pytest.raises(UserError, match="“Not accepted” already"):
        remedies.decline_remedy(book, remedy_id=second, at=AT)
    # What was given comes back.
    remedies.decline_remedy(book, remedy_id=first, at=AT + 2 * HOUR)
    assert column(book, "status", row) == "investigating"


def test_settling_gives_what_is_offered_unless_said_otherwise(book: Book) -> None:
    row = new_complaint(book)
    taken, left = offer(book, row), offer(book, row)
    before = contents(book)
    moves.settle_complaint(
        book, complaint_id=row, at=AT, settlement="换新", cause="秤不准", prevention="每日校秤",
        perceived=4, declined=[left],
    )  # fmt: skip
    assert states(book) == ["given", "declined"]
    assert kinds(book, row)[-3:] == ["remedy", "remedy-declined", "settled"]
    found = book.row("SELECT settlement, cause, prevention, settled_at FROM complaint")
    assert found == ("换新", "秤不准", "每日校秤", "2026-11-20 11:30:00")
    assert book.row("SELECT perceived, ended_at FROM rating") == (4, "2026-11-20 11:30:00")
    assert taken == 1
    book.undo()
    assert differences(before, contents(book)) == []


def test_a_question_that_was_asked_is_answered_and_not_asked_again(book: Book) -> None:
    from desktop.models.service import Rating

    row = new_complaint(book)
    with book.step("asked") as step:
        step.insert(Rating, complaint_id=row, asked_at="2026-11-20 10:40:00", ended_at="2026-11-20 10:40:00")
    moves.settle_complaint(book, complaint_id=row, at=AT, perceived=5)
    assert book.rows("SELECT asked_at, rated_at, perceived FROM rating") == [
        ("2026-11-20 10:40:00", "2026-11-20 11:30:00", 5)
    ]


@pytest.mark.parametrize("back", ["investigating", "rejected"])
def test_back_from_an_offer_declines_it(book: Book, back: str) -> None:
    row = new_complaint(book)
    offer(book, row)
    if back == "rejected":
        moves.reject_complaint(book, complaint_id=row, at=AT, reason="未购买", alternatives="可向 12315 反映")
        assert column(book, "alternatives", row) == "可向 12315 反映"
        told = book.value("SELECT text FROM complaint_step WHERE kind = 'rejected'")
        assert told == "未购买\n可向 12315 反映"
    else:
        moves.advance_complaint(book, complaint_id=row, to=back, at=AT)
    assert states(book) == ["declined"]
    assert column(book, "status", row) == back


def test_points_stand_in_the_ledger_while_they_are_given(book: Book) -> None:
    who, other = customer(book), customer(book, "李明")
    row = new_complaint(book, customer_id=who)

    def balance() -> tuple[int, int]:
        return points_balance(book, who), points_balance(book, other)

    points = offer(book, row, kind="points", points=200, cost=None)
    assert balance() == (0, 0)
    remedies.accept_remedy(book, remedy_id=points, at=AT)
    assert balance() == (200, 0)
    assert book.rows("SELECT points, reason, text FROM points_entry") == [(200, "gift", "C-2026-0001")]
    remedies.edit_remedy(book, remedy_id=points, at=AT, points=150)
    assert balance() == (150, 0)
    # It was another customer's complaint.
    complaints.edit_complaint(book, complaint_id=row, at=AT, customer_id=other)
    assert balance() == (0, 150)
    before = contents(book)
    remedies.decline_remedy(book, remedy_id=points, at=AT)
    assert balance() == (0, 0)
    book.undo()
    remedies.delete_remedy(book, remedy_id=points, at=AT)
    assert balance() == (0, 0)
    book.undo()
    remedies.edit_remedy(book, remedy_id=points, at=AT, kind="apology")
    assert balance() == (0, 0)
    assert book.value("SELECT points FROM remedy") == 0
    book.undo()
    complaints.delete_complaints(book, complaint_ids=[row])
    assert balance() == (0, 0)
    book.undo()
    assert balance() == (0, 150)
    assert differences(before, contents(book)) == []


def test_what_points_cost_is_what_they_are_worth(book: Book) -> None:
    set_book_setting(book, key="points.worth", value=0.05)
    row = new_complaint(book, customer_id=customer(book))
    offer(book, row, kind="points", points=200, cost=None)
    offer(book, row, kind="points", points=200, cost=700)
    offer(book, row, kind="apology", cost=None)
    assert book.rows("SELECT cost FROM remedy ORDER BY id") == [(1000,), (700,), (0,)]


def test_what_can_not_be(book: Book) -> None:
    row = new_complaint(book)
    before = contents(book)
    for wrong, sentence in (
        ({"kind": "money"}, "no remedy of the kind"),
        ({"cost": -1}, "less than nothing"),
        ({"kind": "points", "points": 0}, "No points are given"),
        ({"kind": "points", "points": 5}, "Points need a customer"),
        ({"points": 5}, "Only a remedy in points"),
    ):
        with pytest.raises(UserError, match=sentence):
            offer(book, row, **wrong)
    assert differences(before, contents(book)) == []


def test_a_complaint_of_nobody_cannot_be_settled_with_points(book: Book) -> None:
    """The customer was taken off it after points had been offered; declining them settles it."""
    row = new_complaint(book, customer_id=customer(book))
    points = offer(book, row, kind="points", points=9)
    complaints.edit_complaint(book, complaint_id=row, at=AT, customer_id=None)
    before = contents(book)
    with pytest.raises(UserError, match="Points need a customer"):
        moves.settle_complaint(book, complaint_id=row, at=AT)
    assert differences(before, contents(book)) == []
    moves.settle_complaint(book, complaint_id=row, at=AT, declined=[points])
    assert column(book, "status", row) == "settled"


def test_correcting_and_deleting(book: Book) -> None:
    row = new_complaint(book)
    one = offer(book, row)
    assert remedies.edit_remedy(book, remedy_id=one, at=AT, cost=2500, text="¥25 券")
    assert not remedies.edit_remedy(book, remedy_id=one, at=AT, cost=2500)
    assert book.row("SELECT cost, text FROM remedy") == (2500, "¥25 券")
    remedies.delete_remedy(book, remedy_id=one, at=AT)
    assert kinds(book, row)[-3:] == ["remedy-edited", "remedy-deleted", "investigating"]
    for run in (remedies.accept_remedy, remedies.decline_remedy, remedies.delete_remedy):
        with pytest.raises(UserError, match="remedy is no longer in the book"):
            run(book, remedy_id=one, at=AT)


def test_points_that_a_file_brought_without_a_number_can_be_corrected(book: Book) -> None:
    from desktop.models.complaints import Remedy

    row = new_complaint(book, customer_id=customer(book))
    with book.step("brought in") as step:
        one = step.insert(Remedy, complaint_id=row, kind="points", given_at="2026-11-20 10:40:00")
    remedies.edit_remedy(book, remedy_id=one, at=AT, cost=500)
    assert book.row("SELECT cost, points, state FROM remedy") == (500, 0, "given")
    remedies.edit_remedy(book, remedy_id=one, at=AT, points=40)
    assert points_balance(book, 1) == 40
    with pytest.raises(UserError, match="less than nothing"):
        remedies.edit_remedy(book, remedy_id=one, at=AT, cost=-1)


def test_a_kindness_after_the_end_leaves_the_status(book: Book) -> None:
    for status in ("settled", "closed", "rejected"):
        row = in_status(book, status)
        remedies.give_remedy(book, complaint_id=row, kind="gift", at=AT, cost=800)
        assert column(book, "status", row) == status
        gift = book.value("SELECT max(id) FROM remedy")
        remedies.decline_remedy(book, remedy_id=gift, at=AT)
        assert column(book, "status", row) == status
