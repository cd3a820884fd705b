"""Birthdays and ages on a day, out of the column that holds them as they are kept."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from desktop.core.birthdays import Birthday, birthday_of, coming
from desktop.queries.column_kinds import Coded, Mask
from desktop.queries.conditions import Condition
from desktop.queries.conditions_days import day_range
from desktop.queries.conditions_fields import FIELDS
from desktop.queries.customer_columns import Columns


def ages(columns: Columns, today: date) -> npt.NDArray[np.float64]:
    """How old everybody is, NaN where that is not known."""
    return _column(columns).figures("age", lambda text: _age(text, today), today)


def _column(columns: Columns) -> Coded:
    return columns.coded(FIELDS["birthday"].sql)


def birthday_mask(condition: Condition, columns: Columns, today: date) -> Mask:
    """Whose birthday falls as a condition says, in whichever calendar they keep it."""
    column = _column(columns)
    days = column.figures("birthday", lambda text: _next_day(text, today), today)
    known = ~np.isnan(days)
    if condition.op in ("empty", "filled"):
        return ~known if condition.op == "empty" else known
    if condition.op == "month":
        months = column.figures("month", lambda text: _next_month(text, today), today)
        return np.isin(months, [float(value) for value in condition.values])
    low, high = day_range("next", condition.values, today)
    return known & (days >= (low or 0)) & (days <= (high or 0))


def _stored(text: str) -> Birthday | None:
    # An empty book has one word, which nobody has.
    calendar, _, rest = text.partition(" ")
    leap, _, day = rest.partition(" ")
    return birthday_of(day, calendar, leap == "1")


def _next_day(text: str, today: date) -> float | None:
    found = _stored(text)
    return None if found is None else _when(found._replace(year=None), today)[0]


def _next_month(text: str, today: date) -> float | None:
    day = _next_day(text, today)
    return None if day is None else float(date.fromordinal(int(day)).month)


def _age(text: str, today: date) -> float | None:
    """How old somebody is today: what they turn the next time, less a year unless that is today."""
    found = _stored(text)
    if found is None or found.year is None:
        return None
    day, year = _when(found._replace(year=None), today)
    if day is None or year is None:
        return None
    age = year - found.year - (day > today.toordinal())
    return age if age >= 0 else None


@lru_cache(maxsize=4096)
def _when(birthday: Birthday, today: date) -> tuple[float | None, int | None]:
    """The day on which it falls next, and the year of its calendar in which that is."""
    # Somebody born in the year 1 turns one less than the year's number.
    found = coming(birthday._replace(year=1), today)
    return (None, None) if found is None else (float(found.day.toordinal()), (found.age or 0) + 1)
