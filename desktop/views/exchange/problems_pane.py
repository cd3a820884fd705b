"""Every row of a file that stays out, with column, value and reason; and the same as a workbook to mend."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.core.translation import mark, ntr, tr
from desktop.exchange.checking.records import Problem
from desktop.exchange.plan import ImportPlan
from desktop.exchange.problem_rows import write_problem_rows
from desktop.views.exchange.export import save_workbook
from desktop.views.kit.context import Context
from desktop.views.kit.table import Column, IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
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
    title = tr("{file} – rows to mend", file=Path(plan.file_name).stem)
    save_workbook(
        ctx, parent, title, lambda path, progress: write_problem_rows(plan, path, progress=progress)
    )
