"""Ratings as arrays, and how many of those asked have answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from desktop.analytics.intervals import Rate
from desktop.analytics.satisfaction import Ratings, response_rate
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One rating; `day` is the ordinal day its thing ended, numbers are None where not answered."""

    id: int
    day: int
    customer_id: int | None
    customer_name: str
    perceived: int | None
    expected: int | None
    effort: int | None
    recommend: int | None
    reasons: str
    text: str


def ratings(book: Book, *, end: int, start: int = 0, progress: Progress = SILENT) -> Ratings:
    """Answered ratings of things that ended on the days [start, end), for who looks at a few days only.

    The insights have all of them at hand (`Scope.ratings`). Raises Cancelled.
    """
    cursor = book.db.execute_sql(
        "SELECT day, ifnull(perceived, -1), ifnull(expected, -1), ifnull(effort, -1), ifnull(recommend, -1) "
        "FROM rating WHERE day >= ? AND day < ? AND answered = 1",
        (start, end),
    )
    progress.check()
    table = np.fromiter(chain.from_iterable(cursor), dtype=np.int64).reshape(-1, 5)
    answers = np.where(table[:, 1:] < 0, np.nan, table[:, 1:].astype(np.float64))
    return Ratings(table[:, 0].copy(), *(answers[:, column].copy() for column in range(4)))


def responses(book: Book, *, start: int, end: int) -> Rate:
    """Answered ÷ asked and not skipped, of the askings about things that ended on the days [start, end)."""
    asked, answered = book.row(
        "SELECT count(*), total(answered) FROM rating WHERE day >= ? AND day < ? AND asked_at IS NOT NULL "
        "AND skipped_at IS NULL",
        (start, end),
    )
    return response_rate(int(asked), int(answered))


def rating_rows(book: Book, ids: Sequence[int]) -> dict[int, RatingRow]:
    """The rows of some ratings by id; those gone are left out."""
    marks = ", ".join("?" * len(ids))
    rows = book.rows(
        "SELECT rating.id, rating.day, rating.customer_id, coalesce(customer.name, ''), perceived, expected, "
        "effort, recommend, rating.reasons, rating.text FROM rating "
        f"LEFT JOIN customer ON customer.id = rating.customer_id WHERE rating.id IN ({marks})",
        tuple(ids),
    )
    return {row[0]: RatingRow(*row) for row in rows}
