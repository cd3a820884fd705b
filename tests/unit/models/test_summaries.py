"""Customer summaries stay in step with the orders, whatever wrote them, and say the state on any day."""

from datetime import date
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models import summaries
from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.service import Rating

NOW = "2026-11-22 09:00:00"


def add(book: Book, *days: str, **order: Any) -> int:
    """A customer who paid 10.00 on each of the days."""
    with book.step("Add") as step:
        who = step.insert(Customer, name="王丽华", created_at=NOW)
        for day in days:
            step.insert(Order, **{"customer_id": who, "placed_at": f"{day} 10:00:00", "paid": 1000} | order)
    return who


def summary(book: Book, who: int, *columns: str) -> Any:
    return book.row(f"SELECT {', '.join(columns)} FROM customer_summary WHERE customer_id = ?", (who,))


def state(book: Book, who: int, on: str) -> Any:
    sql = f"SELECT {summaries.state_sql()} FROM customer_summary WHERE customer_id = :who"
    return book.value(sql, {"today": date.fromisoformat(on).toordinal(), "who": who})


def test_orders_of_one_day_are_one_occasion_and_returns_are_none(book: Book) -> None:
    who = add(book, "2026-01-01", "2026-01-01", "2026-01-21")
    with book.step("Return") as step:
        step.insert(Order, customer_id=who, placed_at=NOW, status="returned", total=-400, refunded=400)
        step.insert(Order, customer_id=who, placed_at=NOW, status="cancelled", paid=9900)
        step.insert(Order, customer_id=who, placed_at=NOW, paid=700, refunded=700)
    assert summary(book, who, "orders", "occasions", "spend") == (3, 2, 2600)
    assert summary(book, who, "last_day")[0] == date(2026, 1, 21).toordinal()


def test_the_state_follows_the_calendar_without_any_write(book: Book) -> None:
    who = add(book, "2026-01-01", "2026-01-11", "2026-01-21")
    # One gap length only: M = 10 and m = (20 + 2 × 10) / 4 = 10.
    assert summary(book, who, "rhythm")[0] == pytest.approx(10)
    expected = {
        "2026-02-05": "regular",  # 15 days silent: not more than 1.5 × 10
        "2026-02-06": "drifting",
        "2026-02-20": "drifting",  # 30 days: not more than 3 × 10
        "2026-02-21": "lost",
    }
    assert {on: state(book, who, on) for on in expected} == expected


def test_one_time_buyers_go_by_the_shops_second_purchases(book: Book) -> None:
    add(book, "2026-01-01", "2026-01-11")
    add(book, "2026-01-01", "2026-01-31")
    once = add(book, "2026-03-01")
    nobody = add(book)
    # Second purchases after 10 and 30 days: median 20, 90th percentile 28.
    expected = {"2026-03-21": "new", "2026-03-22": "one-time", "2026-03-29": "one-time", "2026-03-30": "lost"}
    assert {on: state(book, once, on) for on in expected} == expected
    assert state(book, nobody, "2026-03-22") == "none"


def test_ratings_and_complaints_are_counted(book: Book) -> None:
    who = add(book, "2026-01-01")
    with book.step("Speak") as step:
        for stars in (4, 5, None):
            step.insert(Rating, customer_id=who, ended_at=NOW, perceived=stars)
        step.insert(Complaint, number="C-1", customer_id=who, received_at=NOW, title="漏发")
        closed = step.insert(Complaint, number="C-2", customer_id=who, received_at=NOW, title="破损")
        step.update(Complaint, closed, status="closed")
    columns = ("rating", "ratings", "complaints", "open_complaints")
    assert summary(book, who, *columns) == (4.5, 2, 2, 1)
    book.undo()
    assert summary(book, who, *columns) == (None, 0, 0, 0)


def test_what_another_program_wrote_is_caught_up_when_the_book_opens(book: Book) -> None:
    who = add(book, "2026-01-01")
    book.db.execute_sql("UPDATE orders SET paid = 123456 WHERE customer_id = ?", (who,))
    assert summary(book, who, "spend") == (1000,)
    book.close()
    with Book.open(book.path) as again:
        assert summary(again, who, "spend") == (123456,)


def test_the_owners_factors_move_every_state(book: Book) -> None:
    who = add(book, "2026-01-01", "2026-01-11", "2026-01-21")
    assert state(book, who, "2026-02-06") == "drifting"
    with book.step("Be patient") as step:
        step.execute("INSERT INTO setting (key, value) VALUES ('rhythm.drifting', '2.0')")
    assert state(book, who, "2026-02-06") == "regular"
    assert state(book, who, "2026-02-11") == "drifting"


@given(st.lists(st.lists(st.integers(0, 900), max_size=6), max_size=6))
def test_summaries_agree_with_a_plain_count(
    tmp_path_factory: pytest.TempPathFactory, customers: list[list[int]]
) -> None:
    start = date(2024, 1, 1).toordinal()
    paces = [(max(days) - min(days)) / (len(set(days)) - 1) for days in customers if len(set(days)) > 1]
    shop = median(paces) if paces else summaries.UNKNOWN_GAP
    with Book.create(tmp_path_factory.mktemp("plain") / "shop.shuke") as book:
        for days in customers:
            add(book, *(date.fromordinal(start + day).isoformat() for day in days))
        for who, days in enumerate(customers, 1):
            seen = sorted(set(days))
            occasions, first, last, rhythm = summary(
                book, who, "occasions", "first_day", "last_day", "rhythm"
            )
            assert occasions == len(seen)
            if seen:
                assert (first - start, last - start) == (seen[0], seen[-1])
            if len(seen) > 1:
                assert rhythm == pytest.approx((seen[-1] - seen[0] + 2 * shop) / (len(seen) + 1))
