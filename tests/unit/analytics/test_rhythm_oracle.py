"""Rhythm, states and the replayed warning counted customer by customer in plain Python, on random shops."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analytics.backtest import backtest
from desktop.analytics.occasions import Occasions, occasions
from desktop.analytics.rhythm import STATES, Factors, ShopRhythm, shop_rhythm, states

Visits = dict[int, list[int]]

SHOPS = st.dictionaries(
    st.integers(1, 40), st.lists(st.integers(0, 120), min_size=1, max_size=9), max_size=14
)
FACTORS = (1.0, 1.5, 2.0, 2.75, 4.0)


def array_form(visits: Visits) -> Occasions:
    pairs = [(customer, day) for customer, days in visits.items() for day in days]
    return occasions(
        np.array([one for one, _ in pairs], np.int64), np.array([day for _, day in pairs], np.int64)
    )


def seen_by(visits: Visits, morning: int) -> Visits:
    """Each customer's different days before a morning."""
    early = {one: sorted({day for day in days if day < morning}) for one, days in visits.items()}
    return {one: days for one, days in early.items() if days}


def quantile(values: list[int], share: float) -> float:
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def slow_shop(visits: Visits) -> ShopRhythm:
    back = [days for days in visits.values() if len(days) > 1]
    if not back:
        return ShopRhythm(90.0, 90.0, 180.0, own=False)
    paces = [float(Fraction(days[-1] - days[0], len(days) - 1)) for days in back]
    second = [days[1] - days[0] for days in back]
    return ShopRhythm(median(paces), quantile(second, 0.5), quantile(second, 0.9), own=True)


def pace(days: list[int], shop: ShopRhythm) -> float:
    gaps = [later - earlier for earlier, later in pairwise(days)]
    return (sum(gaps) + 2 * shop.median_gap) / (len(gaps) + 2)


def slow_state(days: list[int], today: int, shop: ShopRhythm, factors: Factors) -> tuple[str, bool]:
    silent = today - days[-1]
    if len(days) == 1:
        if silent > shop.second_late:
            return "lost", False
        return ("one-time" if silent > shop.second_median else "new"), False
    usual = pace(days, shop)
    if silent > factors.lost * usual:
        return "lost", False
    if silent > factors.drifting * usual:
        return "drifting", silent > factors.alarming * usual
    return "regular", False


@settings(max_examples=60, deadline=None)
@given(SHOPS, st.integers(0, 260), st.sampled_from([Factors(), Factors(1, 1, 1), Factors(1.25, 2.5, 4)]))
def test_states_are_those_of_each_customer_by_themselves(
    visits: Visits, today: int, factors: Factors
) -> None:
    known = seen_by(visits, today + 1)
    past = array_form(visits).before(today + 1)
    shop = shop_rhythm(past)
    slow = slow_shop(known)
    assert shop.own == slow.own
    assert shop.median_gap == pytest.approx(slow.median_gap)
    assert shop.second_median == pytest.approx(slow.second_median)
    assert shop.second_late == pytest.approx(slow.second_late)
    found = states(past.counts, past.first, past.last, today, shop, factors)
    assert past.ids.tolist() == sorted(known)
    for place, customer in enumerate(past.ids.tolist()):
        wanted = slow_state(known[customer], today, shop, factors)
        assert (STATES[found.state[place]], bool(found.alarming[place])) == wanted
        assert found.silent[place] == today - known[customer][-1]


@settings(max_examples=60, deadline=None)
@given(SHOPS, st.integers(20, 100), st.integers(1, 60), st.integers(1, 2))
def test_the_replay_is_that_of_each_customer_by_themselves(
    visits: Visits, at: int, length: int, repeats: int
) -> None:
    until = at + length
    known = seen_by(visits, at)
    shop = slow_shop(known)
    judged = {one: days for one, days in sorted(known.items()) if len(days) > repeats}
    left = {one for one in judged if not any(at <= day < until for day in visits[one])}
    silent = {one: at - 1 - days[-1] for one, days in judged.items()}
    for factor, found in zip(FACTORS, backtest(array_form(visits), at, until, FACTORS, repeats), strict=True):
        warned = {one for one, days in judged.items() if silent[one] > factor * pace(days, shop)}
        longest = set(sorted(judged, key=lambda one: (-silent[one], one))[: len(warned)])
        assert (found.at, found.until, found.factor) == (at, until, factor)
        assert (found.churn.hits, found.churn.n) == (len(left), len(judged))
        assert (found.flagged.hits, found.flagged.n) == (len(warned), len(judged))
        for way, meant in ((found.rhythm, warned), (found.recency, longest)):
            assert (way.precision.hits, way.precision.n) == (len(meant & left), len(meant))
            assert (way.recall.hits, way.recall.n) == (len(meant & left), len(left))
