"""A workbook of a whole book was chosen: what it is, and bringing it into an empty book."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations.restoring import is_empty, restore_book
from desktop.views.exchange.importer import stepper_card
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import Banner, Card, PrimaryButton, SecondaryButton, label


class RestorePage(QWidget):
    """`restored` carries the Changes; `left` says that it was not wanted."""

    restored = Signal(object)
    left = Signal()

    def __init__(self, ctx: Context, path: Path) -> None:
        super().__init__()
        self._ctx, self.path = ctx, path
        steps, _ = stepper_card(2)
        card = Card(tr("This workbook holds a whole book"), hug=True)
        card.body.addWidget(
            label(
                tr(
                    "“{file}” was exported from Shuke with everything in it: customers, orders, service, "
                    "complaints, ratings, tasks, attachments and settings.",
                    file=path.name,
                ),
                role="muted",
                wrap=True,
            )
        )
        empty = is_empty(ctx.book)
        if empty:
            text = tr(
                "It comes in as it was, every record with its number. The earlier book's history of changes "
                "is not in the workbook: what was done there can't be undone here. One Undo takes all of it "
                "back out."
            )
            card.body.addWidget(Banner("info", text, "accent"))
        else:
            text = tr(
                "The book that is open is not empty. Make a new, empty book and bring the workbook in there."
            )
            card.body.addWidget(Banner("triangle-alert", text, "amber"))
        self.import_button = PrimaryButton(tr("Bring it in"), "upload", self.run)
        self.import_button.setEnabled(empty)
        self.back_button = SecondaryButton(tr("Back"), on_click=self.left.emit)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.import_button)
        card.body.addSpacing(6)
        card.body.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(steps)
        layout.addWidget(card)
        layout.addStretch(1)
        self.setFocusProxy(self.import_button if empty else self.back_button)

    def run(self) -> None:
        """Bring everything in."""
        book, path = self._ctx.book, self.path

        def done(changes: Changes) -> None:
            self._ctx.changed(changes, quiet=True)
            self.restored.emit(changes)

        self._ctx.tasks.write(
            tr("Importing {file}…", file=path.name),
            lambda progress: restore_book(book, path, progress=progress),
            done,
            owner=self,
        )
