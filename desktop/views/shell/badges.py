"""The badges of the sidebar: what waits by tonight, counted in the background."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.views.shell.sidebar import Sidebar


class Waiting(NamedTuple):
    """What the badges say: tasks and complaints due by tonight, those of them that are late, open cases."""

    tasks: int
    complaints: int
    complaints_late: int
    cases: int


def waiting(book: Book) -> Waiting:
    """Count what waits; asked in the worker."""
    # Imported when asked: the window must open fast.
    from desktop.queries.complaints import due_counts
    from desktop.queries.service_cases import open_count as open_cases
    from desktop.queries.tasks import due_count

    late, today = due_counts(book, now=datetime.now())
    return Waiting(due_count(book, today=date.today()), late + today, late, open_cases(book))


def show_badges(sidebar: Sidebar, found: Waiting) -> None:
    """Write the numbers beside the places."""
    sidebar.set_badge("today", found.tasks)
    late = found.complaints_late > 0
    sidebar.set_badge("complaints", found.complaints, "red" if late else "amber")
    sidebar.set_badge("cases", found.cases)
