"""How a case is said and drawn: its name, icon, tones, what is pressing about it, and warranties."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from desktop.core import words
from desktop.core.dates import duration, format_day, format_near_day, from_iso, relative_day
from desktop.core.translation import tr
from desktop.queries.service_cases import CaseRow
from desktop.views.kit.theme import Tone

ICONS = {
    "return": "undo-2",
    "exchange": "arrow-left-right",
    "repair": "wrench",
    "installation": "house",
    "warranty": "shield-check",
}
TONES: dict[str, Tone] = {"open": "amber", "waiting": "grey", "done": "accent", "cancelled": "grey"}

_SOON_MINUTES = 24 * 60


class Numbered(Protocol):
    """A case as far as its name goes."""

    @property
    def kind(self) -> str: ...

    @property
    def number(self) -> str: ...


def named(case: Numbered) -> str:
    """A case by kind and number: Return S-2026-0001."""
    return tr("{kind} {number}", kind=words.name(words.CASE_KINDS, case.kind), number=case.number)


def status_name(status: str) -> str:
    """A state of a case."""
    return words.name(words.CASE_STATUSES, status)


def pressing(case: CaseRow, now: datetime) -> tuple[str, Tone]:
    """What is pressing about a case, as a tag: time left or late, waiting, or how it ended."""
    if case.status == "cancelled":
        return status_name("cancelled"), "grey"
    if case.status == "done":
        outcome = words.name(words.CASE_OUTCOMES, case.outcome) if case.outcome else status_name("done")
        return outcome, "accent"
    if case.status == "waiting":
        return tr("waiting for the customer"), "grey"
    return due_tag(case.due_at, now) or (tr("no deadline"), "grey")


def due_tag(due_at: str | None, now: datetime) -> tuple[str, Tone] | None:
    """The time left until a deadline, or how late it is; None where there is none."""
    if due_at is None:
        return None
    left = (from_iso(due_at) - now).total_seconds() / 60
    if left < 0:
        return tr("{time} late", time=duration(-left)), "red"
    return tr("{time} left", time=duration(left)), "amber" if left <= _SOON_MINUTES else "grey"


def due_words(due_at: str, now: datetime) -> str:
    """When a deadline is, in the nearest words: by 14:00, by tomorrow, by 25 Nov, and how late it is."""
    moment = from_iso(due_at)
    if moment < now:
        return tr("{time} late", time=duration((now - moment).total_seconds() / 60))
    if moment.date() == now.date():
        return tr("by {time}", time=f"{moment:%H:%M}")
    if (moment.date() - now.date()).days == 1:
        return tr("by {time}", time=relative_day(moment, now))
    return tr("by {time}", time=format_near_day(moment, now))


def warranty_words(until: date, today: date) -> tuple[str, Tone]:
    """Whether a thing is under warranty: until when, or since when no longer."""
    if until >= today:
        return tr("under warranty until {day}", day=format_day(until)), "accent"
    return tr("warranty ended {when}", when=relative_day(until, today)), "grey"


def quantity_of(title: str, quantity: float) -> str:
    """A thing and how many of it."""
    shown = title or tr("Something without a name")
    return shown if quantity == 1 else tr("{item} ×{quantity}", item=shown, quantity=f"{quantity:g}")
