"""The four values on worked cases, and against walking the tree of referrals person by person."""

from __future__ import annotations

from statistics import mean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analytics.customer_worth import crowd, tenths, word_of_mouth


def test_a_crowd_is_everybody_further_down() -> None:
    # 0 brought 1 and 2, 1 brought 3; 4 came alone.
    found = crowd(np.array([-1, 0, 0, 1, -1]), np.array([5, 10, 20, 40, 80]))
    assert found.straight.tolist() == [2, 1, 0, 0, 0]
    assert found.customers.tolist() == [3, 1, 0, 0, 0]
    assert found.spend.tolist() == [70, 40, 0, 0, 0]


def test_who_stands_in_a_circle_is_counted_once() -> None:
    # 0 → 1 → 2 → 0, and 3 came through 1; 4 came through themselves.
    found = crowd(np.array([2, 0, 1, 1, 4]), np.array([1, 2, 4, 8, 16]))
    assert found.customers.tolist() == [3, 3, 3, 0, 0]
    assert found.spend.tolist() == [14, 13, 11, 0, 0]
    assert found.straight.tolist() == [1, 2, 1, 0, 0]


def test_nobody_has_no_crowd() -> None:
    nothing = np.zeros(0, np.int64)
    assert crowd(nothing, nothing).customers.size == 0


@settings(max_examples=60)
@given(st.data(), st.integers(1, 25))
def test_crowd_is_what_a_walk_down_the_tree_finds(data: st.DataObject, size: int) -> None:
    referrer = data.draw(st.lists(st.integers(-1, size - 1), min_size=size, max_size=size))
    spend = data.draw(st.lists(st.integers(-50, 999), min_size=size, max_size=size))
    found = crowd(np.array(referrer), np.array(spend))
    for top in range(size):
        reached: set[int] = set()
        front = [top]
        while front:
            front = [
                one for one in range(size) if referrer[one] in front and one != top and one not in reached
            ]
            reached.update(front)
        assert found.customers[top] == len(reached)
        assert found.spend[top] == sum(spend[one] for one in reached)


def test_word_of_mouth_of_each_customer() -> None:
    nan = np.nan
    found = word_of_mouth(
        np.array([0, 0, 0, 2]),
        np.array([10.0, nan, 7, nan]),
        np.array([5.0, 4, nan, 2]),
        np.array([True, False, True, False]),
        3,
    )
    assert found.recommend[0] == 8.5
    assert np.isnan(found.recommend[1:]).all()
    assert found.recommended.tolist() == [2, 0, 0]
    assert found.public.tolist() == [2, 0, 0]
    assert found.public_mean[0] == 5
    assert np.isnan(found.public_mean[1:]).all()


@given(
    st.lists(
        st.tuples(
            st.integers(0, 4),
            st.one_of(st.none(), st.integers(0, 10)),
            st.one_of(st.none(), st.integers(1, 5)),
            st.booleans(),
        )
    )
)
def test_word_of_mouth_is_what_each_customer_s_answers_say(
    answers: list[tuple[int, int | None, int | None, bool]],
) -> None:
    def floats(values: list[int | None]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([np.nan if one is None else one for one in values], np.float64)

    found = word_of_mouth(
        np.array([one[0] for one in answers], np.int64),
        floats([one[1] for one in answers]),
        floats([one[2] for one in answers]),
        np.array([one[3] for one in answers], np.bool_),
        5,
    )
    for customer in range(5):
        own = [one for one in answers if one[0] == customer]
        scores = [one[1] for one in own if one[1] is not None]
        marks = [one[2] for one in own if one[2] is not None and one[3]]
        assert found.recommended[customer] == len(scores)
        assert found.public[customer] == sum(one[3] for one in own)
        for value, said in ((found.recommend[customer], scores), (found.public_mean[customer], marks)):
            assert value == pytest.approx(mean(said)) if said else np.isnan(value)


def test_the_best_tenth_comes_first() -> None:
    values = np.array([*range(1, 20), 500.0])
    found = tenths(values)
    assert [one.customers for one in found] == [2] * 10
    assert (found[0].total, found[0].least) == (519, 19)
    assert found[0].share == pytest.approx(519 / 690)
    assert sum(one.share or 0 for one in found) == pytest.approx(1)


def test_fewer_than_ten_have_no_tenths_and_nothing_has_no_shares() -> None:
    assert tenths(np.ones(9)) == []
    assert [one.share for one in tenths(np.zeros(10))] == [None] * 10


@given(st.lists(st.floats(0, 1e6), min_size=10, max_size=60))
def test_tenths_take_everybody_once(values: list[float]) -> None:
    found = tenths(np.array(values))
    sizes = [one.customers for one in found]
    assert sum(sizes) == len(values)
    assert max(sizes) - min(sizes) <= 1
    assert sum(one.total for one in found) == pytest.approx(sum(values))
    assert [one.least for one in found] == sorted((one.least for one in found), reverse=True)
