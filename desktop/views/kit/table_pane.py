"""The sheet that a list stands on: the table, the count below it, and what to do where there are no rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.views.kit import theme
from desktop.views.kit.cards import Card
from desktop.views.kit.labels import label
from desktop.views.kit.table import TableView


class TablePane(Card):
    """A sheet with a table, the count below it, and in its place, when there is nothing, what to do."""

    def __init__(self, table: TableView, *, empty: QWidget | None = None) -> None:
        super().__init__(margin=0)
        self.table = table
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        self._empty = empty
        if empty:
            self._stack.addWidget(empty)
        self.foot = label(size=theme.SMALL, role="muted")
        self.foot.setContentsMargins(14, 4, 14, 8)
        self.foot.hide()
        self.body.setContentsMargins(1, 2, 1, 2)
        self.body.setSpacing(0)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.foot)

    def set_ids(self, ids: Sequence[int], foot: str = "") -> None:
        """Show these ids (what stood there stands until now, so that nothing flickers) and the count."""
        self.table.set_ids(ids)
        self.foot.setText(foot)
        self.foot.setVisible(bool(foot))
        if self._empty:
            self._stack.setCurrentWidget(self._empty if not len(ids) else self.table)
