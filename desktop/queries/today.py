"""Today: the shop's four figures, their last months, and what is worth doing now.

Bounded: only the orders and ratings of the last months are read, through their indexes; what depends on a
customer's whole past stands in the summaries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

import numpy as np

from desktop.analytics.intervals import Mean, Rate, per
from desktop.analytics.periods import index_of, start_of
from desktop.analytics.repeat import MonthRepeat, repeat_by_month, repeat_purchase
from desktop.analytics.satisfaction import Comparison, Satisfaction, Step, by_period, compare, step
from desktop.core.days import from_iso, iso
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.complaints import complaint_ids, complaint_rows
from desktop.queries.customer_filter import state_ranges
from desktop.queries.purchases import Purchases, purchases, recent_occasions
from desktop.queries.ratings import ratings
from desktop.queries.service_cases import case_ids, case_rows
from desktop.queries.tasks import open_tasks

Kind = Literal["complaint", "promise", "case", "drifting", "task"]
REPEAT_DAYS, RATING_DAYS, TREND_MONTHS, YEAR = 90, 30, 6, 365

_FEW, _FEW_DRIFTING, _FEW_TASKS = 6, 5, 10
"""Entries of one kind; the rest is counted, and found in its own place."""

_CONTACTED_DAYS = 14
"""Somebody who was spoken to so lately need not be called today."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing worth doing today.

    `id` is the complaint's, promise's, case's, customer's or task's by `kind`. `due_at` is its moment (a
    task's day ends at midnight), None without one; `timed`: a task that is due at a time of its day. For a
    drifting regular `silent` and `rhythm` are days and `value` is what they brought in the last 365 days,
    minor units. `first_reply`: the complaint has not been answered.
    """

    kind: Kind
    id: int
    text: str
    customer_id: int | None = None
    customer_name: str = ""
    complaint_id: int | None = None
    due_at: datetime | None = None
    first_reply: bool = False
    silent: int = 0
    rhythm: float = 0.0
    value: int = 0
    alarming: bool = False
    timed: bool = False


@dataclass(frozen=True)
class Drifting:
    """Regulars who are drifting away, and what they all brought in the last 365 days, minor units."""

    count: int
    at_stake: int
    first: tuple[Todo, ...]


@dataclass(frozen=True)
class Figures:
    """The figures of the tiles and of the two small charts."""

    repeat: Rate
    repeat_step: Step
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
        repeat_step=step(now, before),
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


def todos(book: Book, *, now: datetime, drifting: Drifting) -> tuple[tuple[Todo, ...], dict[Kind, int]]:
    """What is worth doing, and how many of each kind are left out.

    First what somebody waits for by the end of the day, by its moment, and the tasks left from before; then
    the drifting, most valuable first; then today's tasks, and the open complaints whose time comes later.
    """
    tonight = datetime.combine(now.date(), time()) + timedelta(days=1)
    complaints, open_complaints = _complaints(book, now)
    promises, open_promises = _promises(book, tonight)
    cases, due_cases = _cases(book, tonight)
    tasks, due_tasks = _tasks(book, now.date())
    awaited = sorted((*complaints, *promises, *cases), key=_moment)
    pressing = [one for one in awaited if _moment(one) < tonight]
    late = [one for one in tasks if _moment(one) < tonight]
    counts: dict[Kind, int] = {
        "complaint": open_complaints - len(complaints),
        "promise": open_promises - len(promises),
        "case": due_cases - len(cases),
        "task": due_tasks - len(tasks),
        "drifting": drifting.count - len(drifting.first),
    }
    rest = (*tasks[len(late) :], *awaited[len(pressing) :])
    return (*pressing, *late, *drifting.first, *rest), {kind: n for kind, n in counts.items() if n > 0}


def _moment(one: Todo) -> datetime:
    return one.due_at or datetime.max


def _complaints(book: Book, now: datetime) -> tuple[list[Todo], int]:
    ids = complaint_ids(book, now=now, scope="open", sort="due")
    rows = complaint_rows(book, ids[:_FEW])
    return [
        Todo(
            "complaint",
            row.id,
            row.title,
            customer_id=row.customer_id,
            customer_name=row.customer_name,
            complaint_id=row.id,
            due_at=from_iso(row.due_at) if row.due_at else None,
            first_reply=row.replied_at is None,
        )
        for row in rows
    ], len(ids)


def _promises(book: Book, until: datetime) -> tuple[list[Todo], int]:
    """Promises without an outcome that are due before a moment."""
    rows = book.rows(
        "SELECT promise.id, promise.text, coalesce(promise.customer_id, complaint.customer_id), "
        "complaint_id, due_at FROM promise LEFT JOIN complaint ON complaint.id = complaint_id "
        "WHERE outcome = '' AND due_at < ? ORDER BY due_at, promise.id",
        (iso(until),),
    )
    return [
        Todo(
            "promise",
            promise,
            text,
            customer_id=customer,
            customer_name=_name(book, customer),
            complaint_id=complaint,
            due_at=from_iso(due),
        )
        for promise, text, customer, complaint, due in rows[:_FEW]
    ], len(rows)


def _cases(book: Book, until: datetime) -> tuple[list[Todo], int]:
    """Service cases of which something is due before a moment; those that wait for the customer are not."""
    ids = case_ids(book, now=until, scope="overdue")
    rows = case_rows(book, ids[:_FEW])
    return [
        Todo(
            "case",
            row.id,
            row.title or row.number,
            customer_id=row.customer_id,
            customer_name=row.customer_name,
            due_at=from_iso(row.due_at) if row.due_at else None,
        )
        for one in ids[:_FEW]
        if (row := rows.get(one))
    ], len(ids)


def _tasks(book: Book, today: date) -> tuple[list[Todo], int]:
    """Tasks due today or before; the moment of one without a time is the end of its day."""
    rows = open_tasks(book, today=today, until=today, limit=_FEW_TASKS)
    due = book.value("SELECT count(*) FROM task WHERE done_at IS NULL AND due_day <= ?", (today.toordinal(),))
    return [
        Todo(
            "task",
            row.id,
            row.title,
            customer_id=row.customer_id,
            customer_name=row.customer_name,
            complaint_id=row.complaint_id,
            due_at=row.due_at,
            timed=row.minute is not None,
        )
        for row in rows
    ], int(due)


def _name(book: Book, customer: int | None) -> str:
    return str(book.value("SELECT name FROM customer WHERE id = ?", (customer,)) or "")
