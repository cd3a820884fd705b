"""Days of the lunar calendar as days of the solar one, and the other way; from 1900 to 2100.

A leap month that a year does not have is its ordinary one, a 30th of a shorter month its 29th.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

FIRST_KNOWN, LAST_KNOWN = 1900, 2100
"""The lunar years that the table holds."""


def solar_days(month: int, day: int, start: date, count: int, *, leap: bool = False) -> Iterator[date]:
    """The next `count` solar days, from `start` on, of a day that comes in every lunar year.

    Beyond lunar year 2100 nothing is given.
    """
    year = start.year - 1
    while count and year <= LAST_KNOWN:
        found = solar_of(year, month, day, leap=leap)
        year += 1
        if found is not None and found >= start:
            count -= 1
            yield found


def solar_of(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The solar day of a day of a lunar year; None outside the table, or where the month is none."""
    # Read from a table of two centuries: only those pay for it who need it.
    from borax.calendars.lunardate import InvalidLunarDateError, LunarDate

    for in_leap in (1, 0) if leap else (0,):
        for possible in (day, 29) if day == 30 else (day,):
            try:
                return LunarDate(year, month, possible, in_leap).to_solar_date()
            except InvalidLunarDateError:
                continue
    return None


def lunar_of(day: date) -> tuple[int, int, int, bool] | None:
    """Lunar year, month, day, and whether the month is a leap one; None outside the table."""
    from borax.calendars.lunardate import InvalidLunarDateError, LunarDate

    try:
        found = LunarDate.from_solar(day)
    except (InvalidLunarDateError, ValueError):
        return None
    return found.year, found.month, found.day, bool(found.leap)
