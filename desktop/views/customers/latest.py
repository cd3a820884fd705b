"""The latest entries of a customer's timeline, for the sheet beside the list."""

from __future__ import annotations

from datetime import date

from desktop.queries.timeline import TimelineEntry
from desktop.views.kit.widgets import ActivityRow
from desktop.views.timeline import words


def latest_row(entry: TimelineEntry, currency: str) -> ActivityRow:
    """A row for one entry: what it was, and below it when, and a few words."""
    icon, tone = words.look(entry)
    parts = (words.right(entry, date.today()), " ".join(words.text(entry).split()))
    below = " · ".join(part for part in parts if part)
    return ActivityRow(icon, words.title(entry, currency), below, tone=tone)
