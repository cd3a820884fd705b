"""What is to be told of: deadlines and promises that come up or have passed, within the shop's hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.operations import complaint_moves as moves
from desktop.operations import shop_hours
from desktop.operations.complaint_words import record_reply
from desktop.operations.complaints import open_complaint
from desktop.operations.promises import add_promise
from desktop.operations.settings import set_book_setting
from desktop.queries.deadlines import next_ring, ringing

# A Friday; the shop is open from nine to nine.
NOW = datetime(2026, 11, 20, 10, 0)


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return NOW.replace(day=day, hour=hour, minute=minute)


def new(book: Book, received: datetime = NOW, severity: str = "high", **values: Any) -> int:
    made = open_complaint(book, title="x", received_at=received, severity=severity, **values)
    return made.created["complaint"]


def rings(book: Book, now: datetime) -> list[tuple[str, bool, datetime]]:
    return [(ring.what, ring.late, ring.at) for ring in ringing(book, now=now)]


def test_a_deadline_comes_up_and_passes(book: Book) -> None:
    # First reply by eleven, settled by two.
    new(book)
    assert rings(book, at(10, 29)) == []
    assert next_ring(book, now=at(10, 29)) == at(10, 30)
    assert rings(book, at(10, 30)) == [("reply", False, at(10, 30))]
    assert next_ring(book, now=at(10, 30)) == at(11)
    assert rings(book, at(11)) == [("reply", True, at(11))]
    assert next_ring(book, now=at(11)) is None


def test_the_next_deadline_counts_once_there_is_a_reply(book: Book) -> None:
    complaint = new(book)
    record_reply(book, complaint_id=complaint, at=at(10, 15))
    assert next_ring(book, now=at(10, 15)) == at(13, 30)
    assert rings(book, at(13, 45)) == [("settlement", False, at(13, 30))]
    moves.wait_for_customer(book, complaint_id=complaint, at=at(13, 50))
    assert rings(book, at(15)) == []
    assert next_ring(book, now=at(13, 50)) is None
    moves.resume_complaint(book, complaint_id=complaint, at=at(16))
    assert rings(book, at(16)) == [("settlement", False, at(15, 40))]
    assert next_ring(book, now=at(16)) == at(16, 10)
    moves.reject_complaint(book, complaint_id=complaint, at=at(16, 1), reason="x", alternatives="")
    assert next_ring(book, now=at(16, 1)) is None
    assert rings(book, at(18)) == []


def test_a_short_deadline_comes_up_when_half_of_it_is_over(book: Book) -> None:
    new(book, severity="urgent")
    assert next_ring(book, now=NOW) == at(10, 15)


def test_while_the_shop_is_closed_nothing_comes_up(book: Book) -> None:
    # Due at 9:20 in the morning: at opening, not at ten to nine.
    new(book, at(20, 20), severity="high")
    assert next_ring(book, now=at(20, 20)) == at(9, 0, day=21)
    assert rings(book, at(8, 59, day=21)) == []
    assert rings(book, at(9, 0, day=21)) == [("reply", False, at(9, 0, day=21))]
    # In the lunch break: when it is over.
    shop_hours.set_week(book, week={day: [(540, 720), (780, 1080)] for day in range(7)})
    lunch = new(book, at(11, 20), severity="high")
    due = book.value("SELECT due_at FROM complaint WHERE id = ?", (lunch,))
    assert due == "2026-11-20 13:20:00"
    assert next_ring(book, now=at(11, 30)) == at(13)


def test_promises_ring_with_or_without_a_complaint(book: Book) -> None:
    complaint = new(book, severity="low")
    with book.step("Add") as step:
        step.insert(Customer, id=7, name="王丽华", created_at="2024-01-01 09:00:00", custom="{}")
    add_promise(book, complaint_id=complaint, text="Call back", made_at=NOW, due_at=at(15))
    add_promise(book, customer_id=7, text="Send the lid", made_at=NOW, due_at=at(16))
    assert next_ring(book, now=NOW) == at(14, 30)
    assert rings(book, at(15, 45)) == [("promise", True, at(15)), ("promise", False, at(15, 30))]
    alone = ringing(book, now=at(15, 45))[-1]
    assert (alone.complaint_id, alone.customer_id, alone.customer_name) == (None, 7, "王丽华")
    # Outside the hours, a promise is a promise.
    add_promise(book, customer_id=7, text="Ring at night", made_at=NOW, due_at=at(23))
    assert next_ring(book, now=at(16)) == at(22, 30)


@pytest.mark.parametrize("minutes", [0, 5, 90])
def test_the_shop_says_how_long_before(book: Book, minutes: int) -> None:
    set_book_setting(book, key="complaints.warn_minutes", value=minutes)
    complaint = new(book)
    record_reply(book, complaint_id=complaint, at=NOW)
    expected = at(14) - timedelta(minutes=minutes) if minutes else None
    assert next_ring(book, now=NOW) == expected
    assert bool(ringing(book, now=at(15))) == bool(minutes)


def test_what_passed_long_ago_is_no_news(book: Book) -> None:
    new(book, NOW - timedelta(days=40))
    assert rings(book, NOW) == []
