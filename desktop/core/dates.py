"""One door to dates: reading them from exports, keeping them in the book, showing them."""

from __future__ import annotations

from desktop.core.calendar_words import (
    Day,
    duration,
    format_day,
    format_month,
    format_near_day,
    format_short_day,
    format_short_month,
    format_weekday,
    format_when,
    month_name,
    relative_day,
    short_month_name,
    short_weekday_name,
    weekday_name,
)
from desktop.core.days import as_date, from_iso, iso, now, ordinal, today
from desktop.core.when import FIRST_YEAR, LAST_YEAR, AmbiguousDate, DateError, from_excel, parse_when

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "AmbiguousDate",
    "DateError",
    "Day",
    "as_date",
    "duration",
    "format_day",
    "format_month",
    "format_near_day",
    "format_short_day",
    "format_short_month",
    "format_weekday",
    "format_when",
    "from_excel",
    "from_iso",
    "iso",
    "month_name",
    "now",
    "ordinal",
    "parse_when",
    "relative_day",
    "short_month_name",
    "short_weekday_name",
    "today",
    "weekday_name",
]
