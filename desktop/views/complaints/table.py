"""Complaints as a list: the table that keeps its columns and its order, on its sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.core.translation import ntr, tr
from desktop.queries.complaint_orders import DUE, ORDERS
from desktop.queries.complaints import complaint_rows
from desktop.views.complaints.list_columns import GROUPS, list_columns
from desktop.views.kit.context import Context
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane

LAYOUT_KEY = "ui.columns.complaints"


class ComplaintTable(TablePane):
    """The list; what is chosen, opened and sorted is told by its `table`."""

    def __init__(self, ctx: Context) -> None:
        currency = str(ctx.book.setting("shop.currency"))
        self._settings = ctx.settings
        self.model = IdListModel(
            list_columns(datetime.now, currency),
            lambda ids: {row.id: row for row in complaint_rows(ctx.book, list(ids))},
            currency=currency,
        )
        super().__init__(TableView(self.model, name=tr("Complaints")))
        self.model.setParent(self)
        self.table.groups = GROUPS
        kept = ctx.settings.get(LAYOUT_KEY)
        self._kept = kept if isinstance(kept, dict) else {}
        self.table.restore_layout(self._kept or None)
        self.table.layout_changed.connect(self._keep)
        self.sort = self._kept_sort()
        self.model.set_sort(*self.sort)

    def _kept_sort(self) -> tuple[str, bool]:
        kept = self._kept.get("sort")
        if isinstance(kept, list) and len(kept) == 2 and kept[0] in ORDERS:
            return str(kept[0]), bool(kept[1])
        return DUE, False

    def set_sort(self, key: str, descending: bool) -> None:
        """Keep the order that the rows are in."""
        self.sort = (key, descending)
        self.model.set_sort(key, descending)
        self._keep(self.table.layout_state())

    def _keep(self, state: object) -> None:
        if isinstance(state, dict):
            self._settings.set(LAYOUT_KEY, {**state, "sort": list(self.sort)})

    def show_found(self, ids: Sequence[int], *, complete: bool, total: int) -> None:
        """Show these complaints; while more are looked for, the count below waits. `total`: of the book."""
        if not complete:
            foot = self.foot.text()
        elif len(ids) == total:
            foot = ntr("{n} complaint", "{n} complaints", len(ids))
        else:
            foot = ntr("{n} of {total} complaints", "{n} of {total} complaints", len(ids), total=f"{total:,}")
        if complete and len(ids) and ids == self.model.ids():
            # None came, went or moved: the selection stays, and nothing flickers.
            self.model.refresh_rows()
            self.foot.setText(foot)
            self.foot.setVisible(True)
            return
        self.set_ids(ids, foot)

    def tick(self) -> None:
        """The time that is left goes on."""
        self.table.viewport().update()
