"""A book of an earlier version is brought up to date behind a bar, before its window is there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from desktop.core.progress import Cancelled
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.views.kit.progress import ProgressDialog
from desktop.views.kit.tasks import SHOW_AFTER_MS, Progress, Tasks


def bring_up_to_date(path: Path) -> bool:
    """Open the book once and close it again; False when the owner stopped it, the book then as it was.

    Raises what `Book.open` raises.
    """
    tasks, loop, owner = Tasks(), QEventLoop(), QWidget()
    faults: list[BaseException] = []

    def work(progress: Progress) -> None:
        Book.open(path, progress=progress).close()

    def failed(fault: BaseException) -> None:
        faults.append(fault)
        loop.quit()

    progress = tasks.read(work, lambda _: loop.quit(), owner=owner, on_error=failed)
    dialog = ProgressDialog(tr("Bringing the book up to date"), progress, owner)
    QTimer.singleShot(SHOW_AFTER_MS, dialog, dialog.show)
    loop.exec()
    dialog.finish()
    tasks.stop()
    owner.deleteLater()
    if faults and not isinstance(faults[0], Cancelled):
        raise faults[0]
    return not faults
