"""Where a file is dropped, or chosen by a button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.exchange import words
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import IconTile, PrimaryButton, label


class DropZone(QWidget):
    """A dashed field that takes one file."""

    file_chosen = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._over = False
        self.setAcceptDrops(True)
        self.setMinimumHeight(236)
        self.setAccessibleName(tr("Drop a file here"))
        centre = Qt.AlignmentFlag.AlignHCenter
        heading = label(tr("Drop a file here, or choose one"), size=theme.SECTION + 1, bold=True, wrap=True)
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        what = label(
            tr("An order export or a list of customers. Nothing is written before you have seen it."),
            role="muted",
            wrap=True,
        )
        what.setAlignment(Qt.AlignmentFlag.AlignCenter)
        formats = label(
            tr("Excel (.xlsx .xls .xlsb) · OpenDocument (.ods) · text (.csv .tsv .txt)"),
            size=theme.SMALL,
            role="muted",
            wrap=True,
        )
        formats.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = PrimaryButton(tr("Choose a file…"), "folder-open", self.choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 22)
        layout.setSpacing(8)
        layout.addStretch(1)
        layout.addWidget(IconTile("upload", "accent", 48), 0, centre)
        layout.addSpacing(4)
        layout.addWidget(heading)
        layout.addWidget(what)
        layout.addSpacing(6)
        layout.addWidget(self.button, 0, centre)
        layout.addSpacing(2)
        layout.addWidget(formats)
        layout.addStretch(1)

    def choose(self) -> None:
        """Ask for a file."""
        folder = str(self._ctx.settings.get("ui.folder.import"))
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Choose a file to import"), folder, words.file_filter()
        )
        if chosen:
            self._take(chosen)

    def _take(self, path: str) -> None:
        self._ctx.settings.set("ui.folder.import", str(Path(path).parent))
        self.file_chosen.emit(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        path = _file_of(event)
        if path:
            event.acceptProposedAction()
            self._take(path)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens.accent if self._over else tokens.outline), 1.5, Qt.PenStyle.DashLine)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.accent_soft if self._over else tokens.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)


def _file_of(event: QDropEvent) -> str:
    """The first file of a drop, "" when there is none."""
    paths = (url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
    return next((path for path in paths if Path(path).is_file()), "")
