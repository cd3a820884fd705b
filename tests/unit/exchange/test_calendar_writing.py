"""Calendars written by Shuke: days that are whole, rules that hold, and the same names at every export."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.lunar import solar_days
from desktop.core.translation import set_language
from desktop.exchange.writers.calendars import LUNAR_YEARS, rule, write_birthdays, write_tasks
from desktop.models.book import Book
from desktop.operations.customers import add_customer
from desktop.operations.tasks import add_task, complete_task

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10)


def things(path: Path) -> list[dict[str, str]]:
    """The events and to-dos of a file, each with its kind under "BEGIN"."""
    raw = path.read_bytes()
    assert raw.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert all(len(one) <= 75 for one in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    found = []
    for body in re.split(r"END:V(?:EVENT|TODO)\r\n", raw.decode().replace("\r\n ", ""))[:-1]:
        told = body[max(body.rfind("BEGIN:VEVENT"), body.rfind("BEGIN:VTODO")) :]
        found.append(dict(line.split(":", 1) for line in told.splitlines()))
    assert all(re.fullmatch(r"\d{8}T\d{6}Z", one["DTSTAMP"]) for one in found)
    uids = [one["UID"] for one in found]
    assert len(set(uids)) == len(uids)
    return found


def test_a_task_is_a_to_do_and_a_day(book: Book, tmp_path: Path) -> None:
    add_customer(book, values={"name": "王芳"})
    add_task(book, title="Call, please", created_at=NOW, due=date(2026, 11, 30), customer_id=1, note="a;b\nc")
    add_task(book, title="Some day", created_at=NOW)
    add_task(book, title="Done", created_at=NOW, due=TODAY)
    complete_task(book, task_id=3, at=NOW)
    assert write_tasks(book, tmp_path / "a.ics") == 2
    todo, event, some_day = things(tmp_path / "a.ics")
    assert todo["BEGIN"] == "VTODO"
    assert todo["SUMMARY"] == event["SUMMARY"] == "Call\\, please – 王芳"
    assert todo["DESCRIPTION"] == "a\\;b\\nc"
    assert todo["DUE;VALUE=DATE"] == "20261130"
    assert event["DTSTART;VALUE=DATE"] == "20261130"
    assert event["DTEND;VALUE=DATE"] == "20261201"
    assert some_day["BEGIN"] == "VTODO"
    assert not any(key.startswith("DUE") for key in some_day)
    assert write_tasks(book, tmp_path / "b.ics", ids=[2]) == 1
    (again,) = things(tmp_path / "b.ics")
    assert again["UID"] == some_day["UID"]


def test_a_repeating_task_has_a_rule(book: Book, tmp_path: Path) -> None:
    add_task(book, title="Stock", created_at=NOW, due=date(2026, 12, 31), repeat="monthly")
    write_tasks(book, tmp_path / "a.ics")
    todo, event = things(tmp_path / "a.ics")
    assert todo["RRULE"] == event["RRULE"] == "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
    assert "DUE;VALUE=DATE" not in todo
    assert todo["DTSTART;VALUE=DATE"] == "20261231"


def test_a_task_at_a_time_has_its_hour_and_rings(book: Book, tmp_path: Path) -> None:
    day = date(2026, 12, 31)
    rings = datetime(2026, 12, 31, 14, 50)
    add_task(book, title="Call", created_at=NOW, due=day, minute=15 * 60, remind_at=rings)
    add_task(book, title="Stock", created_at=NOW, due=day, repeat="weekly", every=2)
    write_tasks(book, tmp_path / "a.ics")
    text = (tmp_path / "a.ics").read_text(encoding="utf-8")
    first = text.split("END:VTODO")[0]
    assert "DUE:20261231T150000" in first
    assert "TRIGGER;RELATED=END:-PT10M" in first
    assert "DTSTART:20261231T150000" in text
    assert "TRIGGER:-PT10M" in text
    assert text.count("BEGIN:VALARM") == text.count("END:VALARM") == 2
    assert text.count("RRULE:FREQ=WEEKLY;INTERVAL=2") == 2


def test_rules() -> None:
    assert rule("weekly", date(2026, 1, 31)) == "FREQ=WEEKLY"
    assert rule("monthly", date(2026, 1, 28)) == "FREQ=MONTHLY"
    assert rule("yearly", date(2026, 1, 31)) == "FREQ=YEARLY"
    assert rule("yearly", date(2028, 2, 29)) == "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"


@pytest.mark.parametrize(
    ("birthday", "first"),
    [("1990-11-22", "20261122"), ("11-21", "20271121"), ("1988-02-29", "20270228"), ("12-01", "20261201")],
)
def test_a_birthday_comes_every_year(book: Book, tmp_path: Path, birthday: str, first: str) -> None:
    add_customer(book, values={"name": "王芳", "birthday": birthday})
    add_customer(book, values={"name": "nobody"})
    assert write_birthdays(book, tmp_path / "a.ics", today=TODAY) == 1
    (event,) = things(tmp_path / "a.ics")
    assert event["SUMMARY"] == "王芳's birthday"
    assert event["DTSTART;VALUE=DATE"] == first
    assert event["RRULE"].startswith("FREQ=YEARLY")
    assert ("DESCRIPTION" in event) == (len(birthday) == 10)


def test_a_lunar_birthday_is_ten_days(book: Book, tmp_path: Path) -> None:
    set_language("zh_CN")
    add_customer(book, values={"name": "王芳", "birthday": "08-15", "birthday_calendar": "lunar"})
    write_birthdays(book, tmp_path / "a.ics", today=TODAY)
    found = things(tmp_path / "a.ics")
    assert len(found) == LUNAR_YEARS
    # The Mid-Autumn Festivals of 2027 and 2028.
    assert [one["DTSTART;VALUE=DATE"] for one in found][:2] == ["20270915", "20281003"]
    assert not any("RRULE" in one for one in found)


def test_days_of_the_lunar_year() -> None:
    assert list(solar_days(1, 1, date(2026, 2, 17), 2)) == [date(2026, 2, 17), date(2027, 2, 6)]
    # 2025 had a leap sixth month, 2026 has none.
    assert list(solar_days(6, 1, date(2025, 7, 1), 2, leap=True)) == [date(2025, 7, 25), date(2026, 7, 14)]
    assert list(solar_days(4, 30, date(2026, 1, 1), 1)) == [date(2026, 6, 14)]
    assert len(list(solar_days(1, 1, date(2095, 1, 1), 10))) == 6
