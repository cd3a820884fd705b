"""The days that figures are counted over: this month, quarter or year, twelve months, or the owner's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from desktop.analytics.periods import index_of, period_before, start_of
from desktop.core.dates import as_date, format_day
from desktop.core.translation import mark, tr

Kind = Literal["month", "quarter", "year", "twelve", "own"]
KINDS: Mapping[Kind, str] = {
    "month": mark("This month"),
    "quarter": mark("This quarter"),
    "year": mark("This year"),
    "twelve": mark("Last 12 months"),
    "own": mark("Own dates…"),
}
_LONGEST = 120
"""Months of the trend; own dates reach no further."""


@dataclass(frozen=True)
class Period:
    """A kind of period; `first` and `last` are the owner's own days, both counted."""

    kind: Kind = "twelve"
    first: int = 0
    last: int = 0

    @classmethod
    def of(cls, kept: object) -> Period:
        """What a screen's route kept; the default where it makes no sense."""
        if not isinstance(kept, (list, tuple)) or len(kept) != 3:
            return cls()
        kind, first, last = kept
        numbers = isinstance(first, int) and isinstance(last, int)
        if kind not in KINDS or not numbers or (kind == "own" and not 0 < first <= last):
            return cls()
        return cls(kind, first, last)

    def kept(self) -> list[Any]:
        """What a screen's route keeps."""
        return [self.kind, self.first, self.last]

    def days(self, today: date) -> tuple[int, int]:
        """First day and the day after the last; everything but own dates ends with today."""
        end = today.toordinal() + 1
        if self.kind == "own":
            earliest = start_of(index_of(self.last, "month") - _LONGEST + 1, "month")
            return max(self.first, earliest), self.last + 1
        if self.kind == "twelve":
            return start_of(index_of(end - 1, "month") - 11, "month"), end
        return start_of(index_of(end - 1, self.kind), self.kind), end

    def before(self, today: date) -> tuple[int, int]:
        """The equal period before it."""
        return period_before(*self.days(today))

    @property
    def name(self) -> str:
        """What it is called on its button."""
        return days_text(self.first, self.last + 1) if self.kind == "own" else tr(KINDS[self.kind])


def days_text(start: int, end: int) -> str:
    """1 Jan 2026 – 22 Nov 2026, of the days [start, end)."""
    first, last = format_day(as_date(start)), format_day(as_date(end - 1))
    return first if first == last else tr("{first} – {last}", first=first, last=last)
