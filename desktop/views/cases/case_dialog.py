"""A service case opened over the screen one was on."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.cases.case_pane import CasePane
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.context import Context

TABLES = (
    "service_case", "case_step", "case_item", "interaction", "customer", "orders", "rating", "product",
    "attachment",
)  # fmt: skip
"""The tables whose changes a shown case may be seen to change by."""
WIDTH, HEIGHT = 540, 660


class CaseDialog(QDialog):
    """Shows a case and does with it what its state allows; the undo key works here too."""

    def __init__(self, ctx: Context, case_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._id = case_id
        self.pane = CasePane(ctx)
        self.pane.gone.connect(self.close)
        self.pane.left.connect(self.accept)
        done = SecondaryButton(tr("Done"), on_click=self.accept)
        done.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(self.pane, 1)
        layout.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, ctx.undo)
        ctx.changes.listen(self, self._refresh, *TABLES)
        self._refresh()
        room = self.screen().availableGeometry().height() - 120
        self.resize(WIDTH, min(HEIGHT, room))
        if self.pane.case is not None:
            todo = next((step.id for step in self.pane.case.todo), None)
            first: QWidget = self.pane.note if todo is None else self.pane.boxes[todo]
            first.setFocus()

    def _refresh(self) -> None:
        self.pane.show_case(self._id, datetime.now())
        self.setWindowTitle(self.pane.title())
        if self.pane.case is None:
            self.close()
