"""The models of lifetime and spend held to their stories: plain sums and integrals under Hypothesis."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.analytics import lifetime
from desktop.analytics.fitting import NotConverged, maximise
from desktop.analytics.lifetime import (
    Bgnbd,
    Histories,
    customer_value,
    expected_purchases,
    probability_alive,
)
from desktop.analytics.lifetime_fit import (
    bgnbd_log_likelihood,
    distinct,
    fit_bgnbd,
    fit_mbgnbd,
    mbgnbd_log_likelihood,
)
from desktop.analytics.spend import Spend, fit_spend, spend_log_likelihood
from tests.unit.analytics import lifetime_oracle
from tests.unit.analytics.lifetime_oracle import History, Story

Floats = NDArray[np.float64]
rates = st.floats(0.6, 6)
stories = st.tuples(rates, st.floats(2, 60), st.floats(0.6, 4), st.floats(0.6, 6))


@st.composite
def a_history(draw: st.DrawFn) -> History:
    x = draw(st.integers(0, 12))
    age = draw(st.integers(1, 300))
    return x, (draw(st.integers(1, age)) if x else 0), age


many = st.lists(a_history(), min_size=1, max_size=40)


def arrays(found: list[History]) -> Histories:
    return Histories(*(np.array(column, np.float64) for column in zip(*found, strict=True)))


def model_of(story: Story, *, modified: bool) -> Bgnbd:
    return Bgnbd(*story, 0.0, modified)


@settings(max_examples=60, deadline=None)
@given(stories, many, st.integers(1, 9))
def test_likelihoods_are_sums_over_customers(story: Story, found: list[History], unit: int) -> None:
    customers = arrays([(x, t / unit, age / unit) for x, t, age in found])
    plain = [(x, t / unit, age / unit) for x, t, age in found]
    assert bgnbd_log_likelihood(story, customers) == pytest.approx(lifetime_oracle.bgnbd(story, plain))
    assert mbgnbd_log_likelihood(story, customers) == pytest.approx(lifetime_oracle.mbgnbd(story, plain))


@settings(max_examples=40, deadline=None)
@given(many, st.integers(1, 7))
def test_the_same_histories_are_counted_not_repeated(found: list[History], unit: int) -> None:
    plain = [(x, t / unit, age / unit) for x, t, age in found]
    each, weight = distinct(arrays(plain))
    counted = dict(zip(zip(each.x, each.t, each.age, strict=True), weight, strict=True))
    assert len(counted) == each.x.size
    assert counted == {one: plain.count(one) for one in plain}


@settings(max_examples=12, deadline=None)
@given(stories, a_history(), st.floats(1, 200), st.booleans())
def test_what_is_expected_is_the_integral_over_who_they_may_be(
    story: Story, history: History, time: float, modified: bool
) -> None:
    slow = lifetime_oracle.customer(story, history, time, modified=modified)
    customers, model = arrays([history]), model_of(story, modified=modified)
    likelihood = mbgnbd_log_likelihood if modified else bgnbd_log_likelihood
    assert likelihood(story, customers) == pytest.approx(math.log(slow.likelihood), abs=1e-7)
    assert probability_alive(model, customers)[0] == pytest.approx(slow.alive, abs=1e-7)
    assert expected_purchases(model, customers, time)[0] == pytest.approx(slow.expected, rel=1e-4, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(
    st.tuples(st.floats(0.5, 8), st.floats(1.2, 6), st.floats(5, 200)),
    st.lists(st.tuples(st.integers(1, 12), st.floats(5, 300)), min_size=1, max_size=2),
)
def test_spend_is_the_integral_over_what_they_may_spend(
    model: tuple[float, float, float], found: list[tuple[int, float]]
) -> None:
    slow = [lifetime_oracle.spend(model, x, average) for x, average in found]
    x, average = (np.array(column, np.float64) for column in zip(*found, strict=True))
    assert spend_log_likelihood(model, x, average) == pytest.approx(
        sum(math.log(likelihood) for likelihood, _ in slow), rel=1e-6, abs=1e-6
    )
    told = Spend(*model, 0.0, 0, None).expected(x, average)
    assert told == pytest.approx([expected for _, expected in slow], rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(stories, many, st.integers(1, 24), st.floats(0, 0.05), st.booleans())
def test_value_is_summed_month_by_month(
    story: Story, found: list[History], months: int, discount: float, modified: bool
) -> None:
    customers, model = arrays(found), model_of(story, modified=modified)
    spend = np.linspace(5, 60, customers.x.size)
    wanted, before = np.zeros(customers.x.size), np.zeros(customers.x.size)
    for month in range(1, months + 1):
        until = expected_purchases(model, customers, month * lifetime.MONTH)
        wanted += (until - before) / (1 + discount) ** month
        before = until
    value = customer_value(model, customers, spend, months=months, discount=discount)
    assert value == pytest.approx(wanted * spend, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("modified", [True, False])
def test_many_customers_are_told_the_same_as_few(
    modified: bool, cdnow: Histories, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Bgnbd(0.5248, 6.183, 0.8914, 1.614, 0.0, modified)
    each = customer_value(model, cdnow, np.ones(cdnow.x.size), months=12, discount=0.01, month=4.35)
    one_year = expected_purchases(model, cdnow, 52)
    monkeypatch.setattr(lifetime, "_DIRECT", 0)
    together = customer_value(model, cdnow, np.ones(cdnow.x.size), months=12, discount=0.01, month=4.35)
    assert together == pytest.approx(each, rel=1e-8)
    assert expected_purchases(model, cdnow, 52) == pytest.approx(one_year, rel=1e-8)
    same_age = Histories(cdnow.x, np.minimum(cdnow.t, 30), np.full(cdnow.x.size, 30.0))
    assert np.isfinite(expected_purchases(model, same_age, 52)).all()


def made_up(story: Story, size: int, seed: int, *, modified: bool) -> Histories:
    """Customers who live the story, in days over three years."""
    dice = np.random.default_rng(seed)
    r, alpha, a, b = story
    rows = []
    for _ in range(size):
        age = float(dice.integers(100, 1000))
        pace, chance = dice.gamma(r, 1 / alpha), dice.beta(a, b)
        x, t, now = 0, 0.0, 0.0
        while not ((modified or x) and dice.random() < chance):
            now += math.ceil(dice.exponential(1 / pace))
            if now > age:
                break
            x, t = x + 1, now
        rows.append((x, t, age))
    return arrays(rows)


@pytest.mark.parametrize("modified", [True, False])
def test_a_fit_finds_the_story_again(modified: bool) -> None:
    story = (0.8, 40.0, 0.9, 2.5)
    customers = made_up(story, 6000, 5, modified=modified)
    fitted = (fit_mbgnbd if modified else fit_bgnbd)(customers)
    likelihood = mbgnbd_log_likelihood if modified else bgnbd_log_likelihood
    at = (fitted.r, fitted.alpha, fitted.a, fitted.b)
    assert fitted.log_likelihood == pytest.approx(likelihood(at, customers), rel=1e-12)
    assert at == pytest.approx(story, rel=0.35)
    assert fitted.log_likelihood > likelihood(story, customers)
    for place in range(4):
        for factor in (0.98, 1.02):
            beside = list(at)
            beside[place] *= factor
            r, alpha, a, b = beside
            assert likelihood((r, alpha, a, b), customers) < fitted.log_likelihood


def test_a_fit_of_spend_finds_the_story_again() -> None:
    dice = np.random.default_rng(9)
    x = dice.integers(1, 30, 4000).astype(np.float64)
    rate = dice.gamma(4, 1 / 90, x.size)
    fitted = fit_spend(x, dice.gamma(3 * x, 1 / (rate * x)))
    assert (fitted.p, fitted.q, fitted.v) == pytest.approx((3, 4, 90), rel=0.1)


def test_a_climb_that_never_ends_is_no_fit() -> None:
    def rising(at: Floats) -> tuple[float, Floats, Floats]:
        return float(np.log(at).sum()), 1 / at, np.diag(-1 / at**2)

    with pytest.raises(NotConverged):
        maximise(rising, [np.ones(2)])

    def nowhere(at: Floats) -> tuple[float, Floats, Floats]:
        return math.nan, at, np.diag(at)

    with pytest.raises(NotConverged):
        maximise(nowhere, [np.ones(2)])


def test_a_climb_finds_the_top_by_hand() -> None:
    # −(ln x − 1)² − 2·(ln y + 2)²: greatest at (e, e⁻²).
    def hill(at: Floats) -> tuple[float, Floats, Floats]:
        x, y = np.log(at)
        value = -((x - 1) ** 2) - 2 * (y + 2) ** 2
        slope = np.array([-2 * (x - 1), -4 * (y + 2)]) / at
        second = np.diag(np.array([-2 + 2 * (x - 1), -4 + 4 * (y + 2)]) / at**2)
        return float(value), slope, second

    assert maximise(hill, [np.array([50.0, 3.0])]) == pytest.approx([math.e, math.exp(-2)])
