"""Pages for a printer: laid out in the background, and again only for another sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.views.kit.paper import DPI, Page
from desktop.views.kit.paper_drawing import Running, draw_pages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from desktop.views.kit.context import Context


@dataclass(frozen=True)
class Written:
    """What is laid out: its pages, their size and what runs along them, if anything does."""

    pages: Sequence[Page]
    size: QSizeF
    running: Running | None


class Printout:
    """Something for a printer; `write` lays it out on a sheet of a size, in units of a page."""

    def __init__(self, write: Callable[[QSizeF, Progress], Written]) -> None:
        self._write = write
        self._written: Written | None = None

    def lay_out(self, size: QSizeF, progress: Progress = SILENT) -> Written:
        """The pages on a sheet of this size, in units of a page. Raises Cancelled."""
        written = self._written
        if written is None or not _alike(written.size, size):
            written = self._written = self._write(size, progress)
        return written

    def print_on(self, printer: QPrinter) -> None:
        """Print on the paper and the pages that the printer is set to."""
        printer.setFullPage(True)
        points = printer.pageLayout().fullRectPoints()
        written = self.lay_out(QSizeF(points.width(), points.height()) * (DPI / 72))
        count = len(written.pages)
        first, last = printer.fromPage() or 1, printer.toPage() or count
        painter = QPainter()
        if painter.begin(printer):
            draw_pages(
                painter, written.pages, written.size, written.running, printer.newPage,
                dpi=printer.resolution(), chosen=range(min(first, count) - 1, min(last, count)),
            )  # fmt: skip
            painter.end()


def preview(
    ctx: Context,
    parent: QWidget,
    title: str,
    size: QSizeF,
    read: Callable[[Progress], Callable[[QSizeF, Progress], Written]],
) -> None:
    """Show pages before they are printed; the printer is chosen there.

    `read` reads in the worker what is to be printed and gives what lays it out; `size` is the sheet to begin
    with, in units of a page.
    """

    def work(progress: Progress) -> Printout:
        made = Printout(read(progress))
        made.lay_out(size, progress)
        return made

    def show(made: Printout) -> None:
        from desktop.views.kit.preview import Preview

        Preview(title, size / (DPI / 72), made.print_on, parent).open()

    ctx.tasks.write(tr("Laying the pages out…"), work, show, owner=parent)


def _alike(one: QSizeF, other: QSizeF) -> bool:
    """Whether two sheets differ by less than a point: printers say their paper in whole points."""
    point = DPI / 72
    return abs(one.width() - other.width()) < point and abs(one.height() - other.height()) < point
