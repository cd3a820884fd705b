"""Today: the shop's four figures, their last months, and which regulars are drifting away.

Bounded: only the orders and ratings of the last months are read, through their indexes; what depends on a
customer's whole past stands in the summaries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from desktop.analytics.intervals import Change, Mean, Rate, change, per
from desktop.analytics.periods import index_of, start_of
from desktop.analytics.repeat import MonthRepeat, repeat_by_month, repeat_purchase
from desktop.analytics.satisfaction import Comparison, Satisfaction, by_period, compare
from desktop.core.days import iso
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.customer_filter import state_ranges
from desktop.queries.purchases import Purchases, purchases, recent_occasions
from desktop.queries.ratings import ratings
from desktop.queries.todos import Drifting, Kind, Todo, todos

REPEAT_DAYS, RATING_DAYS, TREND_MONTHS, YEAR = 90, 30, 6, 365

_FEW_DRIFTING = 5
"""The rest is counted, and found in the list of customers."""

_CONTACTED_DAYS = 14
"""Somebody who was spoken to so lately need not be called today."""


@dataclass(frozen=True)
class Figures:
    """The figures of the tiles and of the two small charts."""

    repeat: Rate
    repeat_change: Change
    satisfaction: Comparison
    drifting: Drifting
    open_complaints: int
    complaints_per_hundred: Mean
    repeat_months: list[MonthRepeat]
    rating_months: list[Satisfaction]


@dataclass(frozen=True)
class Today:
    """All of the screen; `more` says how many of a kind are not in `todo`."""

    figures: Figures
    todo: tuple[Todo, ...]
    more: dict[Kind, int]


def today(book: Book, *, now: datetime, progress: Progress = SILENT) -> Today:
    """The figures and what is to be done. Raises Cancelled when `progress` was stopped."""
    found = figures(book, today=now.date(), progress=progress)
    progress.check()
    todo, more = todos(book, now=now, drifting=found.drifting)
    return Today(found, todo, more)


def figures(book: Book, *, today: date, progress: Progress = SILENT) -> Figures:
    """The four figures, each against the equal period before, and the months behind the charts."""
    end = today.toordinal() + 1
    months = start_of(index_of(end - 1, "month") - TREND_MONTHS + 1, "month")
    since = min(months - REPEAT_DAYS, end - 2 * REPEAT_DAYS, end - YEAR)
    recent = purchases(book, start=since, end=end, progress=progress)
    past = recent_occasions(book, recent, start=since, end=end)
    progress.check()
    now = repeat_purchase(past, end - REPEAT_DAYS, end).returning
    before = repeat_purchase(past, end - 2 * REPEAT_DAYS, end - REPEAT_DAYS).returning
    rated = ratings(book, start=min(months, end - 2 * RATING_DAYS), end=end, progress=progress)
    progress.check()
    return Figures(
        repeat=now,
        repeat_change=change(now, before, 1),
        satisfaction=compare(rated, end - RATING_DAYS, end),
        drifting=drifting(book, recent, today=today),
        open_complaints=int(book.value("SELECT count(*) FROM complaint WHERE open = 1")),
        complaints_per_hundred=complaints_per_hundred(book, start=end - REPEAT_DAYS, end=end),
        repeat_months=repeat_by_month(past, months, end, (REPEAT_DAYS,)),
        rating_months=by_period(rated, months, end, "month"),
    )


def complaints_per_hundred(book: Book, *, start: int, end: int) -> Mean:
    """Complaints about the orders placed on the days [start, end), per 100 of those orders."""
    orders = book.value("SELECT count(*) FROM orders WHERE day >= ? AND day < ?", (start, end))
    about = book.value(
        "SELECT count(*) FROM complaint CROSS JOIN orders ON orders.id = complaint.order_id "
        "WHERE orders.day >= ? AND orders.day < ?",
        (start, end),
    )
    return per(int(about), int(orders))


def drifting(book: Book, recent: Purchases, *, today: date, few: int = _FEW_DRIFTING) -> Drifting:
    """The drifting regulars; `first` are the most valuable whom nobody has spoken to lately.

    `recent` holds at least the purchases of the last 365 days.
    """
    (drifts,) = state_ranges("drifting")
    end = today.toordinal() + 1
    rows = book.rows(
        f"SELECT s.customer_id FROM customer_summary AS s WHERE {drifts}", {"today": today.toordinal()}
    )
    ids = np.sort(np.array(rows, dtype=np.int64).reshape(-1))
    value = recent.spend(ids, end - YEAR, end)
    chosen: list[Todo] = []
    for place in np.argsort(-value, kind="stable").tolist():
        if len(chosen) == few:
            break
        if (found := _drifting(book, int(ids[place]), int(value[place]), today)) is not None:
            chosen.append(found)
    return Drifting(int(ids.size), int(np.maximum(value, 0).sum()), tuple(chosen))


def _drifting(book: Book, customer: int, value: int, today: date) -> Todo | None:
    """One drifting regular; None when somebody has spoken to them lately."""
    since = iso(datetime.combine(today - timedelta(days=_CONTACTED_DAYS), time()))
    name, last, rhythm, alarm = book.row(
        "SELECT name, last_day, rhythm, alarm_day FROM customer_summary "
        "JOIN customer ON customer.id = customer_id WHERE customer_id = ? AND NOT EXISTS "
        "(SELECT 1 FROM interaction WHERE interaction.customer_id = customer.id AND happened_at >= ?)",
        (customer, since),
    ) or (None, 0, 0.0, 0)
    if name is None:
        return None
    return Todo(
        "drifting",
        customer,
        "",
        customer_id=customer,
        customer_name=name,
        silent=today.toordinal() - last,
        rhythm=rhythm,
        value=value,
        alarming=today.toordinal() > alarm,
    )
