"""Figures of complaint handling on worked cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.complaints import (
    Complaints,
    Spread,
    handling,
    in_time,
    next_purchase,
    pareto,
    per_hundred_orders,
    promises_kept,
    recovery,
    recovery_window,
    spread,
)
from desktop.analytics.occasions import NEVER, occasions

NAN = float("nan")


def test_handling_of_a_cohort() -> None:
    found = handling(
        Complaints(
            first_reply=np.array([10, 30, NAN, 20.0]),
            reply_worked=np.array([10, 30, NAN, 20.0]),
            reply_due=np.array([15, 15, 60, NAN]),
            reply_age=np.array([0, 0, 30.0, 0]),
            settled=np.array([100, NAN, NAN, 300.0]),
            settle_due=np.array([120, 120, 120, 120.0]),
            settle_age=np.array([0, 150, 30, 0.0]),
            reopened=np.array([False, True, False, True]),
            cost=np.array([0, 500, 0, 250]),
        )
    )
    assert found.n == 4
    assert (found.first_reply.n, found.first_reply.median) == (3, 20)
    assert found.first_reply.late == pytest.approx(28)
    # The third has time left, the fourth no deadline.
    assert (found.replies_in_time.hits, found.replies_in_time.n) == (1, 2)
    # The first kept, the second overdue and open, the third still in time, the fourth late.
    assert (found.settled_in_time.hits, found.settled_in_time.n) == (1, 3)
    # The second was settled before it was reopened.
    assert (found.reopened.hits, found.reopened.n) == (2, 3)
    assert found.cost == 750


def test_nothing_to_measure() -> None:
    assert spread(np.array([NAN])) == Spread(0, None, None)
    assert in_time(np.array([NAN]), np.array([10.0]), np.array([5.0])).value is None
    assert pareto(np.zeros(0, dtype=np.int64)) == []


def test_a_deadline_met_to_the_minute_is_met() -> None:
    assert in_time(np.array([10.0]), np.array([10.0]), np.array([99.0])).value == 1


def test_per_hundred_orders_may_exceed_a_hundred() -> None:
    assert per_hundred_orders(np.array([0, 0, 0, 1])).value == 25
    assert per_hundred_orders(np.array([2, 1])).value == 150


def test_promises() -> None:
    found = promises_kept(np.array([True, False, False]), np.array([False, True, False]))
    assert (found.hits, found.n) == (1, 2)


def test_recovery_judges_only_after_the_window() -> None:
    past = occasions(np.array([1, 1, 2, 3]), np.array([100, 150, 100, 195]))
    customer, closed = np.array([1, 2, 3, 4]), np.array([100, 100, 190, 100])
    found = recovery(customer, closed, np.full(4, 90.0), past, 200)
    # 3 is back already but its window is not over; 4 never bought; the purchase on closing day is no return.
    assert (found.hits, found.n) == (1, 3)
    assert recovery(customer, closed, np.full(4, 49.0), past, 300).hits == 1
    assert recovery(customer, closed, np.full(4, 50.0), past, 300).hits == 2


def test_recovery_window() -> None:
    assert recovery_window(np.array([10, 60, NAN])).tolist() == [90, 120, 90]


def test_pareto_is_ordered_and_ends_at_one() -> None:
    found = pareto(np.array([3, 1, 3, 2, 3, 1]))
    assert [(row.code, row.count) for row in found] == [(3, 3), (1, 2), (2, 1)]
    assert found[0].share.value == 0.5
    assert [row.cumulative for row in found] == pytest.approx([0.5, 5 / 6, 1])


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 40)), max_size=30),
    st.lists(st.tuples(st.integers(-2, 7), st.integers(-5, 45)), max_size=10),
)
def test_next_purchase_agrees_with_looking(
    purchases: list[tuple[int, int]], asked: list[tuple[int, int]]
) -> None:
    table = np.array(purchases, dtype=np.int64).reshape(-1, 2)
    question = np.array(asked, dtype=np.int64).reshape(-1, 2)
    found = next_purchase(question[:, 0], question[:, 1], occasions(table[:, 0], table[:, 1]))
    assert found.tolist() == [
        min((day for other, day in purchases if other == who and day > after), default=NEVER)
        for who, after in asked
    ]
