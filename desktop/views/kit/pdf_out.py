"""Writes pages that are laid out to a PDF file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from desktop.core.progress import SILENT, Progress
from desktop.exchange.writers.saving import written_beside
from desktop.views.kit.paper import DPI
from desktop.views.kit.paper_drawing import draw_pages
from desktop.views.kit.pdf_text import searchable
from desktop.views.kit.printout import Written

_PDF_DPI = 1200


def write_pdf(path: Path, written: Written, title: str, *, progress: Progress = SILENT) -> None:
    """Write pages to a PDF file. Raises UserError where the disk refuses, and Cancelled."""
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    device = QPdfWriter(held)
    device.setTitle(title)
    device.setCreator("Shuke")
    device.setResolution(_PDF_DPI)
    device.setPageSize(QPageSize(written.size / (DPI / 72), QPageSize.Unit.Point))
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(device)
    try:
        draw_pages(
            painter, written.pages, written.size, written.running, device.newPage, dpi=_PDF_DPI,
            progress=progress,
        )  # fmt: skip
    finally:
        painter.end()
    with written_beside(path) as beside:
        beside.write_bytes(searchable(bytes(held.data().data())))
