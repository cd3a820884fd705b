"""Days and moments as the book keeps them: ISO text of wall-clock time, and ordinal days."""

from __future__ import annotations

from datetime import date, datetime


def iso(when: datetime) -> str:
    """As the book keeps moments: "YYYY-MM-DD HH:MM:SS"."""
    return when.isoformat(" ", "seconds") if when.tzinfo is None else iso(when.replace(tzinfo=None))


def from_iso(text: str) -> datetime:
    """What `iso` wrote, or a date alone."""
    return datetime.fromisoformat(text)


def now() -> str:
    """This moment as the book keeps it."""
    return iso(datetime.now())


def today() -> int:
    """Today as an ordinal day."""
    return date.today().toordinal()


def ordinal(when: str | date) -> int:
    """The day of a date, a moment or their ISO text, as `date.toordinal` counts."""
    return date.fromisoformat(when[:10]).toordinal() if isinstance(when, str) else when.toordinal()


def as_date(day: int | str | date) -> date:
    """The date of an ordinal day, an ISO text, a moment or a date."""
    if isinstance(day, int):
        return date.fromordinal(day)
    if isinstance(day, str):
        return date.fromisoformat(day[:10])
    return day.date() if isinstance(day, datetime) else day
