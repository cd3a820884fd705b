"""The days that figures are counted over: so many months, or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.analytics.periods import index_of, period_before, start_of

LONGEST = 120
"""Months that are looked at, at most."""


@dataclass(frozen=True)
class Span:
    """The days [start, end) that are looked at."""

    start: int
    end: int

    @property
    def before(self) -> tuple[int, int]:
        """The equal period before it."""
        return period_before(self.start, self.end)


def span(months: int | None, today: date, opened: int | None, latest: int | None = None) -> Span:
    """The last so many calendar months, this one included and cut after today; None: all since `opened`.

    Everything ends with the month of the `latest` event: the years after it have nothing to say.
    """
    end = today.toordinal() + 1
    this_month = index_of(end - 1, "month")
    if months is not None:
        return Span(start_of(this_month - months + 1, "month"), end)
    if latest is not None and index_of(latest, "month") < this_month:
        this_month = index_of(latest, "month")
        end = start_of(this_month + 1, "month")
    first = min(opened if opened is not None else end - 1, end - 1)
    return Span(start_of(max(index_of(first, "month"), this_month - LONGEST + 1), "month"), end)
