"""When something is due, read from words of both languages."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.due_words import Due, read_due

NOW = datetime(2026, 11, 22, 14, 40)  # A Sunday.
EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ZH_DAYS = "一二三四五六日"
EN_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
             "October", "November", "December")  # fmt: skip


def due(day: tuple[int, int, int] | None, minute: int | None = None, repeat: str = "", every: int = 1) -> Due:
    return Due(date(*day) if day else None, minute, repeat, every, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", due((2026, 11, 22))),
        ("tomorrow", due((2026, 11, 23))),
        ("明天", due((2026, 11, 23))),
        ("大后天", due((2026, 11, 25))),
        ("next Friday", due((2026, 11, 27))),
        ("下周五", due((2026, 11, 27))),
        ("下下周五", due((2026, 12, 4))),
        ("三天后", due((2026, 11, 25))),
        ("in two weeks", due((2026, 12, 6))),
        ("半个月后", due((2026, 12, 7))),
        ("月底", due((2026, 11, 30))),
        ("end of next month", due((2026, 12, 31))),
        ("12月1日", due((2026, 12, 1))),
        ("1st of January", due((2027, 1, 1))),
        ("5号", due((2026, 12, 5))),
        ("二十二号", due((2026, 11, 22))),
        ("2027-02-28", due((2027, 2, 28))),
        ("2月29日", due((2028, 2, 29))),
        ("at 3", due((2026, 11, 22), 15 * 60)),
        ("at 9", due((2026, 11, 23), 9 * 60)),
        ("今晚", due((2026, 11, 22), 19 * 60)),
        ("今晚8点", due((2026, 11, 22), 20 * 60)),
        ("明早", due((2026, 11, 23), 9 * 60)),
        ("后天中午", due((2026, 11, 24), 12 * 60)),
        ("三点一刻", due((2026, 11, 22), 15 * 60 + 15)),
        ("上午十点半", due((2026, 11, 23), 10 * 60 + 30)),
        ("半小时后", due((2026, 11, 22), 15 * 60 + 10)),
        ("in 10 hours", due((2026, 11, 23), 40)),
        ("每周一", due((2026, 11, 23), None, "weekly")),
        ("every other day", due((2026, 11, 22), None, "daily", 2)),
        ("每隔一天", due((2026, 11, 22), None, "daily", 2)),
        ("每两周", due((2026, 11, 22), None, "weekly", 2)),
        ("每月15号", due((2026, 12, 15), None, "monthly")),
        ("每年3月8日", due((2027, 3, 8), None, "yearly")),
    ],
)  # fmt: skip
def test_what_people_say(text: str, expected: Due) -> None:
    assert read_due(text, NOW) == expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("call Wang next Friday at 3", "call Wang"),
        ("下周五下午三点给王丽华回电话", "给王丽华回电话"),
        ("明早给李姐发货", "给李姐发货"),
        ("Call 13800138421 tomorrow", "Call 13800138421"),
        ("每月15号交租", "交租"),
    ],
)
def test_the_rest_is_what_is_to_be_done(text: str, rest: str) -> None:
    assert read_due(text, NOW).rest == rest
    assert read_due(text, NOW).day is not None


@pytest.mark.parametrize(
    "text",
    ["回访王丽华", "月饼 20 盒", "日本客人来电", "sun tea order", "may come", "order 2024-11-05", "",
     "2027年2月30日", "in 900000 years", "星期", "at", "第3号线"],
)  # fmt: skip
def test_what_says_no_day(text: str) -> None:
    found = read_due(text, NOW)
    assert (found.day, found.repeat) == (None, "")
    assert found.rest == text


@given(st.text(), st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_any_text_is_read_and_nothing_is_due_before_today(text: str, now: datetime) -> None:
    found = read_due(text, now)
    assert found.day is None or found.day >= now.date()
    assert found.minute is None or 0 <= found.minute < 24 * 60


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.integers(0, 6), st.booleans())
def test_weekdays_by_walking(now: datetime, weekday: int, chinese: bool) -> None:
    """Another way to the same day: walk from today until the name fits."""
    today = now.date()
    coming = next(d for n in range(1, 8) if (d := today + timedelta(n)).weekday() == weekday)
    monday = today
    while monday.weekday():
        monday += timedelta(1)
    if monday == today:
        monday += timedelta(7)
    following = next(d for n in range(7) if (d := monday + timedelta(n)).weekday() == weekday)
    plain, next_one = (
        (f"周{ZH_DAYS[weekday]}", f"下周{ZH_DAYS[weekday]}")
        if chinese
        else (EN_DAYS[weekday], f"next {EN_DAYS[weekday]}")
    )
    assert read_due(plain, now).day == coming
    assert read_due(next_one, now).day == following


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1)), st.dates(date(2000, 1, 1), date(2000, 12, 31))
)
def test_a_date_without_its_year_is_the_next_one(now: datetime, day: date) -> None:
    expected = now.date()
    while (expected.month, expected.day) != (day.month, day.day):
        expected += timedelta(1)
    for text in (
        f"{day.month}月{day.day}日",
        f"{EN_MONTHS[day.month - 1]} {day.day}",
        f"{day.day} {EN_MONTHS[day.month - 1][:3]}",
        f"{day.month}/{day.day}",
    ):
        assert read_due(text, now).day == expected


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_of_24_hours_is_taken_as_it_stands(hour: int, minute: int) -> None:
    assert read_due(f"tomorrow {hour}:{minute:02}", NOW).minute == hour * 60 + minute
    assert read_due(f"明天{hour}：{minute:02}", NOW).minute == hour * 60 + minute
