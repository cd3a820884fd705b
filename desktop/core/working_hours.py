"""Arithmetic of working hours: deadlines counted in the shop's open time, and open time between moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_DAY = 24 * 60
_LONGEST_SEARCH = 3660
"""Days after which a shop that seems never to open again is taken to be always open."""

Span = tuple[int, int]
"""Opening and closing in minutes after the day's midnight; closing beyond 1440 is on the next day."""


@dataclass(frozen=True)
class OpeningHours:
    """A week of opening spans (0 is Monday) and the days on which the shop stays closed.

    A week without any span counts every hour: a shop that never opens would never miss a deadline.
    """

    week: tuple[tuple[Span, ...], ...]
    closed: frozenset[date] = frozenset()

    @classmethod
    def from_settings(cls, opening: Mapping[str, object], holidays: Iterable[object] = ()) -> OpeningHours:
        """Read the settings shop.opening ({"0": [["09:00", "21:00"]], …}) and shop.holidays (ISO dates).

        What makes no sense in them is left out, for a deadline must come out whatever was typed.
        """
        week = tuple(tuple(_spans(opening.get(str(weekday)))) for weekday in range(7))
        closed = set()
        for day in holidays:
            try:
                closed.add(date.fromisoformat(str(day)))
            except ValueError:
                continue
        return cls(week if any(week) else ALWAYS.week, frozenset(closed))

    def is_open(self, moment: datetime) -> bool:
        """Whether the shop is open at a moment; at closing time it is not."""
        stretch = next(self._open_from(moment), None)
        return stretch is not None and stretch[0] <= moment

    def add(self, start: datetime, minutes: int) -> datetime:
        """The moment at which `minutes` of open time have passed since `start`.

        A deadline that ends with the day is at closing time, not at the next opening. Zero or less gives
        `start`.
        """
        left = timedelta(minutes=minutes)
        if minutes <= 0:
            return start
        for opens, closes in self._open_from(start):
            opens = max(opens, start)
            if opens + left <= closes:
                return opens + left
            left -= closes - opens
        return start + left

    def between(self, start: datetime, end: datetime) -> int:
        """Open time from `start` to `end` in whole minutes, rounded down; negative when `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        total = timedelta()
        for opens, closes in self._open_from(start):
            if opens >= end:
                break
            total += min(closes, end) - max(opens, start)
        return int(total.total_seconds() // 60)

    def _open_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open stretches after `moment`, in order; the first is cut to begin there, none overlap."""
        last = moment
        day = moment.date() - timedelta(days=1)
        empty = 0
        while empty < _LONGEST_SEARCH and day < date.max - timedelta(days=2):
            empty += 1
            midnight = datetime(day.year, day.month, day.day)
            for opens, closes in self.week[day.weekday()] if day not in self.closed else ():
                start = max(midnight + timedelta(minutes=opens), last)
                end = midnight + timedelta(minutes=closes)
                if start < end:
                    yield start, end
                    last, empty = end, 0
            day += timedelta(days=1)


def _spans(stored: object) -> Iterator[Span]:
    """The sensible spans of one weekday, by opening time."""
    found = []
    for pair in stored if isinstance(stored, (list, tuple)) else ():
        if isinstance(pair, (list, tuple)) and len(pair) == 2:
            opens, closes = (_minutes(text) for text in pair)
            if opens is not None and closes is not None and opens != closes and opens < _DAY:
                found.append((opens, closes if closes > opens else closes + _DAY))
    return iter(sorted(found))


def _minutes(text: object) -> int | None:
    """Minutes after midnight of "09:00"; "24:00" is the day's end."""
    hours, colon, minutes = str(text).partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal()):
        return None
    value = int(hours) * 60 + int(minutes)
    return value if int(minutes) < 60 and value <= _DAY else None


ALWAYS = OpeningHours((((0, _DAY),),) * 7)
"""Every hour of every day."""
