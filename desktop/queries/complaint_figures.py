"""How the shop handled its complaints: the figures of those received in a period, in working time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from desktop.analytics.complaints import (
    Complaints,
    Handling,
    handling,
    promises_kept,
    recovery,
    recovery_window,
)
from desktop.analytics.intervals import Mean, Rate, per
from desktop.analytics.occasions import Occasions
from desktop.core.days import from_iso
from desktop.core.working_hours import OpeningHours
from desktop.models.book import Book

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class ComplaintFigures:
    """The complaints received on the days [start, end), as known at a moment.

    `open` is how many of all complaints stand open then, `per_hundred` complaints about the orders of those
    days per 100 of them, `promises` the kept ones of those promises, `recovery` who bought again in time.
    """

    start: int
    end: int
    open: int
    handling: Handling
    per_hundred: Mean
    promises: Rate
    recovery: Rate


def complaint_figures(
    book: Book, *, start: int, end: int, now: datetime, past: Occasions
) -> ComplaintFigures:
    """The figures of the complaints received on the days [start, end), as the clock stands at `now`.

    `past` are the shop's purchase occasions, by which buying again is judged.
    """
    hours = OpeningHours.from_settings(book.setting("shop.opening"), book.setting("shop.holidays"))
    span = {"first": _day_text(start), "until": _day_text(end)}
    kept, broken = book.row(
        "SELECT total(outcome = 'kept'), total(outcome = 'broken') FROM promise "
        "WHERE complaint_id IN "
        "(SELECT id FROM complaint WHERE received_at >= :first AND received_at < :until)",
        span,
    )
    promises = promises_kept(
        np.arange(int(kept) + int(broken)) < int(kept), np.arange(int(kept) + int(broken)) >= int(kept)
    )
    ordered = int(book.value("SELECT count(*) FROM orders WHERE day >= ? AND day < ?", (start, end)))
    blamed = book.value(
        "SELECT count(*) FROM complaint JOIN orders ON orders.id = complaint.order_id "
        "WHERE orders.day >= ? AND orders.day < ?",
        (start, end),
    )
    standing = book.value(
        "SELECT count(*) FROM complaint WHERE received_at < :until AND status <> 'rejected' "
        "AND coalesce(settled_at, closed_at, :until) >= :until",
        {"until": span["until"]},
    )
    return ComplaintFigures(
        start=start,
        end=end,
        open=int(standing),
        handling=handling(_cohort(book, span, now, hours)),
        per_hundred=per(int(blamed), ordered),
        promises=promises,
        recovery=_recovery(book, span, past, end),
    )


def _cohort(book: Book, span: dict[str, str], now: datetime, hours: OpeningHours) -> Complaints:
    waits = _waits(book, now)
    rows = [
        _minutes(row, waits.get(row[0], []), now, hours)
        for row in book.rows(
            "SELECT id, received_at, replied_at, reply_due_at, settled_at, settle_due_at, closed_at "
            "FROM complaint WHERE received_at >= :first AND received_at < :until ORDER BY id",
            span,
        )
    ]
    table = np.array(rows, dtype=np.float64).reshape(-1, 7)
    more = book.rows(
        "SELECT reopened > 0, coalesce((SELECT sum(cost) FROM remedy WHERE complaint_id = complaint.id), 0) "
        "FROM complaint WHERE received_at >= :first AND received_at < :until ORDER BY id",
        span,
    )
    extra = np.array(more, dtype=np.int64).reshape(-1, 2)
    return Complaints(
        first_reply=table[:, 0],
        reply_worked=table[:, 1],
        reply_due=table[:, 2],
        reply_age=table[:, 3],
        settled=table[:, 4],
        settle_due=table[:, 5],
        settle_age=table[:, 6],
        reopened=extra[:, 0] > 0,
        cost=extra[:, 1],
    )


def _minutes(
    row: tuple[Any, ...], waits: list[tuple[datetime, datetime]], now: datetime, hours: OpeningHours
) -> tuple[float, ...]:
    """The seven durations of `Complaints`, in its order; a deadline that waiting moved counts without it."""
    received, replied, reply_due, settled, settle_due, closed = (
        from_iso(at) if at else None for at in row[1:]
    )
    if received is None:
        return (NAN,) * 7

    def worked(until: datetime | None) -> float:
        if until is None:
            return NAN
        waited = sum(hours.between(since, min(end, until)) for since, end in waits if since < until)
        return float(hours.between(received, until) - waited)

    # A rejected complaint was closed unsettled: nothing runs on.
    stopped = min(now, closed) if closed else now
    return (
        (replied - received).total_seconds() / 60 if replied else NAN,
        worked(replied), worked(reply_due), worked(stopped),
        worked(settled), worked(settle_due), worked(stopped),
    )  # fmt: skip


def _waits(book: Book, now: datetime) -> dict[int, list[tuple[datetime, datetime]]]:
    """For each complaint the stretches spent waiting for the customer; the last may reach to `now`."""
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    since: dict[int, datetime] = {}
    for complaint, kind, at in book.rows(
        "SELECT complaint_id, kind, at FROM complaint_step WHERE kind IN ('waiting', 'resumed') "
        "ORDER BY complaint_id, at, id"
    ):
        if kind == "waiting":
            since.setdefault(complaint, from_iso(at))
        elif complaint in since:
            found.setdefault(complaint, []).append((since.pop(complaint), from_iso(at)))
    for complaint, start in since.items():
        found.setdefault(complaint, []).append((start, now))
    return found


def _recovery(book: Book, span: dict[str, str], past: Occasions, end: int) -> Rate:
    rows = book.rows(
        "SELECT complaint.customer_id, complaint.closed_at, rhythm FROM complaint "
        "JOIN customer_summary ON customer_summary.customer_id = complaint.customer_id "
        "WHERE received_at >= :first AND received_at < :until AND status = 'closed' "
        "AND closed_at IS NOT NULL",
        span,
    )
    customer = np.array([row[0] for row in rows], dtype=np.int64)
    closed = np.array([from_iso(row[1]).toordinal() for row in rows], dtype=np.int64)
    rhythm = np.array([NAN if row[2] is None else row[2] for row in rows], dtype=np.float64)
    return recovery(customer, closed, recovery_window(rhythm), past, end)


def _day_text(day: int) -> str:
    return datetime.fromordinal(day).date().isoformat()
