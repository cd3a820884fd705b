"""The shop's service processes: its own where it made them, the built-in ones elsewhere."""

from __future__ import annotations

from desktop.core.service_process import BUILT_IN, ProcessStep
from desktop.models.book import Book


def process_steps(book: Book, process: str) -> tuple[ProcessStep, ...]:
    """The steps of a process, in their order: what a new checklist or case begins with."""
    return own_steps(book, process) or BUILT_IN[process]


def own_steps(book: Book, process: str) -> tuple[ProcessStep, ...]:
    """The steps of the shop's own process; () where it goes by the built-in one."""
    rows = book.rows(
        "SELECT title, hours, fact FROM process_step WHERE process = ? ORDER BY position, id", (process,)
    )
    return tuple(ProcessStep(*row) for row in rows)
