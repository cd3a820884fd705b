"""The numbers that complaints and service cases carry, counted by year."""

from __future__ import annotations

from desktop.models.history import Step


def next_number(step: Step, table: str, letter: str, year: int) -> str:
    """The next free number of a year, as C-2026-0117; for `complaint` and `service_case`."""
    start = f"{letter}-{year}-"
    (last,) = step.execute(
        f"SELECT max(CAST(substr(number, ?) AS INTEGER)) FROM {table} WHERE number >= ? AND number < ?",
        (len(start) + 1, start, start + "~"),
    ).fetchone()
    return f"{start}{(last or 0) + 1:04}"
