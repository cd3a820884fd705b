"""Weeks, days and clocks of any shop, and open time counted minute by minute, the slow way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from desktop.core.working_hours import OpeningHours

MINUTE = timedelta(minutes=1)

CHANGES = {
    "": date(2026, 11, 21),
    "Europe/Berlin": date(2026, 3, 29),
    "America/New_York": date(2026, 11, 1),
    # By half an hour.
    "Australia/Lord_Howe": date(2026, 4, 5),
    # At midnight: the day begins at one o'clock.
    "America/Havana": date(2026, 3, 8),
    # Midnight comes twice.
    "Asia/Beirut": date(2026, 10, 25),
    "Asia/Shanghai": date(2026, 10, 4),
    "Asia/Kathmandu": date(2026, 6, 1),
}
"""Zones, each with a day on which its clock is changed, if it is."""

OTHER_CHANGES = {
    "Europe/Berlin": date(2026, 10, 25),
    "America/New_York": date(2026, 3, 8),
    "Australia/Lord_Howe": date(2026, 10, 4),
    "America/Havana": date(2026, 11, 1),
    # Shanghai had summer time until 1991.
    "Asia/Shanghai": date(1991, 9, 15),
    # A whole day that never was.
    "Pacific/Apia": date(2011, 12, 30),
}


@dataclass(frozen=True)
class Shop:
    """Hours under test, and the days around which they are tried."""

    hours: OpeningHours
    around: date

    @property
    def first(self) -> datetime:
        return datetime.combine(self.around, datetime.min.time()) - timedelta(days=2)


minute = st.integers(0, 1439)
span = st.tuples(minute, minute).filter(lambda pair: pair[0] != pair[1])
spans = st.one_of(
    st.lists(span, max_size=3),
    st.just([(0, 1440)]),
    st.just([(540, 720), (810, 1080)]),
    st.just([(1320, 120)]),
    # Closing when the clock is changed, and opening in the middle of what is skipped.
    st.just([(60, 150), (165, 200)]),
)
weeks = st.lists(spans, min_size=7, max_size=7)


def clock(value: int) -> str:
    return f"{value // 60:02}:{value % 60:02}"


@st.composite
def shops(draw: st.DrawFn) -> Shop:
    """Any week, with holidays and days of their own near a change of the clock."""
    zone, around = draw(st.sampled_from([*CHANGES.items(), *OTHER_CHANGES.items()]))
    near = st.integers(-4, 4).map(lambda n: (around + timedelta(days=n)).isoformat())
    opening = {str(day): [[clock(a), clock(b)] for a, b in own] for day, own in enumerate(draw(weeks))}
    special = draw(st.dictionaries(near, spans, max_size=2))
    hours = OpeningHours.from_settings(
        opening,
        draw(st.lists(near, max_size=3)),
        {day: [[clock(a), clock(b)] for a, b in own] for day, own in special.items()},
        zone,
    )
    assert zone == "" or isinstance(hours.zone, ZoneInfo)
    return Shop(hours, around)


moments = st.integers(0, 4 * 1440)
"""Minutes after `Shop.first`."""


class Ticks:
    """Every minute of real time around a day: what the clock shows, and whether the shop is open."""

    def __init__(self, shop: Shop) -> None:
        self.shown = _shown(shop.hours.zone or UTC, shop.around)
        days = {wall.date() for wall in self.shown}
        drawn = {day: _open_minutes(shop.hours, day) for day in days}
        self.open = [drawn[wall.date()][wall.hour * 60 + wall.minute] for wall in self.shown]

    def tick(self, wall: datetime) -> int:
        """The place of a moment: where it is shown first, the second with fold; or after the jump over it."""
        plain = wall.replace(fold=0)
        if plain in self.shown:
            first = self.shown.index(plain)
            again = plain in self.shown[first + 1 :]
            return self.shown.index(plain, first + 1) if wall.fold and again else first
        return next(n for n, shown in enumerate(self.shown) if shown > plain)

    def between(self, start: datetime, end: datetime) -> int:
        one, two = self.tick(start), self.tick(end)
        return sum(self.open[one:two]) if one <= two else -sum(self.open[two:one])

    def after(self, start: datetime, minutes: int) -> datetime | None:
        """What the clock shows when the last of so many open minutes is over; None: not within these days."""
        at = self.tick(start)
        while minutes and at < len(self.open) - 1:
            minutes -= self.open[at]
            at += 1
        return None if minutes else self.shown[at]


@lru_cache(maxsize=64)
def _shown(zone: tzinfo, around: date) -> list[datetime]:
    begin = datetime.combine(around - timedelta(days=4), datetime.min.time(), UTC)
    return [(begin + n * MINUTE).astimezone(zone).replace(tzinfo=None, fold=0) for n in range(8 * 1440)]


def _open_minutes(hours: OpeningHours, day: date) -> bytes:
    """For each minute of a day's clock whether the shop is open then, 1 or 0."""
    drawn = bytearray(2 * 1440)
    for opens, closes in _spans(hours, day - timedelta(days=1)):
        drawn[opens:closes] = bytes([1]) * (closes - opens)
    drawn = drawn[1440:] + bytearray(1440)
    for opens, closes in _spans(hours, day):
        drawn[opens:closes] = bytes([1]) * (closes - opens)
    return bytes(drawn[:1440])


def _spans(hours: OpeningHours, day: date) -> tuple[tuple[int, int], ...]:
    if day in hours.special:
        return hours.special[day]
    return () if day in hours.closed else hours.week[day.weekday()]
