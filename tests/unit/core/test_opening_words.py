"""Opening times, lengths of time and lists of days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.day_lists import days_in, ranges_of
from desktop.core.errors import UserError
from desktop.core.opening_words import (
    checked_spans,
    clock_of,
    clock_text,
    length_of,
    length_words,
    span_words,
    spans_of,
)
from desktop.core.translation import set_language

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("9", 540), ("09:00", 540), ("9：30", 570), ("930", 570), ("0930", 570), ("9.30", 570),
        ("24:00", 1440), ("下午6点半", 1110), ("上午9:00", 540), ("晚上8点", 1200),
        ("9点", 540), ("9点半", 570), ("18时30分", 1110), ("6 pm", 1080), ("12 am", 0), ("24:01", None),
        ("6点下午", 1080), ("25", None), ("9:61", None), ("", None), ("noon", None),
    ],
)  # fmt: skip
def test_clock(text: str, minute: int | None) -> None:
    assert clock_of(text) == minute


@given(st.integers(0, 1440))
def test_what_is_shown_is_read_again(minute: int) -> None:
    assert clock_of(clock_text(minute)) == minute


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30", 30), ("30 min", 30), ("30分钟", 30), ("2h", 120), ("2 h", 120), ("2 小时", 120),
        ("2个小时", 120),
        ("1.5 h", 90), ("1,5 h", 90), ("1 h 30", 90), ("1h30m", 90), ("2小时30分钟", 150), ("半小时", 30),
        ("72 hours", 4320), ("", None), ("soon", None), ("-5", None), ("2 days", None),
    ],
)  # fmt: skip
def test_length(text: str, minutes: int | None) -> None:
    assert length_of(text) == minutes


@given(st.integers(1, 60_000), st.sampled_from(["en", "zh_CN"]))
def test_a_length_shown_is_read_again(minutes: int, language: str) -> None:
    set_language(language)
    assert length_of(length_words(minutes)) == minutes


def test_spans_are_put_in_order_and_refused_where_they_overlap() -> None:
    assert checked_spans([(780, 1080), (540, 720)]) == [(540, 720), (780, 1080)]
    # Touching ones are one; an earlier closing is on the next day, midnight is the day's end.
    assert checked_spans([(540, 720), (720, 1080)]) == [(540, 1080)]
    assert checked_spans([(1320, 120)]) == [(1320, 1560)]
    assert checked_spans([(1320, 0)]) == [(1320, 1440)]
    assert checked_spans([(0, 1440)]) == [(0, 1440)]
    for wrong in ([(540, 780), (720, 1080)], [(540, 540)], [(1320, 120), (1380, 1400)]):
        with pytest.raises(UserError):
            checked_spans(wrong)
    assert span_words([(540, 720), (1320, 1560)]) == "09:00–12:00, 22:00–02:00"
    assert span_words([]) == "closed"


def test_spans_in_one_line() -> None:
    assert spans_of("9-12, 13:00–18:00") == [(540, 720), (780, 1080)]
    assert spans_of("上午9点到下午6点半") == [(540, 1110)]
    assert spans_of("22:00 to 02:00") == [(1320, 1560)]
    assert spans_of("") == spans_of("closed") == spans_of("休息") == []
    assert spans_of(span_words([(540, 720), (1320, 1440)])) == [(540, 720), (1320, 1440)]
    for wrong in ("9", "9-", "9-10-11", "all day", "10-25"):
        with pytest.raises(UserError):
            spans_of(wrong)


@pytest.mark.parametrize(
    ("text", "days", "left"),
    [
        ("2026-10-01", ["2026-10-01"], []),
        ("2027-02-05 – 2027-02-07\n2027-04-05", ["2027-02-05", "2027-02-06", "2027-02-07", "2027-04-05"], []),
        ("2026年10月1日至3日", ["2026-10-01", "2026-10-02", "2026-10-03"], []),
        # Without a year it is the coming one; a range may run over New Year.
        ("12月30日-1月2日", [], ["12月30日-1月2日"]),
        ("12月30日至1月2日", ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"], []),
        ("10-01；11/22", ["2026-11-22", "2027-10-01"], []),
        ("25 Dec 2026 to 26 Dec 2026", ["2026-12-25", "2026-12-26"], []),
        ("2026-10-01 国庆节\n2026-12-25: Christmas Day", ["2026-10-01", "2026-12-25"], []),
        ("soon\n2026-12-25", ["2026-12-25"], ["soon"]),
        ("2026-12-25 – 2026-12-20", [], ["2026-12-25 – 2026-12-20"]),
        ("2026-02-30, 03/04/2026", [], ["2026-02-30, 03/04/2026"]),
        ("2026-01-01 – 2036-01-01", [], ["2026-01-01 – 2036-01-01"]),
        ("", [], []),
    ],
)
def test_days_pasted(text: str, days: list[str], left: list[str]) -> None:
    found, unread = days_in(text, TODAY)
    assert [day.isoformat() for day in found] == days
    assert unread == left


def test_runs_of_days() -> None:
    days = [date(2026, 10, n) for n in (3, 1, 2, 5)]
    assert list(ranges_of(days)) == [(days[1], days[0]), (days[3], days[3])]
    assert list(ranges_of([])) == []
