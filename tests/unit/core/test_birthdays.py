"""Birthdays in both calendars against a walk through every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.birthdays import (
    Birthday,
    birthday_of,
    birthday_words,
    coming,
    day_numeral,
    lunar_words,
    other_calendar,
    read_birthday,
)
from desktop.core.lunar import lunar_of, solar_days, solar_of
from desktop.core.translation import set_language

STARTS = st.dates(date(1995, 1, 1), date(2060, 12, 31))
DAY = timedelta(days=1)


def walked(birthday: Birthday, start: date) -> date:
    """The first day from `start` on that is the birthday, by looking at every single day."""
    day = start
    while True:
        if is_birthday(birthday, day):
            return day
        day += DAY


def is_birthday(birthday: Birthday, day: date) -> bool:
    if not birthday.lunar:
        last_of_february = (day + DAY).month == 3 and day.day == 28
        return (day.month, day.day) == (birthday.month, birthday.day) or (
            (birthday.month, birthday.day) == (2, 29) and last_of_february
        )
    year, month, of_month, leap = told(day)
    if month != birthday.month:
        return False
    if leap != birthday.leap and (leap or has_leap(year, month)):
        return False
    ends = told(day + DAY)[2] == 1
    return of_month == birthday.day or (birthday.day == 30 and of_month == 29 and ends)


def told(day: date) -> tuple[int, int, int, bool]:
    found = lunar_of(day)
    assert found is not None
    return found


_LEAPS: dict[tuple[int, int], bool] = {}


def has_leap(year: int, month: int) -> bool:
    """Whether a lunar year has that leap month, by walking through the year."""
    if (year, month) not in _LEAPS:
        days = (date(year, 1, 15) + timedelta(days=at) for at in range(0, 420, 9))
        _LEAPS[year, month] = any(told(day)[0::1] and told(day)[::3] == (year, True) and told(day)[1] == month
                                  for day in days)  # fmt: skip
    return _LEAPS[year, month]


@given(st.integers(1, 12), st.integers(1, 30), st.booleans(), STARTS)
def test_the_next_lunar_day_is_the_one_a_walk_finds(month: int, day: int, leap: bool, start: date) -> None:
    birthday = Birthday(month, day, None, True, leap)
    found = coming(birthday, start)
    assert found is not None
    assert found.day == walked(birthday, start)
    assert found.days == (found.day - start).days
    assert list(solar_days(month, day, start, 1, leap=leap)) == [found.day]


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)), STARTS)
def test_the_next_solar_day_is_the_one_a_walk_finds(born: date, start: date) -> None:
    found = coming(Birthday(born.month, born.day, born.year), start)
    assert found is not None
    assert found.day == walked(Birthday(born.month, born.day), start)
    assert found.age == found.day.year - born.year or start <= born


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_both_calendars_lead_to_each_other(day: date) -> None:
    year, month, of_month, leap = told(day)
    assert solar_of(year, month, of_month, leap=leap) == day


def test_known_days() -> None:
    today = date(2026, 11, 22)
    mid_autumn = coming(Birthday(8, 15, 1988, True), today)
    assert mid_autumn is not None
    assert (mid_autumn.day, mid_autumn.age) == (date(2027, 9, 15), 39)
    new_year = coming(Birthday(1, 1, 1990, True), date(2026, 2, 17))
    assert new_year == (date(2026, 2, 17), 0, 36)
    # Before the new year the twelfth month still belongs to the year before.
    late = coming(Birthday(12, 20, 1990, True), date(2026, 1, 1))
    assert late is not None
    assert (late.day.year, late.age) == (2026, 35)
    assert coming(Birthday(2, 29, 2000), date(2027, 2, 1)) == (date(2027, 2, 28), 27, 27)
    assert coming(Birthday(2, 29, 2000), date(2028, 2, 29)) == (date(2028, 2, 29), 0, 28)
    # 2023 had a leap second month; 2024 has none, and there it is the ordinary one.
    assert coming(Birthday(2, 10, None, True, True), date(2023, 3, 5)) == (date(2023, 3, 31), 26, None)
    assert coming(Birthday(2, 10, None, True, True), date(2024, 3, 1)) == (date(2024, 3, 19), 18, None)
    assert coming(Birthday(1, 1, None, True), date(2101, 6, 1)) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1988-9-15", Birthday(9, 15, 1988)),
        ("9/15", Birthday(9, 15)),
        ("9月15日", Birthday(9, 15)),
        ("1988 年 9 月 15 日", Birthday(9, 15, 1988)),
        ("八月十五", Birthday(8, 15, None, True)),
        ("农历1988年八月十五", Birthday(8, 15, 1988, True)),
        ("闰四月初三", Birthday(4, 3, None, True, True)),
        ("腊月廿三", Birthday(12, 23, None, True)),
        ("十二月二十三", Birthday(12, 23, None, True)),
        ("正月初一", Birthday(1, 1, None, True)),
        ("2-30", None),
        ("2023-02-29", None),
        ("13-01", None),
        ("soon", None),
        ("", None),
    ],
)
def test_birthdays_are_read_as_people_write_them(text: str, wanted: Birthday | None) -> None:
    assert read_birthday(text) == wanted
    if wanted is not None:
        kept = birthday_of(wanted.stored(), "lunar" if wanted.lunar else "solar", wanted.leap)
        assert kept == wanted


def test_numbers_are_lunar_where_the_calendar_says_so() -> None:
    assert read_birthday("08-15", lunar=True) == Birthday(8, 15, None, True)
    assert read_birthday("2-30", lunar=True, leap=True) == Birthday(2, 30, None, True, True)


def test_birthdays_in_words() -> None:
    numerals = [day_numeral(day) for day in (1, 10, 11, 19, 20, 21, 29, 30)]
    assert numerals == ["初一", "初十", "十一", "十九", "二十", "廿一", "廿九", "三十"]
    assert birthday_words(Birthday(8, 15, 1988, True)) == "lunar 8/15, 1988"
    assert birthday_words(Birthday(9, 15)) == "15 Sep"
    assert other_calendar(Birthday(9, 25, 1988), date(2026, 1, 1)) == "lunar 8/15"
    assert other_calendar(Birthday(8, 15, 1988, True), date(2026, 1, 1)) == "25 Sep 1988"
    assert other_calendar(Birthday(8, 15, None, True), date(2026, 11, 22)) == "15 Sep this time"
    assert other_calendar(Birthday(9, 25), date(2026, 1, 1)) == ""
    set_language("zh_CN")
    try:
        assert lunar_words(8, 15) == "八月十五"
        assert lunar_words(4, 3, leap=True) == "闰四月初三"
        assert lunar_words(12, 23) == "腊月廿三"
    finally:
        set_language("en")
