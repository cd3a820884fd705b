"""What operators on days mean on a given day: ranges of ordinal days, bounds included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desktop.queries.conditions import Value

Range = tuple[int | None, int | None]
"""The first and the last day; None for an open end."""


def day_range(op: str, values: Sequence[Value], today: date) -> Range:
    """The days that an operator of conditions_fields.DAY stands for. Raises KeyError for no such operator.

    "In the last 30 days" begins 30 days before today and ends today; weeks and months are the calendar's.
    """
    now = today.toordinal()
    numbers = [int(value) for value in values]
    if op in ("last", "older", "next"):
        return {
            "last": (now - numbers[0], now),
            "older": (None, now - numbers[0] - 1),
            "next": (now, now + numbers[0]),
        }[op]
    if op in ("on", "before", "after", "between"):
        first, last = numbers[0], numbers[-1]
        return {
            "on": (first, first),
            "before": (None, first - 1),
            "after": (first + 1, None),
            "between": (min(first, last), max(first, last)),
        }[op]
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    following = (month + timedelta(days=32)).replace(day=1)
    return {
        "this-month": (month.toordinal(), following.toordinal() - 1),
        "last-month": (before.toordinal(), month.toordinal() - 1),
        "this-year": (date(today.year, 1, 1).toordinal(), date(today.year, 12, 31).toordinal()),
    }[op]
