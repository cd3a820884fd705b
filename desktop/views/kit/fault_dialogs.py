"""The dialogs for what went wrong: a fault of the program with its details, a problem the user can mend."""

from __future__ import annotations

import platform
import traceback

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.buttons import PrimaryButton, SecondaryButton
from desktop.views.kit.labels import label


class FaultDialog(QDialog):
    """A fault of the program: calm words, and the details to copy."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong"))
        self.details = details
        heading = label(tr("Something went wrong in the program"), size=theme.SECTION, bold=True)
        words = label(
            tr(
                "Your book is safe: what was not finished was not written. "
                "You can go on. Please send us these details so that we can mend it."
            ),
            role="muted",
            wrap=True,
        )
        text = QPlainTextEdit(details)
        text.setReadOnly(True)
        text.setAccessibleName(tr("Details"))
        text.setMinimumHeight(180)
        copy = SecondaryButton(tr("Copy details"), "copy", self._copy)
        close = PrimaryButton(tr("Go on"), on_click=self.accept)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(copy)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        for widget in (heading, words, text):
            layout.addWidget(widget)
        layout.addLayout(foot)
        self.setMinimumWidth(560)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details)


class ProblemDialog(QDialog):
    """Something the user can put right: the sentence, and what to do."""

    def __init__(self, error: UserError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shuke"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(10)
        layout.addWidget(label(error.message, size=theme.SECTION, bold=True, wrap=True))
        if error.hint:
            layout.addWidget(label(error.hint, role="muted", wrap=True))
        close = PrimaryButton(tr("Close"), on_click=self.accept)
        close.setDefault(True)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(420)


def describe(error: BaseException) -> str:
    """The details of a fault to send on: versions and the trace, no customer's data beyond it."""
    trace = "".join(traceback.format_exception(error))
    return f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}\n\n{trace}"
