"""Days as people paste them: one a line, ranges, with or without a year, names behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from desktop.core.when import DateError, parse_when

_MOST = 366
"""Days of the longest range."""

_ITEMS = re.compile(r"[\n;；、，\t]+")
_TO = re.compile(r"\s*(?:–|—|~|～|至|到|\.\.+|…)\s*|\s+(?:-|to|until|till|bis)\s+", re.IGNORECASE)
_MONTH_DAY = re.compile(r"(?:(\d{1,2})\s*[-/.月]\s*)?(\d{1,2})\s*[日号.]?")
_DATE_FIRST = re.compile(r"([\d年月日号./-]+(?:\s*(?:至|到|–|—|~|～)\s*[\d年月日号./-]+)?)[\s:：(（]*\D*")


def days_in(text: str, today: date) -> tuple[list[date], list[str]]:
    """The days a text names, in order and each once, and the pieces of it that name none.

    A day without its year is the next one after `today`, today included; the end of a range goes on from its
    beginning ("10月1日至7日").
    """
    found: set[date] = set()
    left = []
    for piece in filter(None, map(str.strip, _ITEMS.split(text))):
        days = _days(piece, today)
        if not days and (start := _DATE_FIRST.fullmatch(piece)):
            days = _days(start[1].strip(), today)
        if days:
            found.update(days)
        else:
            left.append(piece)
    return sorted(found), left


def ranges_of(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Days in order as runs of days that follow one another: (first, last)."""
    first = last = None
    for day in sorted(set(days)):
        if first is None or last is None:
            first = last = day
        elif day - last == timedelta(days=1):
            last = day
        else:
            yield first, last
            first = last = day
    if first is not None and last is not None:
        yield first, last


def _days(piece: str, today: date) -> list[date]:
    ends = _TO.split(piece)
    first = _day(ends[0], None, today)
    if first is None or len(ends) > 2:
        return []
    last = first if len(ends) == 1 else _day(ends[1], first, today)
    if last is None or not 0 <= (last - first).days < _MOST:
        return []
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day(text: str, after: date | None, today: date) -> date | None:
    """A day; without its year, or its month after another day, the next one there is."""
    short = _MONTH_DAY.fullmatch(text.strip())
    try:
        if short is None:
            return parse_when(text.strip()).date()
        if short[1] is None:
            return after.replace(day=int(short[2])) if after else None
        month, day = int(short[1]), int(short[2])
        since = after or today
        found = date(since.year, month, day)
        return found if found >= since else date(since.year + 1, month, day)
    except (DateError, ValueError):
        return None
