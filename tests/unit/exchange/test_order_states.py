"""What became of orders whose lines have states of their own, and what a column of what is due says."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.checking.order_money import (
    CANCELLED,
    COMPLETED,
    PAID,
    RETURNED,
    SHIPPED,
    UNKNOWN,
    UNPAID,
    Given,
    settle,
    state_of_lines,
)


def _state(*lines: int) -> int:
    return int(state_of_lines(np.array(lines), np.zeros(len(lines), np.int64), 1)[0])


def test_an_order_is_as_far_as_its_slowest_line() -> None:
    assert _state(COMPLETED, SHIPPED) == SHIPPED
    assert _state(PAID, COMPLETED, UNKNOWN) == PAID
    assert _state(COMPLETED, RETURNED, CANCELLED) == COMPLETED
    assert _state(RETURNED, CANCELLED) == RETURNED
    assert _state(CANCELLED, UNKNOWN) == CANCELLED
    assert _state(UNKNOWN) == UNKNOWN


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(UNKNOWN, RETURNED)), min_size=1, max_size=30))
def test_orders_do_not_touch_each_other(lines: list[tuple[int, int]]) -> None:
    order, states = (np.array(part, np.int64) for part in zip(*lines, strict=True))
    together = state_of_lines(states, order, 6).tolist()
    for number in range(6):
        alone = states[order == number].tolist()
        assert together[number] == (_state(*alone) if alone else UNKNOWN)


def _given(*, status: list[int], total: list[int], paid: list[int | None]) -> Given:
    said = np.array([one is not None for one in paid])
    amounts = np.array([one or 0 for one in paid], np.int64)
    every = np.ones(len(total), np.bool_)
    nobody = np.zeros(len(total), np.bool_)
    return Given(
        np.array(status), np.array(total), every, amounts, said, None, None, None, None, nobody
    )  # fmt: skip


def test_what_is_due_is_not_paid_by_who_has_not_paid() -> None:
    told = _given(status=[UNPAID, CANCELLED, PAID], total=[100, 100, 100], paid=[90, 90, 90])
    assert settle(told, False, True).paid.tolist() == [0, 0, 90]
    assert settle(told, False).paid.tolist() == [90, 90, 90]


def test_what_lacks_to_the_total_went_back() -> None:
    told = _given(status=[COMPLETED, RETURNED, COMPLETED, UNPAID], total=[100] * 4, paid=[60, 0, None, 40])
    money = settle(told, True)
    assert money.paid.tolist() == [100, 100, 100, 40]
    assert money.refunded.tolist() == [40, 100, 0, 0]
