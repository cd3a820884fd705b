"""The retention triangle on a worked case, and its sums."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.cohorts import retention
from desktop.analytics.intervals import rate
from desktop.analytics.occasions import occasions

JANUARY = date(2026, 1, 1).toordinal()
FEBRUARY = date(2026, 2, 1).toordinal()
MARCH = date(2026, 3, 1).toordinal()
APRIL = date(2026, 4, 1).toordinal()


def test_triangle() -> None:
    customer = np.array([1, 1, 1, 1, 2, 2, 3, 3])
    day = np.array([JANUARY, JANUARY + 9, FEBRUARY, FEBRUARY + 9, JANUARY, MARCH, MARCH, APRIL])
    found = retention(occasions(customer, day), APRIL)
    assert found.start.tolist() == [JANUARY, FEBRUARY, MARCH]
    assert found.size.tolist() == [2, 0, 1]
    assert found.active[0].tolist() == [2, 1, 1]
    assert found.share[0].tolist() == [1, 0.5, 0.5]
    assert np.isnan(found.active[1]).tolist() == [False, False, True]
    assert np.isnan(found.share[1]).all()
    assert np.isnan(found.active[2]).tolist() == [False, True, True]
    assert not found.running.any()
    assert found.cell(0, 1) == rate(1, 2)
    assert found.cell(2, 1) is None


def test_the_running_month_is_marked() -> None:
    found = retention(occasions(np.array([1, 1]), np.array([JANUARY, MARCH])), MARCH + 1)
    assert found.running.tolist() == [[False, False, True], [False, True, False], [True, False, False]]


def test_one_mistyped_date_does_not_stretch_the_triangle() -> None:
    customer, day = np.array([1, 1, 2]), np.array([date(202, 1, 1).toordinal(), JANUARY, JANUARY])
    found = retention(occasions(customer, day), FEBRUARY, months=12)
    assert found.active.shape == (12, 12)
    assert found.size.sum() == 1
    assert found.active[-1, 0] == 1


def test_no_purchases() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert retention(occasions(nothing, nothing), APRIL).active.shape == (0, 0)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(JANUARY, APRIL - 1)), min_size=1, max_size=50))
def test_cells_count_every_customer_and_month_once(purchases: list[tuple[int, int]]) -> None:
    customer, day = (np.array(column) for column in zip(*purchases, strict=True))
    found = retention(occasions(customer, day), APRIL)
    months = {(who, date.fromordinal(when).month) for who, when in purchases}
    assert np.nansum(found.active) == len(months)
    assert found.size.sum() == len({who for who, _ in purchases})
    assert np.array_equal(found.active[:, 0], found.size)
    known = found.share[~np.isnan(found.share)]
    assert np.all((known >= 0) & (known <= 1))
