"""Two figures of complaints in passing: how many per hundred orders, and how long settling them takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book

DAYS = 90


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """Of the last 90 days; None where there is nothing to count. `settling` is in working minutes."""

    per_hundred: float | None
    settling: float | None


def complaint_facts(book: Book, *, now: datetime, progress: Progress = SILENT) -> ComplaintFacts:
    """The facts, from the same report as the figures; reads columns, so ask in the background."""
    from desktop.queries.complaint_figures import complaint_report

    end = now.toordinal() + 1
    side = complaint_report(book, start=end - DAYS, end=end, now=now, progress=progress).current
    return ComplaintFacts(side.figure("per_hundred").value, side.figure("settling").value)
