"""Intervals against published and hand-worked figures, and the promise that each contains its value."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.intervals import (
    ENOUGH,
    Change,
    Mean,
    Rate,
    change,
    difference,
    mean,
    means,
    nps,
    nps_of_counts,
    per,
    quantile,
    rate,
    rate_of,
)

# Three decimals: smaller numbers would only test the underflow of squares.
FLOATS = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


def test_wilson_interval_of_newcombe_1998() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3.
    for hits, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        found = rate(hits, n)
        assert [found.low, found.high] == pytest.approx([low, high], abs=5e-5)


def test_difference_of_newcombe_1998() -> None:
    # Newcombe (1998), Statistics in Medicine 17:873, table II, method 10: 56/70 − 48/80.
    found = difference(rate(56, 70), rate(48, 80))
    assert found.value == pytest.approx(0.2)
    assert [found.low, found.high] == pytest.approx([0.0524, 0.3339], abs=5e-5)
    assert difference(rate(0, 0), rate(1, 2)) == Mean(None, 0, None, None)


def test_the_median_lies_between_the_ranks_of_the_tables() -> None:
    # Ranks of the 95 % interval for a median (Conover, Practical Nonparametric Statistics, table A3).
    for n, low, high in ((6, 1, 6), (10, 2, 9), (20, 6, 15), (50, 18, 33), (100, 40, 61)):
        found = quantile(np.arange(1.0, n + 1), 0.5)
        assert (found.value, found.low, found.high, found.n) == ((n + 1) / 2, low, high, n)
    assert quantile(np.arange(5.0), 0.5) == Mean(2.0, 5, None, None), "five values cannot bound it"
    assert quantile(np.zeros(0), 0.9) == Mean(None, 0, None, None)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=120), st.sampled_from([0.5, 0.9]))
def test_quantile_bounds_are_the_narrowest_ranks_that_are_sure_enough(found: list[int], share: float) -> None:
    values = np.sort(np.array(found, np.float64))
    n = len(found)
    result = quantile(values, share)
    assert result.value == pytest.approx(float(np.quantile(values, share)))

    def at_most(k: int) -> float:
        """The probability that no more than k values lie below the quantile."""
        return sum(comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k + 1))

    low = max((k for k in range(n) if at_most(k) <= 0.025), default=None)
    high = min((k for k in range(n) if at_most(k) >= 0.975), default=None)
    assert result.low == (None if low is None else min(result.value or 0, values[low]))
    assert result.high == (None if high is None else max(result.value or 0, values[high]))


def test_a_verdict_is_given_where_it_can_be() -> None:
    many, most, few = rate(50, 100), rate(90, 100), rate(2, 29)
    assert change(most, many, 1) == Change(difference(most, many), "up", True)
    assert change(many, most, 1) == Change(difference(many, most), "down", False)
    assert change(many, most, -1).good
    assert change(many, most).good is None
    # Too close, too few, or nothing to compare with.
    for now, before in ((rate(51, 100), many), (most, few), (few, most), (most, rate(0, 0))):
        assert change(now, before, 1) == Change(difference(now, before), None, None)
    # Medians are compared by the intervals they have.
    slow, quick = quantile(np.arange(100.0, 200), 0.5), quantile(np.arange(40.0), 0.5)
    assert change(quick, slow, -1).good
    assert change(quantile(np.arange(3.0), 0.5), slow, -1).direction is None


def test_nothing_gives_no_value() -> None:
    assert rate(0, 0) == Rate(None, 0, None, None)
    assert mean(np.array([np.nan])) == Mean(None, 0, None, None)
    assert nps(np.array([])).value is None
    assert per(0, 0) == Mean(None, 0, None, None)
    assert not rate(0, 0).enough


def test_a_share_of_two_cohorts_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        rate(3, 2)


def test_t_interval_by_hand() -> None:
    # 1..5: mean 3, s = √2.5, t(4) = 2.776445.
    found = mean(np.array([1.0, 2, np.nan, 3, 4, 5]))
    assert found.n == 5
    assert found.value == 3
    assert found.high == pytest.approx(3 + 2.776445 * (2.5 / 5) ** 0.5, abs=1e-6)
    assert mean(np.array([4.0])) == Mean(4.0, 1, None, None)


def test_nps_margin() -> None:
    # 60 promoters and 10 detractors of 100: 50 ± 1.96·√((.7 − .25)/100).
    found = nps(np.array([10.0] * 30 + [9] * 30 + [7] * 15 + [8] * 15 + [6] * 4 + [0] * 6))
    assert (found.promoters, found.passives, found.detractors, found.n) == (60, 30, 10, 100)
    assert found.value == pytest.approx(50)
    assert found.low == pytest.approx(50 - 196 * 0.45**0.5 / 10, abs=0.001)
    assert nps_of_counts(0, 0, 5).low == -100


def test_poisson_interval_of_a_count() -> None:
    # Exact limits of 10 events are 4.795 and 18.390, of none 0 and 3.689.
    found = per(10, 1000)
    assert [found.value, found.low, found.high] == pytest.approx([1, 0.4795, 1.8390], abs=1e-4)
    assert per(0, 100).high == pytest.approx(3.689, abs=5e-4)
    assert per(3, 2).value == 150


def test_enough_is_thirty() -> None:
    assert ENOUGH == 30
    assert rate(10, 30).enough
    assert not rate(10, 29).enough


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_rate_lies_in_its_interval(share: tuple[int, int]) -> None:
    found = rate(*share)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(st.lists(st.tuples(FLOATS, st.integers(0, 3)), min_size=1, max_size=40))
def test_means_of_groups_are_the_means_of_their_parts(rows: list[tuple[float, int]]) -> None:
    values = np.array([value for value, _ in rows])
    group = np.array([number for _, number in rows])
    for number, found in enumerate(means(values, group, 4)):
        alone = mean(values[group == number])
        assert found.n == alone.n
        assert [found.value is None, found.low is None] == [alone.value is None, alone.low is None]
        for side in ("value", "low", "high"):
            if getattr(alone, side) is not None:
                assert getattr(found, side) == pytest.approx(getattr(alone, side), rel=1e-6, abs=1e-6)
        if found.low is not None and found.value is not None and found.high is not None:
            assert found.low <= found.value <= found.high


@given(st.lists(st.booleans(), max_size=30))
def test_rate_of_flags(flags: list[bool]) -> None:
    assert rate_of(np.array(flags, dtype=np.bool_)) == rate(sum(flags), len(flags))
