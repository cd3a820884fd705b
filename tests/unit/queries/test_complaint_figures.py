"""The figures of complaints: working time without waiting, promises, recovery, one cohort a ratio."""

from datetime import date, datetime

import pytest

from desktop.core.translation import mark
from desktop.models.book import Book
from desktop.models.complaints import Complaint, ComplaintStep, Promise, Remedy
from desktop.models.customers import Customer
from desktop.models.history import Step
from desktop.models.orders import Order
from desktop.models.shop import ImportRun
from desktop.queries.complaint_figures import ComplaintReport, complaint_report

MAY, JUNE = date(2026, 5, 1).toordinal(), date(2026, 6, 1).toordinal()


def add(step: Step, number: str, received: str, **values: object) -> int:
    return step.insert(
        Complaint, number=number, title="Dented tin", received_at=received, customer_id=1, **values
    )


def figures(book: Book, now: str = "2026-05-20 12:00:00") -> ComplaintReport:
    return complaint_report(book, start=MAY, end=JUNE, now=datetime.fromisoformat(now))


@pytest.fixture
def shop(book: Book) -> Book:
    with book.step(mark("Add customer")) as step:
        step.insert(Customer, name="王丽华", created_at="2026-01-01 09:00:00")
    return book


def test_settling_counts_working_hours_and_leaves_waiting_out(shop: Book) -> None:
    with shop.step(mark("Add complaint")) as step:
        # Open from 9 to 21: an hour in the evening, four the next morning, two of them waiting.
        row = add(
            step, "C-1", "2026-05-04 20:00:00", status="settled", replied_at="2026-05-04 20:30:00",
            settled_at="2026-05-05 13:00:00", reply_due_at="2026-05-04 21:00:00",
            settle_due_at="2026-05-05 14:00:00",
        )  # fmt: skip
        for kind, at in (("waiting", "10:00:00"), ("resumed", "12:00:00")):
            step.insert(ComplaintStep, complaint_id=row, kind=kind, at=f"2026-05-05 {at}")
        step.insert(Remedy, complaint_id=row, kind="gift", cost=2800, given_at="2026-05-05 13:00:00")
    found = figures(shop).handling
    assert found.first_reply.median.value == 30
    assert found.settling.median.value == 60 + 240 - 120
    assert (found.replies_in_time.hits, found.settled_in_time.hits) == (1, 1)
    assert found.cost == 2800


def test_deadlines_count_once_they_are_met_or_past(shop: Book) -> None:
    with shop.step(mark("Add complaints")) as step:
        due = {"reply_due_at": "2026-05-20 18:00:00", "settle_due_at": "2026-05-22 18:00:00"}
        add(step, "C-1", "2026-05-20 10:00:00", **due)
        add(step, "C-2", "2026-05-10 10:00:00", reply_due_at="2026-05-10 18:00:00")
        add(step, "C-3", "2026-04-30 10:00:00", reply_due_at="2026-04-30 18:00:00")
    found = figures(shop)
    # One is not due yet, one is overdue, one was received before the period.
    in_time = found.handling.replies_in_time
    assert (found.n, in_time.hits, in_time.n) == (2, 0, 1)
    assert found.open == 3


def test_promises_recovery_and_orders_come_from_the_same_rows(shop: Book) -> None:
    with shop.step(mark("Add complaints")) as step:
        for day in (3, 4, 5):
            step.insert(
                Order, customer_id=1, placed_at=f"2026-05-0{day} 10:00:00", status="completed", paid=100
            )
        row = add(step, "C-1", "2026-05-06 10:00:00", order_id=1, status="closed",
            settled_at="2026-05-06 12:00:00",
                  closed_at="2026-05-07 10:00:00")  # fmt: skip
        for outcome in ("kept", "kept", "broken", ""):
            step.insert(Promise, complaint_id=row, text="A new tin", made_at="2026-05-06 11:00:00",
                        due_at="2026-05-07 11:00:00", outcome=outcome)  # fmt: skip
    found = figures(shop)
    # The fourth is past its due and still open: not kept.
    assert (found.handling.promises.hits, found.handling.promises.n) == (2, 4)
    assert found.per_hundred.value == pytest.approx(100 / 3)
    assert found.handling.recovery.n == 0, "not old enough to judge"
    with shop.step(mark("Add order")) as step:
        step.insert(Order, customer_id=1, placed_at="2026-06-01 10:00:00", status="completed", paid=100)
    judged = figures(shop, "2026-09-01 12:00:00").handling.recovery
    assert (judged.hits, judged.n) == (1, 1)


@pytest.mark.parametrize(
    ("bought", "back"), [("2026-05-07", 0), ("2026-05-08", 1), ("2026-08-05", 1), ("2026-08-06", 0)]
)
def test_recovery_is_from_the_day_after_closing_to_the_ninetieth(shop: Book, bought: str, back: int) -> None:
    with shop.step(mark("Add complaint")) as step:
        add(step, "C-1", "2026-05-06 10:00:00", status="closed", settled_at="2026-05-06 12:00:00",
            closed_at="2026-05-07 10:00:00")  # fmt: skip
        step.insert(Order, customer_id=1, placed_at=f"{bought} 23:00:00", status="completed", paid=100)
    found = figures(shop, "2026-08-06 00:00:00").handling.recovery
    assert (found.hits, found.n) == (back, 1)
    assert figures(shop, "2026-08-05 23:59:59").handling.recovery.n == 0, "its last day is not over"


def test_imports_without_a_time_of_day_and_slips_of_the_pen_are_in_no_duration(shop: Book) -> None:
    with shop.step(mark("Add complaints")) as step:
        step.insert(ImportRun, id=1, at="2026-01-01 10:00:00", file_name="old.xlsx", target="complaints")
        due = {"reply_due_at": "2026-05-05 18:00:00", "settle_due_at": "2026-05-08 18:00:00"}
        # Days without a time; settled before it came; in another century; ended, and nobody noted when.
        add(step, "C-1", "2026-05-04 00:00:00", status="closed", settled_at="2026-05-06 00:00:00",
            replied_at="2026-05-04 00:00:00", import_run_id=1, **due)  # fmt: skip
        add(step, "C-2", "2026-05-04 10:00:00", status="settled", settled_at="2026-05-03 10:00:00", **due)
        add(step, "C-3", "2026-05-04 10:00:00", status="settled", settled_at="2206-05-05 10:00:00", **due)
        add(step, "C-4", "2026-05-04 10:00:00", status="closed", **due)
        add(step, "C-5", "2026-05-04 10:00:00", status="rejected", **due)
    found = figures(shop).handling
    assert (found.n, found.settling.n, found.first_reply.n) == (5, 0, 0)
    assert (found.settling.unknown, found.first_reply.unknown) == (2, 1)
    # Only of the third can it be said: what will be settled in 2206 is overdue today, and nobody replied.
    assert (found.settled_in_time.hits, found.settled_in_time.n) == (0, 1)
    assert found.replies_in_time.n == 0
    # All three settled ones were settled; of the fourth it is not said how it ended.
    assert found.reopened.n == 3
