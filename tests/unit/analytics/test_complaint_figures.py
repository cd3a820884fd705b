"""Figures of complaint handling on worked cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.complaints import (
    Complaints,
    deadline,
    handling,
    in_time,
    pareto,
    recovery,
    recovery_window,
    residuals,
    spread,
)
from desktop.analytics.occasions import NEVER

NAN = float("nan")


def flags(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.array([letter == "x" for letter in text])


def cohort() -> Complaints:
    return Complaints(
        first_reply=np.array([10, 30, NAN, 20.0]),
        reply_worked=np.array([10, 30, NAN, 20.0]),
        settling=np.array([100, NAN, NAN, 300.0]),
        replied=flags("xx-x"),
        settled=flags("x-xx"),
        reply_kept=flags("x---"),
        reply_missed=flags("-x--"),
        settle_kept=flags("x---"),
        settle_missed=flags("-x-x"),
        ever_settled=flags("xx-x"),
        reopened=flags("-x-x"),
        communicative=flags("---x"),
        perceived=np.array([5, NAN, NAN, 2.0]),
        asked=flags("xx-x"),
        answered=flags("x--x"),
        kept=np.array([2, 0, 0, 1]),
        broken=np.array([0, 0, 0, 1]),
        overdue=np.array([0, 1, 0, 0]),
        cost=np.array([0, 500, 0, 250]),
        remedied=flags("-x-x"),
        judged=flags("x--x"),
        recovered=flags("x---"),
    )


def test_handling_of_a_cohort() -> None:
    found = handling(cohort())
    assert found.n == 4
    assert (found.first_reply.n, found.first_reply.median.value, found.first_reply.unknown) == (3, 20, 0)
    assert found.first_reply.late.value == pytest.approx(28)
    # Settled at a moment nobody noted: in neither figure, and said.
    assert (found.settling.n, found.settling.unknown) == (2, 1)
    for rate, parts in (
        (found.replies_in_time, (1, 2)),
        (found.settled_in_time, (1, 3)),
        (found.reopened, (2, 3)),
        (found.communicative, (1, 4)),
        (found.happy, (1, 2)),
        (found.response, (2, 3)),
        (found.promises, (3, 5)),
        (found.recovery, (1, 2)),
        (found.remedied, (2, 4)),
    ):
        assert (rate.hits, rate.n) == parts
    assert found.satisfaction.value == 3.5
    assert (found.cost, found.cost_each.value, found.cost_each.n) == (750, 187.5, 4)


def test_nothing_to_measure() -> None:
    found = handling(cohort().where(flags("----")))
    assert (found.n, found.cost) == (0, 0)
    for figure in (found.first_reply.median, found.settling.late, found.satisfaction, found.cost_each,
                   found.reopened, found.promises, found.recovery):  # fmt: skip
        assert (figure.value, figure.n, figure.low, figure.high) == (None, 0, None, None)
    assert spread(np.array([NAN]), flags("-")).n == 0
    assert pareto(np.zeros(0, dtype=np.int64)) == []
    assert residuals(np.zeros((0, 7), np.int64)).shape == (0, 7)
    assert residuals(np.array([[5, 0], [0, 0]])).tolist() == [[0, 0], [0, 0]]


def test_deadlines() -> None:
    # Met to the minute, late, overdue, still in time, without one, nobody knows when.
    done = np.array([10, 11, NAN, NAN, 5, NAN])
    due = np.array([10, 10, 10, 10, NAN, 10])
    clock = np.array([99, 99, 11, 10, 99, NAN])
    kept, missed = deadline(done, due, clock)
    assert kept.tolist() == flags("x-----").tolist()
    assert missed.tolist() == flags("-xx---").tolist()
    assert (in_time(kept, missed).hits, in_time(kept, missed).n) == (1, 3)


def test_recovery_has_a_last_day() -> None:
    closed, window = np.array([100, 100, 190, 100]), np.full(4, 49.5)
    last_day, returned = recovery(closed, window, np.array([149, 150, 195, NEVER]))
    assert last_day.tolist() == [149, 149, 239, 149]
    assert returned.tolist() == flags("x-x-").tolist()


def test_recovery_window() -> None:
    assert recovery_window(np.array([10, 60, NAN])).tolist() == [90, 120, 90]


def test_pareto_is_ordered_and_ends_at_one() -> None:
    found = pareto(np.array([3, 1, 3, 2, 3, 1]))
    assert [(row.code, row.count) for row in found] == [(3, 3), (1, 2), (2, 1)]
    assert found[0].share.value == 0.5
    assert [row.cumulative for row in found] == pytest.approx([0.5, 5 / 6, 1])


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=5))
def test_residuals_are_those_of_the_textbook(rows: list[list[int]]) -> None:
    counts = np.array(rows)
    found = residuals(counts)
    total = counts.sum()
    for i, row in enumerate(rows):
        for j, count in enumerate(row):
            r, c = sum(row), sum(other[j] for other in rows)
            if total == 0 or r in (0, total) or c in (0, total):
                assert found[i, j] == 0
            else:
                expected = r * c / total
                spread_of = (expected * (1 - r / total) * (1 - c / total)) ** 0.5
                assert found[i, j] == pytest.approx((count - expected) / spread_of)
