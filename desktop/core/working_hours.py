"""Arithmetic of working hours: deadlines counted in the shop's open time, and open time between moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from desktop.core.clock_changes import stretches, to_real, to_wall, zone_named

_DAY = 24 * 60
_LONGEST_SEARCH = timedelta(days=3660)
"""Time after which a shop that seems never to open again is taken to be always open."""
_LONGEST_OPEN = timedelta(days=32)
_LAST_DAY = date.max - timedelta(days=3)

Span = tuple[int, int]
"""Opening and closing in minutes after the day's midnight; closing beyond 1440 is on the next day."""


@dataclass(frozen=True)
class OpeningHours:
    """A week of opening spans (0 is Monday), the days on which the shop stays closed, and days of their own.

    A day of `special` has the spans given for it, whatever its weekday has and even if it is in `closed`;
    without spans it is a closed day. A week without any span counts every hour: a shop that never opens would
    never miss a deadline.

    Moments are wall-clock times without a zone, as the book keeps them. Where the clock is changed (`zone`),
    the shop is open at every moment at which the clock shows one of its opening times, and time is what
    really passes: an hour that is skipped in spring does not count, an hour repeated in autumn counts twice.
    A moment that the clock shows twice is the first of the two, the second with `fold=1`; one that it never
    shows is the moment of the change.
    """

    week: tuple[tuple[Span, ...], ...]
    closed: frozenset[date] = frozenset()
    special: Mapping[date, tuple[Span, ...]] = field(default_factory=dict, hash=False)
    zone: tzinfo | None = None

    @classmethod
    def from_settings(
        cls,
        opening: Mapping[str, object],
        holidays: Iterable[object] = (),
        special: Mapping[str, object] | None = None,
        zone: str = "",
    ) -> OpeningHours:
        """Read the settings shop.opening ({"0": [["09:00", "21:00"]], …}), shop.holidays (ISO dates),
        shop.special_days ({ISO date: spans}) and shop.zone.

        What makes no sense in them is left out, for a deadline must come out whatever was typed.
        """
        week = tuple(tuple(_spans(opening.get(str(weekday)))) for weekday in range(7))
        own = {}
        for day, stored in (special or {}).items():
            spans, on = tuple(_spans(stored)), _day(day)
            if on and (spans or stored == []):
                own[on] = spans
        closed = frozenset(filter(None, map(_day, holidays)))
        return cls(week if any(week) else ALWAYS.week, closed, own, zone_named(zone))

    def is_open(self, moment: datetime) -> bool:
        """Whether the shop is open at a moment; at closing time it is not."""
        real = to_real(self.zone, moment)
        stretch = next(self.open_from(real), None)
        return stretch is not None and stretch[0] <= real

    def add(self, start: datetime, minutes: int) -> datetime:
        """The moment at which `minutes` of open time have passed since `start`.

        A deadline that ends with the day is at closing time, not at the next opening. Zero or less gives
        `start`. A moment that the clock shows for the second time has `fold=1`.
        """
        if minutes <= 0:
            return start
        left = timedelta(minutes=minutes)
        last = to_real(self.zone, start)
        for opens, closes in self.open_from(last):
            if opens + left <= closes:
                return to_wall(self.zone, opens + left)
            left -= closes - opens
            last = closes
        return to_wall(self.zone, last + left)

    def between(self, start: datetime, end: datetime) -> int:
        """Open time from `start` to `end` in whole minutes, rounded down; negative when `end` is earlier."""
        begin, until = to_real(self.zone, start), to_real(self.zone, end)
        if until < begin:
            begin, until, sign = until, begin, -1
        else:
            sign = 1
        total = timedelta()
        for opens, closes in self.open_from(begin, until):
            total += min(closes, until) - opens
        return sign * int(total.total_seconds() // 60)

    def next_opening(self, moment: datetime) -> datetime | None:
        """When the shop opens next; `moment` itself while it is open, None if it never does."""
        stretch = next(self.open_from(to_real(self.zone, moment)), None)
        return to_wall(self.zone, stretch[0]) if stretch else None

    def closing(self, moment: datetime) -> datetime | None:
        """When the shop closes next; None if it stays closed, or open for weeks."""
        begin = to_real(self.zone, moment)
        last = None
        for opens, closes in self.open_from(begin, begin + _LONGEST_OPEN):
            if last is not None and opens > last:
                break
            last = closes
        return to_wall(self.zone, last) if last and last < begin + _LONGEST_OPEN else None

    def is_day_off(self, day: date) -> bool:
        """Whether the shop is closed on a day for another reason than its weekday."""
        own = self.special.get(day)
        return day in self.closed if own is None else not own

    def spans(self, day: date) -> tuple[Span, ...]:
        """The opening spans that begin on a day."""
        own = self.special.get(day)
        if own is not None:
            return own
        return () if day in self.closed else self.week[day.weekday()]

    def open_from(
        self, begin: datetime, until: datetime | None = None
    ) -> Iterator[tuple[datetime, datetime]]:
        """The open stretches of real time after `begin` (real time too), in order; none overlap.

        The first is cut to begin at `begin`. They end with those that begin before `until`; without it, when
        the shop does not open for years.
        """
        last = begin
        for stretch in stretches(self.zone, begin):
            shown = (stretch.begin + stretch.offset).toordinal()
            day = date.fromordinal(max(1, shown - 1))
            while day < _LAST_DAY:
                # Midnight as real time, had the clock never been changed but to what it shows here.
                midnight = datetime(day.year, day.month, day.day) - stretch.offset
                if midnight >= stretch.end:
                    break
                if midnight >= (until or last + _LONGEST_SEARCH):
                    return
                for opens, closes in self.spans(day):
                    start = max(midnight + timedelta(minutes=opens), last, stretch.begin)
                    end = min(midnight + timedelta(minutes=closes), stretch.end)
                    if start < end:
                        if until is not None and start >= until:
                            return
                        yield start, end
                        last = end
                day += timedelta(days=1)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _spans(stored: object) -> Iterator[Span]:
    """The sensible spans of one day, by opening time."""
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
