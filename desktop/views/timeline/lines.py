"""The lines of a timeline: pinned notes, then each month's title above its entries, by number alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.dates import as_date, format_month
from desktop.core.translation import tr
from desktop.queries.timeline_entries import TimelineEntry
from desktop.queries.timeline_stream import Month


@dataclass(frozen=True)
class Line:
    """One line of the list: a title, or an entry (None while it is gone); `last` has no hairline below it."""

    entry: TimelineEntry | None
    heading: str = ""
    last: bool = False


class Layout:
    """Which line is what: numbers only, so that three million entries cost no more than their months."""

    def __init__(self, pinned: int, months: Sequence[Month]) -> None:
        self.months = months
        self.pinned = pinned
        """Lines of pinned notes below their title; the title is there if there are any."""
        self.top = pinned + 1 if pinned else 0
        """Lines above the first month."""
        self._rows = [self.top + month.first + nth for nth, month in enumerate(months)]
        """The line of each month's title."""
        places = months[-1].first + months[-1].count if months else 0
        self.count = self.top + places + len(months)

    def row_of(self, place: int) -> int:
        """The line of the entry at a place of the stream."""
        return self.top + place + bisect_right(self.months, place, key=lambda month: month.first)

    def insertion(self, day: int, place: int) -> tuple[int, bool]:
        """The line at which an entry of a day comes in at a place, and whether a title comes with it."""
        begins = as_date(day).replace(day=1).toordinal()
        nth = bisect_left(self.months, -begins, key=lambda month: -month.day)
        if nth < len(self.months) and self.months[nth].day == begins:
            return self._rows[nth] + 1 + place - self.months[nth].first, False
        return (self._rows[nth] if nth < len(self.months) else self.count), True

    def month_of(self, row: int) -> int | None:
        """The number of the month that a line belongs to; None above the first."""
        return bisect_right(self._rows, row) - 1 if row >= self.top and self._rows else None

    def place_at(self, row: int) -> int | None:
        """The place in the stream of an entry's line; None for titles and pinned notes."""
        nth = self.month_of(row)
        if nth is None or self._rows[nth] == row or row >= self.count:
            return None
        return row - self.top - nth - 1

    def title_row(self, row: int) -> int:
        """The line of the title above a line, or its own."""
        nth = self.month_of(row)
        return 0 if nth is None else self._rows[nth]

    def is_title(self, row: int) -> bool:
        """Whether a line is a title."""
        return self.title_row(row) == row

    def heading(self, row: int) -> str:
        """The words of the title above a line, or its own."""
        nth = self.month_of(row)
        return tr("Pinned") if nth is None else format_month(self.months[nth].day)

    def ends_section(self, row: int) -> bool:
        """Whether the next line is a title or nothing."""
        return row + 1 >= self.count or self.is_title(row + 1)
