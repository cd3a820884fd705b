"""The days that figures are counted over: a month, a quarter, a year, all, or the owner's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from desktop.analytics.periods import index_of, period_before, start_of
from desktop.core.dates import as_date, format_day
from desktop.core.translation import mark, tr
from desktop.queries.insight_days import LONGEST, span

Kind = Literal["month", "last_month", "quarter", "year", "twelve", "twenty_four", "all", "own"]
KINDS: Mapping[Kind, str] = {
    "month": mark("This month"),
    "last_month": mark("Last month"),
    "quarter": mark("This quarter"),
    "year": mark("This year"),
    "twelve": mark("Last 12 months"),
    "twenty_four": mark("Last 24 months"),
    "all": mark("All months"),
    "own": mark("Own dates…"),
}
_MONTHS: Mapping[Kind, int] = {"twelve": 12, "twenty_four": 24}


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

    @classmethod
    def months(cls, number: int | None, today: date) -> Period:
        """The last so many months, this one included; None for all."""
        if number is None:
            return cls("all")
        kind = next((kind for kind, months in _MONTHS.items() if months == number), None)
        if kind is not None:
            return cls(kind)
        last = today.toordinal()
        return cls("own", start_of(index_of(last, "month") - number + 1, "month"), last)

    def kept(self) -> list[Any]:
        """What a screen's route keeps."""
        return [self.kind, self.first, self.last]

    def days(self, today: date, opened: int | None = None, latest: int | None = None) -> tuple[int, int]:
        """First day and the day after the last; most end with today.

        All months begin with that of `opened`, the first day of the trade (None for none), and end with that
        of the `latest`: the years after it have nothing to say.
        """
        end = today.toordinal() + 1
        this_month = index_of(end - 1, "month")
        if self.kind == "own":
            earliest = start_of(index_of(self.last, "month") - LONGEST + 1, "month")
            return max(self.first, earliest), self.last + 1
        if self.kind == "all" or self.kind in _MONTHS:
            found = span(_MONTHS.get(self.kind), today, opened, latest)
            return found.start, found.end
        if self.kind == "last_month":
            return start_of(this_month - 1, "month"), start_of(this_month, "month")
        return start_of(index_of(end - 1, _unit(self.kind)), _unit(self.kind)), end

    def before(self, today: date) -> tuple[int, int]:
        """The equal period before it."""
        return period_before(*self.days(today))

    @property
    def name(self) -> str:
        """What it is called on its button."""
        return days_text(self.first, self.last + 1) if self.kind == "own" else tr(KINDS[self.kind])


def _unit(kind: Kind) -> Literal["month", "quarter", "year"]:
    return "quarter" if kind == "quarter" else "year" if kind == "year" else "month"


def days_text(start: int, end: int) -> str:
    """1 Jan 2026 – 22 Nov 2026, of the days [start, end)."""
    first, last = format_day(as_date(start)), format_day(as_date(end - 1))
    return first if first == last else tr("{first} – {last}", first=first, last=last)
