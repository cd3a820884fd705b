"""The people of a file who may be customers of the book: they come in as new and wait as duplicates."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from desktop.core.translation import mark, ntr, tr
from desktop.exchange.plan import Doubt, ImportPlan
from desktop.views.exchange import words
from desktop.views.kit.table import Column, IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import EmptyState

_COLUMNS = (
    Column("row", mark("Row"), 72, "number", sortable=False),
    Column("name", mark("In the file"), 160, "strong", sortable=False, stretch=True),
    Column("customer_name", mark("Perhaps our customer"), 160, sortable=False, stretch=True),
    Column("kind", mark("They share"), 110, "muted", text=words.known_by, sortable=False),
    Column("value", mark("Value"), 150, "muted", sortable=False),
)


class DoubtsPane(TablePane):
    """The list of doubtful matches of a plan."""

    def __init__(self) -> None:
        self._doubts: Sequence[Doubt] = ()
        self.model = IdListModel(_COLUMNS, self._fetch)
        super().__init__(
            TableView(self.model, name=tr("Doubtful matches")),
            empty=EmptyState("circle-check", tr("No doubts"), tr("Everybody is known or clearly new.")),
        )

    def _fetch(self, ids: Sequence[int]) -> dict[int, Doubt]:
        return {one: self._doubts[one] for one in ids if one < len(self._doubts)}

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan's doubts."""
        self._doubts = plan.doubts
        count = len(self._doubts)
        self.set_ids(array("q", range(count)), foot=ntr("{n} doubtful match", "{n} doubtful matches", count))
        self.model.refresh_rows(None)
