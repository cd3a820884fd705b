"""The months ahead: against a slow forecast of the same, hand-worked series, and what truly came."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analytics.forecast import FEWEST, TooShort, forecast, review
from desktop.analytics.forecast_methods import METHODS, paths
from tests.unit.analytics import forecast_oracle

amounts = st.one_of(
    st.lists(st.integers(0, 40).map(float), min_size=6, max_size=33),
    st.lists(st.floats(50, 200), min_size=6, max_size=33),
    st.lists(st.floats(-500, 2000), min_size=6, max_size=33),
    st.lists(st.integers(1, 300).map(float), min_size=24, max_size=36),
)


@settings(max_examples=40, deadline=None)
@given(amounts, st.integers(1, 12), st.booleans())
def test_it_is_the_slow_forecast(values: list[float], horizon: int, counts: bool) -> None:
    values = [abs(one) for one in values] if counts else values
    found = forecast(np.array(values), horizon, counts=counts)
    slow = forecast_oracle.forecast(values, horizon, counts=counts)
    if found.method != slow["method"]:
        # Two ways that are wrong by the same to the last digit may be taken for one another.
        assert found.error == pytest.approx(slow["error"], rel=0.04)
        return
    assert found.error == pytest.approx(slow["error"])
    size = max(abs(one) for one in values) + 1
    for name in ("middle", "low80", "high80", "low95", "high95"):
        assert getattr(found, name) == pytest.approx(slow[name], rel=1e-6, abs=1e-6 * size)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(1, 100), min_size=26, max_size=40), st.integers(24, 26))
def test_no_month_knows_what_came_after_it(values: list[float], known: int) -> None:
    whole, part = paths(np.array(values), 12), paths(np.array(values[:known]), 12)
    for method in METHODS:
        assert whole[method][: known + 1] == pytest.approx(part[method], nan_ok=True)


@settings(max_examples=40, deadline=None)
@given(amounts)
def test_bands_lie_around_the_middle_and_numbers_are_not_negative(values: list[float]) -> None:
    found = forecast(np.array(values), 12, counts=False)
    for low, high in ((found.low80, found.high80), (found.low95, found.high95)):
        assert (low <= found.middle + 1e-6).all()
        assert (found.middle <= high + 1e-6).all()
    assert (found.low95 <= found.low80 + 1e-6).all()
    assert (found.high80 <= found.high95 + 1e-6).all()
    counted = forecast(np.abs(np.array(values)), 12)
    assert (counted.low95 >= 0).all()


def test_a_level_by_hand() -> None:
    # On the scale of logarithms nothing has moved: the next month is as all were, give or take chance.
    found = forecast(np.full(8, 100.0), 3)
    assert found.method == "level"
    assert found.middle == pytest.approx([100, 100, 100])
    assert found.error == pytest.approx(0, abs=1e-9)
    # Poisson: 1/√100; four errors at the first distance; t(0.9; 4) = 1.5332 of any table.
    assert found.high80[0] == pytest.approx(100 * np.exp(1.5332 / 10), rel=1e-4)
    assert found.low80[0] == pytest.approx(100 / np.exp(1.5332 / 10), rel=1e-4)
    amounts_ = forecast(np.full(8, 100.0), 3, counts=False)
    assert amounts_.low95 == pytest.approx([100, 100, 100])


def test_the_year_before_by_hand() -> None:
    # Last year's months, and ten more than they, as all this year's were.
    first = np.array([5.0, 9, 40, 7, 8, 60, 6, 5, 9, 70, 8, 7])
    told = paths(np.concatenate((first, first + 10)), 12)["year"]
    assert told[24] == pytest.approx(first + 20)
    assert told[12] == pytest.approx(first)
    assert np.isnan(told[11]).all()


def test_a_season_is_only_told_from_two_years_on() -> None:
    season = np.array([100 * (1 + 0.5 * math.sin(2 * math.pi * i / 12)) for i in range(60)])
    short = forecast(season[:23])
    assert short.method in ("level", "trend")
    for months in (36, 60):
        found = forecast(season[:months])
        assert found.method in ("year", "season", "season-trend")
        assert found.middle == pytest.approx(season[:12], rel=1e-3)


def test_a_lasting_rise_goes_on_more_slowly() -> None:
    found = forecast(np.array([100 * 1.05**i for i in range(20)]))
    assert found.method == "trend"
    steps = np.diff(found.middle)
    assert (steps > 0).all()
    assert (found.middle < 100 * 1.05 ** np.arange(20, 32)).all()


def test_a_series_that_doubles_each_month_stays_a_number() -> None:
    found = forecast(np.array([2.0**i for i in range(40)]), 12, counts=False)
    assert np.isfinite(found.high95).all()


def test_nothing_is_told_of_five_months() -> None:
    with pytest.raises(TooShort) as short:
        forecast(np.ones(5))
    assert (short.value.found, short.value.needed) == (5, FEWEST)
    assert review(np.ones(8)) is None


def test_months_of_nothing() -> None:
    found = forecast(np.zeros(20))
    assert found.error is None
    assert (found.middle == 0).all()
    seen = review(np.zeros(20))
    assert seen is not None
    assert (seen.wape, seen.plain, seen.inside80.value) == (None, None, 1.0)


def test_last_years_forecast_is_that_of_last_year() -> None:
    dice = np.random.default_rng(3)
    values = dice.poisson(80, 40).astype(float)
    seen = review(values)
    assert seen is not None
    then = forecast(values[:28])
    assert seen.forecast.middle == pytest.approx(then.middle)
    assert seen.actual == pytest.approx(values[28:])
    off = sum(abs(a - b) for a, b in zip(then.middle, values[28:], strict=True))
    assert seen.wape == pytest.approx(off / values[28:].sum())
    assert seen.plain == pytest.approx(np.abs(values[16:28] - values[28:]).sum() / values[28:].sum())
    within = sum(
        low <= value <= high for low, value, high in zip(then.low95, values[28:], then.high95, strict=True)
    )
    assert (seen.inside95.hits, seen.inside95.n) == (within, 12)
    short = review(values[:10])
    assert short is not None
    assert short.actual.size == 4
    assert short.plain == pytest.approx(np.abs(values[5] - values[6:10]).sum() / values[6:10].sum())


def test_the_bands_hold_what_they_say() -> None:
    inside80 = inside95 = n = 0
    for seed in range(80):
        dice = np.random.default_rng(seed)
        months = int(dice.integers(24, 60))
        level = np.log(80) + np.cumsum(dice.normal(0, 0.05, months))
        season = 0.3 * (seed % 2) * np.sin(2 * np.pi * np.arange(months) / 12)
        seen = review(dice.poisson(np.exp(level + season)).astype(float))
        assert seen is not None
        inside80, inside95 = inside80 + seen.inside80.hits, inside95 + seen.inside95.hits
        n += seen.inside80.n
    assert 0.74 < inside80 / n < 0.88
    assert 0.92 < inside95 / n < 0.99
