"""Working hours against counting minute by minute: nights, lunch, closed days, spans past midnight."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.working_hours import ALWAYS, OpeningHours

DAILY = OpeningHours.from_settings({str(day): [["09:00", "21:00"]] for day in range(7)})
LUNCH = OpeningHours.from_settings(
    {str(day): [["13:30", "18:00"], ["09:00", "12:00"]] for day in range(5)}, ["2026-11-23"]
)
BAR = OpeningHours.from_settings({"4": [["22:00", "02:00"]], "5": [["00:30", "03:00"], ["22:00", "02:00"]]})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("hours", "start", "minutes", "due"),
    [
        (DAILY, "2026-11-20 10:00", 60, "2026-11-20 11:00"),
        (DAILY, "2026-11-20 20:30", 60, "2026-11-21 09:30"),
        (DAILY, "2026-11-20 20:00", 60, "2026-11-20 21:00"),
        (DAILY, "2026-11-20 03:00", 30, "2026-11-20 09:30"),
        (DAILY, "2026-11-20 23:00", 30, "2026-11-21 09:30"),
        (DAILY, "2026-11-20 10:00", 24 * 60, "2026-11-22 10:00"),
        (LUNCH, "2026-11-20 11:30", 60, "2026-11-20 14:00"),
        # Friday evening, over the weekend and a holiday on Monday.
        (LUNCH, "2026-11-20 17:30", 60, "2026-11-24 09:30"),
        (BAR, "2026-11-20 23:00", 240, "2026-11-21 03:00"),
        (BAR, "2026-11-20 23:00", 241, "2026-11-21 22:01"),
        (ALWAYS, "2026-11-20 23:00", 120, "2026-11-21 01:00"),
        (DAILY, "2026-11-20 23:00", 0, "2026-11-20 23:00"),
    ],
)
def test_deadline(hours: OpeningHours, start: str, minutes: int, due: str) -> None:
    assert hours.add(at(start), minutes) == at(due)


def test_closed_week_counts_every_hour() -> None:
    never = OpeningHours.from_settings({}, [])
    assert never.add(at("2026-11-20 23:00"), 120) == at("2026-11-21 01:00")
    for_ever = OpeningHours(DAILY.week, frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(4000)))
    assert for_ever.add(at("2026-11-20 23:00"), 60) == at("2026-11-21 00:00")


def test_nonsense_in_the_settings_is_left_out() -> None:
    odd = OpeningHours.from_settings(
        {"0": [["9", "10"], ["25:00", "26:00"], ["09:00", "24:00"], "x", 3, ["10:00", "10:00"]]},
        ["soon", None],
    )
    assert odd.week[0] == ((540, 1440),)
    assert odd.closed == frozenset()


def test_open_at_opening_and_closed_at_closing() -> None:
    assert DAILY.is_open(at("2026-11-20 09:00"))
    assert not DAILY.is_open(at("2026-11-20 21:00"))
    assert BAR.is_open(at("2026-11-21 01:59"))


moments = st.datetimes(at("2026-11-19 00:00"), at("2026-11-24 00:00")).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
minute = st.integers(0, 1439)
spans = st.tuples(minute, minute).filter(lambda span: span[0] != span[1])
weeks = st.lists(st.lists(spans, max_size=3), min_size=7, max_size=7)


def hours_of(week: list[list[tuple[int, int]]], closed: frozenset[date]) -> OpeningHours:
    def clock(value: int) -> str:
        return f"{value // 60:02}:{value % 60:02}"

    opening = {str(day): [[clock(a), clock(b)] for a, b in spans] for day, spans in enumerate(week)}
    return OpeningHours.from_settings(opening, [day.isoformat() for day in closed])


def open_minutes(hours: OpeningHours, start: datetime, end: datetime) -> set[datetime]:
    """The slow way: every minute in which the shop is open, each span drawn on its own."""
    found: set[datetime] = set()
    day = start.date() - timedelta(days=2)
    while day <= end.date():
        for opens, closes in hours.week[day.weekday()] if day not in hours.closed else ():
            midnight = datetime.combine(day, datetime.min.time())
            found |= {midnight + timedelta(minutes=m) for m in range(opens, closes)}
        day += timedelta(days=1)
    return {moment for moment in found if start <= moment < end}


closed_days = st.frozensets(st.dates(date(2026, 11, 12), date(2026, 11, 28)), max_size=4)


@given(weeks, closed_days, moments, moments)
def test_time_between_agrees_with_counting(
    week: list[list[tuple[int, int]]], closed: frozenset[date], one: datetime, two: datetime
) -> None:
    hours = hours_of(week, closed)
    start, end = sorted((one, two))
    assert hours.between(start, end) == len(open_minutes(hours, start, end))
    assert hours.between(end, start) == -hours.between(start, end)


@given(weeks, closed_days, moments, st.integers(1, 1500))
def test_deadline_agrees_with_counting(
    week: list[list[tuple[int, int]]], closed: frozenset[date], start: datetime, minutes: int
) -> None:
    hours = hours_of(week, closed)
    due = hours.add(start, minutes)
    assert hours.between(start, due) == minutes
    # The earliest such moment: the minute before it is an open one.
    assert hours.between(start, due - timedelta(minutes=1)) == minutes - 1
