"""The end of a warranty against a count day by day, over leap days and months of every length."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.warranty import warranty_end

DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))


def slow_end(bought: date, months: int) -> date:
    """Walk to the month that lies so many months on, then to the day, or as near to it as the month goes."""
    month = bought.replace(day=1)
    for _ in range(months):
        month = (month + timedelta(days=32)).replace(day=1)
    day = month
    while day.day < bought.day and (day + timedelta(days=1)).month == month.month:
        day += timedelta(days=1)
    return day


@given(DAYS, st.integers(0, 120))
def test_end_is_that_of_walking_there(bought: date, months: int) -> None:
    assert warranty_end(bought, months) == slow_end(bought, months)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_longer_never_ends_sooner(bought: date, one: int, more: int) -> None:
    assert warranty_end(bought, one) <= warranty_end(bought, one + more)


@pytest.mark.parametrize(
    ("bought", "months", "end"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 3, 12), 24, date(2027, 3, 12)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_leap_days_and_month_ends(bought: date, months: int, end: date) -> None:
    assert warranty_end(bought, months) == end
