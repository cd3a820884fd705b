"""Moments read from anything an export carries, as the shop's wall-clock time without a zone."""

from __future__ import annotations

import functools
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from desktop.core.errors import ShukeError
from desktop.core.translation import tr

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years outside are slips of the pen or of a spreadsheet."""

_PIVOT = 70
"""Two-digit years from here on are of the last century."""

_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {
    "sept": 9,
    **{name: number for number, name in enumerate(_MONTH_NAMES, start=1)},
    **{name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)},
}

_STATED = "stated"
"""The name of an offset that stood beside a time."""

_TIME = re.compile(
    r"(?:^|[\st])(?P<before>上午|下午|凌晨|早上|中午|晚上)?\s*"
    r"(?P<hour>\d{1,2})(?:\s*[:时点]\s*(?P<minute>\d{1,2})?(?:\s*[:分]\s*(?P<second>\d{1,2})?(?:[.,]\d+)?\s*秒?)?\s*分?)"
    r"\s*(?P<after>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?$",
    re.ASCII,
)
_WEEKDAY = re.compile(
    r"\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b,?)\s*"
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*([-/.年])\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_MONTH_NAMED = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?[\s,./-]+(?P<m1>[a-z]{3,9})|(?P<m2>[a-z]{3,9})\.?[\s,./-]+(?P<d2>\d{1,2})(?:st|nd|rd|th)?)"
    r"\.?[\s,./-]+(?P<y>\d{4}|\d{2})",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?(z)?)?", re.ASCII)


class DateError(ShukeError):
    """A text is no date; `reason` says why in the user's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AmbiguousDate(DateError):
    """A date such as 03/04/2026, which two countries read in two ways."""


def parse_when(
    value: object,
    *,
    day_first: bool | None = None,
    short_year_first: bool = False,
    excel_epoch: int | None = None,
    zone: tzinfo | None = None,
) -> datetime:
    """The moment a cell means, without a zone and to the second; a date alone is its midnight.

    `day_first` decides 03/04/2026 and nothing else, and without it AmbiguousDate is raised; 26/07/22, which
    may begin with the year, raises it too, and begins with it where `day_first` is False and
    `short_year_first` says so. `excel_epoch` (1900 or 1904) allows a number to be a workbook's serial date.
    A moment with an offset keeps its wall-clock time, which is that of whoever wrote it down, unless a
    `zone` is given; one in UTC ("Z") is turned into the time of `zone` (the machine's own).
    Raises DateError.
    """
    if isinstance(value, str):
        if len(value) == 19 and value[4] == "-" and value[7] == "-" and value[13] == ":":
            try:
                return _sane(datetime.fromisoformat(value))
            except ValueError:
                pass  # the long way finds the reason
        return _local(_parse_text(value, day_first, short_year_first), zone)
    if isinstance(value, datetime):
        return _sane(_local(value.replace(microsecond=0), zone))
    if isinstance(value, date):
        return _sane(datetime.combine(value, time()))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, excel_epoch)
    raise DateError(tr("this is not a date"))


def _sane(when: datetime) -> datetime:
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise DateError(tr("the year {year} cannot be right", year=when.year))
    return when


def _local(when: datetime, zone: tzinfo | None) -> datetime:
    if when.tzinfo is None:
        return when
    if zone is None and when.tzname() == _STATED:
        return when.replace(tzinfo=None)
    try:
        return when.astimezone(zone).replace(tzinfo=None)
    except (OverflowError, OSError, ValueError) as error:
        raise DateError(tr("this is not a date")) from error


def from_excel(serial: float, epoch: int = 1900) -> datetime:
    """The moment of a workbook's serial number, to the second. Raises DateError."""
    if not 1 <= serial < 2_958_466:
        raise DateError(tr("this number is not a date"))
    if epoch == 1904:
        start = datetime(1904, 1, 1)
    else:
        # Excel believes in a 29 February 1900.
        start = datetime(1899, 12, 30) if serial >= 61 else datetime(1899, 12, 31)
    return _sane(start + timedelta(seconds=round(serial * 86_400)))


def _from_number(value: float, epoch: int | None) -> datetime:
    if value == value and abs(value) < 1e15 and value == int(value) and 19_000_101 <= value <= 22_001_231:
        return _parse_text(str(int(value)), None, False)
    if epoch is None:
        raise DateError(tr("this number is not a date"))
    return from_excel(value, epoch)


@functools.lru_cache(maxsize=4_096)
def _parse_text(text: str, day_first: bool | None, short_year_first: bool) -> datetime:
    folded = unicodedata.normalize("NFKC", text).strip("\ufeff'`\t\n ").lower()
    if not folded:
        raise DateError(tr("the date is missing"))
    try:
        return _sane(_read(folded, day_first, short_year_first))
    except (ValueError, OverflowError) as error:
        raise DateError(tr("there is no such day or time")) from error


def _read(text: str, day_first: bool | None, short_year_first: bool) -> datetime:
    """Raises ValueError for what looks like a date and does not exist, as 2026-02-30."""
    if compact := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in compact.groups()[:6])
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC if compact[7] else None)
    text = _WEEKDAY.sub(" ", text).strip()
    clock, zone = time(), None
    if found := _TIME.search(text):
        clock, zone = _clock(found), _zone(found["zone"])
        text = text[: found.start()].strip(" ,t")
    return datetime.combine(_day(text, day_first, short_year_first), clock, zone)


def _clock(found: re.Match[str]) -> time:
    hour = int(found["hour"])
    half = (found["after"] or "")[:1]
    if half and hour > 12:
        half = ""
    if found["before"] in {"下午", "晚上"} or (found["before"] == "中午" and hour < 3):
        half = "p" if hour <= 12 else ""
    elif found["before"] in {"上午", "凌晨"}:
        half = "a" if hour <= 12 else ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found["minute"] or 0), int(found["second"] or 0))


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in {"z", "utc", "gmt"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset, _STATED)


def _day(text: str, day_first: bool | None, short_year_first: bool) -> date:
    if match := _YEAR_FIRST.fullmatch(text):
        return date(int(match[1]), int(match[3]), int(match[4]))
    if compact := _COMPACT.fullmatch(text):
        return date(int(compact[1]), int(compact[2]), int(compact[3]))
    if match := _MONTH_NAMED.fullmatch(text):
        month = _MONTHS.get(match["m1"] or match["m2"])
        if month:
            return date(_year(match["y"]), month, int(match["d1"] or match["d2"]))
    elif match := _YEAR_LAST.fullmatch(text):
        return _two_ways(match[1], match[3], match[4], day_first, short_year_first)
    raise DateError(tr("this is not a date"))


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def _two_ways(first: str, second: str, last: str, day_first: bool | None, short_year_first: bool) -> date:
    """Day and month as they stand, or the other way round; a short year may also come first (26-07-22)."""
    year = _year(last)
    as_day = _possible(year, int(second), int(first))
    as_month = _possible(year, int(first), int(second))
    as_year = None
    if len(last) == 2 and as_month is None:
        as_year = _possible(_year(first.zfill(2)), int(second), int(last))
    days = {day for day in (as_day, as_month, as_year) if day}
    if not days:
        raise ValueError
    if len(days) == 1:
        return days.pop()
    if day_first is None:
        raise AmbiguousDate(tr("it is not clear which number is the day and which the month"))
    chosen = as_day if day_first else as_month or (as_year if short_year_first else None)
    if chosen is None:
        raise ValueError
    return chosen


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
