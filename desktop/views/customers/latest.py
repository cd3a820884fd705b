"""The latest entries of a customer's timeline, for the sheet beside the list."""

from __future__ import annotations

from datetime import date

from desktop.core.money import format_money
from desktop.core.translation import tr
from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.kit.widgets import ActivityRow
from desktop.views.timeline import looks, words


def latest_row(entry: TimelineEntry, currency: str) -> ActivityRow:
    """A row for one entry: what it was, and below it when, and a few words."""
    icon, tone = looks.look(entry)
    parts = (words.right(entry, date.today()), " ".join(words.text(entry).split()))
    below = " · ".join(part for part in parts if part)
    title = words.title(entry, currency)
    if entry.kind == "order":
        # The number says nothing at a glance and takes the room of the amount.
        title = tr("Order · {amount}", amount=format_money(entry.amount or 0, currency))
    return ActivityRow(icon, title, below, tone=tone)
