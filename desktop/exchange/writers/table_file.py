"""Writes a list to a file of the kind that its name says: a workbook, or text for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from desktop.core.errors import UserError
from desktop.core.money import DEFAULT_CURRENCY
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.exchange.writers.columns import ExportColumn

SUFFIXES = (".xlsx", ".csv")
"""What every list can be written as."""


def write_table_file(
    path: str | Path,
    title: str,
    columns: Sequence[ExportColumn],
    rows: Iterable[Any],
    *,
    currency: str = DEFAULT_CURRENCY,
    total: int = 0,
    progress: Progress = SILENT,
) -> int:
    """Writes one list and returns its count of rows; raises as `write_table`, and for other names."""
    suffix = Path(path).suffix.lower()
    if suffix == ".csv":
        from desktop.exchange.writers.csv_writing import write_csv

        return write_csv(path, columns, rows, currency=currency, total=total, progress=progress)
    if suffix != ".xlsx":
        raise UserError(
            tr("A list cannot be written as “{suffix}”.", suffix=suffix or Path(path).name),
            tr("Choose a name that ends in .xlsx or .csv."),
        )
    from desktop.exchange.writers.workbook import write_table

    return write_table(path, title, columns, rows, currency=currency, total=total, progress=progress)
