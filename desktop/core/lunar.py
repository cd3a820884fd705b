"""Days of the lunar calendar that come every year, as days of the solar one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

_LAST_KNOWN = 2100


def solar_days(month: int, day: int, start: date, count: int, *, leap: bool = False) -> Iterator[date]:
    """The next `count` solar days, from `start` on, of a day of the lunar year.

    A leap month that a year does not have is its ordinary one, a 30th of a shorter month its 29th. Beyond
    lunar year 2100 nothing is given.
    """
    year = start.year - 1
    while count and year <= _LAST_KNOWN:
        found = _in_year(year, month, day, leap)
        year += 1
        if found is not None and found >= start:
            count -= 1
            yield found


def _in_year(year: int, month: int, day: int, leap: bool) -> date | None:
    # Read from a table of a century: only those pay for it who need it.
    from borax.calendars.lunardate import InvalidLunarDateError, LunarDate

    for in_leap in (1, 0) if leap else (0,):
        for possible in (day, 29) if day == 30 else (day,):
            try:
                return LunarDate(year, month, possible, in_leap).to_solar_date()
            except InvalidLunarDateError:
                continue
    return None
