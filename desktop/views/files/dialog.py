"""The files of one record, opened over the screen one was on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.files.pane import FilesPane
from desktop.views.kit import theme
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label


class FilesDialog(QDialog):
    """Shows the files of a record and takes in what is dropped on it; the undo key works here too."""

    def __init__(
        self, ctx: Context, subject: str, record: int, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        named = tr("Files of {record}", record=title)
        self.setWindowTitle(named)
        self.pane = FilesPane(ctx)
        self.pane.show_record(subject, record)
        done = SecondaryButton(tr("Done"), on_click=self.accept)
        done.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label(named, size=theme.TITLE, bold=True, wrap=True))
        layout.addWidget(self.pane, 1)
        layout.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, ctx.undo)
        self.resize(640, 460)


def open_files(ctx: Context, parent: QWidget, subject: str, record: int, title: str) -> FilesDialog:
    """Shows the files of a record of a table; `title` is what people call the record."""
    dialog = FilesDialog(ctx, subject, record, title, parent.window())
    dialog.open()
    return dialog
