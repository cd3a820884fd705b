"""RFM: ties stay whole, the table of segments has an answer for every score and one only."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.rfm import (
    CLASSES,
    RULES,
    SEGMENTS,
    Thresholds,
    classes,
    grid,
    moves,
    quintiles,
    rfm,
    segments,
    spans,
    summary,
)

VALUES = st.lists(st.integers(-5, 12), min_size=1, max_size=80)
COMBINATIONS = np.array(list(product(range(1, 6), repeat=3)), dtype=np.int8)


def test_there_are_ten_segments_and_eight_classes() -> None:
    assert SEGMENTS == (
        "champions",
        "loyal",
        "potential_loyalist",
        "new",
        "promising",
        "need_attention",
        "about_to_sleep",
        "at_risk",
        "cant_lose",
        "lost",
    )
    assert len(CLASSES) == len(set(CLASSES)) == 8


def test_every_combination_of_scores_has_one_segment() -> None:
    r, f, m = COMBINATIONS.T
    found = segments(r, f, m)
    assert found.min() >= 0
    matches = np.array([rule.matches(r, f, m) for rule in RULES])
    assert matches.any(axis=0).all()
    # First match wins, and each rule wins somewhere: none is dead.
    first = matches.argmax(axis=0)
    assert set(first.tolist()) == set(range(len(RULES)))
    assert [SEGMENTS[code] for code in found] == [RULES[i].segment for i in first]


@pytest.mark.parametrize(
    ("scores", "segment"),
    [
        ((5, 5, 5), "champions"),
        ((4, 3, 3), "loyal"),
        ((3, 5, 5), "loyal"),
        ((5, 2, 1), "potential_loyalist"),
        ((5, 1, 5), "new"),
        ((4, 1, 1), "promising"),
        ((3, 2, 3), "need_attention"),
        ((3, 1, 1), "about_to_sleep"),
        ((2, 2, 2), "about_to_sleep"),
        ((2, 5, 5), "at_risk"),
        ((1, 3, 3), "at_risk"),
        ((1, 5, 4), "cant_lose"),
        ((1, 1, 1), "lost"),
    ],
)
def test_segments_mean_what_they_say(scores: tuple[int, int, int], segment: str) -> None:
    r, f, m = (np.array([score], dtype=np.int8) for score in scores)
    assert SEGMENTS[segments(r, f, m)[0]] == segment


def test_one_time_buyers_are_at_one_however_many() -> None:
    frequency = np.array([1] * 70 + [2] * 20 + [3] * 10)
    scores = quintiles(frequency)
    assert set(scores[:70]) == {1}
    assert set(scores[70:90]) == {4}
    assert set(scores[90:]) == {5}


def test_quintiles_without_ties_are_fifths() -> None:
    assert np.bincount(quintiles(np.arange(100)[::-1])).tolist() == [0, 20, 20, 20, 20, 20]


@given(VALUES)
def test_ties_are_never_split_and_more_is_never_less(values: list[int]) -> None:
    scores = quintiles(np.array(values))
    assert scores.min() == 1
    assert scores.max() <= 5
    for (one, low), (other, high) in product(zip(values, scores, strict=True), repeat=2):
        if one == other:
            assert low == high
        elif one < other:
            assert low <= high


def test_thresholds() -> None:
    bounds = Thresholds(recency=(7, 30, 90, 180), frequency=(2, 3, 5, 10), money=(100, 200, 300, 400))
    found = rfm(np.array([7, 8, 180, 181]), np.array([1, 2, 9, 10]), np.array([-50, 100, 399, 400]), bounds)
    assert found.r.tolist() == [5, 4, 2, 1]
    assert found.f.tolist() == [1, 2, 4, 5]
    assert found.m.tolist() == [1, 2, 4, 5]
    with pytest.raises(ValueError, match="rise"):
        Thresholds(recency=(30, 7, 90, 180))


def test_recent_is_better() -> None:
    found = rfm(np.arange(10), np.arange(10), np.arange(10))
    assert found.r.tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert found.f.tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_eight_classes_cover_every_high_and_low() -> None:
    high_low = np.array(list(product((5, 1), repeat=3)), dtype=np.int8)
    r, f, m = high_low.T
    named = {tuple(row): CLASSES[code] for row, code in zip(high_low.tolist(), classes(r, f, m), strict=True)}
    assert named == {
        (5, 5, 5): "important_value",
        (5, 1, 5): "important_develop",
        (1, 5, 5): "important_keep",
        (1, 1, 5): "important_win_back",
        (5, 5, 1): "general_value",
        (5, 1, 1): "general_develop",
        (1, 5, 1): "general_keep",
        (1, 1, 1): "general_win_back",
    }


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 30), st.integers(1, 10**7)), min_size=1))
def test_shares_of_the_summary_sum_to_one(rows: list[tuple[int, int, int]]) -> None:
    recency, frequency, money = np.array(rows, dtype=np.int64).T
    found = rfm(recency, frequency, money)
    for index, codes in ((found.segment, SEGMENTS), (found.chinese, CLASSES)):
        table = summary(index, money, codes)
        assert [row.code for row in table] == list(codes)
        assert sum(row.customers for row in table) == len(rows)
        assert sum(row.revenue for row in table) == int(money.sum())
        assert sum(row.share or 0 for row in table) == pytest.approx(1)
        assert sum(row.revenue_share or 0 for row in table) == pytest.approx(1)


def test_nobody() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    found = rfm(nothing, nothing, nothing)
    assert found.segment.size == found.chinese.size == 0
    assert {row.share for row in summary(found.segment, nothing)} == {None}


def test_refunds_beyond_sales_leave_no_share_of_revenue() -> None:
    table = summary(np.array([0, 1], dtype=np.int8), np.array([-500, 100]))
    assert {row.revenue_share for row in table} == {None}
    assert table[0].revenue == -500


def test_every_combination_has_one_segment_by_the_rules_read_one_by_one() -> None:
    """The rules said again, without arrays: first match wins, all 125 have one, and no two clash after it."""
    for r, f, m in product(range(1, 6), repeat=3):
        told = [
            rule.segment for rule in RULES
            if rule.r[0] <= r <= rule.r[1] and rule.f[0] <= f <= rule.f[1] and rule.m[0] <= m <= rule.m[1]
            and rule.fm[0] <= f + m <= rule.fm[1]
        ]  # fmt: skip
        scores = (np.array([score], dtype=np.int8) for score in (r, f, m))
        assert SEGMENTS[segments(*scores)[0]] == told[0]


@given(st.lists(st.integers(-(10**12), 10**12) | st.integers(-3, 9), min_size=1, max_size=60))
def test_a_fifth_is_counted_by_whom_a_value_beats(values: list[int]) -> None:
    expected = [min(5, 1 + 5 * sum(other < value for other in values) // len(values)) for value in values]
    assert quintiles(np.array(values)).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 30), st.integers(-(10**6), 10**6)), min_size=1))
def test_scores_by_bounds_agree_with_counting_steps(rows: list[tuple[int, int, int]]) -> None:
    bounds = Thresholds()
    recency, frequency, money = np.array(rows, dtype=np.int64).T
    found = rfm(recency, frequency, money, bounds)
    assert found.r.tolist() == [5 - sum(days > bound for bound in bounds.recency) for days, _, _ in rows]
    assert found.f.tolist() == [1 + sum(times >= bound for bound in bounds.frequency) for _, times, _ in rows]
    assert found.m.tolist() == [1 + sum(spent >= bound for bound in bounds.money) for _, _, spent in rows]


def test_spans_of_scores() -> None:
    values = np.array([1, 1, 1, 4, 9])
    scores = quintiles(values)
    assert scores.tolist() == [1, 1, 1, 4, 5]
    assert spans(values, scores) == [(1, 1), None, None, (4, 4), (9, 9)]


@given(
    st.lists(st.tuples(*(st.integers(1, 5),) * 3, st.integers(-(10**15), 10**15)), min_size=0, max_size=40)
)
def test_the_grid_agrees_with_plain_sums(rows: list[tuple[int, int, int, int]]) -> None:
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    r, f, m = table[:, :3].T.astype(np.int8)
    found = grid(r, f, m, table[:, 3])
    for one, other in product(range(1, 6), repeat=2):
        inside = [row for row in rows if row[:2] == (one, other)]
        assert found.customers[one - 1, other - 1] == len(inside)
        assert found.money[one - 1, other - 1] == sum(row[3] for row in inside)
        if inside:
            mean = sum(row[2] for row in inside) / len(inside)
            assert found.mean_m[one - 1, other - 1] == pytest.approx(mean)
        else:
            assert np.isnan(found.mean_m[one - 1, other - 1])


def test_moves_by_hand() -> None:
    found = moves(np.array([0, 0, 1, -1], dtype=np.int8), np.array([0, 1, 1, 1], dtype=np.int8), 2)
    assert found.tolist() == [[1, 1], [0, 1], [0, 1]]
