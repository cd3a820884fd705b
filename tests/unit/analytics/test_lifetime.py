"""The buy-till-you-die models against the figures published for CDNOW."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.analytics.fitting import NotConverged, TooFewCustomers
from desktop.analytics.lifetime import (
    MONTH,
    Bgnbd,
    Histories,
    customer_value,
    expected_purchases,
    histories,
    probability_alive,
)
from desktop.analytics.lifetime_fit import bgnbd_log_likelihood, fit_bgnbd, fit_mbgnbd
from desktop.analytics.occasions import Occasions, occasions
from desktop.analytics.spend import Spend, fit_spend, spend_log_likelihood
from desktop.core.errors import ShukeError

PUBLISHED = Bgnbd(0.243, 4.414, 0.793, 2.426, -9582.43, modified=False)
MODIFIED = Bgnbd(0.525, 6.183, 0.891, 1.614, -9582.13, modified=True)
GAMMA_GAMMA = Spend(6.25, 3.74, 15.44, -4055.92, 946, 0.11)


def parameters(model: Bgnbd) -> list[float]:
    return [model.r, model.alpha, model.a, model.b]


def one(x: float, t: float, age: float) -> Histories:
    return Histories(np.array([x]), np.array([t]), np.array([age]))


def test_bgnbd_of_fader_hardie_and_lee(cdnow: Histories) -> None:
    found = fit_bgnbd(cdnow)
    assert [round(one, 3) for one in parameters(found)] == [0.243, 4.414, 0.793, 2.426]
    assert parameters(found) == pytest.approx([0.24259292, 4.41353193, 0.79288609, 2.42575369], abs=5e-6)
    assert found.log_likelihood == pytest.approx(-9582.4256, abs=5e-5)
    assert not found.modified
    assert found.leaving == pytest.approx(0.246, abs=0.001)


def test_mbgnbd(cdnow: Histories) -> None:
    found = fit_mbgnbd(cdnow)
    assert parameters(found) == pytest.approx([0.52484, 6.18299, 0.89136, 1.61400], abs=1e-5)
    assert found.log_likelihood == pytest.approx(-9582.1327, abs=5e-5)


def test_mbgnbd_of_all_customers(cdnow_master: Histories) -> None:
    # In days. lifetimes 0.11.3 ends at the same point, fifty times as late (`run bench fits`).
    found = fit_mbgnbd(cdnow_master)
    assert cdnow_master.x.size == 23_570
    assert parameters(found) == pytest.approx([0.68942, 69.2257, 0.49160, 0.85851], rel=1e-4)
    assert found.log_likelihood == pytest.approx(-258955.3528, abs=5e-5)


def test_gamma_gamma(cdnow: Histories, cdnow_spend: NDArray[np.float64]) -> None:
    found = fit_spend(cdnow.x, cdnow_spend)
    assert [found.p, found.q, found.v] == pytest.approx([6.25, 3.74, 15.44], abs=0.01)
    assert [found.p, found.q, found.v] == pytest.approx([6.24880269, 3.74458844, 15.44774722], rel=1e-6)
    assert found.log_likelihood == pytest.approx(-4055.9232, abs=5e-5)
    assert found.customers == 946
    assert found.correlation == pytest.approx(0.11, abs=0.005)
    assert found.independent


def test_published_expectations() -> None:
    customer = one(2, 30.43, 38.86)
    assert expected_purchases(PUBLISHED, customer, 39)[0] == pytest.approx(1.226, abs=0.0005)
    assert probability_alive(PUBLISHED, customer)[0] == pytest.approx(0.7266, abs=0.0001)
    spend = GAMMA_GAMMA.expected(np.array([2.0, 1.0]), np.array([22.35, 11.77]))
    assert spend == pytest.approx([24.66, 18.91], abs=0.02)


def test_the_unit_of_time_changes_nothing_but_alpha(cdnow: Histories) -> None:
    weeks = cdnow
    days = Histories(weeks.x, weeks.t * 7, weeks.age * 7)
    found, in_weeks = fit_bgnbd(days), fit_bgnbd(weeks)
    assert found.r == pytest.approx(in_weeks.r, rel=1e-4)
    assert found.alpha == pytest.approx(7 * in_weeks.alpha, rel=1e-4)
    assert expected_purchases(found, days, 39 * 7)[:50] == pytest.approx(
        expected_purchases(in_weeks, weeks, 39)[:50], rel=1e-3
    )


def test_the_unit_of_money_changes_nothing_but_v(cdnow: Histories, cdnow_spend: NDArray[np.float64]) -> None:
    found = fit_spend(cdnow.x, cdnow_spend * 100)
    assert [found.p, found.q, found.v / 100] == pytest.approx([6.25, 3.74, 15.44], abs=0.01)
    chosen = cdnow.x > 0
    x, average = cdnow.x[chosen], cdnow_spend[chosen] * 100
    assert found.log_likelihood == spend_log_likelihood((found.p, found.q, found.v), x, average)


def test_only_the_modified_model_doubts_one_time_buyers() -> None:
    customer = one(0, 0, 38.86)
    assert probability_alive(PUBLISHED, customer)[0] == 1
    assert 0 < probability_alive(MODIFIED, customer)[0] < 0.8


def test_expectations_are_the_integral_of_what_is_published() -> None:
    # E[Y] at once by hand: (a+b+x−1)/(a−1)·{1 − ((α+T)/(α+T+t))^(r+x)·₂F₁} × P(alive), as METRICS.md has it.
    from scipy.special import hyp2f1

    x, t_x, age, time = np.array([0.0, 1, 5, 30]), np.array([0.0, 9, 20, 38]), np.full(4, 39.0), 52.0
    r, alpha, a, b = 0.243, 4.414, 0.793, 2.426
    z = time / (alpha + age + time)
    series = hyp2f1(r + x, b + x, a + b + x - 1, z)
    by_hand = (a + b + x - 1) / (a - 1) * (1 - (1 - z) ** (r + x) * series)
    customers = Histories(x, t_x, age)
    assert expected_purchases(PUBLISHED, customers, time) == pytest.approx(
        by_hand * probability_alive(PUBLISHED, customers), rel=1e-9
    )


def test_the_busiest_customer_and_a_of_one_overflow_nothing() -> None:
    for model in (Bgnbd(0.5, 60, 1.0, 3, 0, modified=False), Bgnbd(0.5, 60, 1.0, 3, 0, modified=True)):
        customers = Histories(np.array([0.0, 5000]), np.array([0.0, 5000]), np.array([10.0, 5001]))
        found = expected_purchases(model, customers, 365)
        assert np.isfinite(found).all()
        assert found[1] > found[0] > 0
        near = Bgnbd(0.5, 60, 1.0001, 3, 0, modified=model.modified)
        assert expected_purchases(near, customers, 365) == pytest.approx(found, rel=1e-3)
    assert np.isfinite(bgnbd_log_likelihood((0.5, 60, 1.0, 3), customers))


def test_customer_value_discounts_each_month() -> None:
    customers = one(2, 30.43, 38.86)
    spend = np.array([24.66])
    plain = customer_value(PUBLISHED, customers, spend, months=12, discount=0, month=MONTH / 7)
    assert plain[0] == pytest.approx(24.66 * expected_purchases(PUBLISHED, customers, 365.25 / 7)[0])
    discounted = customer_value(PUBLISHED, customers, spend, months=12, discount=0.01, month=MONTH / 7)
    assert plain[0] / 1.01**12 < discounted[0] < plain[0] / 1.01
    single = customer_value(PUBLISHED, customers, spend, months=1, discount=0.01, month=4)
    assert single[0] == pytest.approx(24.66 * expected_purchases(PUBLISHED, customers, 4)[0] / 1.01)


def test_histories_of_the_purchases_are_those_published(cdnow: Histories, cdnow_purchases: Occasions) -> None:
    start = int(cdnow_purchases.day.min())
    found = histories(cdnow_purchases, start + 39 * 7)
    assert np.array_equal(found.x, cdnow.x)
    assert found.t / 7 == pytest.approx(cdnow.t, abs=0.006)
    assert found.age / 7 == pytest.approx(cdnow.age, abs=0.006)


def test_both_published_summaries_are_the_same(cdnow: Histories, cdnow_summary: Histories) -> None:
    # They are rounded to different digits.
    assert np.array_equal(cdnow.x, cdnow_summary.x)
    assert cdnow.t == pytest.approx(cdnow_summary.t, abs=0.006)
    assert cdnow.age == pytest.approx(cdnow_summary.age, abs=0.006)
    model = (0.243, 4.414, 0.793, 2.426)
    assert bgnbd_log_likelihood(model, cdnow_summary) == pytest.approx(-9582.43, abs=0.005)


def test_the_39_weeks_held_back_are_foretold(cdnow: Histories, cdnow_purchases: Occasions) -> None:
    start = int(cdnow_purchases.day.min())
    middle = start + 39 * 7
    after = cdnow_purchases.between(middle, middle + 39 * 7)
    ids = cdnow_purchases.before(middle).ids
    came = np.bincount(np.searchsorted(ids, after.customer), minlength=ids.size)
    told = expected_purchases(fit_bgnbd(cdnow), cdnow, 39)
    # By the number of repeat purchases, as Fader, Hardie and Lee's figure has them.
    groups = [cdnow.x == x for x in range(7)] + [cdnow.x >= 7]
    assert [round(float(came[one].mean()), 3) for one in groups] == [
        0.237, 0.697, 1.393, 1.56, 2.532, 2.947, 3.862, 6.359,
    ]  # fmt: skip
    assert [float(told[one].mean()) for one in groups] == pytest.approx(
        [0.225, 0.523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157], abs=6e-4
    )
    assert came.sum() == 1882
    assert told.sum() == pytest.approx(1653.4, abs=0.1)
    assert np.corrcoef(told, came)[0, 1] == pytest.approx(0.626, abs=0.001)


def test_a_small_shop_is_told_so() -> None:
    customer = np.repeat(np.arange(49), 2)
    past = occasions(customer, np.tile([100, 120], 49))
    with pytest.raises(TooFewCustomers) as small:
        fit_bgnbd(histories(past, 200))
    assert (small.value.found, small.value.needed) == (49, 50)
    assert isinstance(small.value, ShukeError)
    with pytest.raises(TooFewCustomers):
        fit_spend(np.ones(10), np.ones(10))


def test_customers_no_model_fits_are_not_given_one() -> None:
    # Everyone spends exactly the same: the spread the model looks for is not there.
    with pytest.raises(NotConverged):
        fit_spend(np.full(60, 3.0), np.full(60, 50.0))
