"""When something is due, out of the words people write: "call Wang next Friday at 3", 下周五下午三点回电话.

Both languages are understood whatever the window speaks. A week begins on Monday; "Friday" is the coming one
and never today, "this Friday" is in this week unless it is over, "next Friday" is in the next one, as 下周五
is. A day without its year or month is the next one, today included; a day that is over is none. What is found
is taken out; the rest is what is to be done.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from desktop.core.due_numbers import (
    COUNT,
    MONTHS,
    WEEKDAYS,
    ZH_COUNT,
    add_months,
    clock,
    count_of,
    day_of,
    month_end,
)


class Due(NamedTuple):
    """`day` and `minute` (after midnight) are None where nothing was said; `rest` are the other words.

    It repeats every `every` of `repeat`: "", daily, weekly, monthly, yearly.
    """

    day: date | None
    minute: int | None
    repeat: str
    every: int
    rest: str


Rule = tuple[re.Pattern[str], Callable[[re.Match[str], datetime], "date | datetime | None"]]

_EN_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_EN_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ZH_DAY = "(?:周|星期|礼拜)"


def _rule(pattern: str, found: Callable[[re.Match[str], datetime], date | datetime | None]) -> Rule:
    return re.compile(pattern, re.IGNORECASE), found


def _coming(now: datetime, weekday: int) -> date:
    """The coming day of that name, never today."""
    return now.date() + timedelta(days=(weekday - now.weekday() - 1) % 7 + 1)


def _named(found: re.Match[str], now: datetime) -> date | None:
    """A weekday by its name alone; "sun" and "wed" in small letters are words of their own."""
    name = found[2]
    sure = len(name) > len("thurs") or name[0].isupper() or found[0] != name
    return _coming(now, WEEKDAYS[name.lower()]) if sure else None


def _in_week(now: datetime, weekday: int, weeks: int) -> date:
    found = now.date() + timedelta(days=weekday - now.weekday() + 7 * weeks)
    # This week's, where it is over: nobody plans for yesterday.
    return found if found >= now.date() else found + timedelta(days=7)


def _months_on(now: datetime, months: int) -> date:
    return add_months(now.date(), months)


def _span(count: float, unit: str, now: datetime) -> date | datetime:
    if unit in ("min", "hour"):
        return now + timedelta(minutes=count * (60 if unit == "hour" else 1))
    if unit == "month":
        # Half a month is fifteen days, as people say.
        return add_months(now.date(), int(count)) + timedelta(days=15 if count % 1 else 0)
    if unit == "year":
        return add_months(now.date(), round(12 * count))
    return now.date() + timedelta(days=round(count * (7 if unit == "week" else 1)))


_EN_UNITS = {"m": "min", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}


def _en_unit(word: str) -> str:
    word = word.lower()
    return _EN_UNITS["mo"] if word.startswith("mo") else _EN_UNITS[word[0]]


_ZH_UNITS = {"分": "min", "小": "hour", "钟": "hour", "天": "day", "日": "day", "周": "week", "星": "week",
             "礼": "week", "月": "month", "年": "year"}  # fmt: skip
_EN_UNIT = r"(min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?)"
_ZH_UNIT = r"(分钟|小时|钟头|天|日|周|星期|礼拜|月|年)"

_DAYS: tuple[Rule, ...] = (
    # -- so long from now
    _rule(rf"\bin\s+({COUNT})\s+{_EN_UNIT}\b", lambda m, now: _span(count_of(m[1]), _en_unit(m[2]), now)),
    _rule(
        rf"\b({COUNT})\s+{_EN_UNIT}\s+(?:from\s+now|later)\b",
        lambda m, now: _span(count_of(m[1]), _en_unit(m[2]), now),
    ),
    _rule(
        rf"(?:过)?({ZH_COUNT})\s*个?(半)?{_ZH_UNIT}(?:之后|以后|后)",
        lambda m, now: _span(count_of(m[1]) + (0.5 if m[2] else 0), _ZH_UNITS[m[3][0]], now),
    ),
    # -- days by their distance
    _rule(r"\bday after tomorrow\b|大?后天", lambda m, now: now.date() + timedelta(days=2 + ("大" in m[0]))),
    _rule(r"\btomorrow\b|\btmrw?\b|明[天日]|明(?=[早晚])", lambda m, now: now.date() + timedelta(days=1)),
    _rule(r"\btoday\b|\btonight\b|今[天日]|今(?=[早晚])", lambda m, now: now.date()),
    # -- ends of months and years
    _rule(
        r"\b(?:by\s+)?(?:the\s+)?end of (this|next|the)? ?month\b|(下)?个?月底|(下)?个?月末",
        lambda m, now: month_end(add_months(now.date().replace(day=1), int("下" in m[0] or m[1] == "next"))),
    ),
    _rule(r"\bend of (?:the|this) year\b|年底|年末", lambda _, now: date(now.year, 12, 31)),
    # -- weekdays and weeks
    _rule(
        rf"(下+|这|本)?个?{_ZH_DAY}([一二三四五六日天])",
        lambda m, now: (
            _in_week(now, WEEKDAYS[m[2]], m[1].count("下")) if m[1] else _coming(now, WEEKDAYS[m[2]])
        ),
    ),
    _rule(
        rf"\b(?:(?:on|by)\s+)?(?:(this|next)\s+)?({_EN_DAY})\b",
        lambda m, now: (
            _in_week(now, WEEKDAYS[m[2].lower()], int(m[1].lower() == "next")) if m[1] else _named(m, now)
        ),
    ),
    _rule(r"\b(?:this |on the )?weekend\b|(?:这|本)?周末", lambda m, now: _in_week(now, 5, 0)),
    _rule(r"\bnext week\b|下个?(?:周|星期|礼拜)", lambda m, now: _in_week(now, 0, 1)),
    _rule(r"\bnext year\b|明年", lambda m, now: add_months(now.date(), 12)),
    # -- dates
    _rule(
        r"\b(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)",
        lambda m, now: day_of(int(m[1]), int(m[2]), int(m[3])),
    ),
    _rule(
        r"(下个?月|本月|这个月)(\d{1,2}|[一二三四五六七八九十]{1,3})[号日]",
        lambda m, now: day_of(*_month(now, int(m[1][0] == "下")), int(count_of(m[2]))),
    ),
    _rule(
        r"(\d{1,2}|十[一二]?|[一二三四五六七八九])月(\d{1,2}|[一二三四五六七八九十]{1,3})[号日]?",
        lambda m, now: _next_date(now, int(count_of(m[1])), int(count_of(m[2]))),
    ),
    _rule(
        rf"\b({_EN_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?\b(?!:)",
        lambda m, now: _dated(now, m[3], MONTHS[m[1].lower()], int(m[2])),
    ),
    _rule(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_EN_MONTH})\.?(?:\s+(\d{{4}}))?\b",
        lambda m, now: _dated(now, m[3], MONTHS[m[2].lower()], int(m[1])),
    ),
    _rule(
        r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})(?![\d/-])",
        lambda m, now: _next_date(now, int(m[1]), int(m[2])),
    ),
    _rule(
        r"\bon the (\d{1,2})(?:st|nd|rd|th)?\b|\b(\d{1,2})(?:st|nd|rd|th)\b"
        r"|(?<![\d月])(\d{1,2}|[二三]?十[一二三四五六七八九]?)[号日](?!线)",
        lambda m, now: _next_day(now, int(count_of(m[1] or m[2] or m[3]))),
    ),
    _rule(r"\bnext month\b|下个?月", lambda m, now: _months_on(now, 1)),
)

_REPEATS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b(?:every|each)\s+(?:({COUNT}|other)\s+)?days?\b|\bdaily\b", re.IGNORECASE), "daily"),
    (re.compile(rf"\b(?:every|each)\s+(?:({COUNT}|other)\s+)?weeks?\b|\bweekly\b", re.IGNORECASE), "weekly"),
    (re.compile(rf"\b(?:every|each)\s+(?=(?:{_EN_DAY})\b)", re.IGNORECASE), "weekly"),
    (
        re.compile(rf"\b(?:every|each)\s+(?:({COUNT}|other)\s+)?months?\b|\bmonthly\b", re.IGNORECASE),
        "monthly",
    ),
    (
        re.compile(rf"\b(?:every|each)\s+(?:({COUNT}|other)\s+)?years?\b|\byearly\b", re.IGNORECASE),
        "yearly",
    ),
    (re.compile(rf"每隔?({ZH_COUNT})?[天日]"), "daily"),
    (re.compile(rf"每隔?({ZH_COUNT})?个?(?=(?:周|星期|礼拜)[一二三四五六日天])"), "weekly"),
    (re.compile(rf"每隔?({ZH_COUNT})?个?(?:周|星期|礼拜)"), "weekly"),
    (re.compile(rf"每隔?({ZH_COUNT})?个?月"), "monthly"),
    (re.compile(rf"每隔?({ZH_COUNT})?年"), "yearly"),
)


def _month(now: datetime, months: int) -> tuple[int, int]:
    first = add_months(now.date().replace(day=1), months)
    return first.year, first.month


def _dated(now: datetime, year: str | None, month: int, day: int) -> date | None:
    return day_of(int(year), month, day) if year else _next_date(now, month, day)


def _next_date(now: datetime, month: int, day: int) -> date | None:
    """The next such day of a year, today included; 29 February waits for its year."""
    for year in range(now.year, now.year + 9):
        found = day_of(year, month, day)
        if found and found >= now.date():
            return found
    return None


def _next_day(now: datetime, day: int) -> date | None:
    """The next such day of a month, today included."""
    for months in range(13):
        found = day_of(*_month(now, months), day)
        if found and found >= now.date():
            return found
    return None


def read_due(text: str, now: datetime) -> Due:
    """What a text says of when; `now` is the moment it is written at."""
    rest = text
    repeat, every, rest = _repeat(rest)
    moment, rest = _day(rest, now)
    minute: int | None = None
    if isinstance(moment, datetime):
        day: date | None = moment.date()
        minute = moment.hour * 60 + moment.minute
    else:
        day = moment
        minute, rest = clock(rest, evening="tonight" in text.lower())
        if minute is not None and day is None and not repeat:
            # A time alone is today's, or tomorrow's where it has passed.
            day = now.date() + timedelta(days=minute <= now.hour * 60 + now.minute)
    if repeat and day is None:
        day = now.date()
    return Due(day, minute, repeat, every, _tidy(rest) if rest != text else text.strip())


def _repeat(text: str) -> tuple[str, int, str]:
    for pattern, repeat in _REPEATS:
        if found := pattern.search(text):
            said = found[1] if pattern.groups else None
            every = 1 if not said else 2 if said.lower() == "other" else int(count_of(said))
            # 每隔一天: a day between two.
            every += "每隔" in found[0] and bool(said)
            return repeat, max(1, every), text[: found.start()] + " " + text[found.end() :]
    return "", 1, text


def _day(text: str, now: datetime) -> tuple[date | datetime | None, str]:
    for pattern, make in _DAYS:
        for found in pattern.finditer(text):
            try:
                moment = make(found, now)
            except (ValueError, OverflowError):
                # Such as "in 900000 years": no day of any calendar.
                continue
            if moment is not None and (isinstance(moment, datetime) or moment >= now.date()):
                return moment, text[: found.start()] + " " + text[found.end() :]
    return None, text


_EDGE = re.compile(r"^[\s,，。.;；:：、]+|[\s,，;；:：、]+$|\s+(?:on|at|by|due)\s*$", re.IGNORECASE)


def _tidy(rest: str) -> str:
    rest = re.sub(r"\s{2,}", " ", rest)
    before = ""
    while before != rest:
        before, rest = rest, _EDGE.sub("", rest)
    # Chinese is written without the blanks that what was taken out left behind.
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", rest)
