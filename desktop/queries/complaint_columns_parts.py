"""What hangs on complaints, for their columns: waits, working minutes, remedies, ratings and rhythms."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from desktop.analytics.worked_minutes import between_many
from desktop.core.words import COMPLAINT_STATUSES
from desktop.core.working_hours import OpeningHours
from desktop.models.book import Book
from desktop.queries.column_kinds import BLANK
from desktop.queries.column_reading import numbers

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DAY = 86_400
TO_UNIX = 719_162 * DAY
"""Seconds from the calendar's first day to where SQLite counts from."""


def moment(column: str) -> str:
    """SQL for a moment in seconds since 0001-01-01."""
    return f"unixepoch({column}) + {TO_UNIX}"


def waits(book: Book, ids: Ints, which: str) -> tuple[Ints, Floats, Floats]:
    """The stretches spent waiting for the customer: the complaint's place, since, until (infinite: still)."""
    found = numbers(
        book,
        ["complaint_id", "kind = 'waiting'", moment("at")],
        f"complaint_step WHERE complaint_id {which} AND kind IN ('waiting', 'resumed') "
        "ORDER BY complaint_id, at, id",
    )
    owner, begins, at = found.T
    begins, at = begins == 1, at.astype(np.float64)
    until = np.full(len(owner), np.inf)
    followed = np.flatnonzero(owner[1:] == owner[:-1])
    until[followed] = at[followed + 1]
    return np.searchsorted(ids, owner[begins]), at[begins], until[begins]


def worked(
    hours: OpeningHours, received: Floats, done: Floats, waiting: tuple[Ints, Floats, Floats]
) -> Floats:
    """Working minutes from the receipt until something was done, waiting left out."""
    minutes = np.full(len(done), np.nan)
    known = ~np.isnan(done)
    minutes[known] = _between(hours, received[known], done[known])
    owner, since, until = waiting
    since, until = np.maximum(since, received[owner]), np.minimum(until, done[owner])
    inside = since < until
    waited = _between(hours, since[inside], until[inside])
    return minutes - np.bincount(owner[inside], waited, len(done))


def _between(hours: OpeningHours, start: Floats, end: Floats) -> Ints:
    return between_many(hours, start.astype(np.int64), end.astype(np.int64))


def remedies(book: Book, ids: Ints, which: str) -> tuple[Ints, Bools]:
    owner, cost = numbers(
        book,
        ["complaint_id", "sum(cost)"],
        f"remedy WHERE complaint_id {which} AND state = 'given' GROUP BY complaint_id",
    ).T
    total, given = np.zeros(len(ids), np.int64), np.zeros(len(ids), np.bool_)
    at = np.searchsorted(ids, owner)
    total[at], given[at] = cost, True
    return total, given


def settled_once(book: Book, ids: Ints, which: str) -> Bools:
    owner = numbers(
        book,
        ["complaint_id"],
        f"complaint_step WHERE complaint_id {which} AND kind = 'settled' GROUP BY complaint_id",
    )[:, 0]
    found = np.zeros(len(ids), np.bool_)
    found[np.searchsorted(ids, owner)] = True
    return found


def rhythms(book: Book, ids: Ints, which: str) -> Floats:
    """Days between purchases of who complained, NaN without any; only where recovery may be judged."""
    source = (
        "FROM complaint AS c JOIN customer_summary AS s ON s.customer_id = c.customer_id "
        f"WHERE c.id {which} AND status = 'closed' AND rhythm IS NOT NULL"
    )
    rows = book.rows(f"SELECT c.id, rhythm {source}")
    rhythm = np.full(len(ids), np.nan)
    rhythm[np.searchsorted(ids, [row for row, _ in rows])] = [days for _, days in rows]
    return rhythm


def ratings(book: Book, ids: Ints, which: str, settled: Floats, status: Codes) -> tuple[Floats, Bools, Bools]:
    """What was perceived after the settlement (the newest word), and whether it was asked for and answered.

    After: on the day of the settlement or later; what was rated before a complaint was taken up again is of
    another settlement.
    """
    owner, rated, asked_at, perceived = numbers(
        book,
        ["complaint_id", moment("rated_at"), moment("asked_at"), "perceived"],
        f"rating WHERE complaint_id {which} ORDER BY complaint_id, rated_at, id",
    ).T
    at = np.searchsorted(ids, owner)
    ended = np.isin(status[at], [list(COMPLAINT_STATUSES).index(name) for name in ("settled", "closed")])
    day = np.where(rated != BLANK, rated, asked_at) // DAY
    with np.errstate(invalid="ignore"):
        after = np.where(np.isnan(settled[at]), True, day >= settled[at] // DAY)
    counts = ended & after
    last, asked, answered = np.full(len(ids), np.nan), np.zeros(len(ids), bool), np.zeros(len(ids), bool)
    said = counts & (rated != BLANK) & (perceived != BLANK)
    # In order of time: what is written last stays.
    last[at[said]] = perceived[said]
    wanted = counts & (asked_at != BLANK)
    asked[at[wanted]] = True
    answered[at[wanted & (rated != BLANK)]] = True
    return last, asked, answered
