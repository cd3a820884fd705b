"""The numbers that complaints and service cases carry, counted by year."""

from __future__ import annotations

from desktop.models.history import Step


def next_number(step: Step, table: str, letter: str, year: int) -> str:
    """The next free number of a year, as C-2026-0117; for `complaint` and `service_case`."""
    start = f"{letter}-{year}-"
    # The number of a complaint that was merged into another is still one that somebody was told.
    tables = (table, "complaint_alias") if table == "complaint" else (table,)
    last = max(
        step.execute(
            f"SELECT max(CAST(substr(number, ?) AS INTEGER)) FROM {one} WHERE number >= ? AND number < ?",
            (len(start) + 1, start, start + "~"),
        ).fetchone()[0]
        or 0
        for one in tables
    )
    return f"{start}{last + 1:04}"
