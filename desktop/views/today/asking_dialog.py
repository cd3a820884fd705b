"""Everybody to ask for a rating, beyond the few that Today shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.queries.todos import all_askings
from desktop.views.kit import theme
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.cards import EmptyState
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn, clear
from desktop.views.today import rows
from desktop.views.today.doing import Doing

_TABLES = ("rating", "orders", "complaint", "service_case", "consent", "privacy_request", "customer")


class AskingDialog(QDialog):
    """The rows of Today for everybody to ask; it follows the book."""

    def __init__(self, ctx: Context, parent: QWidget, now: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Whom to ask for a rating"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._now = ctx, now
        self.doing = Doing(ctx, self, now)
        self.list = ScrollColumn(gap=0)
        close = PrimaryButton(tr("Close"), on_click=self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), size=theme.TITLE, bold=True))
        said = tr("What ended some days ago and was not asked about, and askings without an answer.")
        layout.addWidget(label(said, role="muted", wrap=True))
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
        self.resize(760, 560)
        # What a row's button changed takes the row away: not before the click has come to its end.
        ctx.changes.listen(self, lambda: QTimer.singleShot(0, self, self.reload), *_TABLES)
        self.reload()

    def reload(self) -> None:
        """Read and show them anew; the place in the list stays."""
        scrolled = self.list.verticalScrollBar().value()
        clear(self.list.column)
        currency = str(self._ctx.settings.get("shop.currency"))
        found = all_askings(self._ctx.book, now=self._now())
        for number, todo in enumerate(found, start=1):
            said = rows.say(todo, self._now(), currency)
            row = rows.row(
                said, self.doing.action(todo), None, quiet=self.doing.quiet(todo), last=number == len(found)
            )
            self.list.column.addWidget(row)
        if not found:
            self.list.column.addWidget(EmptyState("circle-check", tr("There is nobody to ask now")), 1)
        self.list.column.addStretch(1)
        QTimer.singleShot(0, self.list, lambda: self.list.verticalScrollBar().setValue(scrolled))
