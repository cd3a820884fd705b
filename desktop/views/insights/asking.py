"""What the insights ask the worker for: the trade as it is looked at, and what a tab makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.insight_choices import InsightChoices, insight_choices
from desktop.queries.insight_scope import Scope, insight_scope
from desktop.queries.presence import has_ratings
from desktop.queries.purchases import Nothing, first_day, latest_day, why_nothing
from desktop.views.figures.period import Period
from desktop.views.insights.wanted import Wanted

Ask = Callable[[Scope, Mapping[str, Any]], object]


class Passing(Progress):
    """Passes on to whoever asks now: a trade once read serves tabs that are asked later."""

    to: Progress = SILENT

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        self.to.report(done, total, text)

    def check(self) -> None:
        self.to.check()


@dataclass(frozen=True)
class Looked:
    """The trade as it is looked at; the tabs share it until the book or the filters change."""

    wanted: Wanted
    scope: Scope
    choices: InsightChoices
    progress: Passing
    nothing: Nothing | None
    """Why there is nothing to count; None where somebody known bought, or a rating was asked for."""

    @property
    def days(self) -> tuple[int, int]:
        """The days [start, end)."""
        return self.scope.start, self.scope.end


@dataclass(frozen=True)
class Answer:
    """What a tab was told."""

    key: str
    looked: Looked
    kept: Mapping[str, Any]
    found: object | None


def look(book: Book, wanted: Wanted, today: date, progress: Progress, *, chosen: bool) -> Looked:
    """The trade through a period and filters, read in the worker. Raises Cancelled.

    A period that nobody has `chosen` gives way to all months where the book ends before it: after an import
    of last year's orders an empty page would say nothing about them.
    """
    opened, latest = first_day(book), latest_day(book, today)
    start, end = wanted.period.days(today, opened, latest)
    if not chosen and latest is not None and latest < start:
        wanted = replace(wanted, period=Period("all"))
        start, end = wanted.period.days(today, opened, latest)
    passing = Passing()
    passing.to = progress
    scope = insight_scope(book, start=start, end=end, today=today, only=wanted.narrowing(), progress=passing)
    progress.check()
    return Looked(
        wanted,
        scope,
        insight_choices(scope),
        passing,
        None if opened is not None or has_ratings(book) else why_nothing(book),
    )


def ask(looked: Looked, key: str, kept: Mapping[str, Any], question: Ask, progress: Progress) -> Answer:
    """What a tab is told about a trade, asked in the worker. Raises Cancelled."""
    looked.progress.to = progress
    found = None if looked.nothing else question(looked.scope, kept)
    return Answer(key, looked, kept, found)
