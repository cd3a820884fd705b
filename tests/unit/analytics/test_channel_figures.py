"""Channels, finding methods and reasons: worked cases, and plain Python beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analytics.channels import (
    came_again,
    conversion,
    returning,
    sums,
)
from desktop.analytics.intervals import Mean, counted, counts_change
from desktop.analytics.occasions import NEVER, occasions
from desktop.analytics.reasons import reasons
from desktop.analytics.repeat import repeat_purchase
from tests.unit.analytics.satisfaction_oracle import Z

NAN = math.nan
START, END = 100, 200


def ints(values: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, np.int64)


def test_a_sum_with_the_interval_of_orders_that_come_by_chance() -> None:
    found = sums(ints([300, 400, -100, 7]), ints([0, 0, 0, 2]), 3)
    # √(300² + 400² + 100²) = 509.902, times 1.96.
    assert found[0].value == 600
    assert found[0].n == 3
    assert found[0].high == pytest.approx(600 + 1.959964 * 509.902, abs=0.01)
    assert found[1] == Mean(0.0, 0, None, None)
    assert (found[3].value, found[3].n) == (607, 4)
    # One order says nothing of how sums vary.
    assert found[2] == Mean(7.0, 1, None, None)


def test_counts_are_held_against_as_many_days() -> None:
    # 60 in 28 days before is 66.4 in 31.
    moved = counts_change(counted(90), counted(60), 31, 28, 1)
    assert moved.difference.value == pytest.approx(90 - 60 * 31 / 28)
    assert counts_change(counted(200), counted(60), 31, 28, 1).good
    assert counts_change(counted(200), counted(60), 31, 28, -1).good is False
    assert counts_change(counted(2), counted(60), 0, 28).difference.value is None


def test_a_count_has_the_exact_poisson_interval() -> None:
    # Garwood's table: 10 events, 4.795 to 18.390.
    assert counted(10).low == pytest.approx(4.795, abs=0.001)
    assert counted(10).high == pytest.approx(18.390, abs=0.001)


PURCHASES = st.lists(st.tuples(st.integers(0, 6), st.integers(80, 210), st.integers(0, 2)), max_size=60)


@settings(max_examples=60)
@given(PURCHASES)
def test_returning_is_repeat_purchase_b_of_each_group_alone(rows: list[tuple[int, int, int]]) -> None:
    customer, day, group = (ints([row[at] for row in rows]) for at in range(3))
    for at, found in enumerate(returning(customer, day, group, 3, START, END)):
        # The last is of all groups.
        mine = (group == at) | (at == 3)
        told = repeat_purchase(occasions(customer[mine], day[mine]), START, END).returning
        assert found == told
        # And in plain words: the days of each buyer.
        days: dict[int, set[int]] = {}
        for who, when, through in rows:
            if at in (through, 3) and when < END:
                days.setdefault(who, set()).add(when)
        buyers = [one for one in days.values() if max(one) >= START]
        assert (found.hits, found.n) == (sum(len(one) > 1 for one in buyers), len(buyers))


def test_who_came_again_only_counts_who_had_the_time() -> None:
    found = came_again(ints([10, 10, 105, 109, 110]), ints([90, 91, 5, NEVER, 1]), ints([0] * 5), 2, 200)
    # 110 + 90 is the first day not yet seen: not old enough, however quick.
    assert (found[0].hits, found[0].n) == (2, 4)
    assert found[1].value is None
    assert (found[2].hits, found[2].n) == (2, 4)


def test_conversion_of_leads() -> None:
    won = np.array([True, True, False, True, False])
    found = conversion(won, np.array([3.0, 10.0, NAN, NAN, NAN]), np.array([500.0, NAN, 300.0, 100.0, NAN]))
    assert (found.leads, found.converted.hits, found.converted.n) == (5, 3, 5)
    assert (found.days.value, found.days.n) == (6.5, 2)
    assert (found.spent, found.cost.n, found.cost.value) == (900, 3, 300)
    # Two of the three whose cost is known converted.
    assert found.each == 450
    nothing = conversion(np.zeros(0, np.bool_), np.zeros(0), np.zeros(0))
    assert nothing.converted.value is None
    assert nothing.days.value is None
    assert nothing.each is None
    assert nothing.spent == 0


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(-500, 5000), st.integers(0, 2)), max_size=40))
def test_sums_are_those_of_plain_python(rows: list[tuple[int, int]]) -> None:
    for at, found in enumerate(sums(ints([row[0] for row in rows]), ints([row[1] for row in rows]), 3)):
        mine = [amount for amount, of in rows if at in (of, 3)]
        assert (found.value, found.n) == (sum(mine), len(mine))
        if len(mine) > 1:
            half = Z * math.sqrt(sum(one * one for one in mine))
            assert found.low == pytest.approx(sum(mine) - half)
            assert found.high == pytest.approx(sum(mine) + half)
        else:
            assert found.low is None


NAMED = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sets(st.integers(0, 4), max_size=3),
        st.sampled_from([NAN, 1.0, 2.0, 3.0, 4.0, 5.0]),
    ),
    max_size=20,
    unique_by=lambda row: row[0],
)


@settings(max_examples=60)
@given(NAMED)
def test_reasons_are_counted_as_by_hand(rows: list[tuple[int, set[int], float]]) -> None:
    flat = [(rating, code, stars) for rating, codes, stars in rows for code in codes]
    found = reasons(
        ints([one[0] for one in flat]), ints([one[1] for one in flat]), np.array([one[2] for one in flat]), 5
    )
    for side, wanted in ((found.unhappy, {1, 2, 3}), (found.happy, {4, 5})):
        mine = [codes for _, codes, stars in rows if stars in wanted and codes]
        named = {code: sum(code in codes for codes in mine) for code in range(5)}
        assert {row.code: row.count for row in side} == {code: n for code, n in named.items() if n}
        assert [row.count for row in side] == sorted((row.count for row in side), reverse=True)
        assert all(row.share.n == len(mine) for row in side)
        if side:
            assert side[-1].cumulative == pytest.approx(1)
        for row in side:
            told = [sum(row.code in codes for _, codes, given in rows if given == n) for n in range(1, 6)]
            assert list(row.stars) == told
