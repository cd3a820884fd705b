"""Working hours where clocks are changed: against every minute counted, and by what an owner expects."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.clock_changes import to_real, to_wall, zone_named
from desktop.core.working_hours import OpeningHours
from tests.unit.core.clocks import MINUTE, Shop, Ticks, moments, shops

ALL_DAY = {str(day): [["00:00", "24:00"]] for day in range(7)}
NIGHT = {str(day): [["22:00", "06:00"]] for day in range(7)}
SHOP = {str(day): [["09:00", "12:00"], ["13:00", "18:00"]] for day in range(5)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "opening", "start", "minutes", "due"),
    [
        # Berlin puts the clock forward on 29 March 2026 at 2:00, and back on 25 October at 3:00.
        ("Europe/Berlin", ALL_DAY, "2026-03-29 01:30", 60, "2026-03-29 03:30"),
        ("Europe/Berlin", ALL_DAY, "2026-10-25 01:30", 120, "2026-10-25 02:30"),
        ("Europe/Berlin", NIGHT, "2026-03-28 23:00", 6 * 60, "2026-03-29 06:00"),
        ("Europe/Berlin", NIGHT, "2026-10-24 23:00", 8 * 60, "2026-10-25 06:00"),
        # By day nobody notices.
        ("Europe/Berlin", SHOP, "2026-03-27 17:00", 120, "2026-03-30 10:00"),
        ("America/New_York", ALL_DAY, "2026-03-08 01:59", 2, "2026-03-08 03:01"),
        ("Australia/Lord_Howe", ALL_DAY, "2026-10-04 01:45", 30, "2026-10-04 02:45"),
        ("Australia/Lord_Howe", ALL_DAY, "2026-04-05 01:15", 60, "2026-04-05 01:45"),
        ("Asia/Shanghai", ALL_DAY, "2026-03-29 01:30", 60, "2026-03-29 02:30"),
        # A name that no computer knows, and one that is no zone: the clock is not changed.
        ("Europe/Atlantis", ALL_DAY, "2026-03-29 01:30", 60, "2026-03-29 02:30"),
        ("../etc/passwd", ALL_DAY, "2026-03-29 01:30", 60, "2026-03-29 02:30"),
    ],
)
def test_deadline_over_a_change(
    zone: str, opening: dict[str, object], start: str, minutes: int, due: str
) -> None:
    hours = OpeningHours.from_settings(opening, zone=zone)
    assert hours.add(at(start), minutes).replace(fold=0) == at(due)


def test_an_hour_shown_twice_is_told_apart_by_its_fold() -> None:
    hours = OpeningHours.from_settings(ALL_DAY, zone="Europe/Berlin")
    first, second = at("2026-10-25 02:30"), at("2026-10-25 02:30").replace(fold=1)
    assert hours.between(first, second) == 60
    assert hours.add(first, 60).fold == 1
    assert hours.add(first, 90).fold == 0


def test_a_skipped_moment_is_the_moment_of_the_change() -> None:
    hours = OpeningHours.from_settings(ALL_DAY, zone="Europe/Berlin")
    skipped = at("2026-03-29 02:40")
    assert hours.between(at("2026-03-29 01:50"), skipped) == 10
    assert hours.between(skipped, at("2026-03-29 03:10")) == 10
    assert hours.between(skipped.replace(fold=1), at("2026-03-29 03:10")) == 10
    assert hours.add(skipped, 10) == at("2026-03-29 03:10")


def test_special_days_win_over_the_week_and_over_holidays() -> None:
    hours = OpeningHours.from_settings(
        SHOP,
        ["2026-11-23", "2026-11-24"],
        {"2026-11-24": [["10:00", "11:00"]], "2026-11-25": [], "2026-11-26": ["nonsense"], "never": []},
    )
    # Monday is a holiday, Tuesday has one hour, Wednesday is closed, Thursday is as every Thursday.
    assert hours.add(at("2026-11-23 10:00"), 60) == at("2026-11-24 11:00")
    assert hours.add(at("2026-11-23 10:00"), 61) == at("2026-11-26 09:01")
    assert hours.next_opening(at("2026-11-24 11:00")) == at("2026-11-26 09:00")
    assert hours.is_open(at("2026-11-24 10:59"))
    assert not hours.is_open(at("2026-11-25 10:00"))


def test_the_ends_of_the_calendar_are_only_dates() -> None:
    for zone in ("", "Europe/Berlin"):
        hours = OpeningHours.from_settings(SHOP, zone=zone)
        assert hours.add(datetime(1, 1, 1, 8), 60) == datetime(1, 1, 1, 10)
        assert hours.between(datetime(9999, 12, 1), datetime.max) > 0


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "Asia/Beirut", "Pacific/Apia"])
def test_every_real_moment_has_one_place_on_the_clock(zone: str) -> None:
    known = zone_named(zone)
    real = datetime(2011, 1, 1)
    while real < datetime(2012, 1, 2):
        assert to_real(known, to_wall(known, real)) == real
        real += timedelta(minutes=15)


@given(shops(), moments, moments, st.integers(0, 1), st.integers(0, 1))
def test_time_between_agrees_with_counting(shop: Shop, one: int, two: int, fold: int, other: int) -> None:
    ticks = Ticks(shop)
    start = (shop.first + one * MINUTE).replace(fold=fold)
    end = (shop.first + two * MINUTE).replace(fold=other)
    assert shop.hours.between(start, end) == ticks.between(start, end)


@given(shops(), moments, st.integers(1, 1500), st.integers(0, 1))
def test_deadlines_agree_with_counting(shop: Shop, one: int, minutes: int, fold: int) -> None:
    start = (shop.first + one * MINUTE).replace(fold=fold)
    due = Ticks(shop).after(start, minutes)
    if due is None:
        return
    found = shop.hours.add(start, minutes)
    assert found.replace(fold=0) == due
    assert shop.hours.between(start, found) == minutes


@given(shops(), moments)
def test_being_open_agrees_with_counting(shop: Shop, one: int) -> None:
    ticks = Ticks(shop)
    moment = shop.first + one * MINUTE
    assert shop.hours.is_open(moment) == ticks.open[ticks.tick(moment)]


@given(shops(), moments, moments, moments)
def test_laws_of_open_time(shop: Shop, one: int, two: int, three: int) -> None:
    """Time adds up, runs one way, and a deadline is where its time is over, not a minute sooner."""
    hours = shop.hours
    a, b, c = sorted(shop.first + n * MINUTE for n in (one, two, three))
    assert hours.between(a, b) + hours.between(b, c) == hours.between(a, c)
    assert hours.between(c, a) == -hours.between(a, c)
    minutes = hours.between(a, b)
    due = hours.add(a, minutes)
    assert hours.between(a, due) == minutes
    if minutes:
        assert to_real(hours.zone, due) <= to_real(hours.zone, b)
        # The minute before it was an open one.
        before = to_wall(hours.zone, to_real(hours.zone, due) - MINUTE)
        assert hours.is_open(before)
        assert hours.between(a, before) == minutes - 1


@given(shops(), moments)
def test_opening_and_closing_are_where_it_changes(shop: Shop, one: int) -> None:
    hours, moment = shop.hours, shop.first + one * MINUTE
    opens = hours.next_opening(moment)
    assert opens is not None
    assert hours.is_open(opens)
    assert hours.between(moment, opens) == 0
    closes = hours.closing(opens)
    if closes is not None:
        assert not hours.is_open(closes)
        assert hours.between(opens, closes) > 0
