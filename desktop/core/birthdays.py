"""Birthdays in both calendars: read, said in words, and the next day on which one falls.

Rules, held by tests against a walk through every day: 29 February is kept on the 28th where there is none; a
lunar 30th of a shorter month on its 29th; a leap month that a year does not have in its ordinary month. A
lunar year begins in January or February of the solar year by which it is called.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from desktop.core.calendar_words import format_day, format_short_day, short_month_name
from desktop.core.lunar import LAST_KNOWN, lunar_of, solar_of
from desktop.core.translation import language, tr

_WRITTEN = re.compile(r"(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})")
_SPOKEN = re.compile(r"(?:(\d{4})年)?(闰?)(正|腊|冬|[一二三四五六七八九十]{1,2}|\d{1,2})月(.{1,3}?)[日号]?")
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_DIGITS = "一二三四五六七八九十"


class Birthday(NamedTuple):
    """A day of birth; `year` None where it is not known, of a lunar one the lunar year."""

    month: int
    day: int
    year: int | None = None
    lunar: bool = False
    leap: bool = False

    def stored(self) -> str:
        """As the book keeps it: "1988-09-15", without the year "09-15"."""
        day = f"{self.month:02}-{self.day:02}"
        return day if self.year is None else f"{self.year:04}-{day}"


class Coming(NamedTuple):
    """The next time a birthday falls: the solar day, in how many days, and the age turned where known."""

    day: date
    days: int
    age: int | None


def birthday_of(stored: str, calendar: str = "solar", leap: bool = False) -> Birthday | None:
    """The birthday that the book keeps as `stored`; None for "" or what is none."""
    found = _WRITTEN.fullmatch(stored)
    if not found:
        return None
    lunar = calendar == "lunar"
    made = Birthday(
        int(found[2]), int(found[3]), int(found[1]) if found[1] else None, lunar, lunar and bool(leap)
    )
    return made if _possible(made) else None


def read_birthday(text: str, *, lunar: bool = False, leap: bool = False) -> Birthday | None:
    """A birthday as people write it: 1988-09-15, 9/15, 9月15日, 八月十五, 闰四月初三; None when it is none.

    What is written in lunar words is lunar, whatever `lunar` says.
    """
    text = "".join(text.split()).removeprefix("农历").removeprefix("阴历")
    if found := _WRITTEN.fullmatch(text):
        return birthday_of(found[0], "lunar" if lunar else "solar", leap)
    if not (spoken := _SPOKEN.fullmatch(text)):
        return None
    month, day = _month_number(spoken[3]), _day_number(spoken[4])
    said_lunar = bool(spoken[2]) or not spoken[4][0].isdigit()
    lunar = lunar or said_lunar
    year = int(spoken[1]) if spoken[1] else None
    made = Birthday(month, day, year, lunar, lunar and (leap or bool(spoken[2])))
    return made if _possible(made) else None


def coming(birthday: Birthday, today: date) -> Coming | None:
    """The next time from `today` on; None beyond the lunar table's last year, 2100."""
    for year in range(today.year - 1, today.year + 3):
        day = day_in(birthday, year)
        if day is not None and day >= today:
            # Somebody entered before they are born is not asked how old they turn.
            age = None if birthday.year is None or year <= birthday.year else year - birthday.year
            return Coming(day, (day - today).days, age)
    return None


def day_in(birthday: Birthday, year: int) -> date | None:
    """The solar day of a birthday in a year of its own calendar; None beyond the lunar table."""
    if birthday.lunar:
        return (
            solar_of(year, birthday.month, birthday.day, leap=birthday.leap) if year <= LAST_KNOWN else None
        )
    try:
        return date(year, birthday.month, birthday.day)
    except ValueError:
        return date(year, 2, 28)


def birthday_words(birthday: Birthday, *, year: bool = True) -> str:
    """9 Mar 1988, lunar 8/15 · 1988 年 3 月 9 日、农历八月十五; the year where it is known and wanted."""
    if birthday.lunar:
        said = lunar_words(birthday.month, birthday.day, leap=birthday.leap)
        if year and birthday.year is not None:
            return tr("lunar {day}, {year}", day=said, year=birthday.year)
        return tr("lunar {day}", day=said)
    if year and birthday.year is not None:
        return format_day(date(birthday.year, birthday.month, birthday.day))
    return tr("{day} {month}", day=birthday.day, month=short_month_name(birthday.month))


def lunar_words(month: int, day: int, *, leap: bool = False) -> str:
    """A lunar day in Chinese numerals, 八月十五 or 闰四月初三; in English by numbers, 8/15 or leap 4/3."""
    if not language().startswith("zh"):
        return tr("leap {month}/{day}", month=month, day=day) if leap else f"{month}/{day}"
    return f"{'闰' if leap else ''}{_MONTHS[month - 1]}月{day_numeral(day)}"


def day_numeral(day: int) -> str:
    """A day of the lunar month: 初一 … 初十, 十一, 二十, 廿一, 三十."""
    if day in (20, 30):
        return "二十" if day == 20 else "三十"
    return ("初", "十", "廿")[(day - 1) // 10] + _DIGITS[(day - 1) % 10]


def other_calendar(birthday: Birthday, today: date) -> str:
    """The same birthday in the other calendar, in words; "" where that can't be said.

    Of a known year the day of birth itself; else where the lunar day falls the next time.
    """
    if birthday.lunar:
        if birthday.year is not None and (day := day_in(birthday, birthday.year)):
            return format_day(day)
        found = coming(birthday, today)
        return tr("{day} this time", day=format_short_day(found.day)) if found else ""
    if birthday.year is None:
        return ""
    lunar = lunar_of(date(birthday.year, birthday.month, birthday.day))
    return birthday_words(Birthday(lunar[1], lunar[2], None, True, lunar[3])) if lunar else ""


def _possible(birthday: Birthday) -> bool:
    if not 1 <= birthday.month <= 12 or not 1 <= birthday.day <= 31 or birthday.year == 0:
        return False
    if birthday.lunar:
        return birthday.day <= 30
    try:
        # A leap year where none is known.
        date(birthday.year or 2000, birthday.month, birthday.day)
    except ValueError:
        return False
    return True


def _month_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text in _MONTHS:
        return _MONTHS.index(text) + 1
    return {"一": 1, "十一": 11, "十二": 12}.get(text, 0)


def _day_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    for day in range(1, 31):
        if text in (day_numeral(day), day_numeral(day).replace("廿", "二十")):
            return day
    return 0
