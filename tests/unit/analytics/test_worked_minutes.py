"""Open time of many pairs at once: the same as one by one, and as counting every minute."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.worked_minutes import EPOCH, between_many
from desktop.core.working_hours import ALWAYS, OpeningHours
from tests.unit.core.clocks import MINUTE, Shop, Ticks, moments, shops

SECOND = timedelta(seconds=1)


def seconds(walls: list[datetime]) -> np.ndarray:
    return np.array([(wall - EPOCH) // SECOND for wall in walls], np.int64)


@given(shops(), st.lists(st.tuples(moments, moments), min_size=1, max_size=30))
def test_many_agree_with_counting(shop: Shop, pairs: list[tuple[int, int]]) -> None:
    ticks = Ticks(shop)
    starts = [shop.first + one * MINUTE for one, _ in pairs]
    ends = [shop.first + two * MINUTE for _, two in pairs]
    found = between_many(shop.hours, seconds(starts), seconds(ends))
    assert found.tolist() == [ticks.between(one, two) for one, two in zip(starts, ends, strict=True)]


@given(shops(), st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=5))
def test_many_agree_with_one_by_one_over_decades(shop: Shop, pairs: list[tuple[int, int]]) -> None:
    """To the second, over thirty years."""
    first = datetime(1996, 1, 1)
    starts = [first + one * SECOND for one, _ in pairs]
    ends = [first + (one + two // 50) * SECOND for one, two in pairs]
    found = between_many(shop.hours, seconds(starts), seconds(ends))
    assert found.tolist() == [shop.hours.between(one, two) for one, two in zip(starts, ends, strict=True)]


def test_nothing_comes_of_nothing_and_a_shop_may_be_closed_for_good() -> None:
    none = np.zeros(0, np.int64)
    assert between_many(ALWAYS, none, none).shape == (0,)
    start = seconds([datetime(2026, 11, 21)])
    closed = OpeningHours((((540, 600),), *((),) * 6), frozenset({datetime(2026, 11, 23).date()}))
    assert between_many(closed, start, start + 5 * 86400).tolist() == [0]
    assert between_many(ALWAYS, start, start - 3601).tolist() == [-60]
    for edge in ([EPOCH, datetime(2, 3, 1)], [datetime(9998, 1, 1), datetime(9999, 12, 20)]):
        one, two = seconds(edge)
        assert between_many(ALWAYS, one[None], two[None]).tolist() == [(two - one) // 60]
