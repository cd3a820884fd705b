"""Until when a thing is under warranty, by the day it was bought."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def warranty_end(bought: date, months: int) -> date:
    """The last day under warranty: the same day of the month so many months later.

    A month without that day ends it on its last one: a year from 29 February is 28 February, a month from
    31 January is 28 or 29 February. On the last day itself the warranty still holds.
    """
    year, month = divmod(bought.year * 12 + bought.month - 1 + months, 12)
    return date(year, month + 1, min(bought.day, monthrange(year, month + 1)[1]))
