"""The list of customers by one of their four values."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core.translation import ntr, tr
from desktop.exchange.writers.chart_data import ChartData, Figures
from desktop.queries.insight_value import RANKINGS, Ranking, ValueReport
from desktop.views.insights.screen import Frame
from desktop.views.insights.value.rows import ValueRow, columns, export_columns, rows_of
from desktop.views.kit import theme
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.icons import icon
from desktop.views.kit.labels import label
from desktop.views.kit.offers import offer
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import EmptyState

_MOST_WRITTEN = 1000


class ValueTable(QWidget):
    """The ranked list; a click on a title ranks by that value."""

    def __init__(self, frame: Frame, ranking: Ranking, owner: QWidget) -> None:
        super().__init__()
        self._frame, self._owner = frame, owner
        self.report: ValueReport | None = None
        self.ranking: Ranking = ranking
        self._descending = True
        self.model = IdListModel(
            columns(frame.currency, yearly=False), self.rows, currency=frame.currency, parent=self
        )
        self.table = TableView(self.model, name=tr("Customers by value"))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.sort_requested.connect(self._sort_by)
        self.table.opened.connect(self._open)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.export_button = SecondaryButton(tr("Export"), "download", self.export)
        empty = EmptyState(
            "users", tr("Nobody yet"), tr("No customer has anything of this value yet: rank by another one.")
        )
        self.pane = TablePane(self.table, empty=empty)
        self.pane.setMinimumHeight(420)
        head = QHBoxLayout()
        head.setContentsMargins(4, 6, 4, 0)
        head.addWidget(label(tr("Customers by value"), size=theme.SECTION, bold=True))
        head.addStretch(1)
        head.addWidget(self.export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.pane, 1)
        offer(self, tr("Export the customers by value…"), self.export, icon_name="download")

    def show_report(self, report: ValueReport) -> None:
        """Show a report's customers."""
        self.report = report
        self.model.set_columns(columns(self._frame.currency, yearly=report.basis == "year"))
        self._write()

    def ids(self) -> Sequence[int]:
        """Everybody in the list, in its order."""
        return self.model.ids()

    def rows(self, ids: Sequence[int]) -> dict[int, ValueRow]:
        """The rows of some ids."""
        return {} if self.report is None else rows_of(self._frame.ctx.book, self.report, ids)

    def export(self) -> None:
        """Take the list, or the selected rows, away as a file."""
        from desktop.views.exchange.export import take_out
        from desktop.views.exchange.lists import book_list

        if self.report is None:
            return
        ids, chosen = array("q", self.ids()), self.table.selected_ids()
        written = export_columns(yearly=self.report.basis == "year")
        listing = book_list(
            self._frame.ctx, "customers", tr("Customers by value"), written, self.rows,
            shown=[column.key for column in written], ids=lambda: ids, count=len(ids),
            selected=chosen if len(chosen) > 1 else (),
        )  # fmt: skip
        take_out(self._frame.ctx, self._owner, listing)

    def data(self) -> ChartData:
        """The first thousand as a table for a workbook."""
        ids = self.ids()[:_MOST_WRITTEN]
        found = self.rows(ids)
        rows = [found[one] for one in ids if one in found]
        written = export_columns(yearly=self.report is not None and self.report.basis == "year")
        more = [
            Figures(column.title, column.kind, [column.getter()(row) for row in rows])
            for column in written
            if column.key not in ("id", "name")
        ]
        names = Figures(tr("Customer"), "text", [row.name or tr("No name") for row in rows])
        return ChartData(
            tr("Customers by value"), "table", names, (), more=more, currency=self._frame.currency
        )

    def _write(self) -> None:
        report = self.report
        if report is None:
            return
        places = report.ranked(self.ranking)
        places = places if self._descending else places[::-1]
        ids: array[int] = array("q")
        ids.frombytes(np.ascontiguousarray(report.ids[places]).tobytes())
        self.model.set_sort(self.ranking, self._descending)
        self.pane.set_ids(ids, ntr("{n} customer", "{n} customers", len(ids)))
        self.export_button.setEnabled(len(ids) > 0)

    def _sort_by(self, key: str, descending: bool) -> None:
        if key in RANKINGS:
            # Whoever ranks by another value wants to see who has most of it.
            self._descending = descending or key != self.ranking
            self.ranking = key
            self._write()

    def _open(self, customer: int) -> None:
        self._frame.ctx.navigate("profile", customer=customer)

    def _menu(self, at: QPoint) -> None:
        chosen = self.table.selected_ids()
        if not len(chosen):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(chosen) == 1:
            menu.addAction(icon("user"), tr("Open the profile"), lambda: self._open(chosen[0]))
        menu.addAction(icon("copy"), tr("Copy"), self.table.copy_selection)
        menu.addAction(icon("download"), tr("Export…"), self.export)
        menu.popup(self.table.viewport().mapToGlobal(at))
