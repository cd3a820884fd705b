"""How long customers take: the curve on worked cases and against watching each customer day by day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.occasions import Occasions, occasions
from desktop.analytics.repeat_times import gap_histogram, gaps_in, repeat_curve, time_to_second

JANUARY = date(2026, 1, 1).toordinal()
MARCH = date(2026, 3, 1).toordinal()
PURCHASES = st.lists(st.tuples(st.integers(-3, 6), st.integers(JANUARY - 40, MARCH + 40)), max_size=60)
WORKED = [(1, 100), (1, 102), (2, 100), (2, 105), (3, 100), (4, 100), (5, 109), (6, 109)]
"""Four customers of one day: one returns after 2 days, one after 5. Two more joined yesterday."""


def past(*purchases: tuple[int, int]) -> Occasions:
    """Occasions of (customer, day) pairs."""
    table = np.array(purchases, dtype=np.int64).reshape(-1, 2)
    return occasions(table[:, 0], table[:, 1])


def test_the_curve_counts_customers_while_they_are_watched() -> None:
    found = repeat_curve(past(*WORKED), 110)
    assert found.at_risk.tolist() == [6, 4, 4, 3, 3, 3, 2, 2, 2, 2]
    assert found.share[1] == 0
    assert found.share[2] == pytest.approx(0.25)
    assert found.share[9] == pytest.approx(0.5)
    assert (found.customers, found.events) == (6, 2)


def test_the_interval_of_the_curve_by_hand() -> None:
    # One of four is back after 2 days: S = 3/4, Greenwood's sum = 1/(4·3). One of three after 5: + 1/(3·2).
    found = repeat_curve(past(*WORKED), 110)
    assert np.isnan(found.low[:2]).all()
    for day, stays, total in ((2, 0.75, 1 / 12), (5, 0.5, 1 / 12 + 1 / 6)):
        spread = 1.959963984540054 * sqrt(total) / abs(log(stays))
        assert found.low[day] == pytest.approx(1 - stays ** exp(-spread))
        assert found.high[day] == pytest.approx(1 - stays ** exp(spread))
    within = found.within(5)
    assert within.value == pytest.approx(0.5)
    assert within.n == 6
    assert (within.low, within.high) == (found.low[5], found.high[5])
    assert found.within(10).value is None


def test_only_who_joined_lately_is_watched_when_asked() -> None:
    found = repeat_curve(past((1, 100), (1, 101), (2, 105), (3, 105), (3, 107)), 110, since=104)
    assert (found.customers, found.events) == (2, 1)
    assert found.at_risk.tolist() == [2, 2, 2, 1, 1]
    assert found.share[-1] == pytest.approx(0.5)


def test_nobody_and_everybody() -> None:
    assert repeat_curve(past(), MARCH).share.size == 0
    everybody = repeat_curve(past((1, 100), (1, 103), (2, 100), (2, 103)), 110)
    assert everybody.share.tolist() == [0, 0, 0, 1]
    assert np.isnan(everybody.high[-1])


def test_histogram_of_gaps() -> None:
    found = gap_histogram(np.array([1, 6, 7, 20, 999]), width=7, bins=4)
    assert found.edges.tolist() == [0, 7, 14, 21, 28]
    assert found.counts.tolist() == [2, 1, 1, 1]
    assert (found.n, found.median) == (5, 7)
    assert gap_histogram(np.zeros(0, dtype=np.int64)).median is None


def test_the_median_has_the_interval_of_its_order_statistics() -> None:
    # Of 20 values the 6th and the 15th hold the median with 95 % (Conover, table A3).
    found = gap_histogram(np.arange(1, 21)).middle
    assert (found.value, found.n, found.low, found.high) == (10.5, 20, 6, 15)
    assert gap_histogram(np.array([3, 4])).middle.low is None


def test_time_to_second_and_gaps_of_a_period() -> None:
    history = past((1, 100), (1, 110), (1, 115), (2, 90), (2, 120), (3, 100))
    assert time_to_second(history).tolist() == [10, 30]
    assert time_to_second(history, 111, 121).tolist() == [30]
    assert sorted(gaps_in(history, 110, 120)) == [5, 10]
    assert gaps_in(history, 0, 105).size == 0


@given(PURCHASES, st.integers(JANUARY - 40, MARCH))
def test_the_curve_agrees_with_watching_each_customer(purchases: list[tuple[int, int]], since: int) -> None:
    days: dict[int, list[int]] = {}
    for customer, day in sorted(set(purchases)):
        if day < MARCH:
            days.setdefault(customer, []).append(day)
    watched = [bought for bought in days.values() if bought[0] >= since]
    found = repeat_curve(past(*purchases), MARCH, days=50, since=since)
    stays, total = 1.0, 0.0
    for day in range(51):
        known = [
            bought for bought in watched
            if MARCH - 1 - bought[0] >= day and not (len(bought) > 1 and bought[1] - bought[0] < day)
        ]  # fmt: skip
        if not known:
            assert found.share.size == day
            break
        back = sum(len(bought) > 1 and bought[1] - bought[0] == day for bought in known)
        stays *= 1 - back / len(known)
        assert (found.at_risk[day], found.share[day]) == (len(known), pytest.approx(1 - stays))
        if back < len(known):
            total += back / (len(known) * (len(known) - back))
        if 0 < stays < 1:
            spread = 1.959963984540054 * sqrt(total) / abs(log(stays))
            assert found.low[day] == pytest.approx(1 - stays ** exp(-spread))
            assert found.high[day] == pytest.approx(1 - stays ** exp(spread))
            assert found.low[day] <= found.share[day] <= found.high[day]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60), st.integers(1, 30), st.integers(2, 12))
def test_a_histogram_counts_each_gap_in_its_bin(gaps: list[int], width: int, bins: int) -> None:
    found = gap_histogram(np.array(gaps), width, bins)
    assert found.counts.tolist() == [
        sum(min(gap // width, bins - 1) == place for gap in gaps) for place in range(bins)
    ]
    expected = np.quantile(gaps, (0.25, 0.5, 0.75))
    assert (found.lower_quartile, found.median, found.upper_quartile) == pytest.approx(tuple(expected))


@given(PURCHASES)
def test_gaps_agree_with_plain_differences(purchases: list[tuple[int, int]]) -> None:
    history = past(*purchases)
    days: dict[int, list[int]] = {}
    for customer, day in sorted(set(purchases)):
        days.setdefault(customer, []).append(day)
    pairs = [(one, other) for bought in days.values() for one, other in pairwise(bought)]
    inside = sorted(other - one for one, other in pairs if JANUARY <= other < MARCH)
    assert sorted(gaps_in(history, JANUARY, MARCH)) == inside
    assert sorted(history.gaps) == sorted(other - one for one, other in pairs)
    seconds = sorted(b[1] - b[0] for b in days.values() if len(b) > 1 and JANUARY <= b[1] < MARCH)
    assert sorted(time_to_second(history, JANUARY, MARCH)) == seconds
