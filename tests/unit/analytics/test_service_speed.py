"""The speed of service against a slow count by hand, with things that are not over yet among them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.service import Bools, Cases, Floats, kaplan_meier, speed, waits

NAN = float("nan")
TIMES = st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=40)


def slow_curve(rows: list[tuple[int, bool]]) -> list[tuple[int, Fraction]]:
    """The share still going on after each end: for each moment ask everybody anew."""
    share, found = Fraction(1), []
    for moment in sorted({time for time, over in rows if over}):
        ended = sum(1 for time, over in rows if over and time == moment)
        there = sum(1 for time, _ in rows if time >= moment)
        share *= 1 - Fraction(ended, there)
        found.append((moment, share))
    return found


def slow_quantile(rows: list[tuple[int, bool]], level: Fraction) -> int | None:
    return next((time for time, share in slow_curve(rows) if share <= level), None)


def arrays(rows: list[tuple[int, bool]]) -> tuple[Floats, Bools]:
    return np.array([t for t, _ in rows], dtype=np.float64), np.array([o for _, o in rows], dtype=np.bool_)


@given(TIMES)
def test_curve_and_quantiles_are_those_counted_slowly(rows: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier(*arrays(rows))
    slow = slow_curve(rows)
    assert curve.time.tolist() == [time for time, _ in slow]
    assert curve.share.tolist() == pytest.approx([float(share) for _, share in slow])
    assert np.all(curve.low <= curve.share + 1e-12)
    assert np.all(curve.share <= curve.high + 1e-12)
    found = waits(*arrays(rows))
    assert (found.n, found.over) == (len(rows), sum(over for _, over in rows))
    assert found.median == slow_quantile(rows, Fraction(1, 2))
    assert found.late == slow_quantile(rows, Fraction(1, 10))
    if found.median is not None:
        assert found.low is not None
        assert found.low <= found.median
        assert found.high is None or found.median <= found.high


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40))
def test_without_anything_going_on_it_is_the_plain_median(times: list[int]) -> None:
    found = waits(np.array(times, dtype=np.float64), np.ones(len(times), dtype=np.bool_))
    assert found.median == sorted(times)[(len(times) - 1) // 2]


@given(TIMES)
def test_an_open_case_never_makes_the_shop_seem_quicker(rows: list[tuple[int, bool]]) -> None:
    """Leaving out what is not over flatters: the honest median is never the smaller one."""
    over = [row for row in rows if row[1]]
    honest, flattered = waits(*arrays(rows)), waits(*arrays(over))
    assert honest.median is None or (flattered.median is not None and flattered.median <= honest.median)


def test_known_curve_with_its_band() -> None:
    """Freireich's leukaemia trial, 6-MP arm: the textbook figures (median 23, interval from 13)."""
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    over = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    found = waits(np.array(weeks, dtype=np.float64), np.array(over, dtype=np.bool_))
    assert (found.n, found.over, found.median, found.low, found.high) == (21, 9, 23, 13, None)
    curve = kaplan_meier(np.array(weeks, dtype=np.float64), np.array(over, dtype=np.bool_))
    assert curve.share.round(3).tolist() == [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448]
    # log-log band of the first and the last point, as survival packages print it.
    assert (round(float(curve.low[0]), 3), round(float(curve.high[0]), 3)) == (0.620, 0.952)
    assert (round(float(curve.low[-1]), 3), round(float(curve.high[-1]), 3)) == (0.188, 0.680)


def test_speed_tells_the_known_from_the_unknown() -> None:
    """Four cases: one done in time, one late, one running past its deadline, one running before it."""
    found = speed(
        Cases(
            word=np.array([10.0, NAN, NAN, 30.0]),
            word_age=np.array([NAN, NAN, 500.0, NAN]),
            taken=np.array([100.0, 300.0, NAN, NAN]),
            age=np.array([100.0, 300.0, 500.0, 50.0]),
            allowed=np.array([200.0, 200.0, 400.0, NAN]),
        )
    )
    assert found.n == 4
    # The second case ended without its first word being noted: it says nothing of that.
    assert (found.word.n, found.word.over, found.word.median) == (3, 2, 30.0)
    assert (found.done.n, found.done.over, found.done.median) == (4, 2, 300.0)
    assert (found.in_time.hits, found.in_time.n) == (1, 3)


def test_nothing_at_all_has_no_figures() -> None:
    nothing = np.zeros(0)
    found = speed(Cases(nothing, nothing, nothing, nothing, nothing))
    assert (found.n, found.done.median, found.word.late, found.in_time.value) == (0, None, None, None)
