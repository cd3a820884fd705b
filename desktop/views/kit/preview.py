"""The pages before they are printed; printer, paper and orientation are chosen there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QComboBox, QWidget

_WIDTH, _HEIGHT, _ZOOM_WIDTH = 980, 860, 120


class Preview(QPrintPreviewDialog):
    """A preview of what `print_on` prints, on a sheet of so many points until another one is chosen."""

    def __init__(
        self, title: str, points: QSizeF, print_on: Callable[[QPrinter], object], parent: QWidget
    ) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setPageSize(QPageSize(points, QPageSize.Unit.Point))
        super().__init__(printer, parent)
        # Qt does not keep it.
        self._printer = printer
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.paintRequested.connect(print_on)
        for box in self.findChildren(QComboBox):
            # Qt reckons with less room around the figure than our style gives it.
            box.setMinimumWidth(_ZOOM_WIDTH)
        room = parent.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
