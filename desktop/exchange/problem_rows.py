"""The rows of a file that stay out, as a workbook to mend: as they were read, with the reason beside each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.exchange.vocabulary.ours import REASON, is_reason

if TYPE_CHECKING:
    from desktop.exchange.matching.mapping import ColumnMatch
    from desktop.exchange.plan import ImportPlan
    from desktop.exchange.reading.table import Cell
    from desktop.exchange.writers.columns import ExportColumn

_CALCULATED = frozenset({
    "amount", "price", "quantity", "minutes", "minutes_of_seconds", "seconds", "count", "points",
    "score5", "score7", "score10", "score100",
})  # fmt: skip
"""Kinds of fields whose numbers stay numbers; whatever may be a phone, a number or a code is text."""


def write_problem_rows(plan: ImportPlan, path: str | Path, progress: Progress = SILENT) -> int:
    """Writes every row with a problem and returns how many; rows of one order are together, as they wait.

    The headers are the file's own, so that the mended workbook is recognised as the file was. A column whose
    every cell was a date is one again; phones, numbers and codes are text. Raises UserError, Cancelled.
    """
    from desktop.exchange.writers.columns import ExportColumn
    from desktop.exchange.writers.workbook import write_table

    reasons = reasons_of(plan)
    rows = sorted(reasons)
    columns = [_column(plan, match, rows) for match in plan.mapping.columns if not is_reason(match.header)]
    columns.append(ExportColumn("reason", tr(REASON), "text", lambda row: reasons[row]))

    def places() -> Iterator[int]:
        yield from rows

    title = tr("{file} – rows to mend", file=Path(plan.file_name).stem)
    return write_table(path, title, columns, places(), total=len(rows), progress=progress)


def reasons_of(plan: ImportPlan) -> dict[int, str]:
    """Row of the file, counted from 1 → why it stays out, with the column at fault."""
    said: dict[int, list[str]] = {}
    for problem in plan.problems:
        reason = problem.reason
        if problem.column:
            reason = tr("{column}: {reason}", column=problem.column, reason=problem.reason)
        said.setdefault(problem.row, []).append(reason)
    return {row: "; ".join(dict.fromkeys(reasons)) for row, reasons in said.items()}


def _column(plan: ImportPlan, match: ColumnMatch, rows: list[int]) -> ExportColumn:
    """One column of the file, of the kind that all its cells here have."""
    from desktop.exchange.writers.columns import ExportColumn

    table, index = plan.table, match.index
    cells = [cell for row in rows if (cell := table.cell(row - 1, index)) is not None]
    if cells and all(isinstance(cell, datetime) for cell in cells):
        whole = all(_is_day(cell) for cell in cells)
        return ExportColumn(str(index), match.header, "date" if whole else "when", _raw(plan, index))
    if cells and _is_calculated(match.field) and all(isinstance(cell, float) for cell in cells):
        return ExportColumn(str(index), match.header, "number", _raw(plan, index))
    return ExportColumn(str(index), match.header, "text", partial(_text, plan, index))


def _raw(plan: ImportPlan, index: int) -> Callable[[int], Any]:
    return lambda row: plan.table.cell(row - 1, index)


def _text(plan: ImportPlan, index: int, row: int) -> str:
    return plan.table.text(row - 1, index)


def _is_day(cell: Cell) -> bool:
    return isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0)


def _is_calculated(field: str) -> bool:
    from desktop.exchange.vocabulary.fields import FIELD

    return field in FIELD and FIELD[field].kind in _CALCULATED
