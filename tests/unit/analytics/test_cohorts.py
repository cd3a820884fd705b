"""The retention triangle in customers and in money: a worked case, and every cell counted again."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics import cohort_takings
from desktop.analytics.cohort_takings import takings
from desktop.analytics.cohorts import retention
from desktop.analytics.intervals import mean, rate
from desktop.analytics.occasions import occasions
from desktop.analytics.periods import Period, index_of, start_of

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


def test_the_average_line_takes_only_months_that_are_over() -> None:
    rows = [(1, JANUARY), (2, JANUARY), (1, FEBRUARY), (3, FEBRUARY), (3, MARCH), (2, MARCH)]
    customer, day = (np.array(column) for column in zip(*rows, strict=True))
    over = retention(occasions(customer, day), APRIL)
    assert over.average == [rate(3, 3), rate(2, 3), rate(1, 2)]
    running = retention(occasions(customer, day), APRIL - 1)
    # March has a day to go: it is neither January's third month nor February's second.
    assert running.average == [rate(3, 3), rate(1, 2), rate(0, 0)]


def test_days_of_a_cell() -> None:
    found = retention(occasions(np.array([1, 1]), np.array([JANUARY, MARCH])), APRIL)
    assert found.days(0, 1) == (FEBRUARY, MARCH)
    quarters = retention(occasions(np.array([1, 1]), np.array([JANUARY, APRIL])), APRIL + 1, by="quarter")
    assert quarters.active.shape == (2, 2)
    assert quarters.days(0, 1) == (APRIL, start_of(index_of(APRIL, "quarter") + 1, "quarter"))


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(JANUARY - 200, APRIL + 20)), max_size=50),
    st.sampled_from(("month", "quarter")),
    st.integers(1, 9),
)
def test_every_cell_agrees_with_plain_counting(
    purchases: list[tuple[int, int]], by: Period, most: int
) -> None:
    table = np.array(purchases, dtype=np.int64).reshape(-1, 2)
    found = retention(occasions(table[:, 0], table[:, 1]), APRIL, most, by=by)
    bought: dict[int, list[int]] = {}
    for who, when in sorted(purchases):
        if when < APRIL:
            bought.setdefault(who, []).append(when)
    assert found.start.size <= most
    for row, start in enumerate(found.start.tolist()):
        cohort = index_of(start, by)
        members = [days for days in bought.values() if index_of(days[0], by) == cohort]
        assert found.size[row] == len(members)
        for column in range(found.start.size):
            low, high = found.days(row, column)
            if low >= APRIL:
                assert found.cell(row, column) is None
                continue
            active = sum(any(low <= day < high for day in days) for days in members)
            assert found.cell(row, column) == rate(active, len(members))
            assert found.running[row, column] == (high > APRIL)


ORDERS = st.lists(
    st.tuples(
        st.integers(0, 4), st.integers(JANUARY - 60, APRIL - 11), st.integers(-9000, 9000), st.booleans()
    )
)  # fmt: skip


def test_takings_by_hand() -> None:
    # Two customers of January: one spends 100 + 50 in it, the other 250; 80 come in February, less 20 back.
    first, owner = np.array([JANUARY, JANUARY + 3]), np.array([0, 0, 1, 1, 1, 0])
    day = np.array([JANUARY, JANUARY + 9, JANUARY + 3, FEBRUARY, FEBRUARY + 5, JANUARY - 2])
    net = np.array([100, 50, 250, 80, -20, 999])
    table = retention(occasions(np.array([0, 1, 1]), np.array([JANUARY, JANUARY + 3, FEBRUARY])), MARCH)
    found = takings(table, first, owner, day, net)
    assert found.net[0].tolist() == [400, 60]
    assert found.kept(0, 1) == pytest.approx(0.15)
    cell = found.cell(0, 1)
    expected = mean(np.array([0.0, 60.0]))
    assert cell is not None
    assert (cell.value, cell.n) == (30, 2)
    assert cell.low == pytest.approx(expected.low)
    assert found.cell(1, 1) is None
    assert found.kept(1, 0) is None
    assert [one.value for one in found.average] == [200, 30]


@pytest.mark.parametrize("dense", [cohort_takings.DENSE, 0], ids=["counted", "sorted"])
@given(orders=ORDERS)
def test_takings_agree_with_plain_sums(orders: list[tuple[int, int, int, bool]], dense: int) -> None:
    customer, day, net, bought = np.array(orders, dtype=np.int64).reshape(-1, 4).T
    past = occasions(customer[bought == 1], day[bought == 1])
    table = retention(past, APRIL - 10, 4)
    known = np.isin(customer, past.ids)
    owner = np.searchsorted(past.ids, customer[known])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cohort_takings, "DENSE", dense)
        found = takings(table, past.first, owner, day[known], net[known])
    for row in range(table.start.size):
        low, high = table.days(row, 0)
        members = past.ids[(past.first >= low) & (past.first < high)]
        for column in range(table.start.size - row):
            low, high = table.days(row, column)
            spent = [
                float(sum(paid for who, when, paid, _ in orders if who == member and low <= when < high))
                for member in members.tolist()
            ]
            cell, expected = found.cell(row, column), mean(np.array(spent))
            assert cell is not None
            assert cell.n == expected.n
            assert cell.value == pytest.approx(expected.value)
            assert found.net[row, column] == sum(spent)
            if expected.low is not None:
                assert cell.low == pytest.approx(expected.low, abs=1e-6)


def test_no_takings() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    found = takings(retention(occasions(nothing, nothing), APRIL), nothing, nothing, nothing, nothing)
    assert found.net.shape == (0, 0)
    assert found.average == []
