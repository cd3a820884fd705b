"""What the scores of recency, frequency and money mean in days, purchase days and money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop.analytics.rfm import Thresholds, rfm, spans
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.insight_scope import insight_scope, kept_bounds

Part = Literal["recency", "frequency", "money"]
PARTS: tuple[Part, ...] = ("recency", "frequency", "money")
Span = tuple[int, int]


@dataclass(frozen=True)
class ScoreSpans:
    """The least and the greatest value of each score from 1 to 5 as today's customers have it by fifths.

    None for a score that nobody has; `customers` is how many were scored.
    """

    customers: int
    of: Mapping[Part, list[Span | None]]


def score_spans(book: Book, today: date, progress: Progress = SILENT) -> ScoreSpans:
    """What the shop's own fifths are today. Raises Cancelled."""
    end = today.toordinal() + 1
    scope = insight_scope(book, start=end - 1, end=end, today=today, progress=progress)
    past = scope.past
    values = end - 1 - past.last, past.counts, scope.purchases.spend(past.ids)
    scores = rfm(*values)
    of = {
        part: spans(value, score)
        for part, value, score in zip(PARTS, values, (scores.r, scores.f, scores.m), strict=True)
    }
    return ScoreSpans(int(past.ids.size), of)


def own_bounds(book: Book) -> Thresholds:
    """The shop's own bounds as they are kept, even where it scores by fifths; what lacks is the program's."""
    return kept_bounds(book.setting("rfm.bounds"))
