"""What was decided earlier: merges that can be taken apart, and pairs that were told apart."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.dates import format_when
from desktop.core.translation import mark, ntr, tr
from desktop.models.changes import Changes
from desktop.operations.duplicates import forget_not_same
from desktop.operations.unmerging import unmerge_customers
from desktop.queries import merges
from desktop.queries.pairs import told_apart
from desktop.views.customers.words import display_name
from desktop.views.duplicates import words
from desktop.views.kit.cards import EmptyState
from desktop.views.kit.columns import Column
from desktop.views.kit.context import Context
from desktop.views.kit.layouts import Separator
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import SecondaryButton

_WHEN = Column("at", mark("When"), 200, "muted", sortable=False, text=format_when)
_MERGED = (
    Column("gone_name", mark("Went into another"), 150, "avatar", sortable=False, stretch=True,
           text=display_name),
    Column("kept_name", mark("Is now part of"), 150, "avatar", sortable=False, stretch=True,
           text=display_name),
    Column("moved", mark("Moved along"), 200, sortable=False, stretch=True,
           text=lambda moved: words.records(moved) or "—"),
    _WHEN,
    Column("staff", mark("Clerk"), 90, sortable=False),
)  # fmt: skip
_APART = (
    Column("one_name", mark("One customer"), 150, "avatar", sortable=False, stretch=True, text=display_name),
    Column("other_name", mark("The other"), 150, "avatar", sortable=False, stretch=True, text=display_name),
    _WHEN,
)


class EarlierPane(TablePane):
    """A list of decisions with the button that takes the chosen one back."""

    def __init__(
        self,
        ctx: Context,
        columns: tuple[Column, ...],
        fetch: Callable[[Any], dict[int, Any]],
        *,
        name: str,
        button: SecondaryButton,
        empty: QWidget,
    ) -> None:
        self.rows = IdListModel(columns, fetch)
        super().__init__(TableView(self.rows, name=name), empty=empty)
        self.rows.setParent(self)
        self._ctx = ctx
        self.button = button
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(14, 10, 14, 12)
        row.addWidget(button)
        row.addStretch()
        self.body.addWidget(Separator())
        self.body.addWidget(self._foot)
        button.clicked.connect(lambda: self._take_back())
        QShortcut(QKeySequence("Delete"), self.table, self._take_back)
        self.table.chosen.connect(lambda row: button.setEnabled(row is not None))

    def refresh(self) -> None:
        """Read the decisions anew."""
        ids = self._ids()
        self.rows.refresh_rows()
        self.set_ids(ids, self._count(len(ids)) if len(ids) else "")
        self._foot.setVisible(bool(len(ids)))
        if len(ids) and self.table.current_id() is None:
            self.table.select_id(ids[0])
        self.button.setEnabled(self.table.current_id() is not None)

    def _ids(self) -> array[int]:
        raise NotImplementedError

    def _count(self, count: int) -> str:
        raise NotImplementedError

    def _take_back(self) -> Changes | None:
        raise NotImplementedError


class MergedPane(EarlierPane):
    """Merges that stand; the chosen one is taken apart."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            ctx,
            _MERGED,
            lambda ids: merges.merge_rows(ctx.book, ids),
            name=tr("Merged earlier"),
            button=SecondaryButton(tr("Take apart"), "split"),
            empty=EmptyState(
                "merge",
                tr("Nothing was merged yet"),
                tr("Customers you make one stand here, and can be taken apart at any time."),
            ),
        )
        self.table.opened.connect(self._open)

    def _open(self, merge: int) -> None:
        row = merges.merge_rows(self._ctx.book, [merge]).get(merge)
        if row is not None:
            self._ctx.navigate("profile", customer=row.kept)

    def _ids(self) -> array[int]:
        return merges.merge_ids(self._ctx.book)

    def _count(self, count: int) -> str:
        return ntr("{n} merge", "{n} merges", count)

    def _take_back(self) -> Changes | None:
        merge = self.table.current_id()
        if merge is None:
            return None
        return self._ctx.do(lambda: unmerge_customers(self._ctx.book, merge=merge))


class ApartPane(EarlierPane):
    """Pairs told apart; the chosen one is offered again."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            ctx,
            _APART,
            lambda ids: {row.id: row for row in told_apart(ctx.book) if row.id in set(ids)},
            name=tr("Told apart"),
            button=SecondaryButton(tr("Compare again"), "rotate-ccw"),
            empty=EmptyState(
                "users",
                tr("No pair was told apart yet"),
                tr("Pairs of which you say that they are two people stand here and are not offered again."),
            ),
        )

    def _ids(self) -> array[int]:
        return array("q", [row.id for row in told_apart(self._ctx.book)])

    def _count(self, count: int) -> str:
        return ntr("{n} pair", "{n} pairs", count)

    def _take_back(self) -> Changes | None:
        row = self.table.current_id()
        if row is None:
            return None
        return self._ctx.do(lambda: forget_not_same(self._ctx.book, not_same=row))
