"""Every row of a file that stays out, with column, value and reason; and the same as a workbook to mend."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.progress import Progress
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.plan import ImportPlan
from desktop.exchange.records import Problem
from desktop.exchange.writers.columns import ExportColumn
from desktop.views.exchange.export import save_workbook
from desktop.views.kit.context import Context
from desktop.views.kit.table import Column, IdListModel, TablePane, TableView
from desktop.views.kit.widgets import EmptyState

_COLUMNS = (
    Column("row", mark("Row"), 72, "number", sortable=False),
    Column("column", mark("Column"), 140, "strong", sortable=False),
    Column("value", mark("Value"), 150, "muted", sortable=False),
    Column("reason", mark("What is wrong"), 200, stretch=True, sortable=False),
)


class ProblemsPane(TablePane):
    """The list of problems of a plan."""

    def __init__(self) -> None:
        self._problems: Sequence[Problem] = ()
        self.model = IdListModel(_COLUMNS, self._fetch)
        super().__init__(
            TableView(self.model, name=tr("Rows with a problem")),
            empty=EmptyState("circle-check", tr("Every row is good"), tr("Nothing stays out.")),
        )

    def _fetch(self, ids: Sequence[int]) -> dict[int, Problem]:
        return {one: self._problems[one] for one in ids if one < len(self._problems)}

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan's problems."""
        self._problems = plan.problems
        count = len(self._problems)
        self.set_ids(array("q", range(count)), foot=ntr("{n} problem", "{n} problems", count))
        self.model.refresh_rows(None)


def save_problem_rows(ctx: Context, parent: QWidget, plan: ImportPlan) -> None:
    """Writes the rows that stay out to a workbook, as they are in the file, with the reason beside them."""
    table, mapping = plan.table, plan.mapping
    reasons: dict[int, list[str]] = {}
    for problem in plan.problems:
        said = tr("{column}: {reason}", column=problem.column, reason=problem.reason)
        reasons.setdefault(problem.row - 1, []).append(said if problem.column else problem.reason)

    def cell(column: int, row: int) -> str:
        return table.text(row, column)

    def reason(row: int) -> str:
        return "; ".join(reasons[row])

    columns = [
        ExportColumn(str(match.index), match.header, "text", partial(cell, match.index))
        for match in mapping.columns
    ]
    columns.append(ExportColumn("reason", tr("What is wrong"), "text", reason))

    def rows() -> Iterator[Any]:
        yield from sorted(reasons)

    title = tr("{file} – rows to mend", file=Path(plan.file_name).stem)

    def write(path: Path, progress: Progress) -> int:
        from desktop.exchange.writers.workbook import write_table

        return write_table(path, title, columns, rows(), total=len(reasons), progress=progress)

    save_workbook(ctx, parent, title, write)
