"""Satisfaction figures on small worked cases."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analytics.periods import Period
from desktop.analytics.satisfaction import (
    MEASURES,
    Ratings,
    Satisfaction,
    against,
    by_group,
    by_period,
    compare,
    overall,
    response_rate,
    stars,
)
from tests.unit.analytics.satisfaction_oracle import Row, slow_satisfaction

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
    assert few.changes["perceived"].difference.value is not None
    assert few.changes["perceived"].arrow is None
    assert few.changes["perceived"].direction is None
    enough = compare(ratings(*month(FEBRUARY, 4, 30), *month(JANUARY, 2, 30)), FEBRUARY, MARCH)
    assert (enough.before.start, enough.before.end) == (JANUARY, FEBRUARY)
    assert enough.changes["perceived"].difference.value == pytest.approx(2)
    assert enough.changes["perceived"].direction == "up"
    assert enough.changes["perceived"].good
    # What they expect may go either way.
    assert enough.changes["expected"].good is None
    assert enough.changes["nps"].arrow == "level"
    assert enough.changes["nps"].direction is None
    none = compare(ratings(*month(FEBRUARY, 4, 30)), FEBRUARY, MARCH)
    assert none.changes["csat"].difference.value is None


def test_by_group() -> None:
    found = by_group(
        ratings(
            (JANUARY, 5, 4, 4, 9), (JANUARY, 1, 4, 4, 9), (JANUARY, 3, 3, 3, 0), (MARCH, 1, 1, 1, 1),
            (JANUARY, 5, 5, 5, 5),
        ),
        np.array([1, 0, 1, 2, -1]),
        3,
        JANUARY,
        MARCH,
    )  # fmt: skip
    assert [row.n for row in found] == [1, 2, 0]
    assert found[1].perceived.value == 4
    assert found[1].nps.value == 0


def test_hand_worked_figures() -> None:
    """Ten answers of 1 to 5, worked with pencil: mean 3.8, s² = 13.6/9, t(9) = 2.262157."""
    got = [5, 5, 5, 4, 4, 4, 4, 3, 3, 1]
    hoped = [4, 4, 5, 5, 3, 4, 4, 4, 3, 4]
    effort = [7, 6, 6, 5, 5, 4, 4, 3, 2, 1]
    recommend = [10, 10, 9, 9, 9, 8, 7, 6, 3, 0]
    found = overall(ratings(*((JANUARY, *row) for row in zip(got, hoped, effort, recommend, strict=True))),
                    JANUARY, FEBRUARY)  # fmt: skip
    half = 2.262157 * math.sqrt(13.6 / 9 / 10)
    assert found.perceived.value == pytest.approx(3.8)
    assert found.perceived.low == pytest.approx(3.8 - half, abs=1e-5)
    assert found.perceived.high == pytest.approx(3.8 + half, abs=1e-5)
    assert found.gap.value == pytest.approx(-0.2)
    # 7 of 10: Wilson (0.7 + 0.19207 ± 1.96 · √(0.021 + 0.009604)) ÷ 1.384146, which is .397 to .892.
    assert found.csat.hits == 7
    assert found.csat.low == pytest.approx(0.39678, abs=1e-5)
    assert found.csat.high == pytest.approx(0.89221, abs=1e-5)
    # 5 promoters, 3 detractors: 20 points, margin 1.96 · √((.5 + .3 − .04)/10).
    assert found.nps.value == pytest.approx(20)
    assert found.nps.high == pytest.approx(20 + 196 * math.sqrt(0.076), abs=0.01)
    assert found.effort.value == pytest.approx(4.3)
    assert (found.easy.hits, found.easy.n) == (5, 10)


def test_stars_and_what_was_got_against_what_was_hoped_for() -> None:
    some = ratings(
        (JANUARY, 5, 4, NAN, NAN), (JANUARY, 5, 5, NAN, NAN), (JANUARY, 2, 4, NAN, NAN),
        (JANUARY, 3, NAN, NAN, NAN), (JANUARY, NAN, 4, NAN, NAN),
    )  # fmt: skip
    assert [share.hits for share in stars(some.perceived)] == [0, 1, 1, 0, 2]
    assert {share.n for share in stars(some.perceived)} == {4}
    found = against(some)
    assert (found.worse.hits, found.met.hits, found.better.hits, found.met.n) == (1, 1, 1, 3)
    assert found.counts[3] == (0, 1, 0, 0, 1)
    nothing = against(ratings())
    assert nothing.worse.value is None
    assert stars(ratings().perceived)[0].value is None


def test_response_rate() -> None:
    assert response_rate(asked=40, answered=10).value == 0.25


def _answers(low: int, high: int) -> st.SearchStrategy[float]:
    return st.one_of(st.just(NAN), st.integers(low, high).map(float))


ROWS = st.lists(
    st.tuples(
        st.integers(JANUARY - 40, MARCH + 40), _answers(1, 5), _answers(1, 5), _answers(1, 7), _answers(0, 10)
    ),
    max_size=60,
)


@settings(max_examples=60)
@given(ROWS, st.sampled_from(("day", "week", "month", "quarter")))
def test_a_period_of_the_trend_is_the_overall_of_its_days(rows: list[Row], period: Period) -> None:
    everything = ratings(*rows)
    trend = by_period(everything, JANUARY + 3, MARCH + 20, period)
    assert [row.start for row in trend[1:]] == [row.end for row in trend[:-1]]
    assert (trend[0].start, trend[-1].end) == (JANUARY + 3, MARCH + 20)
    for row in trend[:3] + trend[-1:]:
        _same(row, slow_satisfaction(rows, row.start, row.end))


@settings(max_examples=60)
@given(ROWS, st.data())
def test_every_figure_is_that_of_plain_python(rows: list[Row], data: st.DataObject) -> None:
    everything = ratings(*rows)
    _same(overall(everything, JANUARY, MARCH), slow_satisfaction(rows, JANUARY, MARCH))
    group = data.draw(st.lists(st.integers(-1, 3), min_size=len(rows), max_size=len(rows)))
    for at, found in enumerate(by_group(everything, np.array(group, np.int64), 4, JANUARY, MARCH)):
        mine = [row for row, of in zip(rows, group, strict=True) if of == at]
        _same(found, slow_satisfaction(mine, JANUARY, MARCH))


def _same(found: Satisfaction, slow: dict[str, tuple[float, ...]]) -> None:
    assert found.n == slow["n"][0]
    for name in MEASURES:
        figure = found.measure(name)
        told = np.array([figure.value, figure.low, figure.high, figure.n], dtype=np.float64)
        assert told == pytest.approx(slow[name], abs=1e-6, nan_ok=True), name
