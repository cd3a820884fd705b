"""The tab of a customer's files, with those of their orders, cases, complaints and notes."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.queries.profile import Profile
from desktop.views.files.pane import FilesPane
from desktop.views.kit.context import Context


class FilesTab(QWidget):
    """What is dropped here is kept with the customer."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.pane = FilesPane(ctx)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pane)
        self.setFocusProxy(self.pane)

    def show_customer(self, found: Profile) -> None:
        """Show a customer's files."""
        self.pane.show_record("customer", found.id)
