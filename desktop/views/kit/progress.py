"""The bar shown while the book is being written for longer than a moment, with its way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.buttons import SecondaryButton
from desktop.views.kit.tasks import Progress


class ProgressDialog(QDialog):
    """Title, bar, words and "Cancel"; stands before its window until the work has ended."""

    def __init__(
        self, title: str, progress: Progress, parent: QWidget | None = None, *, cancellable: bool = True
    ) -> None:
        super().__init__(parent)
        self._progress = progress
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(title)
        heading.setFont(theme.font(theme.SECTION, bold=True))
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.text = QLabel(" ")
        self.text.setProperty("role", "muted")
        self.cancel_button = SecondaryButton(tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        if not cancellable:
            self.cancel_button.hide()
        self._cancellable = cancellable
        foot = QHBoxLayout()
        foot.addWidget(self.text, 1)
        foot.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addWidget(self.bar)
        layout.addLayout(foot)
        self.setMinimumWidth(460)
        progress.listeners.append(self._show)

    def _show(self, done: int, total: int, text: str) -> None:
        _set(self.bar, done, total)
        if text:
            self.text.setText(text)

    def reject(self) -> None:
        """Ask the work to stop; the dialog closes when it has."""
        if not self._cancellable:
            return
        self._progress.cancel()
        self.cancel_button.setEnabled(False)
        self.text.setText(tr("Stopping; the book stays as it was."))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross means "Cancel" too."""
        if self.isVisible() and not self._progress.cancelled:
            self.reject()
            event.ignore()

    def finish(self) -> None:
        """The work has ended: go."""
        self.done(QDialog.DialogCode.Accepted)


def watch(progress: Progress, bar: QProgressBar, label: QLabel | None = None) -> None:
    """Show a piece of work in a bar of one's own page."""

    def show(done: int, total: int, text: str) -> None:
        _set(bar, done, total)
        if label and text:
            label.setText(text)

    progress.listeners.append(show)


def _set(bar: QProgressBar, done: int, total: int) -> None:
    """In thousandths, for a bar counts in 32 bits and a book need not."""
    bar.setRange(0, 1000 if total else 0)
    bar.setValue(1000 * done // total if total else 0)
