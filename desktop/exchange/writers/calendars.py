"""Tasks and birthdays for the calendars of phones and computers: iCalendar.

A dated task is a to-do and a whole-day event, for most calendars show only events. What is done stays out.
Lunar birthdays fall on another day each year and calendars know no rule for them: their next ten are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path

from desktop.core.birthdays import Birthday, coming
from desktop.core.lunar import solar_days
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.exchange.writers.content_lines import escaped, line, uid
from desktop.exchange.writers.saving import written_beside
from desktop.models.book import Book
from desktop.queries.contacts import Contact, birthday_ids, contacts
from desktop.queries.tasks import CalendarTask, calendar_tasks

LUNAR_YEARS = 10
_EVERY = 200
_RULES = {"daily": "FREQ=DAILY", "weekly": "FREQ=WEEKLY", "monthly": "FREQ=MONTHLY", "yearly": "FREQ=YEARLY"}


def write_tasks(
    book: Book, path: str | Path, *, ids: Sequence[int] | None = None, progress: Progress = SILENT
) -> int:
    """Writes the open tasks (or those of `ids`) and returns how many; raises as `write_table`."""
    tasks = calendar_tasks(book, ids)
    stamp = _stamp()
    return _write(path, (_task(task, stamp) for task in tasks), len(tasks), progress)


def write_birthdays(
    book: Book,
    path: str | Path,
    *,
    today: date,
    ids: Sequence[int] | None = None,
    progress: Progress = SILENT,
) -> int:
    """Writes the birthdays of everybody, or of those of `ids`; returns how many; raises as `write_table`."""
    wanted = birthday_ids(book) if ids is None else ids
    stamp = _stamp()
    known = (contact for contact in contacts(book, wanted) if contact.birthday)
    return _write(path, (_birthday(contact, today, stamp) for contact in known), len(wanted), progress)


def _write(path: str | Path, things: Iterable[str], total: int, progress: Progress) -> int:
    count = 0
    with written_beside(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Shuke//Shuke//EN\r\nCALSCALE:GREGORIAN\r\n")
        file.write("METHOD:PUBLISH\r\n")
        for thing in things:
            file.write(thing)
            count += 1
            if count % _EVERY == 0:
                progress.report(count, total)
        file.write("END:VCALENDAR\r\n")
    return count


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def _task(task: CalendarTask, stamp: str) -> str:
    title = tr("{task} – {name}", task=task.title, name=task.customer) if task.customer else task.title
    told = [line("SUMMARY", escaped(title))]
    if task.note:
        told.append(line("DESCRIPTION", escaped(task.note)))
    key = ("task", task.id, task.created_at)
    if task.due is None:
        return _thing("VTODO", uid(*key, "todo"), stamp, [*told, "STATUS:NEEDS-ACTION\r\n"])
    # A to-do with a rule begins on a day and may not be due on the same.
    again = [line("RRULE", rule(task.repeat, task.due, every=task.every))] if task.repeat else []
    when = [_moment("DTSTART" if again else "DUE", task.due, task.minute), *again]
    when += _alarm(task.rings, related="" if again else ";RELATED=END")
    todo = _thing("VTODO", uid(*key, "todo"), stamp, [*told, "STATUS:NEEDS-ACTION\r\n", *when])
    if task.minute is None:
        days = [_day("DTSTART", task.due), _day("DTEND", task.due + timedelta(days=1))]
        length = [*days, *again, "TRANSP:TRANSPARENT\r\n"]
    else:
        length = [_moment("DTSTART", task.due, task.minute), "DURATION:PT30M\r\n", *again]
    return todo + _thing("VEVENT", uid(*key, "event"), stamp, [*told, *length, *_alarm(task.rings)])


def _moment(name: str, day: date, minute: int | None) -> str:
    """A day, or with a minute the moment of it by the wall clock of wherever the calendar is."""
    if minute is None:
        return _day(name, day)
    return line(name, f"{day:%Y%m%d}T{minute // 60:02}{minute % 60:02}00")


def _alarm(before: int | None, related: str = "") -> list[str]:
    """What rings so many minutes before (below 0: after) a thing begins, or ends where it only does that."""
    if before is None:
        return []
    trigger = f"{'-' if before >= 0 else ''}PT{abs(before)}M"
    told = line("DESCRIPTION", escaped(tr("Reminder")))
    return [f"BEGIN:VALARM\r\nACTION:DISPLAY\r\n{told}TRIGGER{related}:{trigger}\r\nEND:VALARM\r\n"]


def _birthday(contact: Contact, today: date, stamp: str) -> str:
    told = [line("SUMMARY", escaped(tr("{name}'s birthday", name=contact.name or tr("No name"))))]
    if len(contact.birthday) == 10:
        told.append(line("DESCRIPTION", escaped(tr("Born in {year}", year=contact.birthday[:4]))))
    month, day = (int(part) for part in contact.birthday[-5:].split("-"))
    key = ("birthday", contact.id, contact.created_at)
    if contact.lunar:
        days = solar_days(month, day, today, LUNAR_YEARS, leap=contact.leap)
        return "".join(_event(uid(*key, one), stamp, one, told) for one in days)
    found = coming(Birthday(month, day), today)
    return _event(uid(*key), stamp, found.day, told, "yearly", day) if found else ""


def _event(key: str, stamp: str, day: date, told: list[str], repeat: str = "", of_month: int = 0) -> str:
    repeated = [line("RRULE", rule(repeat, day, of_month))] if repeat else []
    days = [_day("DTSTART", day), _day("DTEND", day + timedelta(days=1))]
    return _thing("VEVENT", key, stamp, [*told, *days, *repeated, "TRANSP:TRANSPARENT\r\n"])


def _thing(kind: str, key: str, stamp: str, lines: list[str]) -> str:
    body: Iterator[str] = chain((line("UID", key), line("DTSTAMP", stamp)), lines)
    return f"BEGIN:{kind}\r\n{''.join(body)}END:{kind}\r\n"


def _day(name: str, day: date) -> str:
    return line(f"{name};VALUE=DATE", day.strftime("%Y%m%d"))


def rule(repeat: str, first: date, of_month: int = 0, *, every: int = 1) -> str:
    """How a thing comes again; what a month is too short for comes on its last day."""
    return _rule(repeat, first, of_month) + (f";INTERVAL={every}" if every > 1 else "")


def _rule(repeat: str, first: date, of_month: int) -> str:
    day = of_month or first.day
    if repeat == "monthly" and day > 28:
        days = ",".join(map(str, range(28, day + 1)))
        return f"{_RULES[repeat]};BYMONTHDAY={days};BYSETPOS=-1"
    if repeat == "yearly" and first.month == 2 and day == 29:
        return f"{_RULES[repeat]};BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
    return _RULES[repeat]
