"""The list of pairs that may be one customer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.core.translation import mark, ntr, tr
from desktop.queries.pairs import pair_rows
from desktop.views.duplicates import words
from desktop.views.kit.columns import Column
from desktop.views.kit.context import Context
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane

COLUMNS = (
    Column(
        "names",
        mark("Customers"),
        132,
        "strong",
        sortable=False,
        stretch=True,
        value=words.pair_names,
        sub=words.pair_reason,
    ),
    Column("score", mark("How likely"), 88, "tag", sortable=False, text=words.score, tone=words.score_tone),
)


class PairList(TablePane):
    """The pairs, likeliest first; what is chosen is told by its `table`."""

    def __init__(self, ctx: Context, *, empty: QWidget) -> None:
        self.rows = IdListModel(COLUMNS, lambda ids: pair_rows(ctx.book, ids))
        super().__init__(TableView(self.rows, name=tr("Customers who may be one")), empty=empty)
        self.rows.setParent(self)

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show these pairs, read anew."""
        self.rows.refresh_rows()
        self.set_ids(ids, ntr("{n} pair", "{n} pairs", len(ids)) if len(ids) else "")
