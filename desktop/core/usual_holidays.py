"""Public holidays that many shops keep, year by year: China's by law, and those of Europe and America."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from desktop.core.lunar import solar_of
from desktop.core.translation import mark

REGIONS = {"CN": mark("China"), "west": mark("Europe and America")}
FIRST_YEAR, LAST_YEAR = 2001, 2099
"""Years for which the days are right: beyond, Qingming is not counted this way."""


class Usual(NamedTuple):
    """A holiday by its untranslated name, with its first day and how many days it has."""

    name: str
    first: date
    length: int = 1

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(self.first + timedelta(days=n) for n in range(self.length))


def usual_holidays(region: str, year: int) -> list[Usual]:
    """The holidays of a region in a year, by day. The days that China moves to weekends are not known."""
    found = _chinese(year) if region == "CN" else _western(year)
    return sorted(found, key=lambda holiday: holiday.first)


def _chinese(year: int) -> Iterator[Usual]:
    yield Usual(mark("New Year's Day"), date(year, 1, 1))
    if new_year := solar_of(year, 1, 1):
        yield Usual(mark("Spring Festival"), new_year - timedelta(days=1), 4)
    yield Usual(mark("Qingming"), _qingming(year))
    yield Usual(mark("Labour Day"), date(year, 5, 1), 2)
    for name, month, day in ((mark("Dragon Boat Festival"), 5, 5), (mark("Mid-Autumn Festival"), 8, 15)):
        if found := solar_of(year, month, day):
            yield Usual(name, found)
    yield Usual(mark("National Day"), date(year, 10, 1), 3)


def _western(year: int) -> Iterator[Usual]:
    easter = _easter(year)
    yield Usual(mark("New Year's Day"), date(year, 1, 1))
    yield Usual(mark("Good Friday"), easter - timedelta(days=2))
    yield Usual(mark("Easter Sunday"), easter)
    yield Usual(mark("Easter Monday"), easter + timedelta(days=1))
    yield Usual(mark("Labour Day"), date(year, 5, 1))
    yield Usual(mark("Independence Day (USA)"), date(year, 7, 4))
    november = date(year, 11, 1)
    yield Usual(mark("Thanksgiving (USA)"), november + timedelta(days=(3 - november.weekday()) % 7 + 21))
    yield Usual(mark("Christmas Day"), date(year, 12, 25))
    yield Usual(mark("Boxing Day"), date(year, 12, 26))


def _qingming(year: int) -> date:
    """The fifth solar term, which is on 4 or 5 April in this century."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by Gauss's way as Meeus has it."""
    golden = year % 19
    century = year // 100
    correction = century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15
    moon = correction % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    shift = moon - weekday
    month = 3 + (shift + 40) // 44
    return date(year, month, shift + 28 - 31 * (month // 4))
