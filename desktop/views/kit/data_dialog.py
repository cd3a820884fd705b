"""The figures behind a chart, in a table that can be copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.exchange.writers.chart_data import ChartData
from desktop.views.kit import theme
from desktop.views.kit.buttons import PrimaryButton, SecondaryButton
from desktop.views.kit.chart_texts import cells, table
from desktop.views.kit.columns import Column
from desktop.views.kit.id_list import IdListModel
from desktop.views.kit.labels import label
from desktop.views.kit.table import TableView
from desktop.views.kit.table_pane import TablePane


def _cell(at: int) -> Callable[[Sequence[str]], str]:
    return lambda row: row[at] if at < len(row) else ""


class DataDialog(QDialog):
    """A table of texts with a button to copy all of it."""

    def __init__(self, data: ChartData, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = data.title
        self.setWindowTitle(title)
        self._data = data
        self._titles, self._rows = table(data)
        columns = tuple(
            Column(
                str(number),
                heading,
                150 if number == 0 else 118,
                "text" if number == 0 else "number",
                sortable=False,
                value=_cell(number),
                text=str,
            )
            for number, heading in enumerate(self._titles)
        )
        model = IdListModel(columns, lambda ids: {n: self._rows[n] for n in ids}, parent=self)
        view = TableView(model, name=title)
        pane = TablePane(view)
        pane.set_ids(range(len(self._rows)))
        copy = SecondaryButton(tr("Copy all"), "copy", self.copy)
        close = PrimaryButton(tr("Close"), on_click=self.accept)
        foot = QHBoxLayout()
        foot.addWidget(copy)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label(title, size=theme.SECTION, bold=True), 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(pane, 1)
        layout.addLayout(foot)
        self.resize(min(900, 100 + 120 * (1 + len(self._titles))), 460)

    def copy(self) -> None:
        """Put titles and rows on the clipboard, as a spreadsheet takes them."""
        QGuiApplication.clipboard().setText(cells(self._data))
