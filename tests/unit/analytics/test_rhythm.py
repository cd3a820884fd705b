"""Rhythm and states on worked cases, and the churn warning's worth on CDNOW."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.backtest import backtest, hold_out
from desktop.analytics.occasions import Occasions, occasions
from desktop.analytics.rhythm import (
    STATES,
    Factors,
    ShopRhythm,
    rhythms,
    shop_rhythm,
    states,
    turning,
)

SHOP = ShopRhythm(median_gap=20, second_median=30, second_late=100.5, own=True)


def state_on(today: int, days: list[int], factors: Factors | None = None) -> tuple[str, bool]:
    """State and alarm of one customer who bought on the given days."""
    count, first, last = (np.array([n]) for n in (len(days), min(days, default=0), max(days, default=0)))
    found = states(count, first, last, today, SHOP, factors)
    return STATES[found.state[0]], bool(found.alarming[0])


def test_rhythm_is_drawn_towards_the_shop() -> None:
    # Gaps 10 and 14: (24 + 2·20)/(2 + 2) = 16.
    found = rhythms(np.array([3, 1]), np.array([100, 100]), np.array([124, 100]), SHOP)
    assert found[0] == 16
    assert np.isnan(found[1])


def test_regular_drifting_alarming_lost() -> None:
    days = [100, 110, 124]
    assert state_on(124 + 24, days) == ("regular", False)
    assert state_on(124 + 25, days) == ("drifting", False)
    assert state_on(124 + 32, days) == ("drifting", False)
    assert state_on(124 + 33, days) == ("drifting", True)
    assert state_on(124 + 48, days) == ("drifting", True)
    assert state_on(124 + 49, days) == ("lost", False)
    assert state_on(124 + 25, days, Factors(2, 3, 4)) == ("regular", False)


def test_one_time_buyers_go_by_the_time_to_a_second_purchase() -> None:
    assert state_on(100, [100]) == ("new", False)
    assert state_on(130, [100]) == ("new", False)
    assert state_on(131, [100]) == ("one-time", False)
    assert state_on(200, [100]) == ("one-time", False)
    assert state_on(201, [100]) == ("lost", False)


def test_without_purchases_there_is_no_state() -> None:
    assert state_on(500, []) == ("none", False)


def test_turning_days_are_the_last_before_the_state_holds() -> None:
    found = turning(np.array([3, 1]), np.array([100, 100]), np.array([124, 100]), SHOP)
    assert found.drift.tolist() == [148, 130]
    assert found.alarm.tolist() == [156, 200]
    assert found.lost.tolist() == [172, 200]


def test_factors_must_rise() -> None:
    with pytest.raises(ValueError, match="rise"):
        Factors(2, 1.5, 3)


def test_the_shop_s_medians_give_each_customer_one_vote() -> None:
    # Five come every 30 days, once; one comes every day of a month.
    customer = np.array([*range(5), *range(5), *([9] * 31)])
    day = np.array([*([0] * 5), *([30] * 5), *range(31)])
    found = shop_rhythm(occasions(customer, day))
    assert found == ShopRhythm(median_gap=30, second_median=30, second_late=30, own=True)


def test_a_young_shop_has_defaults() -> None:
    assert shop_rhythm(occasions(np.arange(3), np.arange(3))) == ShopRhythm(90, 90, 180, own=False)
    assert not ShopRhythm().own


@given(st.lists(st.integers(0, 300), min_size=1, max_size=8), st.integers(300, 1000))
def test_a_customer_only_moves_towards_lost(days: list[int], today: int) -> None:
    order = ["new", "one-time"] if len(set(days)) == 1 else ["regular", "drifting"]
    order.append("lost")
    distinct = sorted(set(days))
    now, later = state_on(today, distinct)[0], state_on(today + 7, distinct)[0]
    assert order.index(now) <= order.index(later)


@pytest.mark.parametrize(
    ("factor", "flagged", "precision", "recall"),
    [(1.5, 0.47, 0.47, 0.65), (2.0, 0.37, 0.51, 0.55), (3.0, 0.27, 0.52, 0.41)],
)
def test_backtest_on_cdnow(
    cdnow_purchases: Occasions, factor: float, flagged: float, precision: float, recall: float
) -> None:
    start = int(cdnow_purchases.day.min())
    (found,) = backtest(cdnow_purchases, start + 39 * 7, start + 78 * 7, (factor,), min_repeats=2)
    assert found.churn.n == 507
    assert found.churn.value == pytest.approx(0.34, abs=0.005)
    assert found.flagged.value == pytest.approx(flagged, abs=0.005)
    assert found.rhythm.precision.value == pytest.approx(precision, abs=0.005)
    assert found.rhythm.recall.value == pytest.approx(recall, abs=0.005)
    # Plain recency warns as many.
    assert found.recency.precision.n == found.rhythm.precision.n == found.flagged.hits


def test_cdnow_shop_rhythm(cdnow_purchases: Occasions) -> None:
    start = int(cdnow_purchases.day.min())
    found = shop_rhythm(cdnow_purchases.before(start + 39 * 7))
    assert found.own
    assert found.median_gap == pytest.approx(48.67, abs=0.01)


def test_the_replayed_warning_knows_nothing_of_what_followed() -> None:
    customer = np.array([1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 6, 6, 6])
    day = np.array([0, 10, 0, 10, 0, 10, 105, 80, 85, 90, 95, 0, 60, 80, 90, 107])
    past = occasions(customer, day)
    (found,) = backtest(past, 100, 200, (2.0,))
    (known,) = backtest(past.before(100), 100, 200, (2.0,))
    assert found.churn.n == known.churn.n == 6
    assert (found.churn.hits, known.churn.hits) == (4, 6)
    assert found.flagged == known.flagged
    # 1, 2 and 3 are warned; 3 came back; 5 left at its own slow pace and 4 left unwarned.
    assert (found.rhythm.precision.hits, found.rhythm.precision.n) == (2, 3)
    assert (found.rhythm.recall.hits, found.rhythm.recall.n) == (2, 4)


def test_nobody_to_warn() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    (found,) = backtest(occasions(nothing, nothing), 10, 20, (2.0,))
    assert found.churn.value is None
    assert found.rhythm.precision.value is None
    assert hold_out(occasions(nothing, nothing), 10) is None


def test_hold_out_is_at_most_half_of_the_history() -> None:
    def history(days: int) -> Occasions:
        return occasions(np.array([1]), np.array([1000 - days]))

    assert hold_out(history(50), 1000) is None
    assert hold_out(history(100), 1000) == (950, 1000)
    assert hold_out(history(900), 1000) == (640, 1000)
