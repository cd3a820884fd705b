"""Calendar periods of ordinal days, checked against datetime."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.analytics.periods import (
    Period,
    dates,
    edges,
    index_of,
    period_before,
    period_index,
    period_start,
    start_of,
)

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def first_of(when: date, period: Period) -> date:
    """The start of a period as datetime knows it."""
    if period == "day":
        return when
    if period == "week":
        return date.fromisocalendar(*when.isocalendar()[:2], 1)
    if period == "month":
        return when.replace(day=1)
    if period == "quarter":
        return date(when.year, (when.month - 1) // 3 * 3 + 1, 1)
    return date(when.year, 1, 1)


@given(DAYS, st.sampled_from(("day", "week", "month", "quarter", "year")))
def test_a_day_lies_in_its_period(when: date, period: Period) -> None:
    ordinal = np.array([when.toordinal()])
    index = period_index(ordinal, period)
    assert int(period_start(index, period)[0]) == first_of(when, period).toordinal()
    assert int(period_start(index + 1, period)[0]) > ordinal[0]
    assert start_of(index_of(when.toordinal(), period), period) == first_of(when, period).toordinal()


@given(DAYS)
def test_dates(when: date) -> None:
    assert dates(np.array([when.toordinal()]))[0] == np.datetime64(when)


def test_edges_cover_the_span() -> None:
    found = edges(day("2026-01-15"), day("2026-04-01"), "month").tolist()
    assert found == [day("2026-01-01"), day("2026-02-01"), day("2026-03-01"), day("2026-04-01")]
    assert edges(5, 5, "day").size == 0


def test_the_period_before() -> None:
    assert period_before(day("2026-03-01"), day("2026-04-01")) == (day("2026-02-01"), day("2026-03-01"))
    assert period_before(day("2026-04-01"), day("2026-07-01")) == (day("2026-01-01"), day("2026-04-01"))
    assert period_before(day("2026-03-10"), day("2026-03-17")) == (day("2026-03-03"), day("2026-03-10"))
