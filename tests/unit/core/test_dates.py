"""Dates as exports write them, and as we show them."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.dates import (
    AmbiguousDate,
    DateError,
    as_date,
    duration,
    format_day,
    format_month,
    format_near_day,
    format_weekday,
    format_when,
    from_iso,
    iso,
    ordinal,
    parse_when,
    relative_day,
)

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-09 20:14:33", "2026-11-09 20:14:33"),
        ("2026-11-09T20:14:33", "2026-11-09 20:14:33"),
        ("2026-11-09 20:14:33.123", "2026-11-09 20:14:33"),
        ("2016/5/23 22:02", "2016-05-23 22:02:00"),
        ("2020/2/21 0:00", "2020-02-21 00:00:00"),
        ("2026-11-09", "2026-11-09 00:00:00"),
        ("09/25/26", "2026-09-25 00:00:00"),
        ("25/09/2026 14:05", "2026-09-25 14:05:00"),
        ("05/05/2026", "2026-05-05 00:00:00"),
        ("Jul-21-25", "2025-07-21 00:00:00"),
        ("21-Jul-2025", "2025-07-21 00:00:00"),
        ("July 21, 2025", "2025-07-21 00:00:00"),
        ("21st July 2025 10:05 PM", "2025-07-21 22:05:00"),
        ("Mon, 21 Jul 2025 12:05 am", "2025-07-21 00:05:00"),
        ("2026年11月9日", "2026-11-09 00:00:00"),
        ("2026年11月9日 20时14分", "2026-11-09 20:14:00"),
        ("2026年11月9日 星期一 下午8:14", "2026-11-09 20:14:00"),
        ("20261109", "2026-11-09 00:00:00"),
        ("20261109201433", "2026-11-09 20:14:33"),
        ("2026.11.9", "2026-11-09 00:00:00"),
        ("２０２６／１１／９", "2026-11-09 00:00:00"),
        ("\t2026-11-09 20:14:33", "2026-11-09 20:14:33"),
        (20261109, "2026-11-09 00:00:00"),
        (20261109.0, "2026-11-09 00:00:00"),
        (date(2026, 11, 9), "2026-11-09 00:00:00"),
        (datetime(2026, 11, 9, 20, 14, 33, 999), "2026-11-09 20:14:33"),
    ],
)
def test_parse_when(written: object, meant: str) -> None:
    assert iso(parse_when(written)) == meant


@pytest.mark.parametrize(
    "written",
    [
        "2024-05-01 10:00:00 +0000",
        "2024-05-01T10:00:00Z",
        "2024-05-01 18:00:00 +08:00",
        "2024-05-01 10:00 UTC",
    ],
)
def test_offsets_become_the_shops_time(written: str) -> None:
    assert parse_when(written, zone=CHINA) == datetime(2024, 5, 1, 18)
    assert parse_when(datetime(2024, 5, 1, 10, tzinfo=UTC), zone=CHINA) == datetime(2024, 5, 1, 18)


def test_two_ways_to_read_a_date() -> None:
    with pytest.raises(AmbiguousDate):
        parse_when("03/04/2026")
    assert parse_when("03/04/2026", day_first=True) == datetime(2026, 4, 3)
    assert parse_when("03/04/2026", day_first=False) == datetime(2026, 3, 4)
    assert parse_when("13/04/2026", day_first=False) == datetime(2026, 4, 13)


def test_serial_dates_only_when_told() -> None:
    with pytest.raises(DateError):
        parse_when(46335.5)
    assert parse_when(46335.5, excel_epoch=1900) == datetime(2026, 11, 9, 12)
    assert parse_when(46335.5 - 1462, excel_epoch=1904) == datetime(2026, 11, 9, 12)
    assert parse_when(1, excel_epoch=1900) == datetime(1900, 1, 1)
    assert parse_when(61, excel_epoch=1900) == datetime(1900, 3, 1)
    # 20:14:33 as a fraction of a day is not exact; the second is.
    assert parse_when(46335 + 72873 / 86400, excel_epoch=1900) == datetime(2026, 11, 9, 20, 14, 33)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "abc",
        "2026-02-30",
        "2026-13-01",
        "31/31/2026",
        "0000-00-00",
        "1234-01-01",
        "2026-11-09 25:00",
        None,
        True,
        "12",
    ],
)
def test_what_is_no_date_says_why(written: object) -> None:
    with pytest.raises(DateError) as caught:
        parse_when(written)
    assert caught.value.reason


@given(
    st.one_of(
        st.text(), st.text(alphabet="0123456789/-:. 年月日TZ+apm"), st.floats(), st.integers(), st.none()
    ),
    st.sampled_from([None, 1900, 1904]),
)
def test_nothing_but_the_declared_error(value: object, epoch: int | None) -> None:
    try:
        when = parse_when(value, excel_epoch=epoch)
    except DateError:
        return
    assert when.tzinfo is None


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31)))
def test_what_we_keep_is_read_again(when: datetime) -> None:
    when = when.replace(microsecond=0)
    assert from_iso(iso(when)) == when == parse_when(iso(when))
    assert parse_when(f"{when.year}/{when.month}/{when.day} {when:%H:%M:%S}") == when
    assert parse_when(f"{when.year}年{when.month}月{when.day}日 {when:%H:%M:%S}") == when
    assert as_date(ordinal(iso(when))) == when.date()


def test_half_a_million_are_practicable() -> None:
    texts = [
        f"2026/{month}/{day} {hour}:05"
        for month in range(1, 13)
        for day in range(1, 29)
        for hour in range(24)
    ]
    began = time.perf_counter()
    for text in texts:
        parse_when(text)
    assert len(texts) / (time.perf_counter() - began) > 15_000


def test_shown_in_english() -> None:
    day = date(2026, 11, 22)
    assert format_day(day) == "22 Nov 2026"
    assert format_month(day) == "November 2026"
    assert format_weekday(day) == "Sunday, 22 November"
    assert format_when("2026-11-09 20:14:33") == "9 Nov 2026, 20:14"
    assert format_day(day.toordinal()) == format_day("2026-11-22 10:00:00")
    assert format_near_day("2026-01-02 10:00:00", day) == "2 Jan"
    assert format_near_day(date(2025, 12, 31), day) == "31 Dec 2025"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (-1, "yesterday"),
        (1, "tomorrow"),
        (-5, "5 d ago"),
        (3, "in 3 d"),
        (-200, "7 mo ago"),
        (-1500, "4 y ago"),
    ],
)
def test_relative_days(days: int, words: str) -> None:
    today = date(2026, 11, 22)
    assert relative_day(today + timedelta(days=days), today) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min"),
        (18, "18 min"),
        (59.6, "1 h"),
        (120, "2 h"),
        (150, "2.5 h"),
        (4320, "3 d"),
        (-30, "-30 min"),
    ],
)
def test_durations(minutes: float, words: str) -> None:
    assert duration(minutes) == words
