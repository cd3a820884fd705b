"""The rows behind a figure in a table that opens them and goes to a file."""

from __future__ import annotations

from array import array

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.translation import ntr, tr
from desktop.views.insights.row_subjects import Subject
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import EmptyState, PrimaryButton, SecondaryButton, label


class RowsDialog(QDialog):
    """A list of rows by their ids; Enter or a double click goes to what the row is about."""

    def __init__(
        self, ctx: Context, title: str, ids: array[int], subject: Subject, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._title, self._ids, self._subject = ctx, title, ids, subject
        currency = str(ctx.settings.get("shop.currency"))
        model = IdListModel(subject.columns, subject.fetch, currency=currency, parent=self)
        self.table = TableView(model, name=title)
        self.table.opened.connect(self._open)
        empty = EmptyState("users", tr("Nobody here"), tr(subject.nothing))
        pane = TablePane(self.table, empty=empty)
        pane.set_ids(ids, foot=ntr("{n} row", "{n} rows", len(ids)))
        close = PrimaryButton(tr("Close"), on_click=self.accept)
        foot = QHBoxLayout()
        self.excel = SecondaryButton(tr("Export"), "download", self.export)
        self.excel.setEnabled(len(ids) > 0)
        foot.addWidget(self.excel)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label(title, size=theme.TITLE, bold=True, wrap=True))
        layout.addWidget(pane, 1)
        layout.addLayout(foot)
        self.resize(940, 560)

    def export(self) -> None:
        """Take the rows, or those selected, away as a file."""
        from desktop.views.exchange.export import take_out

        chosen = self.table.selected_ids()
        selected = chosen if len(chosen) > 1 else ()
        take_out(self._ctx, self, self._subject.listing(self._title, self._ids, self.table, selected))

    def _open(self, row: int) -> None:
        place = self._subject.place(row)
        if place is not None:
            self.accept()
            self._ctx.navigate(place[0], **place[1])
