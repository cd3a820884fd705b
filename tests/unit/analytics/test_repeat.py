"""Repeat purchase: the definitions on worked cases, and against plain counting."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.intervals import rate
from desktop.analytics.occasions import NEVER, Occasions, occasions
from desktop.analytics.repeat import repeat_by_cohort, repeat_by_month, repeat_purchase

JANUARY = date(2026, 1, 1).toordinal()
FEBRUARY = date(2026, 2, 1).toordinal()
MARCH = date(2026, 3, 1).toordinal()
PURCHASES = st.lists(st.tuples(st.integers(-3, 6), st.integers(JANUARY - 40, MARCH + 40)), max_size=60)


def past(*purchases: tuple[int, int]) -> Occasions:
    """Occasions of (customer, day) pairs."""
    table = np.array(purchases, dtype=np.int64).reshape(-1, 2)
    return occasions(table[:, 0], table[:, 1])


# Ann buys in January and twice in February, Bo twice on one day in February, Cy three times in February,
# Di in January only.
ANN, BO, CY, DI = 1, 2, 3, 4
SHOP = (
    (ANN, JANUARY + 3),
    (ANN, FEBRUARY + 1),
    (ANN, FEBRUARY + 9),
    (BO, FEBRUARY + 5),
    (BO, FEBRUARY + 5),
    (CY, FEBRUARY),
    (CY, FEBRUARY + 2),
    (CY, FEBRUARY + 27),
    (DI, JANUARY + 30),
)


def test_same_day_orders_are_one_occasion() -> None:
    found = past(*reversed(SHOP))
    assert found.size == 8
    assert found.ids.tolist() == [ANN, BO, CY, DI]
    assert found.counts.tolist() == [3, 1, 3, 1]
    assert found.gaps.tolist() == [29, 8, 2, 25]
    assert found.second_gap.tolist() == [29, NEVER, 2, NEVER]
    assert found.rank.tolist() == [0, 1, 2, 0, 0, 1, 2, 0]


def test_definitions_a_to_d() -> None:
    found = repeat_purchase(past(*SHOP), FEBRUARY, MARCH)
    assert found.buyers == 3
    assert (found.twice.hits, found.twice.n) == (2, 3)
    assert (found.returning.hits, found.returning.n) == (2, 3)
    # Ann's second and Cy's second and third in February.
    assert found.transactions.value == pytest.approx(3 / 3)
    assert (found.lifetime.hits, found.lifetime.n) == (2, 4)


def test_a_returning_buyer_need_not_buy_twice_in_the_period() -> None:
    found = repeat_purchase(past((ANN, JANUARY), (ANN, FEBRUARY), (BO, FEBRUARY)), FEBRUARY, MARCH)
    assert (found.twice.hits, found.returning.hits, found.buyers) == (0, 1, 2)


def test_what_comes_after_the_period_is_not_known_in_it() -> None:
    found = repeat_purchase(past(*SHOP), JANUARY, FEBRUARY)
    assert (found.buyers, found.twice.hits, found.returning.hits, found.lifetime.hits) == (2, 0, 0, 0)
    assert found.lifetime.n == 2


def test_nobody_bought() -> None:
    found = repeat_purchase(past(), JANUARY, MARCH)
    assert (found.buyers, found.returning.value, found.transactions.value) == (0, None, None)
    assert repeat_by_month(past(), JANUARY, MARCH) == []
    assert repeat_by_cohort(past(), MARCH) == []


def test_months_and_windows() -> None:
    january, february = repeat_by_month(past(*SHOP), JANUARY, MARCH, windows=(30, 90))
    assert (january.returning.hits, january.returning.n) == (0, 2)
    assert january.windows[1] is None
    assert (february.returning.hits, february.returning.n) == (2, 3)
    # The 30 days to the end of February begin on January 30, and so hold Di's purchase of the 31st.
    month = february.windows[0]
    assert month is not None
    assert (month.hits, month.n) == (2, 4)


def test_cohorts_too_young_are_not_judged() -> None:
    january, february = repeat_by_cohort(past(*SHOP), MARCH + 31, horizons=(15, 30, 60))
    assert (january.size, february.size) == (2, 2)
    assert [share and share.hits for share in january.shares] == [0, 1, None]
    assert [share and share.hits for share in february.shares] == [1, 1, None]
    (_, younger) = repeat_by_cohort(past(*SHOP), MARCH + 29, horizons=(15, 30))
    assert younger.shares[0] is not None
    assert younger.shares[1] is None


@given(PURCHASES)
def test_definitions_agree_with_plain_counting(purchases: list[tuple[int, int]]) -> None:
    history = past(*purchases)
    days: dict[int, set[int]] = {}
    for customer, day in purchases:
        days.setdefault(customer, set()).add(day)
    inside = {who: {d for d in bought if JANUARY <= d < MARCH} for who, bought in days.items()}
    buyers = [who for who, bought in inside.items() if bought]
    found = repeat_purchase(history, JANUARY, MARCH)
    assert found.buyers == len(buyers)
    assert found.twice.hits == sum(len(inside[who]) > 1 for who in buyers)
    assert found.returning.hits == sum(min(days[who]) < max(inside[who]) for who in buyers)
    assert found.lifetime.n == sum(min(bought) < MARCH for bought in days.values())
    assert found.lifetime.hits == sum(len([d for d in bought if d < MARCH]) > 1 for bought in days.values())
    if buyers:
        again = sum(len(inside[who]) - 1 for who in buyers)
        assert found.transactions.value == pytest.approx(again / len(buyers))


@given(PURCHASES)
def test_a_month_of_the_trend_is_the_period_itself(purchases: list[tuple[int, int]]) -> None:
    history = past(*purchases)
    for month in repeat_by_month(history, JANUARY, MARCH + 5):
        assert month.returning == repeat_purchase(history, month.start, month.end).returning
        for window, share in zip((90, 30), month.windows, strict=True):
            if share is not None:
                assert share == repeat_purchase(history, month.end - window, month.end).returning


@given(PURCHASES)
def test_cohorts_agree_with_plain_counting(purchases: list[tuple[int, int]]) -> None:
    days: dict[int, set[int]] = {}
    for customer, day in purchases:
        if day < MARCH + 20:
            days.setdefault(customer, set()).add(day)
    found = repeat_by_cohort(past(*purchases), MARCH + 20, horizons=(7, 30))
    assert sum(cohort.size for cohort in found) == len(days)
    for cohort in found:
        members = [sorted(bought) for bought in days.values() if cohort.start <= min(bought) < cohort.end]
        assert cohort.size == len(members)
        for horizon, share in zip((7, 30), cohort.shares, strict=True):
            if cohort.end + horizon > MARCH + 20:
                assert share is None
            else:
                hits = sum(len(one) > 1 and one[1] - one[0] <= horizon for one in members)
                assert share == rate(hits, len(members))
