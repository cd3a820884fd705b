"""Clocks that are put forward and back: wall-clock moments on an axis of real time, and back again.

The book keeps what the wall clock showed. Where summer time is kept, an hour of spring is never shown and one
of autumn is shown twice, so that differences of shown times are not the time that passed. Real time here is
UTC, as naive moments: it runs evenly.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

_YEARS = range(2, 9999)
"""Years in which changes are looked for; beyond them a moment and its offset might not be a date any more."""
_SECOND = timedelta(seconds=1)


class Stretch(NamedTuple):
    """Real time [begin, end) in which a wall clock shows the real time + `offset`."""

    begin: datetime
    end: datetime
    offset: timedelta


def zone_named(name: object) -> tzinfo | None:
    """The zone of an IANA name; None for "" and for a name that this computer does not know."""
    if not isinstance(name, str) or not name:
        return None
    # Few shops name a zone, and those that don't need not wait for it.
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        # A folder of the zone data, a path that leads out of it, or a zone of a later year.
        return None


def to_real(zone: tzinfo | None, wall: datetime) -> datetime:
    """The real moment at which a clock shows `wall`.

    A moment shown twice is the first of the two, the second with `fold=1`. A moment that was skipped is the
    moment of the change.
    """
    plain = wall.replace(tzinfo=None, fold=0)
    if zone is None or plain.year not in _YEARS:
        return plain
    first = _offset(zone.utcoffset(plain))
    second = _offset(zone.utcoffset(plain.replace(fold=1)))
    if first >= second:
        return plain - (second if wall.fold else first)
    return _change_between(zone, plain - second, plain - first)


def to_wall(zone: tzinfo | None, real: datetime) -> datetime:
    """What the clock shows at a real moment; `fold=1` when it shows it for the second time."""
    if zone is None or real.year not in _YEARS:
        return real
    return zone.fromutc(real.replace(tzinfo=zone)).replace(tzinfo=None)


def stretches(zone: tzinfo | None, begin: datetime) -> Iterator[Stretch]:
    """Real time from `begin` on, cut where the clock is changed (and at New Year), while there are dates."""
    if zone is None:
        yield Stretch(begin, datetime.max, timedelta())
        return
    offset = _offset_at(zone, begin)
    for year in range(begin.year, _YEARS.stop):
        # A zone may never change again: the years to come are looked at one by one, and only if needed.
        for change, after in (*_changes(zone, year), (datetime(year + 1, 1, 1), None)):
            if change > begin:
                yield Stretch(begin, change, offset)
                begin, offset = change, offset if after is None else after
    yield Stretch(begin, datetime.max, offset)


@lru_cache(maxsize=1024)
def _changes(zone: tzinfo, year: int) -> tuple[tuple[datetime, timedelta], ...]:
    """The real moments of a year at which the offset changes, with the offset from then on."""
    if year not in _YEARS:
        return ()
    found = []
    day, last = datetime(year, 1, 1), datetime(year + 1, 1, 1)
    offset = _offset_at(zone, day)
    while day < last:
        following = day + timedelta(days=1)
        after = _offset_at(zone, following)
        if after != offset:
            found.append((_change_between(zone, day, following), after))
        day, offset = following, after
    return tuple(found)


def _change_between(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """The first second in (before, after] with the offset of `after`; the clock changes once between them."""
    offset = _offset_at(zone, after)
    while after - before > _SECOND:
        middle = before + (after - before) // (2 * _SECOND) * _SECOND
        if _offset_at(zone, middle) == offset:
            after = middle
        else:
            before = middle
    return after


def _offset_at(zone: tzinfo, real: datetime) -> timedelta:
    """By how much the clock is ahead at a real moment."""
    if real.year not in _YEARS:
        return timedelta()
    return _offset(real.replace(tzinfo=UTC).astimezone(zone).utcoffset())


def _offset(value: timedelta | None) -> timedelta:
    return value or timedelta()
