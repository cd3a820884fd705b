"""Satisfaction figures on small worked cases."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.analytics.periods import Period
from desktop.analytics.satisfaction import (
    Ratings,
    by_group,
    by_period,
    compare,
    overall,
    response_rate,
)

NAN = float("nan")
JANUARY = date(2026, 1, 1).toordinal()
FEBRUARY = date(2026, 2, 1).toordinal()
MARCH = date(2026, 3, 1).toordinal()


def ratings(*rows: tuple[int, float, float, float, float]) -> Ratings:
    """One row a rating: day, perceived, expected, effort, recommend."""
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    return Ratings(table[:, 0].astype(np.int64), *(table[:, i] for i in range(1, 5)))


def test_each_figure_has_its_own_n() -> None:
    found = overall(
        ratings(
            (JANUARY, 5, 4, 7, 10),
            (JANUARY + 1, 3, NAN, 4, NAN),
            (JANUARY + 2, NAN, 2, NAN, 3),
            (JANUARY + 3, 2, 4, 5, NAN),
            (JANUARY + 4, NAN, NAN, NAN, NAN),
            (FEBRUARY, 1, 1, 1, 0),
        ),
        JANUARY,
        FEBRUARY,
    )
    assert found.n == 4
    assert (found.perceived.n, found.expected.n, found.gap.n) == (3, 3, 2)
    assert found.perceived.value == pytest.approx(10 / 3)
    # The gap is over ratings that have both, not the difference of the two means.
    assert found.gap.value == pytest.approx(-0.5)
    assert (found.csat.hits, found.csat.n) == (1, 3)
    assert found.nps.value == 0
    assert found.effort.value == pytest.approx(16 / 3)
    assert (found.easy.hits, found.easy.n) == (2, 3)


def test_periods_without_ratings_stay_in_the_trend() -> None:
    rows = by_period(ratings((JANUARY, 4, 4, 4, 4), (MARCH, 2, 2, 2, 2)), JANUARY, MARCH + 10, "month")
    assert [(row.start, row.end, row.n) for row in rows] == [
        (JANUARY, FEBRUARY, 1),
        (FEBRUARY, MARCH, 0),
        (MARCH, MARCH + 10, 1),
    ]
    assert rows[1].perceived.value is None
    assert rows[1].csat.value is None
    assert rows[1].nps.value is None


def test_no_days_give_no_periods() -> None:
    assert by_period(ratings(), JANUARY, JANUARY, "day") == []
    assert overall(ratings(), JANUARY, MARCH).n == 0


def test_an_arrow_needs_thirty_on_both_sides() -> None:
    def month(start: int, score: float, count: int) -> list[tuple[int, float, float, float, float]]:
        return [(start + i % 28, score + i % 2, 4, 5, 9) for i in range(count)]

    few = compare(ratings(*month(FEBRUARY, 4, 30), *month(JANUARY, 2, 29)), FEBRUARY, MARCH)
    assert few.steps["perceived"].difference is not None
    assert few.steps["perceived"].direction is None
    assert not few.steps["perceived"].clear
    enough = compare(ratings(*month(FEBRUARY, 4, 30), *month(JANUARY, 2, 30)), FEBRUARY, MARCH)
    assert (enough.before.start, enough.before.end) == (JANUARY, FEBRUARY)
    assert enough.steps["perceived"].difference == pytest.approx(2)
    assert enough.steps["perceived"].direction == "up"
    assert enough.steps["perceived"].clear
    assert enough.steps["nps"].direction == "level"
    assert not enough.steps["nps"].clear
    none = compare(ratings(*month(FEBRUARY, 4, 30)), FEBRUARY, MARCH)
    assert none.steps["csat"].difference is None


def test_by_group() -> None:
    found = by_group(
        ratings((JANUARY, 5, 4, 4, 9), (JANUARY, 1, 4, 4, 9), (JANUARY, 3, 3, 3, 0), (MARCH, 1, 1, 1, 1)),
        np.array([7, 2, 7, 9]),
        JANUARY,
        MARCH,
    )
    assert list(found) == [2, 7]
    assert found[7].perceived.value == 4
    assert found[7].nps.value == 0


def test_response_rate() -> None:
    assert response_rate(asked=40, answered=10).value == 0.25


def _answers(low: int, high: int) -> st.SearchStrategy[float]:
    return st.one_of(st.just(NAN), st.integers(low, high).map(float))


@given(
    st.lists(
        st.tuples(
            st.integers(JANUARY, MARCH + 40), _answers(1, 5), _answers(1, 5), _answers(1, 7), _answers(0, 10)
        ),
        max_size=60,
    ),
    st.sampled_from(("day", "week", "month", "quarter")),
)
def test_a_period_of_the_trend_is_the_overall_of_its_days(
    rows: list[tuple[int, float, float, float, float]], period: Period
) -> None:
    everything = ratings(*rows)
    trend = by_period(everything, JANUARY + 3, MARCH + 20, period)
    assert sum(row.n for row in trend) == overall(everything, JANUARY + 3, MARCH + 20).n
    for row in trend[:3] + trend[-1:]:
        alone = overall(everything, row.start, row.end)
        assert (row.csat, row.easy, row.nps, row.n) == (alone.csat, alone.easy, alone.nps, alone.n)
        for name in ("perceived", "expected", "gap", "effort"):
            assert _figures(row, name) == pytest.approx(_figures(alone, name), abs=1e-9, nan_ok=True)


def _figures(row: object, name: str) -> NDArray[np.float64]:
    figure = getattr(row, name)
    return np.array([figure.value, figure.low, figure.high, figure.n], dtype=np.float64)
