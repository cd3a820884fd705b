"""Repeat purchase by month: a worked shop, and every month against the period of its days."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.intervals import Mean, Rate
from desktop.analytics.occasions import Occasions, occasions
from desktop.analytics.periods import index_of, start_of
from desktop.analytics.repeat import repeat_by_cohort, repeat_purchase
from desktop.analytics.repeat_trend import (
    COHORT_DAYS,
    TOGETHER,
    Definition,
    buyers_by_month,
    repeat_trend,
)

JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1).toordinal() for month in range(1, 5))
PURCHASES = st.lists(st.tuples(st.integers(-3, 6), st.integers(JANUARY - 130, APRIL + 20)), max_size=60)
SHOP = ((1, JANUARY), (1, JANUARY + 9), (2, JANUARY + 30), (1, FEBRUARY), (3, FEBRUARY), (2, MARCH + 5))


def past(*purchases: tuple[int, int]) -> Occasions:
    """Occasions of (customer, day) pairs."""
    table = np.array(purchases, dtype=np.int64).reshape(-1, 2)
    return occasions(table[:, 0], table[:, 1])


def _hits(figure: Rate | Mean | None) -> tuple[int, int] | None:
    assert figure is None or isinstance(figure, Rate)
    return (figure.hits, figure.n) if figure else None


def test_months_by_hand() -> None:
    history = past(*SHOP)
    found = {one: repeat_trend(history, JANUARY, APRIL, one) for one in ("a", "b", "d")}
    assert [_hits(month.month) for month in found["a"]] == [(1, 2), (0, 2), (0, 1)]
    assert [_hits(month.month) for month in found["b"]] == [(1, 2), (1, 2), (1, 1)]
    assert [_hits(month.month) for month in found["d"]] == [(1, 2), (1, 3), (2, 3)]
    # January to March: the first two bought again, the third did not.
    assert [_hits(month.together) for month in found["b"]] == [None, None, (2, 3)]
    repeats = repeat_trend(history, JANUARY, APRIL, "c")
    assert [month.month and month.month.value for month in repeats] == [0.5, 0, 0]
    assert repeats[-1].together == Mean(1.0, 3, None, None)


def test_new_and_returning_buyers_by_hand() -> None:
    found = buyers_by_month(past(*SHOP), JANUARY, MARCH + 6)
    assert [(one.new, one.returning) for one in found] == [(2, 0), (1, 1), (0, 1)]
    assert found[-1].end == MARCH + 6


def test_nothing_to_count() -> None:
    assert repeat_trend(past(), JANUARY, APRIL, "b") == []
    assert buyers_by_month(past(), JANUARY, APRIL) == []
    assert repeat_trend(past((1, JANUARY)), APRIL, APRIL, "b") == []
    # Before the shop opened there is nothing to say.
    assert [one.month for one in repeat_trend(past((1, MARCH)), JANUARY, MARCH, "b")] == []
    early = repeat_trend(past((1, MARCH)), JANUARY, APRIL, "b")
    assert [_hits(one.month) for one in early] == [None, None, (0, 1)]


@given(PURCHASES, st.integers(JANUARY - 60, JANUARY + 40), st.integers(1, 120))
def test_each_month_is_the_period_of_its_days(
    purchases: list[tuple[int, int]], start: int, days: int
) -> None:
    history, end = past(*purchases), start + days
    known = history.before(end)
    for definition in ("a", "b", "c", "d"):
        for one in repeat_trend(history, start, end, definition):
            _same(one.month, known, one.start, one.end, definition)
            opened = start_of(index_of(one.start, "month") - TOGETHER + 1, "month")
            if definition != "d":
                _same(one.together, known, opened, one.end, definition)


def _same(found: Rate | Mean | None, past: Occasions, start: int, end: int, definition: Definition) -> None:
    if found is None:
        assert index_of(int(past.day.min()), "month") > index_of(start, "month")
        return
    whole = repeat_purchase(past.before(end), start, end)
    expected: dict[str, Rate | Mean] = {
        "a": whole.twice,
        "b": whole.returning,
        "c": whole.transactions,
        "d": whole.lifetime,
    }
    if isinstance(found, Mean):
        other = expected[definition]
        assert found.n == other.n
        assert found.value == pytest.approx(other.value)
        if found.low is not None:
            assert found.low == pytest.approx(other.low)
            assert found.high == pytest.approx(other.high)
    else:
        assert found == expected[definition]


@given(PURCHASES)
def test_new_customers_are_followed_by_their_month(purchases: list[tuple[int, int]]) -> None:
    history = past(*purchases)
    cohorts = {one.start: one.shares for one in repeat_by_cohort(history, APRIL, COHORT_DAYS)}
    for one in repeat_trend(history, JANUARY - 100, APRIL, "e"):
        assert (one.month, one.together) == cohorts.get(one.start, (None, None))


@given(PURCHASES)
def test_buyers_agree_with_plain_counting(purchases: list[tuple[int, int]]) -> None:
    bought: dict[int, list[int]] = {}
    for customer, day in purchases:
        if day < APRIL:
            bought.setdefault(customer, []).append(day)
    for month in buyers_by_month(past(*purchases), JANUARY - 40, APRIL):
        inside = [days for days in bought.values() if any(month.start <= day < month.end for day in days)]
        new = sum(min(days) >= month.start for days in inside)
        assert (month.new, month.returning) == (new, len(inside) - new)


def test_months_around_1970() -> None:
    """Months are counted from January 1970; nothing happens where they pass through nought."""
    early = [date(1969, 11, 5), date(1969, 12, 5), date(1970, 1, 5), date(1970, 2, 5)]
    history = past(*((1, day.toordinal()) for day in early), (2, early[2].toordinal()))
    for definition in ("a", "b", "c"):
        trend = repeat_trend(history, date(1969, 11, 1).toordinal(), date(1970, 3, 1).toordinal(), definition)
        assert [one.month.n for one in trend if one.month] == [1, 1, 2, 1]
        assert [one.together.n for one in trend if one.together] == [2, 2]
    back = repeat_trend(history, date(1970, 2, 1).toordinal(), date(1970, 3, 1).toordinal(), "a")
    assert _hits(back[0].together) == (1, 2)
