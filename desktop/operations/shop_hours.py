"""When the shop is open and what it promises by when; open complaints get their deadlines anew with it.

A deadline that did not follow the shop's rule before (a file brought it, or a merge kept an earlier one) is
left as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from desktop.core.clock_changes import zone_named
from desktop.core.complaint_process import DEADLINES, OPEN, Allowed
from desktop.core.errors import UserError
from desktop.core.opening_words import LONGEST, checked_spans, clock_text
from desktop.core.settings import to_text
from desktop.core.translation import mark, tr
from desktop.core.working_hours import OpeningHours, Span
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import Complaint
from desktop.models.history import Step
from desktop.models.shop import Setting
from desktop.operations.complaint_steps import allowed, recounted
from desktop.queries.opening import opening_hours

_MOST_DAYS = 5000
_YEARS = range(1990, 2101)


class Recounted(NamedTuple):
    """What a change of the hours did: its step, and how many open complaints are due at another time."""

    changes: Changes
    moved: int


def set_week(book: Book, *, week: Mapping[int, Sequence[Span]]) -> Recounted:
    """Keep the opening spans of each weekday (0 is Monday, minutes after midnight); one left out is closed.

    A closing at or before the opening is on the next day. Raises UserError for spans that overlap.
    """
    stored: dict[str, Any] = {str(day): _texts(week.get(day, ())) for day in range(7)}
    return _keep(book, mark("Change the opening hours"), {"shop.opening": stored})


def add_holidays(book: Book, *, days: Iterable[date]) -> Recounted:
    """Add days on which the shop stays closed. Raises UserError for none, and for impossible years."""
    added = set(map(_sane, days))
    if not added:
        raise UserError(tr("There is no day to add."), tr("Write a day, such as 2026-10-01."))
    kept = _holidays(book) | added
    if len(kept) > _MOST_DAYS:
        raise UserError(tr("There are too many holidays."), tr("Remove those of past years first."))
    return _keep_holidays(
        book, kept, added - _holidays(book), mark("Add the holiday {day}"), mark("Add {count} holidays")
    )


def remove_holidays(book: Book, *, days: Collection[date]) -> Recounted:
    """Let the shop be open on these days as on any other."""
    gone = _holidays(book) & set(days)
    return _keep_holidays(
        book,
        _holidays(book) - gone,
        gone,
        mark("Remove the holiday {day}"),
        mark("Remove {count} holidays"),
    )


def set_special_day(
    book: Book, *, day: date, spans: Sequence[Span], instead_of: date | None = None
) -> Recounted:
    """Give a day opening hours of its own, whatever its weekday or a holiday says; none: it is closed.

    `instead_of` is the day that had them before.
    """
    stored = dict(book.setting("shop.special_days"))
    if instead_of:
        stored.pop(instead_of.isoformat(), None)
    stored[_sane(day).isoformat()] = _texts(spans)
    ordered = dict(sorted(stored.items()))
    label = mark("Own opening hours on {day}")
    return _keep(book, label, {"shop.special_days": ordered}, day=day.isoformat())


def remove_special_days(book: Book, *, days: Collection[date]) -> Recounted:
    """Let these days be as their weekdays are."""
    gone = {day.isoformat() for day in days}
    left = {day: spans for day, spans in book.setting("shop.special_days").items() if day not in gone}
    return _keep(book, mark("Remove special opening hours"), {"shop.special_days": left})


def set_zone(book: Book, *, name: str) -> Recounted:
    """Count with the clock changes of a zone (its IANA name); "" with none. Raises UserError if unknown."""
    if name and zone_named(name) is None:
        raise UserError(
            tr("There is no time zone “{name}” on this computer.", name=name),
            tr("Choose one from the list."),
        )
    return _keep(book, mark("Change the time zone"), {"shop.zone": name})


def set_deadlines(book: Book, *, severity: str, reply: int, settle: int) -> Recounted:
    """Working minutes until the first reply and until settlement. Raises UserError for what can't be kept."""
    if not 0 < reply <= LONGEST or not 0 < settle <= LONGEST:
        raise UserError(
            tr("A deadline is at least 1 minute and at most {n} hours.", n=LONGEST // 60),
            tr("Write for example “30 min” or “2 h”."),
        )
    if reply > settle:
        raise UserError(
            tr("A complaint cannot be settled before its first reply is due."),
            tr("Give settling at least as much time as the first reply."),
        )
    stored = dict(book.setting("complaints.deadlines"))
    stored.pop(severity, None)
    if Allowed(reply, settle) != DEADLINES[severity]:
        stored[severity] = [reply, settle]
    return _keep(book, mark("Change the deadlines of complaints"), {"complaints.deadlines": stored})


def reset_deadlines(book: Book) -> Recounted:
    """Back to what the program comes with."""
    return _keep(book, mark("Back to the usual deadlines"), {"complaints.deadlines": {}})


def _keep(book: Book, label: str, values: Mapping[str, Any], **args: Any) -> Recounted:
    """Keep settings and count the open complaints' deadlines anew, in one step."""
    changed = {key: value for key, value in values.items() if book.setting(key) != value}
    if not changed:
        return Recounted(Changes(), 0)
    before = _rule(book)
    with book.step(label, **args) as step:
        for key, value in changed.items():
            row = book.value("SELECT id FROM setting WHERE key = ?", (key,))
            if row is None:
                step.insert(Setting, key=key, value=to_text(key, value))
            else:
                step.update(Setting, row, value=to_text(key, value))
        moved = _recount(book, step, before, _rule(book))
    return Recounted(step.changes, moved)


_Rule = tuple[OpeningHours, Mapping[str, Allowed]]


def _rule(book: Book) -> _Rule:
    return opening_hours(book), allowed(book)


class _Open(NamedTuple):
    """Of an open complaint what its deadlines depend on, and where they are."""

    id: int
    received_at: str
    replied_at: str | None
    reopened: int
    severity: str
    reply_due_at: str | None
    settle_due_at: str | None


def _recount(book: Book, step: Step, before: _Rule, after: _Rule) -> int:
    """Move the deadlines that followed the rule before to where they are by the one after."""
    marks = ", ".join("?" for _ in OPEN)
    moved = 0
    for row in book.rows(
        f"SELECT {', '.join(_Open._fields)} FROM complaint WHERE status IN ({marks}) ORDER BY id", OPEN
    ):
        complaint = _Open(*row)
        old, new = (
            recounted(book, complaint, hours=hours, allowed=minutes[complaint.severity])
            for hours, minutes in (before, after)
        )
        values = {
            name: due
            for name, due in new.items()
            if due != old[name] and getattr(complaint, name) == old[name]
        }
        if values:
            step.update(Complaint, complaint.id, **values)
            moved += 1
    return moved


def _keep_holidays(book: Book, days: set[date], changed: set[date], one: str, many: str) -> Recounted:
    stored = {"shop.holidays": [day.isoformat() for day in sorted(days)]}
    if len(changed) == 1:
        return _keep(book, one, stored, day=min(changed).isoformat())
    return _keep(book, many, stored, count=len(changed))


def _holidays(book: Book) -> set[date]:
    return set(opening_hours(book).closed)


def _texts(spans: Sequence[Span]) -> list[list[str]]:
    return [[clock_text(opens), clock_text(closes)] for opens, closes in checked_spans(spans)]


def _sane(day: date) -> date:
    if day.year not in _YEARS:
        raise UserError(tr("The year {year} cannot be right.", year=day.year), tr("Correct the day."))
    return day
