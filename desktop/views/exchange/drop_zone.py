"""Where files are dropped, or chosen by a button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.exchange import words
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.drops import files_of
from desktop.views.kit.widgets import IconTile, PrimaryButton, label


class DropZone(QWidget):
    """A dashed field that takes files: they are brought in one after the other."""

    files_chosen = Signal(list)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._over = False
        self.setAcceptDrops(True)
        self.setMinimumHeight(236)
        self.setAccessibleName(tr("Drop a file here"))
        centre = Qt.AlignmentFlag.AlignHCenter
        heading = label(tr("Drop files here, or choose them"), size=theme.SECTION + 1, bold=True, wrap=True)
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        what = label(
            tr("Orders, customers, complaints, any list. Nothing is written before you have seen it."),
            role="muted",
            wrap=True,
        )
        what.setAlignment(Qt.AlignmentFlag.AlignCenter)
        formats = label(
            tr("Excel (.xlsx .xls .xlsb) · OpenDocument (.ods) · text (.csv .tsv .txt) · contacts (.vcf)"),
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
        """Ask for files."""
        chosen = ask_for_files(self._ctx, self)
        if chosen:
            self.files_chosen.emit(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        paths = files_of(event)
        if paths:
            event.acceptProposedAction()
            self._ctx.settings.set("ui.folder.import", str(Path(paths[0]).parent))
            self.files_chosen.emit(paths)

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


def ask_for_files(ctx: Context, parent: QWidget) -> list[str]:
    """The files that somebody chooses to bring in, none when they think better of it."""
    folder = str(ctx.settings.get("ui.folder.import"))
    chosen, _ = QFileDialog.getOpenFileNames(
        parent, tr("Choose files to import"), folder, words.file_filter()
    )
    if chosen:
        ctx.settings.set("ui.folder.import", str(Path(chosen[0]).parent))
    return chosen
