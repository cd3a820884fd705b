"""Numbers, clock times and days of a calendar, as they are said in English and in Chinese."""

from __future__ import annotations

import calendar
import re
from datetime import date

_EN = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
       "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "half a": 0.5, "half an": 0.5,
       "a couple of": 2}  # fmt: skip
_ZH = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
       "九": 9}  # fmt: skip
COUNT = r"\d{1,4}|" + "|".join(sorted(_EN, key=len, reverse=True))
ZH_COUNT = r"\d{1,4}|半|[一二两三四五六七八九十]{1,3}"

WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
    "一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6,
}  # fmt: skip
MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip


def count_of(text: str) -> float:
    """A number as digits or words; 十五 is 15, 二十 is 20, 半 a half. Raises ValueError for another word."""
    text = " ".join(text.lower().split())
    if text.isdecimal():
        return int(text)
    if text in _EN:
        return _EN[text]
    if text == "半":
        return 0.5
    tens, ten, ones = text.rpartition("十")
    if not set(text) <= {*_ZH, "十"} or len(tens) > 1 or len(ones) > 1:
        raise ValueError(text)
    return (10 * _ZH.get(tens, 1) if ten else 0) + (_ZH[ones] if ones else 0)


def day_of(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_ZH_PART = r"(凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜里|今晚|早|晚)"
_ZH_TIME = re.compile(
    rf"{_ZH_PART}?(\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})[点點时](?!间|候)"
    r"(?:(半)|([一三])刻|(\d{1,2}|[零〇一二三四五六七八九十]{1,4})分?(?!钟))?整?"
)
_COLON = re.compile(
    rf"{_ZH_PART}?(?:\bat\s+|\bby\s+)?(?<!\d)(\d{{1,2}})[:：](\d{{2}})(?!\d)\s*(am|pm|a\.m\.|p\.m\.)?", re.I
)
_HOUR = re.compile(r"(?:\bat\s+|\bby\s+)?\b(\d{1,2})\s*(am|pm|a\.m\.|p\.m\.)(?!\w)", re.I)
_AT = re.compile(r"\bat\s+(\d{1,2})(?:\s*o'?clock)?\b(?!\s*\w)|\b(\d{1,2})\s*o'?clock\b", re.I)
# (What a part of the day is called, the minute after midnight that it stands for.)
_PARTS = (
    (re.compile(r"\b(?:at\s+)?noon\b|中午", re.I), 12 * 60),
    (re.compile(r"\b(?:in the\s+)?morning\b|早上|上午|早晨|(?:(?<=\s)|^)早(?![饭餐点])", re.I), 9 * 60),
    (re.compile(r"\b(?:in the\s+)?afternoon\b|下午", re.I), 14 * 60),
    (
        re.compile(r"\b(?:in the\s+)?evening\b|晚上|傍晚|(?:(?<=\s)|^)晚(?![饭餐点])", re.I),
        19 * 60,
    ),
)
_LATE = frozenset(("下午", "傍晚", "晚上", "今晚", "晚", "夜里"))


def clock(text: str, *, evening: bool = False) -> tuple[int | None, str]:
    """Minutes after midnight that a text says, None for none, and the text without them.

    A bare "at 3" is in the afternoon: shops are closed at three in the night. `evening`: the day was given as
    tonight, which is a time itself.
    """
    for pattern, read in ((_ZH_TIME, _chinese), (_COLON, _colon), (_HOUR, _hour), (_AT, _at)):
        for found in pattern.finditer(text):
            try:
                minute = read(found, evening)
            except ValueError:
                continue
            if 0 <= minute < 24 * 60:
                return minute, text[: found.start()] + " " + text[found.end() :]
    for pattern, minute in _PARTS:
        if said := pattern.search(text):
            return minute, text[: said.start()] + " " + text[said.end() :]
    return (19 * 60 if evening else None), text


def _later(hour: int, late: bool) -> int:
    return hour + 12 if late and hour < 12 else hour


def _chinese(found: re.Match[str], evening: bool) -> int:
    part, hour = found[1] or "", int(count_of(found[2]))
    noon = part == "中午" and hour < 11
    late = part in _LATE or noon or (not part and (evening or 1 <= hour <= 6))
    minutes = 30 if found[3] else 15 * int(count_of(found[4])) if found[4] else 0
    if found[5]:
        minutes = int(count_of(found[5].lstrip("零〇") or "零"))
    if minutes > 59:
        raise ValueError(minutes)
    return _later(hour, late) * 60 + minutes


def _colon(found: re.Match[str], evening: bool) -> int:
    hour, minutes = int(found[2]), int(found[3])
    half = (found[4] or "").lower()
    if minutes > 59 or (half and not 1 <= hour <= 12):
        raise ValueError(found[0])
    if half:
        hour = hour % 12 + 12 * half.startswith("p")
    return _later(hour, not half and ((found[1] or "") in _LATE or evening)) * 60 + minutes


def _hour(found: re.Match[str], _: bool) -> int:
    if not 1 <= int(found[1]) <= 12:
        raise ValueError(found[0])
    return (int(found[1]) % 12 + 12 * found[2].lower().startswith("p")) * 60


def _at(found: re.Match[str], evening: bool) -> int:
    hour = int(found[1] or found[2])
    return _later(hour, evening or 1 <= hour <= 6) * 60
